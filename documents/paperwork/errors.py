"""Why something about a paper is not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

FILL_IN = N_("Fill this in.")
UNKNOWN_YET = N_("You said you don’t know this yet.")
CHOOSE_ONE = N_("Choose one of the answers.")
TOO_LONG = N_("Too long for the form: at most {longest} characters.")
NOT_PRINTABLE = N_("This sign can’t be printed: “{sign}”. Write it in letters.")
FORMAT_PROBLEMS: Mapping[str, str] = {
    "name": N_("Letters, spaces, hyphens and apostrophes only."),
    "name_ru": N_("Russian letters, spaces and hyphens only, as in the passport."),
    "date": N_("A day, month and year: 17.06.1970."),
    "passport": N_("Four digits of the series and six of the number: 40 05 123456."),
    "unit_code": N_("Three digits, a hyphen, three digits: 780-001."),
    "inn": N_("Twelve digits."),
}
DATE_AHEAD = N_("This day has not come yet.")
DATE_TOO_OLD = N_("This day is too long ago. Check the year.")
TOO_YOUNG = N_("On {day} the age would be {age}; the law asks for {least}.")
INN_DIGITS = N_("The check digits do not fit. Compare each digit with the certificate.")
NAME_CASE = N_("Usually a name begins with a capital and goes on in small letters.")

STILL_TYPESETTING = N_("This paper is being made already. Wait a minute.")
NOTHING_ISSUED = N_("Issue the paper first: what is signed has to be what was issued.")
NOTHING_CHANGED = N_("The newest version already says exactly this. Print that one.")
NO_SCANS = N_("Add a photo or PDF of every signed page first.")
BEING_CHECKED = N_("It is being checked just now. Take it back first if you have to change it.")
FILE_MISSING = N_("Choose a file.")
FILE_THERE = N_("This file is there already.")
TOO_MANY_SCANS = N_("At most {most} files for one paper. Remove some first.")
