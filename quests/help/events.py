"""What happens around questions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """Somebody asked for help on a step."""

    question_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    """A human answered."""

    question_id: int
    campaign_id: int
