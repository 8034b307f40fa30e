"""Every page of accounts speaks Russian to a Russian reader."""

from __future__ import annotations

import re

import pytest

from tests.web.accounts.conftest import World

ENGLISH = re.compile(r"\b[a-z]{3,} [a-z]{2,}\b")
PAGES = [
    ("visitor", "/sign-in"),
    ("visitor", "/reset"),
    ("visitor", "/reset/sent"),
    ("visitor", "/join"),
    ("visitor", "/join?place=zzz"),
    ("visitor", "/join/{district}"),
    ("known", "/settings"),
    ("known", "/second-factor/set-up"),
    ("known", "/campaigns"),
    ("applicant", "/campaigns"),
    ("candidate", "/campaigns/{own_campaign}/team"),
    ("coordinator", "/campaigns/{own_campaign}/team"),
    ("chief", "/desk/people"),
    ("chief", "/desk/people/{applied_campaign}"),
    ("chief", "/desk/invitations"),
    ("chief", "/desk/organisations"),
    ("chief", "/desk/organisations/{first}"),
]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_no_english_is_left(world: World, who: str, path: str) -> None:
    client = world.visitor() if who == "visitor" else world.browser_of(who)
    client.get("/language/ru")
    page = client.page(path.format(**world.ids))
    for code in page.soup.find_all("code"):
        code.extract()
    assert page.soup.html["lang"] == "ru"
    assert not ENGLISH.findall(page.text)


def test_forms_refuse_in_russian(world: World) -> None:
    client = world.visitor()
    client.get("/language/ru")
    page = client.send("/sign-in", {}, status=422)
    assert not ENGLISH.findall(page.text)


def test_letters_are_written_in_the_reader_s_language(world: World) -> None:
    client = world.browser_of("known")
    client.send("/settings", {"name": "Анна", "language": "ru", "theme": "auto"}, start="/settings")
    client.send("/settings/email", {"new-email": "new@example.org"}, start="/settings")
    assert "Вы попросили нас писать" in world.letters_to("new@example.org")[0]
