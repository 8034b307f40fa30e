from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from app.config import Settings
from app.db import Database
from app.mail import commands
from app.mail.views import section
from tests.page import CheckingClient, client_of
from tests.web.small_program import a_small_program


@pytest.fixture
def client(settings: Settings) -> Iterator[CheckingClient]:
    with a_small_program(settings, section) as program:
        yield client_of(program)


def write(database: Database, now: datetime, to: str = "anna@example.org", count: int = 1) -> None:
    with database.writing() as session:
        for number in range(1, count + 1):
            commands.send_letter(
                session,
                to=to,
                language="ru",
                subject=f"Шаг {number} принят",
                text="Откройте https://portal.example.org/invitations/abc. Ждём вас.\n",
                now=now,
            )


def test_an_empty_mailbox_says_what_will_be_here(client: CheckingClient) -> None:
    assert client.page("/demo/mailbox").says("Писем пока нет")


def test_a_letter_can_be_opened_and_its_link_followed(
    client: CheckingClient, database: Database, now: datetime
) -> None:
    write(database, now)
    row = client.page("/demo/mailbox").soup.find("a", string="Шаг 1 принят")
    assert row is not None
    letter = client.page(str(row["href"]))
    assert letter.h1 == "Шаг 1 принят"
    link = letter.soup.find("a", href="https://portal.example.org/invitations/abc")
    assert link is not None


def test_the_mailbox_can_be_narrowed_to_one_address(
    client: CheckingClient, database: Database, now: datetime
) -> None:
    write(database, now)
    write(database, now, to="boris@example.org")
    page = client.page("/demo/mailbox?to=BORIS@example.org")
    assert page.says("boris@example.org")
    assert not page.says("anna@example.org")
    assert client.page("/demo/mailbox?to=%25").says("На этот адрес писем нет")


def test_older_letters_are_a_page_further(
    client: CheckingClient, database: Database, now: datetime
) -> None:
    write(database, now, count=55)
    (link,) = client.page("/demo/mailbox").soup.select('a[href*="before="]')
    page = client.page(str(link["href"]))
    assert page.says("Шаг 1 принят")
    assert not page.says("Шаг 55 принят")


@pytest.mark.parametrize("path", ["/demo/mailbox", "/demo/mailbox/1"])
def test_outside_a_demo_there_is_no_mailbox(
    settings: Settings, database: Database, now: datetime, path: str
) -> None:
    write(database, now)
    serious = settings.model_copy(update={"demo": False})
    with a_small_program(serious, section) as program:
        client_of(program).page(path, status=404)


def test_a_letter_that_is_not_there_is_not_found(client: CheckingClient) -> None:
    client.page("/demo/mailbox/9", status=404)
