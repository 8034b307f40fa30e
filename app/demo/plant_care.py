"""What people of the demo did so that the clerk has little left to say: forms compared, days noted.

One form of each pack is left with its mark on purpose: somebody has still to compare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.rules.elections import day_there
from app.demo.casting import Part
from documents.clerk.commands import tell_dates
from documents.clerk.rules.case import is_date_place
from documents.paperwork.commands.approving import approve_form
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import edition_of
from documents.paperwork.queries.approvals import get_election_to_clear
from documents.paperwork.standing import standings_of

NOT_COMPARED = frozenset({"income", "register_request"})
"""The forms that nobody has laid beside the official ones yet."""
COMPARED_WITH: Mapping[str, str] = {
    "ru": "Сверено слово в слово с формой на сайте комиссии.",
    "en": "Compared word for word with the pack on the council’s website.",
}
COMPARED = timedelta(hours=34)
"""From the publication of an election to the day its forms were compared."""
NOTED = timedelta(minutes=5)
"""From the photo of a signed paper to writing down the day that stands on it."""


def compare_forms(
    session: Session, parts: Iterable[Part], desk: PaperworkDesk, *, now: datetime
) -> None:
    """Let the chief of each coalition take the mark off the forms of these campaigns' elections."""
    elections = {part.campaign.election_id: part for part in parts}
    for number, part in sorted(elections.items()):
        election = get_election_to_clear(session, part.chief, number)
        first = min(part.reached.values(), default=now)
        at = min(first + COMPARED, now - COMPARED)
        documents = desk.documents(part.campaign.pack_id)
        for kind in documents.listed.values():
            version = edition_of(kind, day_there(at, part.campaign.timezone))
            if version is None or version.official or kind.key in NOT_COMPARED:
                continue
            note = COMPARED_WITH[part.plot.language]
            approve_form(session, part.chief, election, kind, version, note=note, now=at)


def note_days(
    session: Session, parts: Iterable[Part], desk: PaperworkDesk, *, now: datetime
) -> None:
    """Let those one can sign in as write down the days on what they have signed."""
    for part in parts:
        if not part.spot:
            continue
        for standing in standings_of(session, desk, part.campaign, now):
            places = [hand.key for hand in standing.kind.hand if is_date_place(hand.key)]
            for scan in standing.signed if standing.kind.is_printed else ():
                day = day_there(scan.uploaded_at, part.campaign.timezone)
                tell_dates(
                    session,
                    part.candidate,
                    part.campaign,
                    scan.id,
                    dict.fromkeys(places, day),
                    now=scan.uploaded_at + NOTED,
                )
