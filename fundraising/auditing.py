"""What the audit log keeps of gifts: every decision about money, and never who gave."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from app.audit.rules import Detail
from fundraising.events import (
    ClockWarned,
    GiftAnswered,
    GiftChecked,
    GiftCleared,
    GiftEvent,
    GiftHeld,
    GiftPaid,
    GiftRefunded,
    LimitStated,
    PageSaved,
    RefundAsked,
    RefundStuck,
    RefundWished,
)


def _gift(action: str, event: GiftEvent, extra: Detail | None = None) -> Note:
    detail: Detail = {"amount_minor": event.amount_minor, **(extra or {})}
    return note_of(event, action, "donation", event.donation_id, detail)


def _limit(event: LimitStated) -> Note:
    detail: Detail = {"check": event.check, "amount_minor": event.amount_minor}
    return note_of(event, "fund.limit_stated", "stated_limit", event.limit_id, detail)


AUDITED: Audited = {
    GiftPaid: lambda event: _gift("gift.paid", event),
    GiftHeld: lambda event: _gift("gift.held", event),
    GiftCleared: lambda event: _gift("gift.cleared", event),
    GiftRefunded: lambda event: _gift("gift.refunded", event),
    RefundAsked: lambda event: _gift("gift.refund_asked", event, {"cause": event.cause}),
    RefundStuck: lambda event: _gift("gift.refund_failed", event),
    RefundWished: lambda event: _gift("gift.refund_wished", event),
    GiftAnswered: lambda event: _gift("gift.answered", event),
    GiftChecked: lambda event: _gift(
        "gift.checked", event, {"check": event.check, "passed": event.passed}
    ),
    ClockWarned: lambda event: _gift("gift.clock_warned", event),
    LimitStated: _limit,
    PageSaved: lambda event: note_of(event, "support_page.saved", "support_page", event.page_id),
}
