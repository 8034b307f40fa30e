"""Refusals about signatures."""

from __future__ import annotations

from app.texts import N_

CHANGED_MEANWHILE = N_(
    "Somebody saved this while you were typing. What you typed is below; compare and save again."
)
COUNT_RANGE = N_("A whole number from 1 to {most}.")
MAXIMUM_BELOW = N_("The most that may be handed in can’t be less than the required number.")
PUBLISHED_WHERE = N_("Say where the number stands: decision and page.")
DAYS_ORDER = N_("The last day can’t be before the first.")
AFTER_THE_VOTE = N_("This is after polling day, {day}. Look at the year.")
PAID_TOO_LATE = N_("This is after the last day of the collecting: no signature would count.")
NAME_MISSING = N_("Write the collector’s full name as in the passport.")
TOO_LONG = N_("At most {longest} characters.")
BIRTH_DATE = N_("Write the day as 17.06.1970.")
TOO_YOUNG = N_("Whoever collects must be at least {least}.")
SHEETS_RANGE = N_("From 1 to {most} sheets at a time.")
NO_SUCH_COLLECTOR = N_("Choose somebody from the list of collectors.")
HEADER_MISSING = N_("The head of the sheet needs answers that are not there yet: {fields}.")
HEADER_WRONG = N_(
    "These answers can’t be printed as they are: {fields}. Open them under Papers: each says why."
)
STILL_TYPESETTING = N_("The sheets ordered before are still being made. Wait a few seconds.")
NO_SUCH_SHEETS = (N_("There is no sheet {numbers}."), N_("There are no sheets {numbers}."))
NOT_IN_HAND = (
    N_("Sheet {numbers} is not lying here: it is out, back, spoilt, or has no file to print yet."),
    N_(
        "Sheets {numbers} are not lying here: they are out, back, spoilt, or have no file to print "
        "yet."
    ),
)
MARKS_NEEDED = N_("The voters’ marks are needed until polling day is over.")
NO_SHEETS = N_("Name at least one sheet, such as 1–10 or 3, 5, 8.")
UNREADABLE_NUMBERS = N_("Write the numbers of the sheets such as 1–10 or 3, 5, 8.")
ROW_DATE = N_("Write the day as the voter wrote it, such as {day}.")
ROW_CODE = N_("Choose the row’s defects from the list.")
SHEET_CODE = N_("Choose the sheet’s defects from the list.")
ROW_PASSPORT = N_("Ten digits, series and number; they are not kept.")
ROW_UNKNOWN = N_("This sheet has {rows} rows.")
HANDED_IN = N_("This sheet was put into folder {folder}. Take it out first.")
NOT_COUNTED = (
    N_("Sheet {numbers} has not been counted yet."),
    N_("Sheets {numbers} have not been counted yet."),
)
STRIKE_FIRST = (
    N_("Sheet {numbers} still has signatures with a defect: strike them out on paper and here."),
    N_("Sheets {numbers} still have signatures with a defect: strike them out on paper and here."),
)
TOO_MANY = N_("That is {total} signatures; at most {maximum} may be handed in.")
FOLDER_MISSING = N_("Give the folder a number.")
UNPRINTABLE = N_("The sign “{sign}” can’t be printed. Write it otherwise.")
STALE_PAGE = N_("This page is out of date. Open it again.")
GENDER_MISSING = N_("Choose which words go with the candidate.")
HEAD_NAME = N_("Write the name as it has to stand on the sheet.")
HEAD_TOO_LONG = N_(
    "The head of the sheet is too long by {extra} letters: shorten “{answer}”, or ask the lawyer."
)
SIDES = N_("Choose one side or two.")
NOT_READY = N_("The file is not there yet.")
NO_FOLDERS = N_("No sheet is in a folder yet: there is nothing to put into a protocol.")
PLAN_FIRST = N_("The plan’s required number is not known yet. Fill in the plan first.")
DAY_FORM = N_("Write the day as {day}.")
WHOLE_NUMBER = N_("Write a whole number in figures.")
COLLECTOR_MISSING = N_("Say who brought the sheet.")
