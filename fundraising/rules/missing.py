"""What a held gift waits for from its giver: questions nobody has answered yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fundraising.rules.eligibility import Check, CheckKind

ASKED_OF_GIVERS = (CheckKind.ANSWERED, CheckKind.CONFIRMED)
"""What only the giver can settle; everything else is settled by the treasurer or by the law."""


def missing_questions(
    checks: Sequence[Check], reasons: Collection[str], answers: Mapping[str, str]
) -> tuple[str, ...]:
    """Give the keys of the questions a gift is held for and that have no answer.

    An answer that is there is never asked for again: what was said once stays said.
    """
    asked = [key for check in _own(checks, reasons) for key in check.questions]
    return tuple(key for key in dict.fromkeys(asked) if not answers.get(key))


def answered_since(
    checks: Sequence[Check], reasons: Collection[str], answers: Mapping[str, str]
) -> frozenset[str]:
    """Give the checks a gift is still held for although the giver has answered them by now."""
    return frozenset(
        check.key
        for check in _own(checks, reasons)
        if not missing_questions((check,), reasons, answers)
    )


def _own(checks: Sequence[Check], reasons: Collection[str]) -> list[Check]:
    return [check for check in checks if check.kind in ASKED_OF_GIVERS and check.key in reasons]
