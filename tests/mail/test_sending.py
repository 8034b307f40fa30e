from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.mail import commands
from app.mail.handlers import mail_handlers
from app.mail.models import StoredLetter
from app.mail.postman import MailboxPostman, Postman, SmtpPostman


class Office:
    """What a mail server of the tests has received, and what it answers."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.answer_to_address = "250 OK"
        self.answer_to_data = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls.
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.answer_to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_address

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope.content)
        return self.answer_to_data


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def server(office: Office) -> Iterator[Controller]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


def a_postman(port: int, **different: Any) -> SmtpPostman:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "user": "",
        "password": "",
        "timeout_s": 5,
        "own_name": "portal.example.org",
    }
    return SmtpPostman(**{**values, **different})


def write(database: Database, now: datetime, to: str = "anna@example.org") -> None:
    with database.writing() as session:
        commands.send_letter(
            session,
            to=to,
            language="ru",
            subject="Шаг принят",
            text="Шаг принят: https://portal.example.org/x\n",
            now=now,
        )


def run(database: Database, settings: Settings, now: datetime, postman: Postman) -> None:
    Worker(
        database=database, handlers=mail_handlers(settings, postman), clock=lambda: now
    ).run_due()


def the_letter(database: Database) -> StoredLetter:
    with database.reading() as session:
        return session.scalars(select(StoredLetter)).one()


def test_a_letter_reaches_a_real_server_and_its_text_is_wiped(
    database: Database, settings: Settings, now: datetime, server: Controller, office: Office
) -> None:
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert len(office.received) == 1
    assert b"To: anna@example.org" in office.received[0]
    letter = the_letter(database)
    assert letter.sent_at == now
    assert letter.text == ""


def test_the_demo_keeps_its_letters_readable(
    database: Database, settings: Settings, now: datetime
) -> None:
    write(database, now)
    run(database, settings, now, MailboxPostman())
    letter = the_letter(database)
    assert letter.sent_at == now
    assert "https://portal.example.org/x" in letter.text


@pytest.mark.parametrize("where", ["answer_to_address", "answer_to_data"])
def test_a_temporary_refusal_is_tried_again(
    database: Database,
    settings: Settings,
    now: datetime,
    server: Controller,
    office: Office,
    where: str,
) -> None:
    setattr(office, where, "451 4.3.0 Come back later")
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert the_letter(database).sent_at is None
    with database.reading() as session:
        job = session.scalars(select(Job)).one()
    assert job.run_at > now
    assert job.error == "smtp-451"


def test_an_address_refused_for_good_is_never_written_to_again(
    database: Database, settings: Settings, now: datetime, server: Controller, office: Office
) -> None:
    office.answer_to_address = "550 5.1.1 No such user"
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert the_letter(database).refusal == "smtp-550"
    office.answer_to_address = "250 OK"
    write(database, now, to="ANNA@example.org")
    run(database, settings, now, a_postman(server.port))
    assert office.received == []
    with database.writing() as session:
        assert commands.lift_suppression(session, "anna@example.org")
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert len(office.received) == 1


def test_a_refusal_of_ourselves_does_not_suppress_the_address(
    database: Database, settings: Settings, now: datetime, server: Controller, office: Office
) -> None:
    office.answer_to_address = "550 5.7.1 Your server is not welcome"
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert the_letter(database).refusal == "smtp-550-policy"
    office.answer_to_address = "250 OK"
    write(database, now)
    run(database, settings, now, a_postman(server.port))
    assert len(office.received) == 1


def test_a_server_without_starttls_gets_no_letter_when_it_is_demanded(
    database: Database, settings: Settings, now: datetime, server: Controller, office: Office
) -> None:
    write(database, now)
    run(database, settings, now, a_postman(server.port, security="starttls"))
    assert office.received == []
    assert the_letter(database).sent_at is None


def test_a_dead_server_delays_a_letter(
    database: Database, settings: Settings, now: datetime
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        write(database, now)
        run(database, settings, now, a_postman(nobody.getsockname()[1]))
    assert the_letter(database).sent_at is None
    assert the_letter(database).refused_at is None


def test_a_silent_server_is_left_after_the_timeout(
    database: Database, settings: Settings, now: datetime
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        write(database, now)
        run(database, settings, now, a_postman(silent.getsockname()[1], timeout_s=0.2))
    assert the_letter(database).sent_at is None


def test_a_job_that_runs_twice_sends_one_letter(
    database: Database, settings: Settings, now: datetime, server: Controller, office: Office
) -> None:
    write(database, now)
    postman = a_postman(server.port)
    run(database, settings, now, postman)
    with database.writing() as session:
        job = session.scalars(select(Job)).one()
        job.done_at = None
    run(database, settings, now, postman)
    assert len(office.received) == 1


def test_a_wrong_password_keeps_the_letter(
    database: Database, settings: Settings, now: datetime, server: Controller
) -> None:
    write(database, now)
    run(database, settings, now, a_postman(server.port, user="u", password="wrong"))
    assert the_letter(database).sent_at is None
    assert the_letter(database).refused_at is None


def test_the_server_of_these_tests_speaks_smtp(server: Controller) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        assert client.noop()[0] == 250
