"""Whoever waits for a packet is told when it will not come, whatever was in the way."""

from __future__ import annotations

import shutil

from sqlalchemy import select

from app.config import Settings
from app.db import Database
from documents.packets.handlers import packet_handlers
from documents.packets.models import Packet
from tests.conftest import NOW
from tests.db.packets.planting import plant
from tests.dying import die_at_every_attempt, run_every_attempt
from tests.readable_press import ReadablePress


def state_of(database: Database) -> tuple[str, str]:
    with database.reading() as session:
        packet = session.execute(select(Packet)).scalar_one()
        return packet.state, packet.error


def test_a_packet_whose_files_can_not_be_reached_is_said_to_have_failed(
    database: Database, settings: Settings
) -> None:
    plant(database, settings, lines=1)
    shutil.rmtree(settings.files)
    settings.files.write_bytes(b"a disk that is no folder any more")
    run_every_attempt(database, packet_handlers(settings, ReadablePress()), began=NOW)
    assert state_of(database) == ("failed", "broke_off")


def test_a_packet_that_kills_its_workers_is_said_to_have_failed(
    database: Database, settings: Settings
) -> None:
    plant(database, settings, lines=1)
    began = die_at_every_attempt(database, began=NOW)
    run_every_attempt(database, packet_handlers(settings, ReadablePress()), began=began)
    assert state_of(database) == ("failed", "died")
