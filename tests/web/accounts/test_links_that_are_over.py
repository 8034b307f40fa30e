"""A link of a letter that no longer works says so without blaming anybody."""

from __future__ import annotations

import pytest

from tests.web.accounts.conftest import World


@pytest.mark.parametrize("address", ["/reset/old", "/confirm/old", "/invitations/old"])
def test_a_link_that_is_over_says_that_nothing_was_lost(world: World, address: str) -> None:
    page = world.visitor().page(address, status=409)
    assert page.says("This link is over") and page.says("Ask for a new one")
    assert not page.says("newer state")
