"""What the overview refuses, in words."""

from __future__ import annotations

from app.texts import N_

ONE_ORGANISATION = N_("Choose one organisation: these campaigns belong to several of yours.")
NOTHING_TO_ISSUE = N_("None of these campaigns has everything answered for this paper now.")
NOT_PRINTED = N_("This paper is not made in the portal, so there is nothing to issue.")
ENDED = N_("This has ended already.")
