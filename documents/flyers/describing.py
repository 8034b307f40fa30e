"""Putting a flyer, its findings and its pages into words and addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.access import Permission
from app.texts import N_
from app.web.access import viewer
from app.web.language import current_language, gettext
from app.web.pages import markup
from documents.flyers.commands.handing_in import Pages, lint
from documents.flyers.commands.making import Typed
from documents.flyers.forms import field_name, slot_name, studio_form
from documents.flyers.layout import CARD_PX, PREVIEW_WIDTH_PX
from documents.flyers.pack import Flyers
from documents.flyers.pages import (
    FindingView,
    PictureView,
    PreviewFragment,
    StudioPage,
    VersionView,
)
from documents.flyers.queries.flyers import FlyerRow, VersionRow
from documents.flyers.rules.content import COLOURS, Photo
from documents.flyers.rules.lint import PHOTO, Finding
from documents.flyers.rules.standing import State
from documents.flyers.shape import Slot

SIDES = (N_("Front side"), N_("Back side"))
CARD = N_("Picture for the internet")
PICTURES = ("front", "back", "card")
"""Of a frozen version, as its files are named."""
SIDE_HEIGHT_PX = round(PREVIEW_WIDTH_PX * 210 / 148)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A flyer as it was found for the viewer."""

    flyer: FlyerRow
    flyers: Flyers
    pages: Pages
    now: datetime

    @property
    def may_work(self) -> bool:
        """Say whether the viewer may change it now."""
        scope = self.flyer.campaign.scope
        return self.flyer.editable and viewer().may(Permission.FLYER_WORK, scope)

    def to(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as url_for has it.
        """Give an address of this flyer."""
        campaign_id, flyer_id = self.flyer.campaign.id, self.flyer.id
        return url_for(f"flyers.{endpoint}", campaign_id=campaign_id, flyer_id=flyer_id, **values)


def preview_of(seen: Seen, *, fragment: bool = False, stale: str = "") -> PreviewFragment:
    """Give what is to mend and the pages as they will be printed."""
    pages = seen.pages
    # Of what was handed in the frozen pictures are shown: they are never thrown away.
    frozen = not seen.flyer.editable
    lost = not frozen and not pages.failed and (pages.sides is None or pages.card is None)
    return PreviewFragment(
        findings=finding_views(seen),
        pictures=_pictures(seen) if pages.ready else (),
        working=not (frozen or pages.ready or pages.failed or lost),
        failed=pages.failed,
        lost=lost,
        stale=stale,
        version=seen.flyer.version,
        poll=seen.to("preview"),
        reload=seen.to("show"),
        again_action=seen.to("again"),
        may_work=viewer().may(Permission.FLYER_WORK, seen.flyer.campaign.scope),
        fragment=fragment,
    )


def _pictures(seen: Seen) -> tuple[PictureView, ...]:
    sides, card = seen.pages.sides, seen.pages.card
    assert sides is not None and card is not None
    found = [
        PictureView(
            title=gettext(title),
            href=seen.to("page", digest=sides.digest, number=number),
            width=PREVIEW_WIDTH_PX,
            height=SIDE_HEIGHT_PX,
        )
        for number, title in enumerate(SIDES, start=1)
    ]
    found.append(
        PictureView(
            title=gettext(CARD),
            href=seen.to("page", digest=card.digest, number=1),
            width=CARD_PX,
            height=CARD_PX,
        )
    )
    return tuple(found)


def _frozen(seen: Seen, versions: tuple[VersionRow, ...]) -> tuple[PictureView, ...]:
    if seen.flyer.editable or not versions:
        return ()
    height = (SIDE_HEIGHT_PX, SIDE_HEIGHT_PX, CARD_PX)
    width = (PREVIEW_WIDTH_PX, PREVIEW_WIDTH_PX, CARD_PX)
    return tuple(
        PictureView(
            title=gettext(title),
            href=seen.to("version_file", number=versions[0].number, name=name),
            width=width[place],
            height=height[place],
        )
        for place, (name, title) in enumerate(zip(PICTURES, (*SIDES, CARD), strict=True))
    )


def finding_views(seen: Seen) -> tuple[FindingView, ...]:
    """Give the findings in words, what blocks first."""
    found = lint(seen.flyer, seen.flyers, seen.pages, now=seen.now)
    return tuple(_finding(seen, finding) for finding in found)


def _finding(seen: Seen, finding: Finding) -> FindingView:
    flyers, language = seen.flyers, current_language()
    words = flyers.words_in(language)
    slots = {slot.key for slot in flyers.templates[seen.flyer.content.template].slot}
    if finding.field in slots or finding.field == PHOTO:
        label = words.slot[finding.field].label
        at = "photo" if finding.field == PHOTO else slot_name(finding.field)
    else:
        label = words.field[finding.field].label if finding.field else ""
        at = field_name(finding.field) if finding.field else ""
    rule = next((rule for rule in flyers.imprint.rule if rule.key == finding.rule), None)
    params = dict(finding.params)
    return FindingView(
        says=words.rule[rule.key].says if rule else gettext(finding.says, **params),
        mend=words.rule[rule.key].mend if rule else gettext(finding.mend, **params),
        label=label,
        at=at if seen.may_work else "",
        blocks=finding.blocks,
        status=rule.status if rule else "",
        source=flyers.source_in(language, rule.source) if rule else "",
        reference=flyers.reference(rule.source_keys, language) if rule else "",
    )


def studio_page(
    seen: Seen,
    versions: tuple[VersionRow, ...],
    *,
    waiting_review: int | None,
    profile: bool,
    typed: Typed | None = None,
) -> StudioPage:
    """Give the studio of one flyer; ``typed`` is what could not be saved and is kept in the form.

    The form carries the present version, so that saving it again is a decision.
    """
    flyer, flyers, language = seen.flyer, seen.flyers, current_language()
    words = flyers.words_in(language)
    slots = flyers.templates[flyer.content.template].slot
    photo = flyer.content.photo
    shown = flyer.content
    if typed is not None:
        colour = typed.colour if typed.colour in COLOURS else shown.colour
        shown = replace(shown, slots=typed.slots, imprint=typed.imprint, colour=colour)
    works = viewer().may(Permission.FLYER_WORK, flyer.campaign.scope)
    preview = preview_of(seen)
    withdrawable = waiting_review is not None and works
    return StudioPage(
        title=flyer.content.slot("headline") or gettext(N_("New flyer")),
        state=STATES[flyer.state],
        note=flyer.note,
        editable=seen.may_work,
        form=studio_form(flyers, shown, version=flyer.version, language=language),
        front=_names(slots, "front"),
        back=_names(slots, "back"),
        imprint=tuple(field_name(field.key) for field in flyers.imprint.field),
        photo_label=words.slot["photo"].label,
        photo_help=words.slot["photo"].help,
        photo_about=_about(photo),
        photo_action=seen.to("photo"),
        photo_remove=seen.to("remove_photo") if photo else "",
        save_action=seen.to("save"),
        send_action=seen.to("send"),
        withdraw_action=seen.to("withdraw", review_id=waiting_review) if withdrawable else "",
        copy_action=seen.to("copy") if works else "",
        index_href=url_for("flyers.index", campaign_id=flyer.campaign.id),
        pictures=_frozen(seen, versions) or preview.pictures,
        check=Markup(markup(preview)),  # noqa: S704 - our own template.
        versions=tuple(_version(seen, version) for version in versions),
        profile=profile,
    )


STATES = {
    State.DRAFT: "open",
    State.SUBMITTED: "submitted",
    State.RETURNED: "returned",
    State.APPROVED: "accepted",
}


def _names(slots: tuple[Slot, ...], side: str) -> tuple[str, ...]:
    return tuple(slot_name(slot.key) for slot in slots if slot.side == side)


def _about(photo: Photo | None) -> str:
    if photo is None:
        return ""
    return gettext(N_("{width} × {height} points"), width=photo.width, height=photo.height)


def _version(seen: Seen, version: VersionRow) -> VersionView:
    def file(name: str) -> str:
        return seen.to("version_file", number=version.number, name=name)

    return VersionView(
        number=version.number,
        handed_in_at=version.handed_in_at,
        approved_at=version.approved_at,
        sha256=version.files["print"],
        print_href=file("print") if version.approved_at else "",
        card_href=file("card"),
        front_href=file("front"),
        back_href=file("back"),
    )
