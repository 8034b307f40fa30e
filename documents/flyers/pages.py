"""The pages of the flyer studio as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from app.web.forms import Form
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerView:
    """A flyer in the list."""

    href: str
    headline: str
    state: str
    saved_at: datetime
    note: str
    front: str
    copy_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyersPage(Page):
    """All flyers of a campaign."""

    template: ClassVar[str] = "flyers/index.html"
    candidate: str
    flyers: tuple[FlyerView, ...]
    begin_action: str
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One thing to mend, with the field it is mended in."""

    says: str
    mend: str
    label: str
    at: str
    """Its anchor in the form; empty where there is no form."""
    blocks: bool
    status: str
    source: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """One side of the flyer, or its picture for the internet."""

    title: str
    href: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFragment(Page):
    """What is to mend, and the pages as they will be printed."""

    template: ClassVar[str] = "flyers/_preview.html"
    findings: tuple[FindingView, ...]
    pictures: tuple[PictureView, ...]
    working: bool
    failed: bool
    lost: bool
    """Whether nobody has asked the press, or its pages have been thrown away."""
    stale: str
    """Why what was typed was not saved; empty when it was."""
    version: int
    poll: str
    reload: str
    again_action: str
    may_work: bool
    fragment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version that was handed in."""

    number: int
    handed_in_at: datetime
    approved_at: datetime | None
    sha256: str
    print_href: str
    card_href: str
    front_href: str
    back_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioPage(Page):
    """The studio of one flyer."""

    template: ClassVar[str] = "flyers/studio.html"
    title: str
    state: str
    note: str
    editable: bool
    form: Form
    front: tuple[str, ...]
    back: tuple[str, ...]
    imprint: tuple[str, ...]
    photo_label: str
    photo_help: str
    photo_about: str
    photo_action: str
    photo_remove: str
    save_action: str
    send_action: str
    withdraw_action: str
    copy_action: str
    index_href: str
    pictures: tuple[PictureView, ...]
    check: Markup
    """The preview fragment, drawn."""
    versions: tuple[VersionView, ...]
    profile: bool
