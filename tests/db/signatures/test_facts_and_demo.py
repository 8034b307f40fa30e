"""What signatures say to the route, and the planted ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.demo.plant_signatures import COLLECTORS, plant_signatures, those_collecting
from app.demo.rows import Rows
from app.facts import Fact, FactState
from app.files.storage import FileStore
from app.sealing import Seal
from documents.signatures.commands.batches import try_again
from documents.signatures.desk import SignaturesDesk
from documents.signatures.facts import COLLECTED, signature_facts
from documents.signatures.models import SignatureBatch, SignatureSheet
from documents.signatures.pack import SignaturePacks, load_all_signatures
from documents.signatures.planned import rulebook_of
from documents.signatures.queries import (
    all_sums,
    collectors_of,
    count_shown,
    filled,
    plan_of,
    sheets_of,
)
from documents.signatures.rules.quality import NOTHING, Tally
from documents.signatures.rules.sheets import count_sheets
from documents.signatures.standing import collecting_of
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from tests import builders
from tests.web.signatures.program import FixedDays

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
SEAL = Seal.from_secret("a secret for tests only")


def packs_of(library: PackLibrary) -> SignaturePacks:
    return load_all_signatures({key: entry.route.pack for key, entry in library.entries.items()})


def planted(session: Session, library: PackLibrary, count: int) -> list[int]:
    election = builders.an_election(session)
    ids = []
    for _ in range(count):
        campaign: Campaign = builders.a_campaign(session, election=election, now=NOW)
        session.add(Milestone(campaign_id=campaign.id, step_key="c1_target", reached_at=NOW))
        ids.append(campaign.id)
    session.flush()
    packs = packs_of(library)
    assert those_collecting(session, packs) == ids
    rows = Rows(session)
    sheets = plant_signatures(
        session, rows, packs, SEAL, campaign_ids=ids, base_url="https://example.org", now=NOW
    )
    rows.finish()
    assert sheets == session.scalar(select(func.count()).select_from(SignatureSheet))
    return ids


def test_planted_sheets_are_in_every_state_and_counted_as_the_rules_count(
    session: Session, library: PackLibrary
) -> None:
    shown, *_ = planted(session, library, 3)
    assert all(
        count for which, count in count_shown(session, shown).items() if which.value != "packed"
    )
    pack = packs_of(library).packs["ru-spb-municipal"]
    rules = rulebook_of(pack, plan_of(session, shown))
    back = [sheet for sheet in sheets_of(session, shown) if sheet.is_counted]
    counted = count_sheets(filled(session, shown, back), period=rules.period, codes=rules.found)
    assert [(one.signed, one.good, one.struck) for one in counted] == [
        (sheet.signed, sheet.good, sheet.struck) for sheet in back
    ]
    assert "SG15" in {code for one in counted for codes in one.rows.values() for code in codes}


def test_the_choice_of_planted_sheets_keeps_to_the_maximum(
    session: Session, library: PackLibrary
) -> None:
    shown, *_ = planted(session, library, 1)
    found = collecting_of(
        session, shown, packs_of(library).packs["ru-spb-municipal"], today=NOW.date()
    )
    assert found.numbers is not None and found.choice is not None
    assert found.choice.total <= found.numbers.maximum
    assert found.sums.signed == sum(sheet.signed for sheet in found.sheets)
    assert {*found.to_pack, *found.to_strike, *found.left_out} == {
        sheet.number for sheet in found.sheets
    }


def test_the_last_hand_is_planted_as_a_careless_one(session: Session, library: PackLibrary) -> None:
    ids = planted(session, library, 12)
    tallies: dict[str, Tally] = {}
    for campaign_id in ids:
        names = {one.id: one.name for one in collectors_of(session, campaign_id)}
        for hand, found in all_sums(session, campaign_id).hands.items():
            tallies[names[hand]] = tallies.get(names[hand], NOTHING) + found.tally
    shares = {name: tally.defective / tally.signed for name, tally in tallies.items()}
    assert max(shares, key=lambda name: shares[name]) == COLLECTORS[-1]


def test_good_ones_are_a_fact_and_enough_of_them_prove_it(
    session: Session, library: PackLibrary
) -> None:
    shown, *_ = planted(session, library, 1)
    required = plan_of(session, shown).required
    back = session.query(SignatureSheet).filter_by(campaign_id=shown, state="returned")
    back.update({"good": 0})
    first = back.first()
    assert first is not None and required is not None
    for good, state in ((required, FactState.PRESENT), (required - 1, FactState.NONE)):
        first.good = good
        session.flush()
        assert signature_facts(session, [shown])[shown][COLLECTED] == Fact(state, good)
        assert signature_facts(session, None)[shown][COLLECTED] == Fact(state, good)
    assert signature_facts(session, [0]) == {}


def test_a_planted_batch_can_be_made_again(
    session: Session, library: PackLibrary, tmp_path: Path
) -> None:
    shown, *_ = planted(session, library, 1)
    campaign = session.get_one(Campaign, shown)
    desk = SignaturesDesk(
        packs=packs_of(library),
        seal=SEAL,
        store=FileStore(folder=tmp_path),
        days=FixedDays(),
        base_url="https://example.org",
    )
    viewer = builders.the_viewer(session, campaign.candidate_id)
    batch = session.query(SignatureBatch).one()
    try_again(session, viewer, shown, batch.id, desk=desk, now=NOW)
    session.refresh(batch)
    assert batch.state == "wanted" and batch.digest and batch.cover_digest
