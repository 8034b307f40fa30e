"""A campaign with sheets for every test here."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.accounts.models import Campaign
from app.db import Database
from app.files.storage import FileStore
from documents.paperwork.models import PaperAnswer
from documents.signatures.commands.collectors import add_collector
from documents.signatures.desk import SignaturesDesk
from documents.signatures.pack import load_all_signatures
from quests.route.library import PackLibrary
from tests import builders
from tests.db.signatures.place import NOW, SEAL, Place, a_hand
from tests.web.signatures.program import ANSWERS, SEALED, FixedDays


@pytest.fixture
def place(database: Database, library: PackLibrary, tmp_path: Path) -> Place:
    packs = load_all_signatures({key: entry.route.pack for key, entry in library.entries.items()})
    desk = SignaturesDesk(
        packs=packs,
        seal=SEAL,
        store=FileStore(folder=tmp_path / "files"),
        days=FixedDays(),
        base_url="https://example.org",
    )
    with database.writing() as session:
        campaign: Campaign = builders.a_campaign(session, now=NOW)
        viewer = builders.the_viewer(session, campaign.candidate_id)
        for key, text in {**ANSWERS, **SEALED}.items():
            session.add(
                PaperAnswer(
                    campaign_id=campaign.id,
                    key=key,
                    value="" if key in SEALED else text,
                    sealed=SEAL.close(text) if key in SEALED else "",
                    unknown=False,
                    version=1,
                    saved_at=NOW,
                )
            )
        session.flush()
        hand = add_collector(session, viewer, campaign.id, a_hand(), desk=desk, now=NOW)
        found = Place(
            database=database,
            desk=desk,
            pack=packs.packs["ru-spb-municipal"],
            campaign_id=campaign.id,
            viewer=viewer,
            hand=hand,
        )
        found.order(session, "a" * 36)
    return found
