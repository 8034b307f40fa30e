"""Beginning a flyer, saving what is typed, and asking the press for its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Conflict, Refused
from app.files.inspection import Inspected
from app.sealing import Seal
from documents.flyers import errors
from documents.flyers.events import FlyerBegun
from documents.flyers.layout import Flyer as Laid
from documents.flyers.layout import card_sheet, print_sheet
from documents.flyers.models import Flyer, FlyerPhoto
from documents.flyers.pack import Flyers
from documents.flyers.queries.flyers import FlyerRow, get_flyer
from documents.flyers.rules.content import COLOURS, Content, Photo, tidy, tidy_line
from documents.flyers.rules.standing import MOST_FLYERS, State
from documents.flyers.shape import FieldKind, SlotKind
from documents.typesetting.commands import want


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """What making a flyer needs besides the flyer: the pack, the seal, the printer's profile."""

    flyers: Flyers
    seal: Seal
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came in from the studio's form, by slot and by field of the imprint."""

    slots: Mapping[str, str]
    imprint: Mapping[str, str]
    colour: str
    version: int


def begin(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    studio: Studio,
    *,
    copy_of: int | None = None,
    now: datetime,
) -> int:
    """Begin a flyer, empty or from another of the campaign; give its number.

    Raises Missing, and Refused when there are too many.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.FLYER_WORK)
    # An approved one can't be gone on with, so it takes nobody's place.
    count = (
        select(func.count())
        .select_from(Flyer)
        .where(Flyer.campaign_id == campaign_id, Flyer.state != State.APPROVED.value)
    )
    if session.execute(count).scalar_one() >= MOST_FLYERS:
        raise Refused(None, errors.TOO_MANY_FLYERS, most=MOST_FLYERS)
    content = _beginning(campaign, studio.flyers)
    if copy_of is not None:
        content = get_flyer(session, viewer, campaign_id, copy_of).content
    new = insert(Flyer).values(
        campaign_id=campaign_id,
        template=content.template,
        state=State.DRAFT.value,
        version=1,
        print_digest="",
        card_digest="",
        note="",
        saved_at=now,
        saved_by=viewer.person_id,
        **_columns(content),
    )
    flyer_id = session.execute(new.returning(Flyer.id)).scalar_one()
    record(
        session,
        FlyerBegun(campaign_id=campaign_id, flyer_id=flyer_id, by=viewer.person_id, at=now),
    )
    _ask_press(session, campaign, flyer_id, content, studio, now=now)
    return flyer_id


def _beginning(campaign: CampaignRow, flyers: Flyers) -> Content:
    started = {
        "": "",
        "candidate": campaign.candidate_name,
        "council": f"{campaign.council} {campaign.candidate_name}",
    }
    return Content(
        template="a5",
        slots={"name": campaign.candidate_name},
        imprint={
            field.key: tidy_line(started[field.start])[: field.max]
            for field in flyers.imprint.field
            if field.start
        },
    )


def save(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    typed: Typed,
    studio: Studio,
    *,
    now: datetime,
) -> FlyerRow:
    """Keep what was typed and ask the press for the pages; give the flyer as it is now.

    Raises Missing, Refused for an unknown colour, Conflict when it may not be changed or somebody
    else has changed it.
    """
    found = _hold(session, viewer, campaign_id, flyer_id)
    if typed.version != found.version:
        raise Conflict(errors.CHANGED_MEANWHILE)
    return _keep(session, viewer, found, _content(found, typed, studio), studio, now=now)


def save_before_sending(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    typed: Typed,
    studio: Studio,
    *,
    now: datetime,
) -> bool:
    """Keep what the page that is sent says otherwise than what is saved; True when it does.

    It was not looked at on the pages then, so it is not what can be sent. Raises Missing, Refused
    for an unknown colour, Conflict when it may not be changed or somebody else has changed it.
    """
    found = _hold(session, viewer, campaign_id, flyer_id)
    content = _content(found, typed, studio)
    if _says_the_same(content, found.content):
        return False
    if typed.version != found.version:
        raise Conflict(errors.CHANGED_MEANWHILE)
    _keep(session, viewer, found, content, studio, now=now)
    return True


def _content(found: FlyerRow, typed: Typed, studio: Studio) -> Content:
    if typed.colour not in COLOURS:
        raise Refused("colour", errors.UNKNOWN_COLOUR)
    return replace(
        found.content,
        colour=typed.colour,
        slots=_slots(studio.flyers, found.content.template, typed.slots),
        imprint=_fields(studio.flyers, typed.imprint),
    )


def _says_the_same(one: Content, other: Content) -> bool:
    """Compare two contents; a place that was never typed in is an empty one."""
    plain = [
        replace(each, slots=_filled(each.slots), imprint=_filled(each.imprint))
        for each in (one, other)
    ]
    return plain[0] == plain[1]


def _filled(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {key: text for key, text in texts.items() if text}


def put_photo(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    file: Inspected | None,
    sha256: str,
    studio: Studio,
    *,
    now: datetime,
) -> FlyerRow:
    """Put an inspected photo on the flyer, or take it away with None.

    Raises Missing, Refused for what is no picture, Conflict when it may not be changed.
    """
    found = _hold(session, viewer, campaign_id, flyer_id)
    if file is not None and not file.media_type.startswith("image/"):
        raise Refused("file", errors.PHOTO_NOT_PICTURE)
    photo = Photo(sha256=sha256, width=file.width, height=file.height) if file else None
    if photo is not None:
        _note_photo(session, viewer, found, photo, now=now)
    return _keep(session, viewer, found, replace(found.content, photo=photo), studio, now=now)


def ask_again(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    studio: Studio,
    *,
    now: datetime,
) -> FlyerRow:
    """Ask the press anew for the pages of what is saved: after a day they are thrown away.

    Raises Missing.
    """
    found = get_flyer(session, viewer, campaign_id, flyer_id, Permission.FLYER_WORK, lock=True)
    digests = _ask_press(session, found.campaign, found.id, found.content, studio, now=now)
    return replace(found, print_digest=digests[0], card_digest=digests[1])


def _note_photo(
    session: Session, viewer: Viewer, found: FlyerRow, photo: Photo, *, now: datetime
) -> None:
    key = {"campaign_id": found.campaign.id, "flyer_id": found.id, "sha256": photo.sha256}
    # The flyer is locked, so nobody can note the same photo in between.
    if session.get(FlyerPhoto, key) is None:
        session.add(FlyerPhoto(**key, uploaded_at=now, uploaded_by=viewer.person_id))


def _hold(session: Session, viewer: Viewer, campaign_id: int, flyer_id: int) -> FlyerRow:
    found = get_flyer(session, viewer, campaign_id, flyer_id, Permission.FLYER_WORK, lock=True)
    if not found.editable:
        raise Conflict(errors.NOT_EDITABLE)
    return found


def _keep(
    session: Session,
    viewer: Viewer,
    found: FlyerRow,
    content: Content,
    studio: Studio,
    *,
    now: datetime,
) -> FlyerRow:
    session.execute(
        update(Flyer)
        .where(Flyer.campaign_id == found.campaign.id, Flyer.id == found.id)
        .values(
            version=found.version + 1, saved_at=now, saved_by=viewer.person_id, **_columns(content)
        )
    )
    digests = _ask_press(session, found.campaign, found.id, content, studio, now=now)
    return replace(
        found,
        content=content,
        version=found.version + 1,
        print_digest=digests[0],
        card_digest=digests[1],
        saved_at=now,
    )


def _ask_press(
    session: Session,
    campaign: CampaignRow,
    flyer_id: int,
    content: Content,
    studio: Studio,
    *,
    now: datetime,
) -> tuple[str, str]:
    laid = Laid(
        identifier=f"flyer-{campaign.id}-{flyer_id}",
        content=content,
        template=studio.flyers.templates[content.template],
        imprint=studio.flyers.imprint,
        polling_day=campaign.polling_day,
        profile=studio.profile,
    )
    pages = want(session, studio.seal, campaign.id, print_sheet(laid), now=now)
    card = want(session, studio.seal, campaign.id, card_sheet(laid), now=now)
    session.execute(
        update(Flyer)
        .where(Flyer.campaign_id == campaign.id, Flyer.id == flyer_id)
        .values(print_digest=pages, card_digest=card)
    )
    return pages, card


def _slots(flyers: Flyers, template: str, typed: Mapping[str, str]) -> dict[str, str]:
    return {
        slot.key: (tidy if slot.kind is SlotKind.TEXT else tidy_line)(typed.get(slot.key, ""))
        for slot in flyers.templates[template].slot
    }


def _fields(flyers: Flyers, typed: Mapping[str, str]) -> dict[str, str]:
    found = {field.key: tidy_line(typed.get(field.key, "")) for field in flyers.imprint.field}
    for field in flyers.imprint.field:
        if field.kind is FieldKind.TICK:
            found[field.key] = "yes" if found[field.key] else ""
    return found


def _columns(content: Content) -> dict[str, object]:
    return {
        "colour": content.colour,
        "slots": dict(content.slots),
        "imprint": dict(content.imprint),
        "photo": asdict(content.photo) if content.photo else None,
    }
