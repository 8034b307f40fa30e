"""Why something can't be done with a packet, in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

NOT_READY = N_("Some papers are not ready to be put together. The list says which.")
STOPPED = N_("The check of the papers has found what a desk would turn down. Mend it first.")
HEADING_PROBLEMS: Mapping[str, str] = {
    "candidate": N_(
        "The candidate’s name has the sign “{sign}”, which can’t be printed. "
        "Write the name otherwise."
    ),
    "council": N_(
        "The council’s name has the sign “{sign}”, which can’t be printed. "
        "Whoever keeps the list of districts can write it otherwise."
    ),
    "district": N_(
        "The district has the sign “{sign}”, which can’t be printed. "
        "Whoever keeps the list of districts can write it otherwise."
    ),
}
"""What in the head of the inventory the typeface can't draw, by the fields of Heading."""
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
TIME_WRONG = N_("Write the time as 17:40.")
TIME_MISSING = N_("Write the time that stands on the receipt.")
SHEETS_WRONG = N_("Write how many sheets were taken, as a number.")
NUMBER_MISSING = N_("Write the number of the receipt.")
WHO_MISSING = N_("Write who has taken the papers.")
PHOTO_MISSING = N_("Add a photo of the receipt.")
TOO_LONG = N_("At most {most} characters.")
BINDING_PROBLEMS: Mapping[str, str] = {
    "too_large": N_(
        "The files come to more than {megabytes} MB together. Make the large PDFs smaller: "
        "photos are made smaller by themselves."
    ),
    "too_many_pages": N_("Together they have more than {pages} pages."),
    "file_missing": N_("The file of one paper is not on the disk. Issue or add that paper again."),
    "broken": N_("The file of one paper can’t be opened any more. Add it again."),
    "too_heavy": N_(
        "Putting it together takes more time or memory than one packet gets. Make the large files "
        "smaller, or take out pages that nobody asks for; then put it together again."
    ),
    "died": N_(
        "It broke off every time. Mandat’s tries: at least {tries}. Try again in a few minutes; if "
        "it fails again, tell whoever runs this portal."
    ),
    "broke_off": N_(
        "Something failed around it, such as a full disk. Mandat’s tries: at least {tries}. Try "
        "again in a few minutes; if it fails again, tell whoever runs this portal."
    ),
    "seal_changed": N_("The order can’t be read any more. Put the packet together again."),
}
OTHER_PROBLEM = N_(
    "It could not be put together. Try again; if it fails again, tell whoever runs this portal."
)
RECEIPT_PROBLEMS: Mapping[str, str] = {
    "day_missing": DAY_MISSING,
    "day_ahead": DAY_AHEAD,
    "day_wrong": DAY_WRONG,
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
