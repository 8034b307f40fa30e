"""A link of a letter that no longer works says so without blaming anybody."""

from __future__ import annotations

import pytest

from tests.web.accounts.conftest import World


@pytest.mark.parametrize("address", ["/reset/old", "/confirm/old", "/invitations/old"])
def test_a_link_that_is_over_says_that_nothing_was_lost(world: World, address: str) -> None:
    page = world.visitor().page(address, status=409)
    assert page.says("This link is over") and page.says("Ask for a new one")
    assert not page.says("newer state")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("address", "status"), [("/reset/old", 409), ("/join/99999999", 404), ("/desk", 404)]
)
def test_an_error_page_does_not_begin_with_its_title_again(
    world: World, address: str, status: int, language: str
) -> None:
    visitor = world.visitor()
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    page = visitor.page(address, status=status)
    lead = page.soup.select_one(".error-page .lead")
    assert lead is None or not lead.get_text().startswith(page.h1)
