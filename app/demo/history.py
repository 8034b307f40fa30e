"""The log of a planted coalition: what its people did, written through the real chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.commands import audit
from app.audit.rules import Detail

_NOTHING: Detail = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the log to be."""

    at: datetime
    by: int | None
    action: str
    subject_kind: str
    subject_id: int
    coalition_id: int
    campaign_id: int | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class History:
    """Collects deeds of all coalitions and writes them in the order in which they happened."""

    deeds: list[Deed] = field(default_factory=list)

    def staff(
        self,
        person_id: int,
        role: str,
        coalition_id: int,
        organisation_id: int | None,
        at: datetime,
    ) -> None:
        """Note that somebody was given a role by the operator."""
        detail: dict[str, str | int] = {"role": role}
        if organisation_id is not None:
            detail["organisation"] = organisation_id
        self.deeds.append(
            Deed(
                at=at,
                by=None,
                action="staff.joined",
                subject_kind="person",
                subject_id=person_id,
                coalition_id=coalition_id,
                detail=detail,
            )
        )

    def campaign(
        self,
        action: str,
        campaign_id: int,
        coalition_id: int,
        *,
        by: int | None,
        at: datetime,
        detail: Detail = _NOTHING,
    ) -> None:
        """Note what became of a campaign."""
        self.deeds.append(
            Deed(
                at=at,
                by=by,
                action=f"campaign.{action}",
                subject_kind="campaign",
                subject_id=campaign_id,
                coalition_id=coalition_id,
                campaign_id=campaign_id,
                detail=detail,
            )
        )

    def review(
        self,
        action: str,
        review_id: int,
        campaign_id: int,
        coalition_id: int,
        *,
        by: int,
        at: datetime,
        detail: Detail,
    ) -> None:
        """Note that something was handed in or decided."""
        self.deeds.append(
            Deed(
                at=at,
                by=by,
                action=f"review.{action}",
                subject_kind="review",
                subject_id=review_id,
                coalition_id=coalition_id,
                campaign_id=campaign_id,
                detail=detail,
            )
        )

    def write(self, session: Session) -> None:
        """Write everything, the earliest first."""
        for deed in sorted(self.deeds, key=lambda one: one.at):
            audit(
                session,
                deed.by,
                deed.action,
                subject_kind=deed.subject_kind,
                subject_id=deed.subject_id,
                campaign_id=deed.campaign_id,
                coalition_id=deed.coalition_id,
                detail=deed.detail,
                now=deed.at,
            )
