"""What reviews refuse, in words."""

from __future__ import annotations

from app.texts import N_

ALREADY_ACCEPTED = N_("{name} has already accepted this, {moment}.")
ALREADY_RETURNED = N_("{name} has already sent this back, {moment}.")
WAS_WITHDRAWN = N_("The campaign has withdrawn this, so there is nothing to decide.")
ALREADY_WAITING = N_("This is already waiting to be checked.")
NOT_WAITING = N_("This is no longer waiting to be checked, so it can’t be withdrawn.")
OWN_WORK = N_("You handed this in yourself, so somebody else has to check it.")
WRONG_QUEUE = N_("This is checked by somebody else.")
REASON_NEEDED = N_("Say what has to be corrected: choose a reason or write your own.")
REASON_TOO_LONG = N_("Too long: at most {longest} characters.")
UNDO_TOO_LATE = N_("A decision can be taken back for 10 minutes; that time is over.")
UNDO_NOT_YOURS = N_("Only the person who decided can take a decision back.")
UNDO_NOT_DECIDED = N_("There is no decision here to take back.")
UNDO_OVERTAKEN = N_("The campaign has handed in a newer version since, so this stays as it is.")
NOTHING_CHOSEN = N_("Choose at least one row.")
TOO_MANY_CHOSEN = N_("Choose at most {most} rows at once.")
CHANGED_MEANWHILE = N_("This was changed a moment ago by somebody else. Look again.")
