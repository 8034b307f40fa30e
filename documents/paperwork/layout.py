"""Layouts of forms: templates as data of the pack, which can show answers and nothing else.

A layout runs in Jinja's sandbox with autoescaping, without any global, and sees only strings,
numbers, lists and dictionaries of these; it comes from the pack, so a lawyer may change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, StrictUndefined, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).resolve().parent / "layouts"
SHARED = ("frame.html", "parts.html")
STYLE = "form.css"
NAMES = frozenset({"a", "t", "sum", "p", "hand", "paper"})
"""What a layout may speak of: answers, tables, sums, phrases, places for the hand, the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One layout: its name and its text."""

    name: str
    source: str
    parts: tuple[tuple[str, str], ...] = ()
    """What layouts of the pack share: files whose names begin with a line, and their texts."""

    @property
    def says_words(self) -> bool:
        """Say whether it prints a sum or number written out."""
        return ".words" in self.source

    def fill(self, context: dict[str, Any]) -> str:
        """Give the page with these values. Raises jinja2.TemplateError."""
        return self._environment.get_template(self.name).render(context)

    def spoken_of(self) -> set[tuple[str, str]]:
        """Give every (name, key) the layout, and what it takes from the pack, asks for."""
        shared, waiting, read = dict(self.parts), [self.name], set[str]()
        found: set[tuple[str, str]] = set()
        while waiting:
            name = waiting.pop()
            if name in read:
                continue
            read.add(name)
            tree = self._environment.parse(shared.get(name, self.source))
            waiting += [other for other in meta.find_referenced_templates(tree) if other in shared]
            found |= {
                (node.node.name, node.attr)
                for node in tree.find_all(nodes.Getattr)
                if isinstance(node.node, nodes.Name) and node.node.name in NAMES
            }
        return found

    @property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        return _environment(self.name, self.source, self.parts)


@cache
def style() -> str:
    """Give the style sheet of all forms; it is put into each page, so that a page is complete."""
    return (FOLDER / STYLE).read_text(encoding="utf-8")


@cache
def _environment(
    name: str, source: str, parts: tuple[tuple[str, str], ...]
) -> ImmutableSandboxedEnvironment:
    shared = {file: (FOLDER / file).read_text(encoding="utf-8") for file in SHARED}
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({**shared, **dict(parts), name: source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    return environment
