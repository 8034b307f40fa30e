"""What the clerk refuses, in words."""

from collections.abc import Mapping

from app.texts import N_

FOUND_OTHERWISE = N_(
    "This note is about values that have changed meanwhile. Look at the list again."
)
ONLY_WARNINGS = N_("What stops can’t be confirmed: it has to be mended.")
NO_DATE_HERE = N_("No day is written by hand at this place.")
DAY_PROBLEMS: Mapping[str, str] = {
    "no_day": N_("There is no such day. Write day and month, such as {short}, or {long}."),
    "ahead": N_("This day is yet to come. Look at the paper again."),
    "long_ago": N_(
        "The papers of this campaign are not signed before {first}. Look at the paper again."
    ),
}
"""What is wrong with a day that was typed, by the codes of ``rules.told``."""
TOO_LONG = N_("At most {longest} characters.")
