"""The section of signatures, and what its screens begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.accounts.rules.elections import day_there
from app.errors import Refused
from app.web.access import viewer
from app.web.kept import note_handed_out, send_kept
from app.web.kernel import part
from app.web.language import current_language
from app.web.routing import Section
from app.web.templating import use_zone
from documents.paperwork.desk import PaperworkDesk
from documents.signatures import errors
from documents.signatures.commands.heads import Questions
from documents.signatures.desk import SignaturesDesk
from documents.signatures.pack import PackSignatures
from documents.signatures.rules.days import Season, read_day, write_day

section = Section("signatures", "documents.signatures")
SIGNATURES = "/campaigns/<int:campaign_id>/signatures"
READS = Holds(Permission.SIGNATURES_READ)
WORKS = Holds(Permission.SIGNATURES_WORK)
MOST_DIGITS = 9
_KEY = re.compile(r"[0-9a-f-]{36}", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A campaign whose signatures the viewer may see, and what its pack says about them."""

    campaign: CampaignRow
    pack: PackSignatures
    now: datetime
    works: bool
    """Whether the viewer may change anything."""

    @property
    def today(self) -> date:
        """The day it is where the election is held."""
        return day_there(self.now, self.campaign.timezone)


def open_signatures(
    session: Session,
    campaign_id: int,
    *,
    permission: Permission = Permission.SIGNATURES_READ,
    now: datetime,
) -> Work:
    """Find a campaign whose pack asks for signatures. Raises Missing."""
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    pack = part(SignaturesDesk).signatures(campaign.pack_id)
    use_zone(campaign.timezone)
    works = viewer().may(Permission.SIGNATURES_WORK, campaign.scope)
    return Work(campaign=campaign, pack=pack, now=now, works=works)


def questions_of(work: Work) -> Questions:
    """Give the answers of the campaign's pack, called as the reader's language calls them."""
    documents = part(PaperworkDesk).documents(work.campaign.pack_id)
    language = current_language()
    return Questions(
        answers=documents.answers,
        label=lambda key: documents.answer_words(key, language).label,
    )


def at(endpoint: str, campaign_id: int, **values: int | str) -> str:
    """Give an address of the section."""
    return url_for(f"signatures.{endpoint}", campaign_id=campaign_id, **values)  # type: ignore[arg-type]


def a_key() -> str:
    """Give a key for a page's form, so that pressing twice is once."""
    return str(uuid4())


def key_of(text: str) -> str:
    """Give the key a page was made with. Raises Refused for one that we did not make."""
    if not _KEY.fullmatch(text):
        raise Refused(None, errors.STALE_PAGE)
    return text


def count_of(name: str, text: str) -> int | None:
    """Give a whole number as people type it, None for nothing. Raises Refused beside ``name``."""
    digits = _SPACES.sub("", text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise Refused(name, errors.WHOLE_NUMBER)
    return int(digits)


def day_of(name: str, text: str, *, season: Season, example: date) -> date | None:
    """Give a day as people type it, None for nothing.

    Raises Refused beside ``name``, which shows ``example`` as it can be typed.
    """
    if not text.strip():
        return None
    found = read_day(text, season=season)
    if found is None:
        raise Refused(name, errors.DAY_FORM, day=written(example))
    return found


def version_of(text: str) -> int:
    """Give the version a page was opened with; -1, which nothing has, for nonsense."""
    good = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if good else -1


def written(day: date | None) -> str:
    """Give a day as a form shows it."""
    return write_day(day) if day else ""


def hand_out(campaign_id: int, number: int, sha256: str, name: str) -> Response:
    """Answer with a kept PDF of a batch or protocol; a sheet says what lies sealed elsewhere."""
    note_handed_out("signature paper handed out", campaign_id, number)
    return send_kept(part(SignaturesDesk).store.get(sha256), "application/pdf", name)
