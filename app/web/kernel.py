"""What a running program carries: settings, database, and the ways the features plug in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from flask import current_app

from app.access import Viewer
from app.config import Settings
from app.db import Database

EXTENSION = "mandat"
T = TypeVar("T")

ViewerLoader = Callable[[str, datetime], Viewer | None]
"""Gives the viewer of a session token, or None when the session is over."""


@dataclass(slots=True, kw_only=True)
class Kernel:
    """One program: everything a request may need that is not in the request."""

    settings: Settings
    database: Database
    load_viewer: ViewerLoader
    parts: dict[type[object], object] = field(default_factory=dict)

    def provide(self, part: object) -> None:
        """Keep a part (packs, mail gateway ...) under its own type."""
        self.parts[type(part)] = part


def kernel() -> Kernel:
    """Give the kernel of the current program."""
    found: Kernel = current_app.extensions[EXTENSION]
    return found


def part(kind: type[T]) -> T:
    """Give the part of this type; a KeyError means the program was assembled without it."""
    return cast(T, kernel().parts[kind])
