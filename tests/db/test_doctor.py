from __future__ import annotations

import socket
from datetime import datetime

from app.config import Settings
from app.db import Database
from app.operations.doctor import Diagnosis, doctor
from tests.ports import a_free_port


def about(name: str, found: list[Diagnosis]) -> Diagnosis:
    return next(diagnosis for diagnosis in found if diagnosis.name == name)


def with_free_port(settings: Settings) -> Settings:
    return settings.model_copy(update={"port": a_free_port()})


def test_whatever_is_not_fine_comes_with_a_remedy(
    settings: Settings, database: Database, now: datetime
) -> None:
    found = doctor(with_free_port(settings), now=now)
    assert about("Python", found).state == "ok"
    assert about("SQLite", found).state == "ok"
    assert about("Port", found).state == "ok"
    assert all(diagnosis.remedy for diagnosis in found if diagnosis.state != "ok")


def test_tables_that_are_not_migrated_are_named(
    settings: Settings, database: Database, now: datetime
) -> None:
    assert about("Database", doctor(settings, now=now)).remedy == "mandat migrate"


def test_a_taken_port_is_named(settings: Settings, now: datetime) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = settings.model_copy(update={"port": taken.getsockname()[1]})
        # Whoever listens here never answers; the doctor does not wait for it for long.
        found = about("Port", doctor(settings, now=now))
    assert found.state == "fail"
    assert "MANDAT_PORT" in found.remedy


def test_letters_in_clear_over_the_network_are_warned_about(
    settings: Settings, now: datetime
) -> None:
    settings = with_free_port(settings).model_copy(
        update={"mail_delivery": "smtp", "smtp_host": "mail.example.org"}
    )
    found = about("Mail", doctor(settings, now=now))
    assert found.state == "warn"
    assert "MANDAT_SMTP_SECURITY" in found.remedy


def test_the_doctor_creates_nothing(settings: Settings, now: datetime) -> None:
    empty = with_free_port(settings).model_copy(
        update={"data": settings.data / "empty", "database_url": ""}
    )
    assert about("Database", doctor(empty, now=now)).found == "not created yet"
    assert not (settings.data / "empty").exists()
