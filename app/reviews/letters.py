"""Letters to the candidate about what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.mail.letters import Letter
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter(Letter):
    """The base: the title of the step it is about."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedLetter(DecisionLetter):
    """The work was accepted."""

    subject: ClassVar[str] = N_("Accepted: {step}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("“{step}” has been checked and accepted. See what opens next:"),
        "{link}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLetter(DecisionLetter):
    """The work came back with a reason."""

    subject: ClassVar[str] = N_("To be corrected: {step}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("“{step}” needs a correction:"),
        "{reason}",
        N_("Everything you handed in is kept. Correct it here and send it again:"),
        "{link}",
    )
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneLetter(DecisionLetter):
    """The decision of the letter before was taken back."""

    subject: ClassVar[str] = N_("Being checked again: {step}")
    lines: ClassVar[tuple[str, ...]] = (
        N_(
            "The decision about “{step}” was made by mistake and has been taken back. "
            "It is being checked again; you need do nothing."
        ),
        "{link}",
    )
