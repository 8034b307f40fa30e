"""The flyer studio: the list, the form, the preview, the photo, handing in, the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import get_campaign
from app.errors import Conflict, Missing, Refused
from app.files.inspection import Inspector
from app.files.storage import FileStore
from app.reviews import commands as reviews
from app.reviews.commands import HandedInReview
from app.reviews.promising import say_sent
from app.sealing import Seal
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kept import send_kept
from app.web.kernel import part
from app.web.language import say
from app.web.pages import flash_done, flash_warn, is_fragment, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from documents.flyers import errors
from documents.flyers.commands import making
from documents.flyers.commands.handing_in import hand_in, pages_of
from documents.flyers.commands.making import Studio, Typed
from documents.flyers.describing import STATES, Seen, preview_of, studio_page
from documents.flyers.forms import typed_flyer
from documents.flyers.pack import FlyerPacks
from documents.flyers.pages import FlyersPage, FlyerView, PreviewFragment
from documents.flyers.queries.flyers import FlyerRow, flyers_of, get_flyer, versions_of
from documents.flyers.rules.lint import PHOTO_PX
from documents.flyers.rules.standing import SUBJECT_KIND, State
from documents.typesetting.previews import Previews
from documents.typesetting.queries import find_typeset

section = Section("flyers", __name__)
ALL = "/campaigns/<int:campaign_id>/flyers"
ONE = f"{ALL}/<int:flyer_id>"
READS = Holds(Permission.FLYER_READ)
WORKS = Holds(Permission.FLYER_WORK)
PNG = "image/png"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerTools:
    """What the studio is given when the program is put together."""

    packs: FlyerPacks
    store: FileStore
    previews: Previews
    inspect: Inspector
    seal: Seal
    profile: Path | None = None
    """The printer's ICC profile for photos; None: plain arithmetic."""


def _studio(session: Session, campaign_id: int) -> Studio:
    campaign = get_campaign(session, viewer(), campaign_id, Permission.FLYER_WORK)
    tools = part(FlyerTools)
    profile = str(tools.profile) if tools.profile else ""
    return Studio(flyers=tools.packs[campaign.pack_id], seal=tools.seal, profile=profile)


@contextmanager
def _working(campaign_id: int) -> Iterator[tuple[Session, Studio, datetime]]:
    """Open the transaction in which the viewer works on a campaign's flyers."""
    now = clock.now()
    with writing() as session:
        yield session, _studio(session, campaign_id), now


def _to(endpoint: str, campaign_id: int, flyer_id: int) -> Response:
    return see_other(url_for(f"flyers.{endpoint}", campaign_id=campaign_id, flyer_id=flyer_id))


def _seen(session: Session, flyer: FlyerRow) -> Seen:
    return Seen(
        flyer=flyer,
        flyers=part(FlyerTools).packs[flyer.campaign.pack_id],
        pages=pages_of(session, flyer),
        now=clock.now(),
    )


@section.get(ALL, access=READS)
def index(campaign_id: int) -> Response:
    """All flyers of a campaign."""
    with reading() as session:
        campaign, found = flyers_of(session, viewer(), campaign_id)
        fronts = {flyer.id: _front(session, flyer) for flyer in found}
    use_zone(campaign.timezone)
    works = viewer().may(Permission.FLYER_WORK, campaign.scope)
    return render(
        FlyersPage(
            candidate=campaign.candidate_name,
            flyers=tuple(_line(flyer, fronts[flyer.id], works=works) for flyer in found),
            begin_action=url_for("flyers.begin", campaign_id=campaign_id),
            may_work=works,
        )
    )


def _front(session: Session, flyer: FlyerRow) -> str:
    """Give the address of the first page, of the version handed in or of what is being made."""
    versions = versions_of(session, flyer) if not flyer.editable else ()
    if versions:
        return _address(flyer, "version_file", number=versions[0].number, name="front")
    sides = find_typeset(session, flyer.campaign.id, flyer.print_digest)
    if sides is None or not sides.ready:
        return ""
    return _address(flyer, "page", digest=sides.digest, number=1)


def _address(flyer: FlyerRow, endpoint: str, **values: Any) -> str:  # noqa: ANN401
    return url_for(f"flyers.{endpoint}", campaign_id=flyer.campaign.id, flyer_id=flyer.id, **values)


