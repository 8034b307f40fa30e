"""Why something about gifts is refused."""

from __future__ import annotations

from app.texts import N_

NOT_TAKEN = N_("Gifts can’t be taken on this page just now.")
PAGE_FULL = N_(
    "Very many gifts were begun on this page in the last minutes and not paid, so it takes no new "
    "ones for a while. Nothing was taken from you. Come back in {minutes}\u00a0min."
)
NETWORK_FULL = N_(
    "Many gifts were begun from your network in the last minutes and not paid. Pay one that you "
    "have begun, come back in {minutes}\u00a0min, or give from another network. Nothing was taken "
    "from you."
)
NOTHING_TO_RETURN = N_("There is nothing left to give back, or it is on its way already.")
NO_SUCH_CHECK = N_("This gift waits for no such check.")
DECIDED = N_(
    "The rules have decided about this gift already, and nothing was noted. Look at it again: what "
    "counts can still be given back."
)
NOT_ASKED = N_(
    "The gift does not wait for these answers any more: they were sent already, or it was decided "
    "about."
)
LIMIT_KNOWN = N_("This limit is known and can’t be stated anew.")
SLUG_TAKEN = N_("This address belongs to another page. Choose another one.")
SLUG_STAYS = N_(
    "The page is public under its address, and links and printed codes lead there: the address "
    "stays as it is."
)
PAGE_CHANGED = N_("Somebody has changed the page since you opened it. Reload it and look again.")
PAGE_WAITS = N_("The page is being checked. Take it back on the step before you change it.")
BAD_GOAL = N_("Every mark lies between nothing and the goal.")
IMPRINT_NEEDED = N_("The page needs an imprint: who publishes it, with an address.")
HANDED_IN_BY_OTHERS = N_(
    "The candidate, the manager or the treasurer sends the page to be checked: they answer for "
    "the money. What you wrote is not saved yet: press “Save the page”."
)
PAGE_CLOSED = N_(
    "Many cards were declined on this page in the last half an hour, so it takes no gifts for a "
    "while: that is how stolen cards are tried. Nothing was taken from you. Come back in half an "
    "hour."
)
NETWORK_CLOSED = N_(
    "Many cards were declined from your network in the last half an hour, so no gifts are taken "
    "from it for a while. Nothing was taken from you. Come back in half an hour, or give from "
    "another network."
)
