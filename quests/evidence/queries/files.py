"""One file for download, and who may have it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import HELPER_ROLES, Permission, Viewer
from app.accounts.queries import get_campaign
from app.errors import Missing
from quests.evidence.models import Evidence, UploadedFile
from quests.route.standing import reads_all_evidence, role_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file to send: what it is called, what it is, and under which name it lies."""

    name: str
    media_type: str
    sha256: str
    pack_id: str
    step_key: str
    as_role: str | None
    """The role whose own step this must be of; None when the viewer reads all evidence."""


def get_file(session: Session, viewer: Viewer, campaign_id: int, file_id: int) -> StoredFile:
    """Give a file of a campaign, also one that was taken away after it was handed in.

    A helper sees only what was sent to the helper's own queue; whoever works on some steps only
    is to be given the files of those (``as_role``), which the caller knows from the pack.
    Raises Missing.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.ROUTE_READ)
    row = session.execute(
        select(
            UploadedFile.name,
            UploadedFile.media_type,
            UploadedFile.sha256,
            Evidence.queue,
            Evidence.step_key,
        )
        .join(
            Evidence,
            (Evidence.campaign_id == UploadedFile.campaign_id)
            & (Evidence.id == UploadedFile.evidence_id),
        )
        .where(UploadedFile.campaign_id == campaign.id, UploadedFile.id == file_id)
    ).first()
    if row is None:
        raise Missing
    roles = viewer.roles_in(campaign.scope)
    helper = {role.value for role in roles if role in HELPER_ROLES}
    as_helper = row[3] in helper
    as_member = viewer.may(Permission.STEP_WORK, campaign.scope)
    as_reader = reads_all_evidence(viewer, campaign)
    if not (as_helper or as_member or as_reader):
        raise Missing
    return StoredFile(
        name=row[0],
        media_type=row[1],
        sha256=row[2],
        pack_id=campaign.pack_id,
        step_key=row[4],
        as_role=None if as_helper or as_reader else role_of(viewer, campaign),
    )
