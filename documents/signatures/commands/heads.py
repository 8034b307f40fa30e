"""What the head of a sheet and of the protocol says: looked at before it is printed.

A paper is typeset from answers as they lie there. A sign that the typeface can't draw, or a day
that is none, would be found by the commission on sheets that people have signed already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.errors import Refused
from app.sealing import Seal
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
    if len(name) > LONGEST_NAME:
        raise Refused("name", errors.TOO_LONG, longest=LONGEST_NAME)
    if kept(name, lines=False) != name or unprintable(name):
        raise Refused("name", errors.UNPRINTABLE, sign=unprintable(name) or " ")


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


def require_campaign(campaign: CampaignRow) -> None:
    """Look at what the portal itself knows and prints. Raises Refused, which names what to mend."""
    printed = {
        errors.NAME_UNPRINTABLE: campaign.candidate_name,
        errors.COUNCIL_UNPRINTABLE: campaign.council,
        errors.DISTRICT_UNPRINTABLE: campaign.district_number,
    }
    for message, text in printed.items():
        sign = unprintable(kept(text, lines=False))
        if sign:
            raise Refused(None, message, sign=sign)


def _labels(questions: Questions, keys: Sequence[str]) -> str:
    return ", ".join(map(questions.label, keys))
