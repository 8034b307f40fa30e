"""What the audit log keeps of questions: who may read them, and what is published."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from quests.help.events import ArticlePublished, ArticleWithdrawn, AudienceChanged


def _audience(event: AudienceChanged) -> Note:
    shown = event.audience == "coalition"
    action = "question.shown" if shown else "question.hidden"
    return note_of(event, action, "question", event.question_id)


def _article(action: str, event: ArticlePublished | ArticleWithdrawn) -> Note:
    return note_of(event, action, "help_article", event.article_id)


AUDITED: Audited = {
    AudienceChanged: _audience,
    ArticlePublished: lambda event: _article("article.published", event),
    ArticleWithdrawn: lambda event: _article("article.withdrawn", event),
}
