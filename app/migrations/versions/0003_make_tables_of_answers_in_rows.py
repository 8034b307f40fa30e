"""Make the tables of answers in rows, compared forms, and tries to give."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "form_approval",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "election_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.String(length=60),
            nullable=False,
            comment="key of the document kind in the pack",
        ),
        sa.Column(
            "form_version",
            sa.String(length=40),
            nullable=False,
            comment="version of the form in the pack; another one is compared anew",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="what it was compared with, in words"),
        sa.Column("approved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revoked_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "revoked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["person.id"],
            name=op.f("fk_form_approval_approved_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "election_id"],
            ["election.coalition_id", "election.id"],
            name=op.f("fk_form_approval_coalition_id_election_id_election"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"],
            ["person.id"],
            name=op.f("fk_form_approval_revoked_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_approval")),
    )
    with op.batch_alter_table("form_approval", schema=None) as batch_op:
        batch_op.create_index(
            "uq_form_approval_standing",
            ["election_id", "kind", "form_version"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "paper_row",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "key", sa.String(length=60), nullable=False, comment="key of the answer in the pack"
        ),
        sa.Column(
            "row_id",
            sa.String(length=36),
            nullable=False,
            comment="UUID made by whoever began the row, so that sending it twice keeps it once",
        ),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=False,
            comment="order of the rows on screen and on paper",
        ),
        sa.Column(
            "value", sa.Text(), nullable=False, comment="JSON of texts by column; empty when sealed"
        ),
        sa.Column(
            "sealed",
            sa.Text(),
            nullable=False,
            comment="app.sealing of the same JSON; empty when open",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts savings"),
        sa.Column("saved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("removed_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("value = '' OR sealed = ''", name=op.f("ck_paper_row_open_or_sealed")),
        sa.CheckConstraint("version > 0", name=op.f("ck_paper_row_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_row_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["person.id"],
            name=op.f("fk_paper_row_saved_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "key", "row_id", name=op.f("pk_paper_row")),
    )
    op.create_table(
        "gift_attempt",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "donation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "network",
            sa.String(length=64),
            nullable=False,
            comment="keyed hash of the network the gift was begun from; empty: unknown",
        ),
        sa.Column(
            "event_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the provider's message: the same decline is counted once",
        ),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'declined') = (event_id IS NOT NULL)",
            name=op.f("ck_gift_attempt_declined_by_event"),
        ),
        sa.CheckConstraint("kind IN ('begun', 'declined')", name=op.f("ck_gift_attempt_kind")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_gift_attempt_campaign_id_donation_id_donation"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["gateway_event.id"],
            name=op.f("fk_gift_attempt_event_id_gateway_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_attempt")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_gift_attempt_campaign_id_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_gift_attempt_event_id")),
    )
    with op.batch_alter_table("gift_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_gift_attempt_at", ["at"], unique=False)
        batch_op.create_index(
            "ix_gift_attempt_campaign", ["campaign_id", "at", "kind"], unique=False
        )
        batch_op.create_index(
            "ix_gift_attempt_donation", ["campaign_id", "donation_id", "kind"], unique=False
        )
        batch_op.create_index("ix_gift_attempt_network", ["network", "at", "kind"], unique=False)

    with op.batch_alter_table("paper_round", schema=None) as batch_op:
        batch_op.alter_column("issue_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("paper_scan", schema=None) as batch_op:
        batch_op.alter_column("issue_id", existing_type=sa.INTEGER(), nullable=True)
