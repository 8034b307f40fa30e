"""Writing a support page and handing it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Refused
from app.reviews.commands import HandedInReview, submit
from app.reviews.rules import Queue
from fundraising import errors
from fundraising.events import PageSaved
from fundraising.models import SupportPage
from fundraising.pack import FundPack
from fundraising.rules.goals import Mark, is_sound_goal

SUBJECT_KIND = "support_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """Everything a support page says."""

    slug: str
    title: str
    words: str
    imprint: str
    goal_minor: int
    marks: tuple[Mark, ...]
    amounts: tuple[Mark, ...]


def save_page(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    text: PageText,
    *,
    version: int,
    now: datetime,
) -> SupportPage:
    """Keep the page's words; what visitors see stays the accepted version.

    ``version`` is 0 for a page that is not there yet. Raises Refused, and Conflict when somebody
    saved in between or the page is being checked.
    """
    _check(fund, text)
    page = _lock(session, campaign.id)
    if (page.version if page else 0) != version:
        raise Conflict(errors.PAGE_CHANGED)
    if page is None:
        page = SupportPage(campaign_id=campaign.id, version=0)
        session.add(page)
    elif page.state == "submitted":
        raise Conflict(errors.PAGE_WAITS)
    elif page.shown is not None and text.slug != page.slug:
        # The address holds at once and for everybody; nobody would have checked the new one.
        raise Refused("slug", errors.SLUG_STAYS)
    _fill(page, text)
    page.state = "draft"
    page.version += 1
    page.changed_at = now
    page.changed_by = viewer.person_id
    try:
        session.flush()
    except IntegrityError:
        raise Refused("slug", errors.SLUG_TAKEN) from None
    record(
        session,
        PageSaved(by=viewer.person_id, at=now, campaign_id=campaign.id, page_id=page.id),
    )
    return page


def hand_in(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    page: SupportPage,
    *,
    now: datetime,
) -> HandedInReview:
    """Let a coordinator look at the page before everybody else does.

    The page asks for money, so it is sent by those who answer for it; others only write it.
    Raises Refused for the others, and Conflict when it waits already.
    """
    if not viewer.may(Permission.FUND_MANAGE, campaign.scope):
        raise Refused(None, errors.HANDED_IN_BY_OTHERS)
    review = submit(
        session,
        viewer,
        campaign,
        subject_kind=SUBJECT_KIND,
        subject_id=page.id,
        step_key=fund.rules.step,
        queue=Queue.ORGANISATION,
        now=now,
    )
    page.handed_in = snapshot(page)
    page.state = "submitted"
    page.note = ""
    session.flush()
    return review


def snapshot(page: SupportPage) -> dict[str, Any]:
    """Give everything the page says, as plain values."""
    return {
        "title": page.title,
        "words": page.words,
        "imprint": page.imprint,
        "goal_minor": page.goal_minor,
        "marks": page.marks,
        "amounts": page.amounts,
    }


def _check(fund: FundPack, text: PageText) -> None:
    if not is_sound_goal(text.goal_minor, text.marks):
        raise Refused("goal", errors.BAD_GOAL)
    if fund.rules.imprint and not text.imprint.strip():
        raise Refused("imprint", errors.IMPRINT_NEEDED)


def _fill(page: SupportPage, text: PageText) -> None:
    page.slug = text.slug
    page.title = text.title
    page.words = text.words
    page.imprint = text.imprint
    page.goal_minor = text.goal_minor
    page.marks = _plain(text.marks)
    page.amounts = _plain(text.amounts)


def _plain(marks: tuple[Mark, ...]) -> list[Any]:
    return [{"amount_minor": mark.amount_minor, "words": mark.words} for mark in marks]


def _lock(session: Session, campaign_id: int) -> SupportPage | None:
    return session.scalars(
        select(SupportPage)
        .where(SupportPage.campaign_id == campaign_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
