"""What evidence refuses, in words."""

from __future__ import annotations

from app.texts import N_

FILE_MISSING = N_("Choose a file first.")
TOO_MANY_FILES = N_("At most {most} files fit here. Remove one first.")
UNKNOWN_FILE_KIND = N_("Choose what this file is.")
FILES_NEEDED = N_("Add at least {least} files before you send them: there are {have} so far.")
FILE_OF_KIND_NEEDED = N_("Still missing: {label}.")

ANSWER_NEEDED = N_("Answer this question.")
FILL_IN = N_("Fill this in.")
CHOOSE_OFFERED = N_("Choose one of the answers offered.")
TOO_LONG = N_("Too long: at most {longest} characters.")
TOO_SHORT = N_("Too short: at least {least} characters.")
NOT_STORABLE = N_("This text has characters that can’t be stored. Type it anew.")
NOT_A_DATE = N_("Write the date as day, month and year.")
NOT_A_NUMBER = N_("Write a whole number in digits.")
NUMBER_TOO_SMALL = N_("At least {least}.")
NUMBER_TOO_LARGE = N_("At most {most}.")
NOT_A_PHONE = N_("Write the phone number in digits, with the code of the city or country.")
NOT_AN_EMAIL = N_("This is not a mail address: it looks like name@example.org.")
NOT_AN_ADDRESS = N_("This is not the address of a page: it looks like https://example.org.")
ANSWERS_INCOMPLETE = N_("Some answers are missing or can’t be taken.")
SHEET_CHANGED = N_(
    "{name} saved this form after you had opened it. What you typed is still here: "
    "look through it and save again."
)

BEING_CHECKED = N_("This is being checked. To change it, take it back first.")
ALREADY_ACCEPTED = N_("This has been accepted and can’t be changed any more.")
NOTHING_TO_SEND = N_("There is nothing to send yet.")
ITEMS_LEFT = N_("Tick every line first: {left} are left.")
QUIZ_INCOMPLETE = N_("Answer every question.")
MEETING_IN_PAST = N_("Choose a time that is still to come.")
MEETING_NOT_YET = N_("The meeting is still to come. Confirm it when it has taken place.")
MEETING_MISSING = N_("Propose a time first.")
MEETING_TIME = N_("Choose a day and a time.")
