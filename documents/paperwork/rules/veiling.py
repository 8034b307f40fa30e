"""Which answers of a paper let somebody learn what a sealed one says."""

from __future__ import annotations

from collections.abc import Mapping

from documents.paperwork.rules.interview import conditions
from documents.paperwork.shape import Answer, DocumentKind


def telling_keys(kind: DocumentKind, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Give the answers a paper rests on that are sealed, or asked because of what a sealed one is.

    That such an answer is missing, there or changed tells something of what is sealed.
    """
    whens = conditions(kind, answers)
    keys = {*whens, *(when.answer for found in whens.values() for when in found)}
    keys &= answers.keys()
    telling = {key for key in keys if answers[key].seal}
    while True:
        more = {
            key
            for key in keys - telling
            if any(when.answer in telling for when in whens.get(key, ()))
            or any(part in telling or answers[part].seal for part in _declined(answers[key]))
        }
        if not more:
            return frozenset(telling)
        telling |= more


def is_need_telling(kind: DocumentKind, answers: Mapping[str, Answer]) -> bool:
    """Say whether sealed answers decide if somebody needs the paper at all."""
    whens = [*kind.needed_when]
    seen: set[str] = set()
    while whens:
        answer = answers.get(whens.pop().answer)
        if answer is None or answer.key in seen:
            continue
        if answer.seal:
            return True
        seen.add(answer.key)
        whens += [answer.when] if answer.when is not None else []
    return False


def _declined(answer: Answer) -> tuple[str, ...]:
    return answer.decline.of if answer.decline is not None else ()
