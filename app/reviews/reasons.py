"""Sentences a reviewer can choose when sending work back, for each queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.reviews.rules import Queue
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonTemplate:
    """One ready sentence; it is stored in the candidate's language, not by its key."""

    key: str
    text: str


_UNREADABLE = ReasonTemplate(
    key="unreadable",
    text=N_("The picture can’t be read. Photograph it anew in daylight, the whole sheet."),
)
_PAGE_MISSING = ReasonTemplate(
    key="page_missing", text=N_("A page is missing. Add every page, empty ones too.")
)
_NO_SIGNATURE = ReasonTemplate(key="no_signature", text=N_("The signature or its date is missing."))
_NAME_DIFFERS = ReasonTemplate(
    key="name_differs",
    text=N_("The name is not written exactly as in the identity document."),
)
_WRONG_PAPER = ReasonTemplate(
    key="wrong_paper", text=N_("This is another document than the step asks for.")
)
_TOO_LITTLE = ReasonTemplate(
    key="too_little", text=N_("This does not show yet that the step was done. Add what shows it.")
)
_OLD_FORM = ReasonTemplate(
    key="old_form", text=N_("This is an outdated form. Take the one linked on the step’s page.")
)
_FIELD_EMPTY = ReasonTemplate(
    key="field_empty", text=N_("A field that must be filled in is empty.")
)
_DATES = ReasonTemplate(key="dates", text=N_("Dates in the papers contradict each other."))
_LAW = ReasonTemplate(
    key="law", text=N_("The wording may break the law. Change the marked place and send it again.")
)
_IMPRINT = ReasonTemplate(key="imprint", text=N_("The imprint is incomplete or too small to read."))
_RESOLUTION = ReasonTemplate(
    key="resolution", text=N_("The picture is too small for print. Add the original file.")
)
_MARGINS = ReasonTemplate(
    key="margins", text=N_("Text is too close to the edge and may be cut off.")
)
_RIGHTS = ReasonTemplate(
    key="rights", text=N_("It is not clear that this picture may be used. Say where it is from.")
)

REASONS: Mapping[Queue, tuple[ReasonTemplate, ...]] = {
    Queue.ORGANISATION: (
        _UNREADABLE,
        _PAGE_MISSING,
        _NO_SIGNATURE,
        _WRONG_PAPER,
        _FIELD_EMPTY,
        _TOO_LITTLE,
    ),
    Queue.COALITION: (_UNREADABLE, _PAGE_MISSING, _NO_SIGNATURE, _WRONG_PAPER, _TOO_LITTLE),
    Queue.LAWYER: (_NAME_DIFFERS, _NO_SIGNATURE, _OLD_FORM, _FIELD_EMPTY, _DATES, _LAW),
    Queue.DESIGNER: (_IMPRINT, _RESOLUTION, _MARGINS, _RIGHTS, _LAW),
}


def chosen_texts(queue: Queue, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Give the sentences of the chosen keys in our order; keys of other queues are left out."""
    return tuple(reason.text for reason in REASONS[queue] if reason.key in keys)