def _line(flyer: FlyerRow, front: str, *, works: bool) -> FlyerView:
    return FlyerView(
        href=_address(flyer, "show"),
        headline=flyer.content.slot("headline"),
        state=STATES[flyer.state],
        saved_at=flyer.saved_at,
        note=flyer.note,
        front=front,
        copy_action=_address(flyer, "copy") if works else "",
    )


@section.post(ALL, access=WORKS)
def begin(campaign_id: int) -> Response:
    """Begin an empty flyer."""
    with _working(campaign_id) as (session, studio, now):
        flyer_id = making.begin(session, viewer(), campaign_id, studio, now=now)
    return _to("show", campaign_id, flyer_id)


@section.post(f"{ONE}/copy", access=WORKS)
def copy(campaign_id: int, flyer_id: int) -> Response:
    """Begin a flyer from another."""
    with _working(campaign_id) as (session, studio, now):
        new = making.begin(session, viewer(), campaign_id, studio, copy_of=flyer_id, now=now)
    return _to("show", campaign_id, new)


@section.get(ONE, access=READS)
def show(campaign_id: int, flyer_id: int) -> Response:
    """The studio of one flyer."""
    return _show(campaign_id, flyer_id)


def _show(
    campaign_id: int, flyer_id: int, status: int = 200, *, typed: Typed | None = None
) -> Response:
    with reading() as session:
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id)
        seen = _seen(session, flyer)
        versions = versions_of(session, flyer)
    use_zone(flyer.campaign.timezone)
    waits = flyer.state is State.SUBMITTED and versions
    review = versions[0].review_id if waits else None
    profile = part(FlyerTools).profile is not None
    page = studio_page(seen, versions, waiting_review=review, profile=profile, typed=typed)
    return render(page, status)


@section.post(ONE, access=WORKS)
def save(campaign_id: int, flyer_id: int) -> Response:
    """Keep what was typed; for the live preview, answer with what is to mend."""
    typed = typed_flyer(request.form)
    try:
        with _working(campaign_id) as (session, studio, now):
            making.save(session, viewer(), campaign_id, flyer_id, typed, studio, now=now)
    except Conflict as conflict:
        if is_fragment():
            return render(_fragment(campaign_id, flyer_id, stale=say(conflict)))
        flash_warn(conflict.message, **conflict.params)
        return _show(campaign_id, flyer_id, 409, typed=typed)
    if is_fragment():
        return render(_fragment(campaign_id, flyer_id))
    flash_done(N_("Saved. The pages are being made."))
    return _to("show", campaign_id, flyer_id)


@section.get(f"{ONE}/preview", access=READS)
def preview(campaign_id: int, flyer_id: int) -> Response:
    """What is to mend and the pages, for whoever looks at the studio."""
    found = _fragment(campaign_id, flyer_id)
    return render(found) if is_fragment() else _to("show", campaign_id, flyer_id)


def _fragment(campaign_id: int, flyer_id: int, *, stale: str = "") -> PreviewFragment:
    with reading() as session:
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id)
        seen = _seen(session, flyer)
    use_zone(flyer.campaign.timezone)
    return preview_of(seen, fragment=True, stale=stale)


@section.post(f"{ONE}/again", access=WORKS)
def again(campaign_id: int, flyer_id: int) -> Response:
    """Have the pages made anew: after a day they are thrown away."""
    with _working(campaign_id) as (session, studio, now):
        making.ask_again(session, viewer(), campaign_id, flyer_id, studio, now=now)
    return _to("show", campaign_id, flyer_id)


@section.post(f"{ONE}/photo", access=WORKS)
def photo(campaign_id: int, flyer_id: int) -> Response:
    """Put a photo on the flyer; it is looked at in a process of its own first."""
    tools = part(FlyerTools)
    given = request.files.get("file")
    with reading() as session:
        # Asked before the costly look at the file, and again when it is put there.
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id, Permission.FLYER_WORK)
    if not flyer.editable:
        raise Conflict(errors.NOT_EDITABLE)
    try:
        if given is None or not given.filename:
            raise Refused("file", errors.PHOTO_MISSING)
        file = tools.inspect(given.stream.read(), cover=PHOTO_PX)
        if not file.media_type.startswith("image/"):
            raise Refused("file", errors.PHOTO_NOT_PICTURE)
        sha256 = tools.store.put(file.data)
        with _working(campaign_id) as (session, studio, now):
            who = viewer()
            making.put_photo(session, who, campaign_id, flyer_id, file, sha256, studio, now=now)
    except Refused as refusal:
        flash_warn(refusal.message, **refusal.params)
        return _show(campaign_id, flyer_id, 422)
    flash_done(N_("The photo is there. The pages are being made."))
    return _to("show", campaign_id, flyer_id)


