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
    "snils": N_("Eleven digits: 112-233-445 95."),
    "money": N_("A sum in figures: 1 234.56."),
    "number": N_("A whole number in figures."),
    "decimal": N_("A number in figures, at most four after the point: 54.3."),
    "percent": N_("A number from 0 to 100, at most two figures after the point."),
    "share": N_("A share of the whole: 1/3 or 50%."),
    "year": N_("A year in four figures."),
    "phone": N_("A telephone number with its code."),
    "email": N_("An address such as name@example.org."),
    "bic": N_("The nine digits of the bank’s code."),
    "account": N_("The twenty digits of the account."),
    "fio": N_("The whole name: surname, first name and, if there is one, patronymic."),
}
YEAR_AHEAD = N_("This year has not come yet.")
DATE_AHEAD = N_("This day has not come yet.")
DATE_TOO_OLD = N_("This day is too long ago. Check the year.")
TOO_YOUNG = N_("On {day} the age would be {age}; the law asks for {least}.")
INN_DIGITS = N_("The check digits do not fit. Compare each digit with the certificate.")
SNILS_DIGITS = INN_DIGITS
BIC_NO_BANK = N_("The codes of banks begin with 04. Compare each digit.")
ACCOUNT_KEY = N_(
    "The number does not fit the bank’s code: one digit of either is wrong. Compare both."
)
ROW_WRONG = N_("Look at no. {number} again: something in it is missing or wrong.")
ROW_REMOVED = N_("This was removed meanwhile. Put it back first if it is still right.")
ROWS_THERE = N_("Some are listed already. Remove them first if there are none.")
ROWS_TOO_MANY = N_(
    "No more entries fit here than {most}. Put the rest on a sheet of your own and, where the form "
    "adds them up, their sum into one entry; ask those who take the papers beforehand whether they "
    "accept that."
)
SUM_TOO_MUCH = N_("No. {rows} come to more than {most} together. Shares of one thing never do.")
ANSWER_TABLE = N_("Add them one by one, or say that there are none.")
NAME_CASE = N_("Usually a name begins with a capital and goes on in small letters.")

STILL_TYPESETTING = N_("This paper is being made already. Wait a minute.")
NOTHING_ISSUED = N_("Issue the paper first: what is signed has to be what was issued.")
NOTHING_CHANGED = N_("The newest version already says exactly this. Print that one.")
NO_SCANS = N_("Add a photo or PDF of every signed page first.")
BEING_CHECKED = N_("It is being checked just now. Take it back first if you have to change it.")
ACCEPTED_AS_IT_IS = N_("It was accepted as it is: its pages can’t be changed any more.")
FILE_MISSING = N_("Choose a file.")
SEND_ANYWAY = N_("Tick this if it is to be sent all the same.")
FILES_REFUSED = N_("Some files could not be taken.")
FILE_THERE = N_("This file is there already.")
TOO_MANY_SCANS = N_("At most {most} files for one paper. Remove some first.")
EDITABLE_TOO_HEAVY = N_("The editable file could not be made just now. The PDF is there.")
PAGE_TOO_HEAVY = N_("This page takes too much to be shown here. Open the file itself.")
PAGE_NOT_DRAWN = N_("This page is still being drawn. Look again in a moment.")
PREVIEW_GONE = N_("A newer preview has taken its place, or it is older than a day. Make it anew.")
CERTIFIES_TOO_MANY = N_(
    "The copies have {pages} pages together; such a sheet is made for at most {most}. Split them."
)
SHAPE_WRONG = N_("Cut at most 45 % off each edge; write whole numbers.")
NOT_HANDED_IN = N_(
    "This paper was not handed in to your desk. It opens for you when the campaign sends it to be "
    "checked; until then only those who work on the campaign’s papers see it."
)
NOTHING_TO_PRINT = N_("This paper is made elsewhere; there is nothing to print here.")
SAY_COMPARED = N_("Say what you have compared the form with.")
APPROVED_ALREADY = N_("Somebody has compared this form already.")
OFFICIAL_ALREADY = N_("This form carries no mark.")
