"""Refusals that name sheets: one or several, and numbers that no sheet has."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import Refused
from documents.signatures import errors
from documents.signatures.queries import last_number
from documents.signatures.rules.numbers import write_numbers


def of_sheets(field: str | None, words: tuple[str, str], numbers: Sequence[int]) -> Refused:
    """Give a refusal about these sheets; ``words`` for one sheet and for several.

    Numbers are listed, not counted: Russian would say “sheet” of twenty-one of them too.
    """
    one, many = words
    return Refused(field, one if len(numbers) == 1 else many, numbers=write_numbers(numbers))


def require_sheets(session: Session, campaign_id: int, numbers: Sequence[int]) -> None:
    """Look whether there have ever been sheets of these numbers. Raises Refused."""
    last = last_number(session, campaign_id)
    unknown = tuple(number for number in numbers if not 1 <= number <= last)
    if unknown:
        raise of_sheets("numbers", errors.NO_SUCH_SHEETS, unknown)
