"""What the overview calls places, reasons and deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.texts import N_
from app.web.language import current_language, gettext, ngettext
from app.web.wording import day_short
from documents.overview.queries import AnySurvey
from documents.overview.rules import BulkState, LineState, Place, Reason
from documents.paperwork.rules.standing import IssueState

PLACES: Mapping[Place, tuple[str, str]] = {
    # For each place: the word over many papers, and the tone.
    Place.MISSING: (N_("Missing"), "plain"),
    Place.READY: (N_("Ready to issue"), "info"),
    Place.OUT: (N_("To be signed"), "plain"),
    Place.WAITING: (N_("Being checked"), "info"),
    Place.RETURNED: (N_("Sent back"), "danger"),
    Place.ACCEPTED: (N_("Accepted"), "done"),
    Place.STALE: (N_("Out of date"), "warn"),
}
REASONS: Mapping[Reason, str] = {
    Reason.ANSWERS: N_("answers are missing or wrong"),
    Reason.TOO_LONG: N_("an answer is too long for its place on the form"),
    Reason.NOTHING_NEW: N_("it was issued meanwhile, or is not needed any more"),
    Reason.LOCKED: N_("its step is not open yet"),
    Reason.GONE: N_("the campaign is not active any more"),
    Reason.BROKEN: N_("the portal could not do it; nothing was changed"),
}
LINES: Mapping[LineState, tuple[str, str]] = {
    LineState.WAITING: (N_("waits for its turn"), "plain"),
    LineState.ISSUED: (N_("issued"), "done"),
    LineState.REFUSED: (N_("not issued"), "danger"),
    LineState.STOPPED: (N_("left out"), "plain"),
}
TONES: Mapping[Reason, str] = {
    # Whoever is only not there yet has done nothing wrong.
    Reason.ANSWERS: "warn",
    Reason.TOO_LONG: "warn",
    Reason.BROKEN: "danger",
}
FILES: Mapping[IssueState, str] = {
    IssueState.WANTED: N_("the file is being made"),
    IssueState.READY: "",
    IssueState.FAILED: N_("the file could not be made"),
}
BULKS: Mapping[BulkState, tuple[str, str]] = {
    BulkState.RUNNING: (N_("under way"), "info"),
    BulkState.DONE: (N_("done"), "done"),
    BulkState.STOPPED: (N_("stopped"), "plain"),
}


def due_words(days: Sequence[date]) -> str:
    """Give the legal days of a kind of paper in a few words; empty when none is known."""
    if not days:
        return ""
    language = current_language()
    if len(days) == 1:
        return gettext("by {day}", day=day_short(days[0], language))
    first, last = day_short(days[0], language), day_short(days[-1], language)
    return gettext("by {first} to {last}", first=first, last=last)


def late_words(found: AnySurvey) -> str:
    """Say what a survey does not show as it is this minute; empty when it shows everything."""
    said = []
    if found.late:
        said.append(
            ngettext(
                "%(num)s campaign is shown as it stood some minutes ago.",
                "%(num)s campaigns are shown as they stood some minutes ago.",
                found.late,
            )
        )
    if found.unread:
        said.append(
            ngettext(
                "%(num)s campaign is still being counted and is not in these numbers.",
                "%(num)s campaigns are still being counted and are not in these numbers.",
                found.unread,
            )
        )
    return " ".join(said)
