"""The signatures of the demo: somebody is in the middle of collecting them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.facts import FactState
from documents.signatures.facts import signature_facts
from documents.signatures.models import SignatureRow, SignatureSheet
from documents.signatures.pack import load_all_signatures
from documents.signatures.queries import count_shown, plan_of
from documents.signatures.standing import collecting_of
from quests.evidence.models import Answer, AnswerSheet
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, Status
from quests.route.standing import position_of
from tests.db.demo.reading import candidate_of
from tests.demo_once import NOW


def test_some_count_their_signatures_here_and_have_enough_and_some_on_paper(
    planted: Session, library: PackLibrary
) -> None:
    said = dict(
        planted.execute(
            select(Answer.campaign_id, Answer.value).where(
                Answer.name == "answer:c4_collect:counted"
            )
        ).all()
    )
    assert set(said.values()) == {"portal", "paper"}
    done = planted.scalars(
        select(Milestone.campaign_id).where(Milestone.step_key == "c4_collect")
    ).all()
    here = [campaign for campaign in done if said[campaign] == "portal"]
    facts = signature_facts(planted, here)
    assert here
    assert all(facts[one]["signatures.collected"].state is FactState.PRESENT for one in here)


def test_somebody_one_can_sign_in_as_is_in_the_middle_of_collecting(
    planted: Session, library: PackLibrary
) -> None:
    campaign = candidate_of(planted, "signatures@example.org")
    packs = load_all_signatures({key: entry.route.pack for key, entry in library.entries.items()})
    found = collecting_of(planted, campaign.id, packs.packs[campaign.pack_id], today=NOW.date())
    assert found.numbers is not None
    assert found.numbers.required / 2 < found.sums.good < found.numbers.required
    states = count_shown(planted, campaign.id)
    assert all(states[state] for state in states if state.value != "packed")
    hands = [hand.tally for hand in found.sums.hands.values()]
    shares = sorted(tally.defective / tally.signed for tally in hands)
    assert len(shares) == 3
    assert shares[-1] >= 0.2 and shares[-1] > 2 * shares[-2]
    route = position_of(planted, library, campaign, now=NOW, role=CANDIDATE).route
    assert route.by_key["c4_collect"].status is Status.OPEN


def test_nobody_signed_before_the_sheets_were_paid_and_collecting_began(
    planted: Session, library: PackLibrary
) -> None:
    campaign = candidate_of(planted, "signatures@example.org")
    plan = plan_of(planted, campaign.id)
    assert plan.paid_on is not None and plan.first_day is not None and plan.last_day is not None
    assert campaign.published_on is not None
    assert campaign.published_on < plan.paid_on <= plan.first_day <= NOW.date() <= plan.last_day
    typed = planted.scalars(
        select(AnswerSheet.typed).where(
            AnswerSheet.campaign_id == campaign.id, AnswerSheet.step_key == "c2_sheet"
        )
    ).one()
    assert typed["paid_on"] == plan.paid_on.isoformat()
    signed = planted.scalar(
        select(func.min(SignatureRow.signed_on)).where(SignatureRow.campaign_id == campaign.id)
    )
    assert signed is not None and signed >= plan.first_day
    given_out = planted.scalar(
        select(func.min(SignatureSheet.out_on)).where(SignatureSheet.campaign_id == campaign.id)
    )
    assert given_out is not None and given_out >= plan.first_day


def test_where_two_signatures_do_there_is_nothing_to_collect(planted: Session) -> None:
    counted = planted.scalar(
        select(func.count(SignatureSheet.id))
        .join(Campaign, Campaign.id == SignatureSheet.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .where(Election.pack_id == "gb-eng-local")
    )
    assert counted == 0
