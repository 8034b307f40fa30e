"""How long a gift that nobody pays is kept. House rules, no law."""

from __future__ import annotations

from datetime import timedelta

PAGE_OPEN_FOR = timedelta(hours=26)
"""A page that nobody paid on for so long is over at every provider, or is closed by us."""
KEPT_UNPAID = timedelta(days=3)
"""For so long the giver's link still says what became of a gift that was not paid."""
KEPT_WITHOUT_AN_ANSWER = timedelta(days=30)
"""A bank may take weeks over a payment, and a provider may be gone; none takes longer than this."""
