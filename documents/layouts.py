"""Our own layouts of printed pages, filled in by Jinja; those of a pack have a sandbox."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def layouts_in(folder: Path) -> Environment:
    """Give the layouts of a folder, each compiled once; a name that is not given is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
