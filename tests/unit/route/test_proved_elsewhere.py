"""What another screen proves: it may be made needless by an answer, and its day is asked once."""

from __future__ import annotations

from app.facts import Fact, FactState
from quests.route import rules
from quests.route.position import Proof, Status
from quests.route.shape import AnswerFact
from tests.unit.route.given import TODAY, a_pack, a_step, answered, decided, proved, statuses

COUNTED = {
    "kind": "fact",
    "key": "counted",
    "fact": "signatures.collected",
    "unless": {"answer": "collect.where", "is": "paper"},
}
PACK = a_pack(
    a_step(
        "collect",
        evidence=[COUNTED, {"kind": "form", "key": "form"}],
        field=[
            {"key": "where", "type": "choice", "required": True, "options": ["portal", "paper"]}
        ],
    ),
    a_step("next", opens={"step": "collect"}),
)
ENOUGH = {"signatures.collected": Fact(FactState.PRESENT, 40)}
TOO_FEW = {"signatures.collected": Fact(FactState.NONE, 39)}


def collecting(facts: dict[str, Fact]) -> tuple[Status, Proof]:
    """The status of the step, as pages and as lists say it, and its counted proof."""
    found = decided(PACK, facts)
    listed = rules.standing(PACK, facts, TODAY, deadlines={}).statuses[0]
    assert statuses(found)["collect"] is listed
    return listed, found.by_key["collect"].proofs[0]


def test_who_counts_here_waits_for_enough_and_is_at_work_until_then() -> None:
    said = proved("collect") | answered(collect__where="portal")
    for facts in (said, said | TOO_FEW):
        status, proof = collecting(facts)
        assert status is Status.OPEN
        assert not proof.is_complete and not proof.is_spared
    status, proof = collecting(said | ENOUGH)
    assert status is Status.DONE and proof.is_complete and not proof.is_spared


def test_who_counts_on_paper_is_not_asked_for_what_is_counted_here() -> None:
    said = proved("collect") | answered(collect__where="paper")
    for facts in (said, said | TOO_FEW):
        status, proof = collecting(facts)
        assert status is Status.DONE
        assert proof.is_complete and proof.is_spared
    assert statuses(decided(PACK, said))["next"] is Status.OPEN
    assert not collecting(said | ENOUGH)[1].is_spared


def test_before_the_answer_nothing_is_spared() -> None:
    status, proof = collecting(proved("collect"))
    assert status is Status.OPEN and not proof.is_spared


def test_the_answer_that_spares_is_among_those_that_are_kept_for_the_rules() -> None:
    assert AnswerFact(step="collect", field="where") in PACK.wanted_answers
