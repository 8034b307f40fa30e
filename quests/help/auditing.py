"""What the audit log keeps of questions: who may read them, and what is published."""

from __future__ import annotations

from app.audit.following import Audited, Note
from quests.help.events import ArticlePublished, ArticleWithdrawn, AudienceChanged


def _audience(event: AudienceChanged) -> Note:
    shown = event.audience == "coalition"
    return Note(
        action="question.shown" if shown else "question.hidden",
        subject_kind="question",
        subject_id=event.question_id,
        campaign_id=event.campaign_id,
        by=event.by,
        at=event.at,
    )


def _article(action: str, event: ArticlePublished | ArticleWithdrawn) -> Note:
    return Note(
        action=action,
        subject_kind="help_article",
        subject_id=event.article_id,
        campaign_id=event.campaign_id,
        by=event.by,
        at=event.at,
    )


AUDITED: Audited = {
    AudienceChanged: _audience,
    ArticlePublished: lambda event: _article("article.published", event),
    ArticleWithdrawn: lambda event: _article("article.withdrawn", event),
}
