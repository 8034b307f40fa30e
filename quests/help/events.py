"""What happens around questions."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceChanged(Act):
    """A question was shown to the coalition or kept to those who asked and answer."""

    question_id: int
    campaign_id: int
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePublished(Act):
    """An answer became an article for the whole coalition."""

    article_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWithdrawn(Act):
    """An article was taken back."""

    article_id: int
    campaign_id: int
