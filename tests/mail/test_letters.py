from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.db import Database
from app.errors import Refused
from app.mail import commands
from app.mail.messages import Outgoing, compose
from app.mail.models import StoredLetter
from app.mail.rules import Part, address_hash, clean_address, clean_subject, parts_of


def a_letter(now: datetime, **different: object) -> Outgoing:
    values: dict[str, object] = {
        "id": 1,
        "token": "abc",
        "to_address": "anna@example.org",
        "language": "ru",
        "subject": "Шаг принят",
        "text": "Здравствуйте!\nШаг «Паспорт» принят.\n",
        "html": None,
        "created_at": now,
    }
    return Outgoing(**{**values, **different})  # type: ignore[arg-type]


def compose_one(letter: Outgoing) -> EmailMessage:
    return compose(letter, sender="Мандат <no-reply@example.org>", domain="portal.example.org")


def test_a_message_says_that_no_human_sent_it(now: datetime) -> None:
    message = compose_one(a_letter(now))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<abc@portal.example.org>"
    assert message["Date"] == "Wed, 24 Jun 2026 09:00:00 +0000"


@pytest.mark.parametrize("html", [None, "<p>Шаг принят.</p>"])
def test_a_second_attempt_sends_the_same_bytes(now: datetime, html: str | None) -> None:
    letter = a_letter(now, html=html)
    assert compose_one(letter).as_bytes() == compose_one(letter).as_bytes()


def test_russian_letters_survive_the_wire(now: datetime) -> None:
    received = message_from_bytes(compose_one(a_letter(now)).as_bytes(), policy=policy.default)
    assert received["Subject"] == "Шаг принят"
    body = received.get_body()  # type: ignore[attr-defined]
    assert body.get_content().splitlines()[1] == "Шаг «Паспорт» принят."


@pytest.mark.parametrize(
    "subject",
    ["Hello\r\nBcc: all@example.org", "a\nb", "a\x00b", "a\u2028b", "", "   "],
)
def test_a_subject_of_more_than_one_line_is_refused(subject: str) -> None:
    with pytest.raises(Refused, match="subject"):
        clean_subject(subject)


def test_a_long_subject_is_cut(now: datetime) -> None:
    assert len(clean_subject("ы" * 600)) == 250


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "anna@example.org\nBcc: all@example.org",
        "anna@example.org, b@example.org",
        "Anna <anna@example.org>",
        "a" * 250 + "@example.org",
        "anna@exam ple.org",
        "анна@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        clean_address(address)


def test_a_cyrillic_domain_is_written_in_its_latin_form() -> None:
    assert clean_address(" anna@пример.рф ") == "anna@xn--e1afmkfd.xn--p1ai"


def test_an_address_is_recognised_whatever_its_case() -> None:
    assert address_hash("Anna@Example.org") == address_hash("anna@example.org")


def test_links_of_a_letter_are_found_without_the_full_stop_behind_them() -> None:
    assert parts_of("Откройте https://x.example.org/a?b=1. Всё.") == (
        Part(text="Откройте "),
        Part(text="https://x.example.org/a?b=1", href="https://x.example.org/a?b=1"),
        Part(text=". Всё."),
    )


def test_a_letter_of_a_failed_transaction_is_never_written(
    database: Database, now: datetime
) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        commands.send_letter(
            session, to="anna@example.org", language="en", subject="Hi", text="Hi", now=now
        )
        _ = 1 // 0
    with database.reading() as session:
        assert session.scalars(select(StoredLetter)).all() == []


def test_a_letter_with_a_once_key_is_written_once(database: Database, now: datetime) -> None:
    for expected in (True, False):
        with database.writing() as session:
            number = commands.send_letter(
                session,
                to="anna@example.org",
                language="en",
                subject="Seven days left",
                text="Seven days left.",
                now=now,
                once_key="reminder:7:1",
            )
        assert (number is not None) is expected
