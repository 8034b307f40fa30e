"""Letters to the candidate about what was decided; texts are filled in their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter:
    """The base: who is addressed, about which step, and where to go on."""

    subject: ClassVar[str]
    text: ClassVar[str]

    name: str
    step: str
    address: str

    def params(self) -> dict[str, str]:
        """Give the named values of subject and text."""
        return {"name": self.name, "step": self.step, "address": self.address}


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedLetter(DecisionLetter):
    """The work was accepted."""

    subject: ClassVar[str] = N_("Accepted: {step}")
    text: ClassVar[str] = N_(
        "Hello {name},\n\n“{step}” has been checked and accepted. "
        "See what opens next:\n{address}\n\nMandat"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLetter(DecisionLetter):
    """The work came back with a reason."""

    subject: ClassVar[str] = N_("To be corrected: {step}")
    text: ClassVar[str] = N_(
        "Hello {name},\n\n“{step}” needs a correction:\n\n{reason}\n\n"
        "Everything you handed in is kept. Correct it here and send it again:\n{address}\n\nMandat"
    )

    reason: str

    def params(self) -> dict[str, str]:
        """Give the named values of subject and text."""
        return {
            "name": self.name,
            "step": self.step,
            "address": self.address,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneLetter(DecisionLetter):
    """The decision of the letter before was taken back."""

    subject: ClassVar[str] = N_("Being checked again: {step}")
    text: ClassVar[str] = N_(
        "Hello {name},\n\nthe decision about “{step}” was made by mistake and has been taken back. "
        "It is being checked again; you need do nothing.\n{address}\n\nMandat"
    )
