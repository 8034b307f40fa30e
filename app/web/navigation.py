"""Entries of the menu; features register theirs, the shell shows those that fit the viewer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry: an English label (marked with N_), the address, its place in the order."""

    label: str
    href: str
    order: int


NavProvider = Callable[[Viewer], tuple[NavItem, ...]]
"""Gives the entries a viewer sees; runs inside a request, without a database."""


class Navigation:
    """All providers of the program, asked in turn."""

    def __init__(self) -> None:
        self.providers: list[NavProvider] = []

    def add(self, provider: NavProvider) -> None:
        """Add a feature's provider."""
        self.providers.append(provider)

    def items(self, viewer: Viewer) -> tuple[NavItem, ...]:
        """Give the viewer's menu in order."""
        found = [item for provider in self.providers for item in provider(viewer)]
        return tuple(sorted(found, key=lambda item: (item.order, item.label)))
