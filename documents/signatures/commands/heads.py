"""What the head of a sheet and of the protocol says: looked at before it is printed.

A paper is typeset from answers as they lie there. A sign that the typeface can't draw, or a day
that is none, would be found by the commission on sheets that people have signed already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import Refused
from app.sealing import Seal
from documents.paperwork.heading import PLACE, Heading
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.answers import check_answer
from documents.paperwork.rules.texts import kept, unprintable
from documents.paperwork.shape import Answer
from documents.signatures import errors
from documents.signatures.rules.heading import asked_answers, missing_answers
from documents.signatures.shape import Need, SheetForm

LONGEST_NAME = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The answers of a pack as its paperwork asks for them."""

    answers: Mapping[str, Answer]
    label: Callable[[str], str]
    """What an answer is called."""


def head_answers(session: Session, seal: Seal, campaign_id: int, form: SheetForm) -> dict[str, str]:
    """Give the answers that the head of the sheet is filled from; the caller knows who asks."""
    keys = [need.answer for need in form.needs]
    given = given_answers(session, seal, campaign_id, keys=keys)
    return {key: given[key].text for key in keys if key in given}


def require_name(name: str) -> None:
    """Look at the candidate's name in the case the form wants. Raises Refused."""
    if not name:
        raise Refused("name", errors.HEAD_NAME)
    require_line("name", name, longest=LONGEST_NAME)


def require_line(field: str, text: str, *, longest: int) -> None:
    """Look at a line that is printed as it is written. Raises Refused beside its field."""
    if len(text) > longest:
        raise Refused(field, errors.TOO_LONG, longest=longest)
    if kept(text, lines=False) != text or unprintable(text):
        raise Refused(field, errors.UNPRINTABLE, sign=unprintable(text) or " ")


def require_answers(
    needs: Sequence[Need], given: Mapping[str, str], questions: Questions, *, today: date
) -> None:
    """Look at every answer that would be printed. Raises Refused, which names those to mend."""
    missing = missing_answers(needs, given)
    if missing:
        raise Refused(None, errors.HEADER_MISSING, fields=_labels(questions, missing))
    wrong = [
        key
        for key, text in asked_answers(needs, given).items()
        if text and check_answer(questions.answers[key], text, today=today).problem
    ]
    if wrong:
        raise Refused(None, errors.HEADER_WRONG, fields=_labels(questions, wrong))


def require_place(heading: Heading) -> None:
    """Look at what the portal itself knows and prints. Raises Refused, which names what to mend.

    Its own name of the candidate stands on no sheet: that comes from the answers.
    """
    found = heading.obstacle(*PLACE)
    if found is not None:
        message, sign = found
        raise Refused(None, message, sign=sign)


def _labels(questions: Questions, keys: Sequence[str]) -> str:
    return ", ".join(map(questions.label, keys))
