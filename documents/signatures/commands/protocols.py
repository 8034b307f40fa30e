"""The protocol of the collection, made from the folders as they are now."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Missing, Refused
from documents.sheets import Sheet
from documents.signatures import errors
from documents.signatures.commands.heads import (
    Questions,
    head_answers,
    require_answers,
)
from documents.signatures.commands.issuing import issue
from documents.signatures.commands.naming import of_sheets
from documents.signatures.commands.recounting import hold_sheets
from documents.signatures.desk import SignaturesDesk, is_official
from documents.signatures.events import ProtocolMade
from documents.signatures.models import SignatureProtocol
from documents.signatures.planned import requirement_of
from documents.signatures.printing import PROTOCOL_KEY, protocol_sheet, said_by
from documents.signatures.queries import (
    find_protocol,
    folder_sums,
    plan_of,
    protocol_snapshot,
    protocols_of,
    spoiled_in_folders,
)


def make_protocol(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    key: str,
    *,
    desk: SignaturesDesk,
    questions: Questions,
    now: datetime,
) -> int:
    """Have the protocol of the folders made; give its number. Pressing twice makes one.

    Raises Missing; Refused without folders, when they hold more than may be handed in, when a
    signature in them has gone bad since they were packed, and when its head can't be printed.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    # Held first: of two presses the second then finds what the first has made.
    hold_sheets(session, campaign.id)
    for earlier in protocols_of(session, campaign.id):
        if earlier.key == key:
            return earlier.id
    pack = desk.signatures(campaign.pack_id)
    sums = folder_sums(session, campaign.id)
    numbers = requirement_of(pack, plan_of(session, campaign.id))
    if sums.is_empty:
        raise Refused(None, errors.NO_FOLDERS)
    if numbers is not None and sums.signatures > numbers.maximum:
        raise Refused(None, errors.TOO_MANY, total=sums.signatures, maximum=numbers.maximum)
    spoiled = spoiled_in_folders(session, campaign.id)
    if spoiled:
        raise of_sheets(None, errors.STRIKE_FIRST, spoiled)
    form, sheet_form = pack.shape.protocol, pack.shape.sheet
    given = head_answers(session, desk.seal, campaign.id, sheet_form)
    # The portal's own council stands in another case than the form wants: nothing is guessed.
    needs = [need for need in sheet_form.needs if need.answer in said_by(form)]
    require_answers(needs, given, questions, today=day_there(now, campaign.timezone))
    official = is_official(session, campaign, PROTOCOL_KEY, form)
    sheet = protocol_sheet(
        form,
        sheet_form.printed,
        sums,
        given,
        polling_day=campaign.polling_day,
        official=official,
    )
    issued = issue(session, desk.seal, campaign.id, sheet, now=now)
    new = insert(SignatureProtocol).values(
        campaign_id=campaign.id,
        key=key,
        folders=[asdict(folder) for folder in sums.folders],
        sheets=sums.sheets,
        signatures=sums.signatures,
        form_version=form.version,
        official=official,
        snapshot=desk.seal.close(sheet.as_json()),
        digest=issued.digest,
        state=issued.state,
        sha256=issued.sha256,
        made_at=now,
        made_by=viewer.person_id,
    )
    protocol_id = session.execute(new.returning(SignatureProtocol.id)).scalar_one()
    record(
        session,
        ProtocolMade(
            campaign_id=campaign.id,
            protocol_id=protocol_id,
            sheets=sums.sheets,
            signatures=sums.signatures,
            by=viewer.person_id,
            at=now,
        ),
    )
    return protocol_id


def try_protocol_again(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    protocol_id: int,
    *,
    desk: SignaturesDesk,
    now: datetime,
) -> None:
    """Have the file of a protocol made once more after the press has failed. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    found = find_protocol(session, campaign.id, protocol_id)
    text = desk.seal.open(protocol_snapshot(session, campaign.id, protocol_id)) if found else ""
    if found is None or not text:
        raise Missing
    if found.state != "failed":
        return
    issued = issue(session, desk.seal, campaign.id, Sheet.from_json(text), now=now)
    session.execute(
        update(SignatureProtocol)
        .where(SignatureProtocol.campaign_id == campaign.id, SignatureProtocol.id == protocol_id)
        .values(state=issued.state, sha256=issued.sha256)
    )
