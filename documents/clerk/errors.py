"""What the clerk refuses, in words."""

from app.texts import N_

FOUND_OTHERWISE = N_(
    "This note is about values that have changed meanwhile. Look at the list again."
)
ONLY_WARNINGS = N_("What stops can’t be confirmed: it has to be mended.")
NO_DATE_HERE = N_("No day is written by hand at this place.")
NOT_A_DAY = N_("A day, month and year: 17.06.1970.")
TOO_LONG = N_("At most {longest} characters.")
