"""Every paper of the English pack as it reads with the demo's answers, word by word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from app.demo.papers_en import ANSWERED, LISTED, NOTHING_LISTED
from tests.paperwork_world import EN, composed, documents_of, issued_text, text_of

Typed = Mapping[str, str | Sequence[Mapping[str, str]]]
WHOLE: Typed = {
    "poll_date": "2026-05-07",
    **ANSWERED,
    **LISTED,
    **dict.fromkeys(NOTHING_LISTED, "none"),
}
OF_A_PARTY = {"description": "party"}
PARTYS = ("certificate", "certificate_second", "emblem_request")
NOTHING_SPENT = dict.fromkeys(
    ("expenses", "personal_expenses", "others_authorised", "donations", "donations_refused"), "none"
)
OTHERWISE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "home_address_public": ("home_address", {"keep_private": "no", "qual_b": "no", "qual_d": "no"}),
    "nomination_paper_party": ("nomination_paper", OF_A_PARTY),
    "certificate_joint": (
        "certificate",
        {
            **OF_A_PARTY,
            "joint_description": "yes",
            "certificate_by": "delegate",
            "certificate_scope": "any",
        },
    ),
    "agent_notice_own": ("agent_notice", {"agent_who": "self"}),
    "agent_declaration_own": ("agent_declaration", {"agent_who": "self"}),
    "polling_agents_none": ("polling_agents_notice", {"polling_agents": "none"}),
    "withdrawal_abroad": ("withdrawal", {"withdrawal_by": "proposer"}),
    "expenses_return_nil": ("expenses_return", {**NOTHING_SPENT, "own_money": "0"}),
}
"""Papers that read otherwise with other answers: the golden file, the kind, the answers."""
PRINTED = [key for key, kind in documents_of(EN).kinds.items() if kind.is_printed]


def answers_for(kind: str) -> Typed:
    return {**WHOLE, **OF_A_PARTY} if kind in PARTYS else WHOLE


@pytest.mark.parametrize("kind", PRINTED)
def test_the_paper_reads_as_it_did(kind: str, golden: Callable[[str, str], None]) -> None:
    golden(f"papers/{EN}/{kind}.txt", issued_text(EN, kind, answers_for(kind)))


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_paper_reads_otherwise_as_it_did(name: str, golden: Callable[[str, str], None]) -> None:
    kind, other = OTHERWISE[name]
    golden(f"papers/{EN}/{name}.txt", issued_text(EN, kind, {**answers_for(kind), **other}))


@pytest.mark.parametrize("kind", PRINTED)
def test_every_paper_can_be_laid_out_before_anybody_has_answered(kind: str) -> None:
    text = text_of(composed(documents_of(EN), kind, {}).sheet.html)
    assert documents_of(EN).kinds[kind].words.title in text
