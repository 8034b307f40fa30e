"""The letter that tells the asker of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.mail.letters import Letter
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven(Letter):
    """Your question has an answer."""

    subject: ClassVar[str] = N_("An answer to your question")
    lines: ClassVar[tuple[str, ...]] = (
        N_("You asked on the step “{step}”:"),
        "{question}",
        N_("The answer:"),
        "{answer}",
        N_("Read it on the page and say whether it helped: {link}"),
    )
    step: str
    question: str
    answer: str
