"""The demo provider's own books: what a real provider would keep on its side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class DemoPayment(Base):
    """A payment page of the demo provider; no money moves."""

    __tablename__ = "demo_payment"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'paid', 'failed', 'cancelled')", name="state"),
    )

    id: Mapped[IdKey]
    token: Mapped[str] = mapped_column(String(64), unique=True, comment="the page's address")
    once_key: Mapped[str] = mapped_column(String(120), unique=True, comment="idempotency key")
    reference: Mapped[str] = mapped_column(String(80), comment="the program's own reference")
    title: Mapped[str] = mapped_column(String(200))
    amount_minor: Mapped[int] = mapped_column(BigId)
    currency: Mapped[str] = mapped_column(String(3))
    return_address: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DemoRefund(Base):
    """Money that the demo provider says it gave back."""

    __tablename__ = "demo_refund"
    __table_args__ = (UniqueConstraint("once_key"),)

    id: Mapped[IdKey]
    payment_id: Mapped[int] = mapped_column(BigId, ForeignKey("demo_payment.id"))
    once_key: Mapped[str] = mapped_column(String(120), comment="idempotency key")
    amount_minor: Mapped[int] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
