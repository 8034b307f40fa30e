"""What evidence knows about campaigns: the facts of the route, for one campaign or for all.

Two narrow index scans answer for any number of campaigns; equal facts are one object. Only when
few campaigns are asked for, what was sent back carries its reason as the fact's note.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from quests.evidence.models import Answer, Evidence
from quests.evidence.rules.proof import FACT_STATES, State
from quests.route.conditions import Fact, FactState
from quests.route.shape import AnswerFact, answer_fact, evidence_fact

_PROOF = (
    Evidence.campaign_id,
    Evidence.step_key,
    Evidence.evidence_key,
    Evidence.state,
    Evidence.count,
    Evidence.proved_day,
)
FEW = 20
_ANSWER = (Answer.campaign_id, Answer.name, Answer.value)
_IDS: BindParameter[Sequence[int]] = bindparam("campaigns", expanding=True)
_DETAILS = select(*_PROOF, Evidence.note).where(Evidence.campaign_id.in_(_IDS))
_PROOFS = select(*_PROOF).order_by(Evidence.campaign_id)
_PROOFS_OF = _PROOFS.where(Evidence.campaign_id.in_(_IDS))
_ANSWERS = select(*_ANSWER)
_ANSWERS_OF = _ANSWERS.where(Answer.campaign_id.in_(_IDS))


def evidence_facts(
    session: Session,
    campaign_ids: Sequence[int] | None,
    wanted: Collection[AnswerFact] | None = None,
) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, by id and name.

    Two queries, however many campaigns. ``wanted`` narrows the answers to those the rules ask
    about. A campaign without any fact is left out; the caller has decided who may be looked at.
    """
    if campaign_ids is not None and len(campaign_ids) <= FEW:
        return _detailed(session, tuple(campaign_ids), wanted)
    found: dict[int, dict[str, Fact]] = {}
    name_of, proof_of = _evidence_name, _proof
    facts: dict[str, Fact] = {}
    last = None
    for campaign, step, key, state, count, day in session.execute(
        _PROOFS if campaign_ids is None else _PROOFS_OF, _values(campaign_ids)
    ):
        if campaign != last:
            facts = found[campaign] = {}
            last = campaign
        facts[name_of(step, key)] = proof_of(state, count, day)
    _add_answers(session, found, campaign_ids, wanted)
    return found


def _detailed(
    session: Session, campaign_ids: tuple[int, ...], wanted: Collection[AnswerFact] | None
) -> dict[int, dict[str, Fact]]:
    """Give the facts of a few campaigns with the reasons of what was sent back."""
    found: dict[int, dict[str, Fact]] = {}
    rows = session.execute(_DETAILS, _values(campaign_ids))
    for campaign, step, key, state, count, day, note in rows:
        fact = _proof(state, count, day)
        named = fact._replace(note=note) if note else fact
        found.setdefault(campaign, {})[_evidence_name(step, key)] = named
    _add_answers(session, found, campaign_ids, wanted)
    return found


def _add_answers(
    session: Session,
    found: dict[int, dict[str, Fact]],
    campaign_ids: Sequence[int] | None,
    wanted: Collection[AnswerFact] | None,
) -> None:
    answers = _ANSWERS if campaign_ids is None else _ANSWERS_OF
    if wanted is not None:
        names = sorted(answer_fact(answer.step, answer.field) for answer in wanted)
        answers = answers.where(Answer.name.in_(names))
    for campaign, name, value in session.execute(answers, _values(campaign_ids)):
        found.setdefault(campaign, {})[name] = _said(value)


def _values(campaign_ids: Sequence[int] | None) -> dict[str, Sequence[int]]:
    return {} if campaign_ids is None else {"campaigns": campaign_ids}


@lru_cache(maxsize=4096)
def _evidence_name(step: str, key: str) -> str:
    return evidence_fact(step, key)


@lru_cache(maxsize=65536)
def _proof(state: str, count: int, day: int | None) -> Fact:
    if day is None:
        return Fact(FACT_STATES[State(state)], count)
    return Fact(FactState.PRESENT, count, None, date.fromordinal(day))


@lru_cache(maxsize=4096)
def _said(value: str) -> Fact:
    return Fact(FactState.PRESENT, 1, value)
