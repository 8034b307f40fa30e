"""Every component is in the gallery, in a file of its own name, with icons that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.ui.gallery import COMPONENTS, TEMPLATES
from tests.conftest import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
ICONS = set(json.loads((ROOT / "static" / "img" / "icons.json").read_text(encoding="utf-8")))
ICON_CALL = re.compile(r'icon\("([\w-]+)"|glyph="([\w-]+)"')
CLASS_RULE = re.compile(r"\.([a-zA-Z][\w-]*)")
CLASS_WRITTEN = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"')
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
NAV_ICON = re.compile(r'icon="([\w-]+)"')
SOURCES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("templates/**/*.html")
)


def test_every_component_has_a_sample_and_every_sample_a_component() -> None:
    samples = {path.stem for path in (TEMPLATES / "ui_gallery").glob("*.html")} - {"gallery"}
    assert samples == set(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_file_defines_the_macro_of_its_name(name: str) -> None:
    text = (TEMPLATES / "ui" / f"{name}.html").read_text(encoding="utf-8")
    assert f"{{% macro {name}(" in text


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    named = {
        name
        for path in SOURCES
        for pair in ICON_CALL.findall(path.read_text(encoding="utf-8"))
        for name in pair
        if name
    }
    assert named <= ICONS


def test_every_icon_of_the_menu_is_in_the_sprite() -> None:
    programs = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    named = {n for path in programs for n in NAV_ICON.findall(path.read_text(encoding="utf-8"))}
    assert named <= ICONS


def test_every_imported_component_exists_and_is_used() -> None:
    wrong = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for name, imported in re.findall(r'from "ui/(\w+)\.html" import ([\w, ]+)', text):
            if name not in COMPONENTS:
                wrong.append(f"{path.relative_to(ROOT)}: no component {name}")
            for part in imported.split(","):
                used = part.split(" as ")[-1].strip()
                if len(re.findall(rf"\b{used}\(", text)) < 1:
                    wrong.append(f"{path.relative_to(ROOT)}: {used} is imported and not used")
    assert wrong == []


def test_every_class_in_a_template_is_in_the_style_sheet() -> None:
    sheets = (ROOT / "static" / "css").glob("*.css")
    styled = set(
        CLASS_RULE.findall(" ".join(sheet.read_text(encoding="utf-8") for sheet in sheets))
    )
    unknown = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for written in CLASS_WRITTEN.findall(path.read_text(encoding="utf-8"))
        for name in EXPRESSION.sub("*", written).split()
        if "*" not in name and name not in styled
    }
    assert unknown == set()
