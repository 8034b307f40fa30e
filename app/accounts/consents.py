"""The wordings people agree to, dated; a wording never changes, another one follows it."""

from __future__ import annotations

from app.texts import N_

SIGN_UP = "sign_up"
SIGN_UP_VERSION = "2026-06-01"
SIGN_UP_WORDS = N_(
    "I agree that the coalition keeps and uses my name, contacts, district and organisation to "
    "decide about my application, to reach me, and to help me stand as a candidate. They are "
    "seen by the coordinators of the coalition and, once chosen, of my organisation. I can "
    "withdraw this consent at any time in a letter to my coordinator; then my application is "
    "deleted, unless the law demands that it be kept."
)
