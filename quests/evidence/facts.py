"""What evidence knows about campaigns: the facts of the route, for one campaign or for all.

Two narrow index scans answer for any number of campaigns; equal facts are one object. Only when
few campaigns are asked for, what was sent back carries its reason as the fact's note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from quests.evidence.models import Answer, Evidence
from quests.evidence.rules.proof import FACT_STATES, State
from quests.route.shape import AnswerFact, answer_fact, evidence_fact

FEW = 20

# Plain tables: rows need no identity map, and every page of a campaign asks.
_evidence = Evidence.__table__
_answer = Answer.__table__
_PROOF = (
    _evidence.c.campaign_id,
    _evidence.c.step_key,
    _evidence.c.evidence_key,
    _evidence.c.state,
    _evidence.c.count,
    _evidence.c.proved_day,
)
_PROOFS = Narrowed(select(*_PROOF).order_by(_evidence.c.campaign_id), _evidence.c.campaign_id)
_DETAILS = Narrowed(select(*_PROOF, _evidence.c.note), _evidence.c.campaign_id)
_ANSWERS = Narrowed(
    select(_answer.c.campaign_id, _answer.c.name, _answer.c.value), _answer.c.campaign_id
)


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
    for campaign, step, key, state, count, day in _PROOFS.rows(session, campaign_ids):
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
    for row in _DETAILS.rows(session, campaign_ids):
        campaign, step, key, state, count, day, note = row
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
    rows: Iterable[Sequence[Any]] = _ANSWERS.rows(session, campaign_ids)
    if wanted is not None:
        names = {answer_fact(answer.step, answer.field) for answer in wanted}
        rows = (row for row in rows if row[1] in names)
    for campaign, name, value in rows:
        found.setdefault(campaign, {})[name] = _said(value)


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
