"""Why something can't be done with a packet, in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_
from documents.press.errors import (
    BROKE_OFF,
    BROKEN,
    DIED,
    FILE_MISSING,
    SEAL_CHANGED,
    TOO_HEAVY,
    TOO_LARGE,
    TOO_MANY_PAGES,
)

NOT_READY = N_("Some papers are not ready to be put together. The list says which.")
STOPPED = N_("The check of the papers has found what a desk would turn down. Mend it first.")
NOTHING_TO_BIND = N_("There is nothing to put together yet.")
NO_SUCH_THING = N_("There is no such thing in this packet.")
NO_PACKET = N_(
    "This packet was never put together here. Mend what is in its way, or say that you have filed "
    "other papers than these."
)
PACKET_UNKNOWN = N_("Choose one of the packets that were put together.")
DAY_MISSING = N_("Write the day on which the papers were taken.")
DAY_AHEAD = N_("This day is yet to come.")
DAY_WRONG = N_("Write the day as 17.07.2026.")
DAY_BEFORE_PACKET = N_(
    "This packet was put together on {day}, so it can’t have been handed in before. Choose another "
    "packet, or say that you have filed without Mandat’s packet."
)
DAY_BEFORE_OPENING = N_("Papers are taken from {day} on. Look at the day on the receipt again.")
DAY_LONG_AGO = N_(
    "This day is more than a year before polling day. Look at the day on the receipt again."
)
LATE = N_(
    "The last day was {day}. If the receipt really has a later day, confirm it with this tick."
)
SHEETS_DIFFER = N_(
    "Sheets in the packet: {expected}, sheets taken: {taken}. If the receipt really says so, "
    "confirm it with this tick."
)
TIME_WRONG = N_("Write the time as 17:40.")
TIME_MISSING = N_("Write the time that stands on the receipt.")
SHEETS_WRONG = N_("Write how many sheets were taken, as a number.")
NUMBER_MISSING = N_("Write the number of the receipt.")
WHO_MISSING = N_("Write who has taken the papers.")
PHOTO_MISSING = N_("Add a photo of the receipt.")
TOO_LONG = N_("At most {most} characters.")
BINDING_PROBLEMS: Mapping[str, str] = {
    TOO_LARGE: N_(
        "The files come to more than {megabytes} MB together. Make the large PDFs smaller: "
        "photos are made smaller by themselves."
    ),
    TOO_MANY_PAGES: N_("Together they have more than {pages} pages."),
    FILE_MISSING: N_("The file of one paper is not on the disk. Issue or add that paper again."),
    BROKEN: N_("The file of one paper can’t be opened any more. Add it again."),
    TOO_HEAVY: N_(
        "Putting it together takes more time or memory than one packet gets. Make the large files "
        "smaller, or take out pages that nobody asks for; then put it together again."
    ),
    DIED: N_(
        "It broke off every time. Mandat’s tries: at least {tries}. Try again in a few minutes; if "
        "it fails again, tell whoever runs this portal."
    ),
    BROKE_OFF: N_(
        "Something failed around it, such as a full disk. Mandat’s tries: at least {tries}. Try "
        "again in a few minutes; if it fails again, tell whoever runs this portal."
    ),
    SEAL_CHANGED: N_("The order can’t be read any more. Put the packet together again."),
}
OTHER_PROBLEM = N_(
    "It could not be put together. Try again; if it fails again, tell whoever runs this portal."
)
RECEIPT_PROBLEMS: Mapping[str, str] = {
    "day_missing": DAY_MISSING,
    "day_ahead": DAY_AHEAD,
    "day_wrong": DAY_WRONG,
    "day_before_packet": DAY_BEFORE_PACKET,
    "day_before_opening": DAY_BEFORE_OPENING,
    "day_long_ago": DAY_LONG_AGO,
    "late": LATE,
    "sheets_differ": SHEETS_DIFFER,
    "time_wrong": TIME_WRONG,
    "time_missing": TIME_MISSING,
    "sheets_wrong": SHEETS_WRONG,
    "number_missing": NUMBER_MISSING,
    "who_missing": WHO_MISSING,
    "photo_missing": PHOTO_MISSING,
    "too_long": TOO_LONG,
    "no_packet": NO_PACKET,
    "packet_unknown": PACKET_UNKNOWN,
}
