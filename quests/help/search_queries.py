"""Reading what a search over answers and articles may find."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow
from quests.help.models import Article, Question
from quests.help.queries import beside, is_public, seen_by
from quests.help.rules import Entry, HitKind
from quests.help.stemming import stem_line

MOST_SEARCHED = 5_000


def answered_entries(
    session: Session, viewer: Viewer, campaign: CampaignRow, wanted: Sequence[str], *, language: str
) -> tuple[Entry, ...]:
    """Give what a campaign may find: its own and public answers, and articles in the language.

    Newest first. The stored stems are compared by the database, so that only likely rows are read.
    """
    if not wanted:
        return ()
    articles = session.execute(_article_hits(campaign, wanted, language))
    answers = session.execute(_answer_hits(viewer, campaign, wanted))
    return (
        *(
            Entry(
                kind=HitKind.ARTICLE,
                step_key=row.step_key,
                title=row.title,
                text=row.words,
                title_stems=stem_line(row.title),
                stems=row.stems,
            )
            for row in articles
        ),
        *(
            Entry(
                kind=HitKind.ANSWERED,
                step_key=row.step_key,
                title=row.words,
                text="",
                title_stems="",
                stems=row.stems,
                question_id=row.id,
            )
            for row in answers
        ),
    )


def _article_hits(
    campaign: CampaignRow, wanted: Sequence[str], language: str
) -> Select[str, str, str, str]:
    return (
        select(Article.step_key, Article.title, Article.words, Article.stems)
        .where(
            Article.coalition_id == campaign.coalition_id,
            Article.pack_id == campaign.pack_id,
            Article.language == language,
            Article.withdrawn_at.is_(None),
            or_(*(Article.stems.contains(f" {one} ", autoescape=True) for one in wanted)),
        )
        .order_by(Article.id.desc())
        .limit(MOST_SEARCHED)
    )


def _answer_hits(
    viewer: Viewer, campaign: CampaignRow, wanted: Sequence[str]
) -> Select[int, str, str, str]:
    return (
        select(Question.id, Question.step_key, Question.words, Question.stems)
        .join(Campaign, Campaign.id == Question.campaign_id)
        .where(
            *beside(campaign),
            Question.state == "answered",
            or_(Question.campaign_id == campaign.id, is_public()),
            seen_by(viewer),
            or_(*(Question.stems.contains(f" {one} ", autoescape=True) for one in wanted)),
        )
        .order_by(Question.id.desc())
        .limit(MOST_SEARCHED)
    )
