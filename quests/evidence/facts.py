"""What evidence knows about campaigns: the facts of the route, for one campaign or for all.

Two narrow index scans answer for any number of campaigns; equal facts are one object. Only when
few campaigns are asked for, what was sent back carries its reason as the fact's note, and both
scans are one query.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import literal, null, select
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
_ANSWERED = "answer"
"""What stands in the place of a state where a row is an answer."""
_DETAILS = Narrowed(
    select(*_PROOF, _evidence.c.note),
    _evidence.c.campaign_id,
    (
        select(
            _answer.c.campaign_id,
            _answer.c.name,
            literal(""),
            literal(_ANSWERED),
            literal(0),
            null(),
            _answer.c.value,
        ),
        _answer.c.campaign_id,
    ),
)
_ANSWERS = Narrowed(
    select(_answer.c.campaign_id, _answer.c.name, _answer.c.value), _answer.c.campaign_id
)


def evidence_facts(
    session: Session,
    campaign_ids: Sequence[int] | None,
    wanted: Collection[AnswerFact] | None = None,
) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, by id and name.

    At most two queries, however many campaigns. ``wanted`` narrows the answers to those the rules
    ask about. A campaign without any fact is left out; the caller has decided who may be looked at.
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
    names = _names(wanted)
    for campaign, name, value in _ANSWERS.rows(session, campaign_ids):
        if names is None or name in names:
            found.setdefault(campaign, {})[name] = _said(value)
    return found


def _detailed(
    session: Session, campaign_ids: tuple[int, ...], wanted: Collection[AnswerFact] | None
) -> dict[int, dict[str, Fact]]:
    """Give the facts of a few campaigns with the reasons of what was sent back."""
    names = _names(wanted)
    found: dict[int, dict[str, Fact]] = {}
    for campaign, name, key, state, count, day, note in _DETAILS.rows(session, campaign_ids):
        if state == _ANSWERED:
            if names is None or name in names:
                found.setdefault(campaign, {})[name] = _said(note)
            continue
        fact = _proof(state, count, day)
        named = fact._replace(note=note) if note else fact
        found.setdefault(campaign, {})[_evidence_name(name, key)] = named
    return found


def _names(wanted: Collection[AnswerFact] | None) -> frozenset[str] | None:
    """Give what the facts of these answers are called; None for all."""
    if wanted is None:
        return None
    return frozenset(answer_fact(answer.step, answer.field) for answer in wanted)


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
