"""Entries of the menu; features register theirs, the shell shows those that fit the viewer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry: an English label (marked with N_), the address, its place in the order.

    ``personal`` entries stand in the person's own menu instead of the bar. ``under`` are further
    addresses whose pages belong to the entry, though its own address is not above theirs.
    """

    label: str
    href: str
    order: int
    icon: str | None = None
    count: int | None = None
    personal: bool = False
    under: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses whose pages belong to the entry."""
        return (self.href, *self.under)


NavProvider = Callable[[Viewer], tuple[NavItem, ...]]
"""Gives the entries a viewer sees; runs inside a request, without a database."""


class Navigation:
    """All providers of the program, asked in turn."""

    def __init__(self) -> None:
        self.providers: list[NavProvider] = []

    def add(self, provider: NavProvider) -> None:
        """Add a feature's provider."""
        self.providers.append(provider)

    def entries(self, viewer: Viewer) -> tuple[NavItem, ...]:
        """Give everything the viewer finds in the bar and in the person's own menu, in order."""
        found = [item for provider in self.providers for item in provider(viewer)]
        return tuple(sorted(found, key=lambda item: (item.order, item.label)))

    def items(self, viewer: Viewer) -> tuple[NavItem, ...]:
        """Give the viewer's menu bar in order."""
        return tuple(item for item in self.entries(viewer) if not item.personal)

    def personal(self, viewer: Viewer) -> tuple[NavItem, ...]:
        """Give the entries of the person's own menu in order."""
        return tuple(item for item in self.entries(viewer) if item.personal)
