"""What signatures say to the route, and the planted ones."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.demo.plant_signatures import plant_signatures, those_collecting
from app.demo.rows import Rows
from app.facts import FactState
from app.sealing import Seal
from documents.signatures.facts import COLLECTED, signature_facts
from documents.signatures.models import SignatureBatch, SignatureSheet
from documents.signatures.pack import SignaturePacks, load_all_signatures
from documents.signatures.planned import rulebook_of
from documents.signatures.queries import count_shown, filled, plan_of, sheets_of
from documents.signatures.rules.sheets import count_sheets
from documents.signatures.standing import collecting_of
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from tests import builders

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


def test_the_same_moment_plants_the_same_sheets(session: Session, library: PackLibrary) -> None:
    shown, *_ = planted(session, library, 1)
    found = collecting_of(
        session, shown, packs_of(library).packs["ru-spb-municipal"], today=NOW.date()
    )
    assert found.numbers is not None and found.choice is not None
    assert found.choice.total <= found.numbers.maximum
    assert found.sums.signed == sum(sheet.signed for sheet in found.sheets)


def test_good_ones_are_a_fact_and_enough_of_them_prove_it(
    session: Session, library: PackLibrary
) -> None:
    shown, *_ = planted(session, library, 1)
    good = session.scalar(
        select(func.sum(SignatureSheet.good)).where(SignatureSheet.campaign_id == shown)
    )
    fact = signature_facts(session, [shown])[shown][COLLECTED]
    assert (fact.count == good and fact.state is FactState.PRESENT) or good < 10
    session.query(SignatureSheet).filter_by(campaign_id=shown).update({"good": 1})
    assert signature_facts(session, None)[shown][COLLECTED].state is FactState.WAITING
    assert signature_facts(session, [0]) == {}


def test_a_planted_batch_can_be_made_again(session: Session, library: PackLibrary) -> None:
    planted(session, library, 1)
    batch = session.query(SignatureBatch).one()
    assert '"sheet"' in SEAL.open(batch.snapshot) and batch.sha256 == ""