@section.post(f"{ONE}/photo/remove", access=WORKS)
def remove_photo(campaign_id: int, flyer_id: int) -> Response:
    """Take the photo off the flyer."""
    with _working(campaign_id) as (session, studio, now):
        making.put_photo(session, viewer(), campaign_id, flyer_id, None, "", studio, now=now)
    flash_done(N_("The photo is off the flyer."))
    return _to("show", campaign_id, flyer_id)


@section.post(f"{ONE}/send", access=WORKS)
def send(campaign_id: int, flyer_id: int) -> Response:
    """Freeze the flyer and send it to be checked: what the page says, or nothing."""
    typed = typed_flyer(request.form)
    try:
        sent = _handed_in(campaign_id, flyer_id, typed)
    except (Refused, Conflict) as refusal:
        flash_warn(refusal.message, **refusal.params)
        status = 422 if isinstance(refusal, Refused) else 409
        return _show(campaign_id, flyer_id, status, typed=typed if typed.slots else None)
    if sent is None:
        flash_warn(errors.SAVED_FIRST)
    else:
        say_sent(*sent)
    return _to("show", campaign_id, flyer_id)


def _handed_in(campaign_id: int, flyer_id: int, typed: Typed) -> tuple[HandedInReview, str] | None:
    """Give the review and its campaign's zone; None when what was typed had to be saved first."""
    tools, who = part(FlyerTools), viewer()
    with _working(campaign_id) as (session, studio, now):
        if making.save_before_sending(session, who, campaign_id, flyer_id, typed, studio, now=now):
            return None
        review = hand_in(
            session,
            who,
            campaign_id,
            flyer_id,
            studio.flyers,
            previews=tools.previews,
            files=tools.store,
            now=now,
        )
        zone = get_campaign(session, who, campaign_id, Permission.FLYER_WORK).timezone
    return review, zone


@section.post(f"{ONE}/withdraw/<int:review_id>", access=WORKS)
def withdraw(campaign_id: int, flyer_id: int, review_id: int) -> Response:
    """Take back what is waiting to be checked."""
    with writing() as session:
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id, Permission.FLYER_WORK)
        if review_id not in {version.review_id for version in versions_of(session, flyer)}:
            raise Missing
        reviews.withdraw(
            session,
            viewer(),
            campaign_id,
            review_id,
            subject_kind=SUBJECT_KIND,
            now=clock.now(),
        )
    flash_done(N_("Taken back. You can change it and send it again."))
    return _to("show", campaign_id, flyer_id)


@section.get(f"{ONE}/pages/<digest>/<int:number>.png", access=READS)
def page(campaign_id: int, flyer_id: int, digest: str, number: int) -> Response:
    """A page of what is being made, as the press drew it."""
    with reading() as session:
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id)
        known = digest in (flyer.print_digest, flyer.card_digest)
        found = find_typeset(session, campaign_id, digest) if known else None
    if found is None or not 1 <= number <= len(found.rasters):
        raise Missing
    return _picture(part(FlyerTools).previews.get(found.rasters[number - 1]))


@section.get(f"{ONE}/versions/<int:number>/<name>", access=READS)
def version_file(campaign_id: int, flyer_id: int, number: int, name: str) -> Response:
    """A file of a frozen version; the printer's only once it is approved, or to judge it."""
    with reading() as session:
        flyer = get_flyer(session, viewer(), campaign_id, flyer_id)
        found = next((v for v in versions_of(session, flyer) if v.number == number), None)
    if found is None or name not in found.files:
        raise Missing
    data = part(FlyerTools).store.get(found.files[name])
    if name != "print":
        return _picture(data)
    judges = viewer().may(Permission.REVIEW_DECIDE, flyer.campaign.scope)
    if found.approved_at is None and not judges:
        raise Missing
    return send_kept(data, PDF, f"flyer-{campaign_id}-{flyer_id}-v{number}.pdf")


def _picture(data: bytes) -> Response:
    answer = send_kept(data, PNG)
    # The address follows the content.
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
