"""What reviewers see of a support page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Viewer
from app.errors import Missing
from app.reviews.queries import get_review
from app.reviews.subjects import Change, HandedIn
from app.texts import N_
from app.web.language import translate
from app.web.wording import money
from fundraising.models import SupportPage
from fundraising.pack import FundPacks

TITLE = N_("Support page")
_TEXTS = (
    ("title", N_("Heading")),
    ("words", N_("In your own words")),
    ("imprint", N_("Imprint")),
)
_LISTS = (
    ("marks", N_("Marks on the way to the goal")),
    ("amounts", N_("Sums to choose from")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPageSubjects:
    """Tells the reviews what was handed in of a support page."""

    packs: FundPacks

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give the page as it was handed in, compared with what visitors see.

        Raises Missing.
        """
        found = get_review(session, viewer, review_id)
        page = session.scalars(
            select(SupportPage).where(
                SupportPage.campaign_id == found.campaign.id,
                SupportPage.id == found.review.subject_id,
            )
        ).one_or_none()
        if page is None or page.handed_in is None:
            raise Missing
        currency = self.packs[found.campaign.pack_id].currency
        now = dict(_told(page.handed_in, currency, language))
        # Once accepted, what is shown is what was handed in; the version before it is compared.
        shown = page.before if page.state == "accepted" else page.shown
        then = dict(_told(shown, currency, language)) if shown else {}
        return HandedIn(
            title=translate(language, TITLE),
            evidence_kind="support_page",
            changes=tuple(
                _change(label, then.get(label, ""), said, compared=bool(shown))
                for label, said in now.items()
            ),
            # A page may be public without a round of its own, as one that was taken over is.
            compared_with_round=max(found.review.round - 1, 1) if shown else None,
        )


def _told(page: Mapping[str, Any], currency: str, language: str) -> Iterator[tuple[str, str]]:
    for key, label in _TEXTS:
        if page[key]:
            yield translate(language, label), page[key]
    yield translate(language, N_("Goal")), money(page["goal_minor"], currency, language)
    for key, label in _LISTS:
        lines = [
            f"{money(mark['amount_minor'], currency, language)} — {mark['words']}"
            for mark in page[key]
        ]
        if lines:
            yield translate(language, label), "\n".join(lines)


def _change(label: str, before: str, after: str, *, compared: bool) -> Change:
    """Give what a page says, and what visitors see instead when there is something to compare."""
    if not compared or before == after:
        return Change(label=label, before=after, after=after, kind="same")
    pieces = (("gone", before), ("new", after))
    return Change(
        label=label,
        before=before,
        after=after,
        kind="changed" if before else "new",
        pieces=tuple(piece for piece in pieces if piece[1]),
    )
