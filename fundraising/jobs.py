"""The names of the feature's jobs."""

from __future__ import annotations

OPEN_PAGE = "fund.open_page"
LOOK = "fund.look"
EVENT = "fund.event"
JUDGE = "fund.judge"
REFUND = "fund.refund"
POLL = "fund.poll"
CLOCK = "fund.clock"
SWEEP = "fund.sweep"
CLOSE_PAGES = "fund.close_pages"
RECEIPT = "fund.receipt"
DEMO_TELL = "fund.demo_tell"
