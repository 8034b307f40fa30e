"""Extracts of OpenStreetMap: real bytes, a process of its own, and damaged files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.access import Permission
from app.accounts.queries import get_campaign
from app.db import Database
from app.files.storage import FileStore
from app.jobs.worker import Worker
from canvassing.imports.commands import begin_map
from canvassing.imports.handlers import field_handlers
from canvassing.imports.models import FieldImport
from canvassing.territory.extract import ExtractProblem, read_extract
from tests import builders

EXTRACT = Path(__file__).resolve().parents[2] / "data" / "canvassing" / "district.osm.pbf"


def test_houses_with_an_address_are_found_with_flats_floors_and_entrances() -> None:
    houses = [entry for _, entry in read_extract(EXTRACT.read_bytes()).entries]
    assert {(one.street, one.house, one.doors) for one in houses} == {
        ("Садовая улица", "42", 40),
        ("Липовая аллея", "9", 12),
        ("Липовая аллея", "11", 1),
        ("Речная улица", "1", 1),
    }
    first = next(one for one in houses if one.house == "42")
    assert [entrance.label for entrance in first.entrances] == ["1", "2"]
    assert first.entrances[1].doors[0].label == "21" and first.entrances[1].doors[-1].floor == 5
    assert first.ref == "way/1000" and first.latitude_e7 and first.longitude_e7


def test_xml_is_read_too() -> None:
    xml = (
        "<?xml version='1.0'?><osm version='0.6'><way id='1'><nd ref='7'/>"
        "<tag k='building' v='yes'/><tag k='addr:street' v='A'/>"
        "<tag k='addr:housenumber' v='1'/></way></osm>"
    )
    assert len(read_extract(xml.encode()).entries) == 1


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 400, b"<osm", b"PK\x03\x04", EXTRACT.read_bytes()[:-200]]
)
def test_what_is_no_extract_says_so(data: bytes) -> None:
    with pytest.raises(ExtractProblem) as found:
        read_extract(data)
    assert found.value.code in ("broken", "no_addresses")


def test_a_map_is_read_by_the_worker_and_staged(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    store = FileStore(folder=tmp_path / "files")
    with database.writing() as session:
        campaign = builders.a_campaign(session)
        viewer = builders.the_viewer(session, campaign.candidate_id)
        row = get_campaign(session, viewer, campaign.id, Permission.FIELD_MANAGE)
        good = store.put(EXTRACT.read_bytes())
        bad = store.put(b"no map")
        for name in (good, bad):
            begin_map(session, viewer, row, sha256=name, file_name="map.pbf", now=now)
    worker = Worker(database=database, handlers=field_handlers(store), clock=lambda: now)
    while worker.run_one():
        pass
    with database.reading() as session:
        states = session.execute(select(FieldImport.state, FieldImport.good)).all()
    assert [tuple(one) for one in states] == [("staged", 4), ("failed", 0)]
