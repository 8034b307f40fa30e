"""Why a file could not be made: each code is named once, and somebody puts it in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import documents
from documents.packets.errors import BINDING_PROBLEMS
from documents.paperwork.views.failing import WORDS
from documents.press.errors import PACKET_CODES, SHEET_CODES

FOLDER = Path(documents.__file__).parent
RAISED = {"NotMade", "PressFailed", "BindingFailed", "tell"}


def test_every_code_of_a_sheet_and_of_a_packet_has_its_own_words() -> None:
    assert set(WORDS) == SHEET_CODES
    assert set(BINDING_PROBLEMS) == PACKET_CODES


def test_no_code_is_written_where_it_is_raised() -> None:
    found = [
        f"{path.relative_to(FOLDER)}:{line}: {code}"
        for part in ("press", "packets", "typesetting")
        for path in sorted((FOLDER / part).rglob("*.py"))
        for line, code in literals(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


def test_every_code_that_is_raised_is_one_of_them() -> None:
    errors = ast.parse((FOLDER / "press" / "errors.py").read_text("utf-8"))
    codes = {
        node.value.value
        for node in errors.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    assert codes == SHEET_CODES | PACKET_CODES


def literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the codes that are written out: in what is raised, and in what a process answers."""
    for node in ast.walk(module):
        said: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
            said = node.args[:1]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values)
            said = [text for key, text in pairs if getattr(key, "value", "") == "error"]
        for one in said:
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
                yield one.lineno, one.value
