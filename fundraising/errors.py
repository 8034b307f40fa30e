"""Why something about gifts is refused."""

from __future__ import annotations

from app.texts import N_

NOT_TAKEN = N_("Gifts can’t be taken on this page just now.")
TOO_MANY_STARTS = N_(
    "Too many gifts were begun here in the last minutes. Try again a little later."
)
NOTHING_TO_RETURN = N_("There is nothing left to give back, or it is on its way already.")
NO_SUCH_CHECK = N_("This gift waits for no such check.")
LIMIT_KNOWN = N_("This limit is known and can’t be stated anew.")
SLUG_TAKEN = N_("This address belongs to another page. Choose another one.")
PAGE_CHANGED = N_("Somebody has changed the page since you opened it. Reload it and look again.")
PAGE_WAITS = N_("The page is being checked. Take it back on the step before you change it.")
BAD_GOAL = N_("Every mark lies between nothing and the goal.")
IMPRINT_NEEDED = N_("The page needs an imprint: who publishes it, with an address.")
