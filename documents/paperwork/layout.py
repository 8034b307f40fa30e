"""Layouts of forms: templates as data of the pack, which can show answers and nothing else.

A layout runs in Jinja's sandbox with autoescaping, without any global, and sees only strings,
numbers, lists and dictionaries of these; it comes from the pack, so a lawyer may change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).resolve().parent / "layouts"
SHARED = ("frame.html", "parts.html")
STYLE = "form.css"
NAMES = frozenset({"a", "t", "p", "hand", "paper"})
"""What a layout may speak of: answers, tables, phrases, places for the hand, the paper itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One layout: its name and its text."""

    name: str
    source: str

    @property
    def says_words(self) -> bool:
        """Say whether it prints a sum or number written out."""
        return ".words" in self.source

    def fill(self, context: dict[str, Any]) -> str:
        """Give the page with these values. Raises jinja2.TemplateError."""
        return _environment(self.name, self.source).get_template(self.name).render(context)

    def spoken_of(self) -> set[tuple[str, str]]:
        """Give every (name, key) the layout asks for, such as ("a", "surname")."""
        tree = _environment(self.name, self.source).parse(self.source)
        return {
            (node.node.name, node.attr)
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name in NAMES
        }


@cache
def style() -> str:
    """Give the style sheet of all forms; it is put into each page, so that a page is complete."""
    return (FOLDER / STYLE).read_text(encoding="utf-8")


@cache
def _environment(name: str, source: str) -> ImmutableSandboxedEnvironment:
    shared = {file: (FOLDER / file).read_text(encoding="utf-8") for file in SHARED}
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({**shared, name: source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    return environment
