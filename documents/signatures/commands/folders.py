"""Counted sheets on their way to the commission: into a folder, and out of it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.heads import require_line
from documents.signatures.commands.naming import of_sheets, require_sheets
from documents.signatures.commands.recounting import hold_sheets
from documents.signatures.events import FolderPacked
from documents.signatures.models import SignatureSheet
from documents.signatures.pack import PackSignatures
from documents.signatures.planned import requirement_of
from documents.signatures.queries import BackSheet, back_sheets, plan_of

LONGEST_FOLDER = 20


def pack_folder(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    numbers: Sequence[int],
    folder: str,
    *,
    pack: PackSignatures,
    now: datetime,
) -> None:
    """Put counted sheets into a folder to be handed in; never more than may be. Raises Refused."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    if not folder:
        raise Refused("folder", errors.FOLDER_MISSING)
    require_line("folder", folder, longest=LONGEST_FOLDER)
    # One after the other: two people must not fill two folders past the maximum.
    hold_sheets(session, campaign.id)
    sheets = back_sheets(session, campaign.id)
    wanted = _wanted(session, campaign.id, sheets, numbers)
    needed = requirement_of(pack, plan_of(session, campaign.id))
    if needed is None:
        raise Refused("numbers", errors.PLAN_FIRST)
    spoiled = tuple(sheet.number for sheet in wanted if sheet.has_defect)
    if spoiled:
        # What is handed in is checked: a bad signature left on the sheet counts against the rest.
        raise of_sheets("numbers", errors.STRIKE_FIRST, spoiled)
    chosen = set(numbers)
    # What stands on the paper is handed in, also where a signature has gone bad in its folder.
    total = _signatures(sheet for sheet in sheets if sheet.folder or sheet.number in chosen)
    if total > needed.maximum:
        raise Refused("numbers", errors.TOO_MANY, total=total, maximum=needed.maximum)
    _move(session, viewer, campaign.id, wanted, folder, now=now)


def take_out(
    session: Session, viewer: Viewer, campaign_id: int, numbers: Sequence[int], *, now: datetime
) -> None:
    """Take sheets out of their folders. Raises Missing, Refused."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    hold_sheets(session, campaign.id)
    wanted = _wanted(session, campaign.id, back_sheets(session, campaign.id), numbers)
    _move(session, viewer, campaign.id, wanted, "", now=now)


def _wanted(
    session: Session, campaign_id: int, sheets: Sequence[BackSheet], numbers: Sequence[int]
) -> tuple[BackSheet, ...]:
    if not numbers:
        raise Refused("numbers", errors.NO_SHEETS)
    back = {sheet.number: sheet for sheet in sheets}
    unready = tuple(number for number in numbers if number not in back)
    if unready:
        require_sheets(session, campaign_id, unready)
        raise of_sheets("numbers", errors.NOT_COUNTED, unready)
    return tuple(back[number] for number in numbers)


def _move(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    sheets: Sequence[BackSheet],
    folder: str,
    *,
    now: datetime,
) -> None:
    session.execute(
        update(SignatureSheet)
        .where(
            SignatureSheet.campaign_id == campaign_id,
            SignatureSheet.number.in_([sheet.number for sheet in sheets]),
        )
        .values(folder=folder, version=SignatureSheet.version + 1)
    )
    record(
        session,
        FolderPacked(
            campaign_id=campaign_id,
            folder=folder,
            sheets=len(sheets),
            signatures=_signatures(sheets),
            by=viewer.person_id,
            at=now,
        ),
    )


def _signatures(sheets: Iterable[BackSheet]) -> int:
    return sum(sheet.signed for sheet in sheets)
