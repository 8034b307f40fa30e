"""What reviewers see of any work, whichever package it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.access import Viewer
from app.addresses import step_address
from app.reviews.queries import get_review
from app.reviews.subjects import HandedIn
from quests.route.library import PackLibrary


class Teller(Protocol):
    """A package's answer to what was handed in."""

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give what was handed in with this review. Raises Missing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AllSubjects:
    """Asks the package whose work it is; ``tellers`` go by the kind of subject."""

    library: PackLibrary
    tellers: Mapping[str, Teller]

    def step_title(self, pack_id: str, step_key: str, language: str) -> str:
        """Give the step's title; the bare key when a newer pack has dropped the step."""
        return self.library.step_title(pack_id, step_key, language)

    def step_address(self, campaign_id: int, step_key: str) -> str:
        """Give the path of the step's page within the portal."""
        return step_address(campaign_id, step_key)

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give what was handed in with this review. Raises Missing."""
        kind = get_review(session, viewer, review_id).review.subject_kind
        return self.tellers[kind].handed_in(session, viewer, review_id=review_id, language=language)
