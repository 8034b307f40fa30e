"""Where the program sends a browser back to."""

from __future__ import annotations

import pytest

from app.access import VISITOR, Viewer
from app.web.navigation import Navigation, NavItem
from app.web.shell import safe_next


@pytest.mark.parametrize("inside", ["/", "/campaigns/1/route", "/desk/campaigns?q=ё&page=2"])
def test_addresses_inside_are_kept(inside: str) -> None:
    assert safe_next(inside) == inside


@pytest.mark.parametrize(
    "outside",
    [
        None,
        "",
        "campaigns",
        "//example.org",
        "/\\example.org",
        "https://example.org/",
        "javascript:alert(1)",
        "/\t/example.org",
        "/\nSet-Cookie: x",
    ],
)
def test_addresses_outside_become_the_first_page(outside: str | None) -> None:
    assert safe_next(outside) == "/"


def test_the_menu_is_in_order_and_keeps_the_persons_own_entries_apart() -> None:
    menu = Navigation()

    def late(viewer: Viewer) -> tuple[NavItem, ...]:
        return (NavItem(label="B", href="/b", order=9), NavItem(label="A", href="/a", order=9))

    def early(viewer: Viewer) -> tuple[NavItem, ...]:
        me = NavItem(label="Me", href="/me", order=0, personal=True)
        return (NavItem(label="First", href="/first", order=1), me)

    menu.add(late)
    menu.add(early)
    assert [item.label for item in menu.items(VISITOR)] == ["First", "A", "B"]
    assert [item.label for item in menu.personal(VISITOR)] == ["Me"]
