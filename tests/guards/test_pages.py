"""A page's fields are exactly what its template shows, and no template is left over."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from app.web.pages import Page
from tests.conftest import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
SHELL = "shell.html"
GALLERY_PAGE = "ui_gallery/gallery.html"
FRAGMENTS = ("ui/", "ui_gallery/")
IN_PAGES = (
    # Handed to every template by Jinja itself or by macros' callers.
    *("caller", "loop", "self", "super", "varargs", "kwargs"),
)


def page_classes() -> list[type[Page]]:
    """Give every page once; a dataclass with slots leaves the class it was made of behind."""
    found = {
        (each.__module__, each.__qualname__): getattr(sys.modules[each.__module__], each.__name__)
        for each in _below(Page)
        if each.__module__.split(".")[0] in PACKAGES
    }
    return [found[key] for key in sorted(found)]


def _below(kind: type[Page]) -> Iterator[type[Page]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def template_files() -> dict[str, Path]:
    """Give every template by the name it is asked for."""
    folders = (
        folder
        for package in PACKAGES
        for folder in (ROOT / package).rglob("templates")
        if folder.is_dir()
    )
    return {
        str(path.relative_to(folder)): path for folder in folders for path in folder.rglob("*.html")
    }


def parsed(env: Environment, name: str) -> nodes.Template:
    assert env.loader is not None
    return env.parse(env.loader.get_source(env, name)[0])


def included(tree: nodes.Template) -> set[str]:
    """Give the templates that share this one's context: what it extends and includes."""
    found = set()
    for node in tree.find_all((nodes.Extends, nodes.Include)):
        name = getattr(node, "template", None)
        if isinstance(name, nodes.Const):
            found.add(name.value)
    return found


def own(tree: nodes.Template) -> set[str]:
    """Give what a template itself imports and sets; Jinja loses sight of these inside calls."""
    found: set[str] = set()
    for node in tree.find_all((nodes.FromImport, nodes.Import, nodes.Macro)):
        if isinstance(node, nodes.FromImport):
            found |= {each[-1] if isinstance(each, tuple) else each for each in node.names}
        elif isinstance(node, nodes.Import):
            found.add(node.target)
        elif isinstance(node, nodes.Macro):
            found.add(node.name)
    for stored in tree.find_all((nodes.Assign, nodes.AssignBlock)):
        target: nodes.Node = getattr(stored, "target")  # noqa: B009 - untyped in Jinja's stubs.
        names = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
        found |= {name.name for name in names}
    return found


def used_names(env: Environment, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Give the names a template takes from its context, with those of what it includes."""
    if name in seen:
        return set()
    tree = parsed(env, name)
    names = meta.find_undeclared_variables(tree) - set(env.globals) - set(IN_PAGES) - own(tree)
    chosen = GALLERY if name == GALLERY_PAGE else frozenset()
    for other in included(tree) | chosen:
        names |= used_names(env, other, seen | {name})
    return names


# The gallery names the samples it includes by its list of components.
GALLERY = frozenset(n for n in template_files() if n.startswith("ui_gallery/")) - {GALLERY_PAGE}
PAGES = page_classes()


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_the_fields_of_a_page_are_the_variables_of_its_template(
    program: Flask, kind: type[Page]
) -> None:
    assert kind.template in template_files(), f"{kind.__name__} has no template"
    fields = {field.name for field in dataclasses.fields(kind)}
    used = used_names(program.jinja_env, kind.template)
    assert used - fields == set(), "used and not given"
    assert fields - used == set(), "given and not used"


def test_there_are_pages() -> None:
    assert len(PAGES) > 20


def test_every_template_is_a_page_in_the_shell_or_a_marked_fragment(program: Flask) -> None:
    pages = {page.template for page in PAGES}
    wrong = []
    for name in template_files():
        fragment = name.startswith(FRAGMENTS) or Path(name).name.startswith("_")
        if name == SHELL or fragment:
            continue
        if SHELL not in included(parsed(program.jinja_env, name)):
            wrong.append(f"{name} does not extend the shell")
        if name not in pages:
            wrong.append(f"{name} is no page's template")
    assert wrong == []


def test_no_template_is_left_over(program: Flask) -> None:
    env = program.jinja_env
    reached = {page.template for page in PAGES}
    waiting = list(reached)
    while waiting:
        for other in meta.find_referenced_templates(parsed(env, waiting.pop())):
            if other is not None and other not in reached:
                reached.add(other)
                waiting.append(other)
    unused = set(template_files()) - reached
    # That every component and every sample is used is tests/guards/test_components.py's to say.
    assert {name for name in unused if not name.startswith(FRAGMENTS)} == set()


def test_no_template_has_the_name_of_another() -> None:
    names = [
        str(path.relative_to(folder))
        for package in PACKAGES
        for folder in (ROOT / package).rglob("templates")
        for path in folder.rglob("*.html")
    ]
    assert len(names) == len(set(names))
