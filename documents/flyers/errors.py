"""Refusals about flyers."""

from __future__ import annotations

from app.texts import N_

NOT_EDITABLE = N_("This flyer is being checked or has been approved. Begin a new one from it.")
CHANGED_MEANWHILE = N_(
    "Somebody saved this flyer while you were typing. Your text is below; compare and save again."
)
NOT_TYPESET = N_("The pages are still being made. Wait a few seconds and send it again.")
SAVED_FIRST = N_(
    "What you changed last was not on the pages yet. It is saved now, and nothing has been sent: "
    "look at the new pages and send the flyer again."
)
PRESS_FAILED = N_("The pages could not be made. Change the text or the photo and save again.")
STILL_TO_MEND = N_(
    "Before the flyer can be checked, this many things still have to be mended: {count}."
)
TOO_MANY_FLYERS = N_(
    "There are {most} flyers already that are not approved yet. Go on with one of them."
)
PHOTO_MISSING = N_("Choose a photo first.")
PHOTO_NOT_PICTURE = N_("Choose a picture, not a document.")
UNKNOWN_COLOUR = N_("Choose one of the four colours.")
