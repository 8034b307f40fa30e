"""Make the tables of answers in rows, signatures, the clerk, packets and the overview."""

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
        "paper_bulk",
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
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="whose campaigns; null: of the whole coalition",
        ),
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=60),
            nullable=False,
            comment="key of the document kind in the pack",
        ),
        sa.Column(
            "token",
            sa.String(length=43),
            nullable=False,
            comment="made by the page: pressing the button twice is once",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'done', 'stopped')", name=op.f("ck_paper_bulk_state")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["person.id"],
            name=op.f("fk_paper_bulk_asked_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_paper_bulk_coalition_id_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_paper_bulk_coalition_id_coalition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_bulk")),
        sa.UniqueConstraint("asked_by", "token", name=op.f("uq_paper_bulk_asked_by_token")),
    )
    op.create_table(
        "clerk_confirmation",
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
            "rule", sa.String(length=60), nullable=False, comment="key of the rule in the pack"
        ),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="keyed mark of the finding: another value is another finding",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="what it was compared with"),
        sa.Column("confirmed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revoked_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "revoked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_clerk_confirmation_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["person.id"],
            name=op.f("fk_clerk_confirmation_confirmed_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"],
            ["person.id"],
            name=op.f("fk_clerk_confirmation_revoked_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerk_confirmation")),
    )
    with op.batch_alter_table("clerk_confirmation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_clerk_confirmation_standing",
            ["campaign_id", "digest"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "kept_papers",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "basis",
            sa.String(length=16),
            nullable=False,
            comment="names the pack, the forms, the election and the day; empty: due anew",
        ),
        sa.Column(
            "shape",
            sa.String(length=16),
            nullable=False,
            comment="names the kinds of paper whose letters these are, in order",
        ),
        sa.Column(
            "letters", sa.Text(), nullable=False, comment="a letter a kind of paper: rules.LETTERS"
        ),
        sa.Column("issuable", sa.Text(), nullable=False, comment="a letter a kind: rules.Issuable"),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_kept_papers_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_kept_papers")),
        comment="Can be emptied at any time: it is reckoned again.",
    )
    op.create_table(
        "packet",
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
            "key", sa.String(length=60), nullable=False, comment="key of the packet in the pack"
        ),
        sa.Column("purpose", sa.String(length=8), nullable=False, comment="rules.contents.Purpose"),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="keyed mark of everything that makes its bytes",
        ),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column(
            "order_sealed",
            sa.Text(),
            nullable=False,
            comment="sealed JSON of ordering.Order: files, names, the inventory as a sheet",
        ),
        sa.Column("done", sa.Integer(), nullable=False, comment="steps of the work that are done"),
        sa.Column("steps", sa.Integer(), nullable=False, comment="steps of the work altogether"),
        sa.Column("pages", sa.Integer(), nullable=False, comment="of the whole document"),
        sa.Column(
            "sheets", sa.Integer(), nullable=False, comment="numbered sheets, without the inventory"
        ),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False, comment="names the file"),
        sa.Column("pdf_bytes", sa.Integer(), nullable=False),
        sa.Column("zip_sha256", sa.String(length=64), nullable=False, comment="names the file"),
        sa.Column("zip_bytes", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=False, comment="code without any word"),
        sa.Column(
            "asked_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="when it was last asked for: the newest is the present one",
        ),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ready_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'ready') = (pdf_sha256 <> '' AND zip_sha256 <> '')",
            name=op.f("ck_packet_ready_has_files"),
        ),
        sa.CheckConstraint("purpose IN ('print', 'archive')", name=op.f("ck_packet_purpose")),
        sa.CheckConstraint("state IN ('wanted', 'ready', 'failed')", name=op.f("ck_packet_state")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_packet_asked_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_packet_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_packet_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id",
            "key",
            "purpose",
            "digest",
            name=op.f("uq_packet_campaign_id_key_purpose_digest"),
        ),
    )
    with op.batch_alter_table("packet", schema=None) as batch_op:
        batch_op.create_index(
            "ix_packet_facts", ["campaign_id", "key", "purpose", "asked_at"], unique=False
        )

    op.create_table(
        "packet_receipt",
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
            "key", sa.String(length=60), nullable=False, comment="key of the packet in the pack"
        ),
        sa.Column(
            "packet_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the packet that was present then; null when none was put together",
        ),
        sa.Column(
            "received_on",
            sa.Date(),
            nullable=False,
            comment="day on the receipt, in the election's zone",
        ),
        sa.Column("received_time", sa.String(length=5), nullable=False, comment="HH:MM, local"),
        sa.Column(
            "sheets", sa.Integer(), nullable=True, comment="sheets taken, as the receipt says"
        ),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column(
            "received_by",
            sa.Text(),
            nullable=False,
            comment="sealed: who took the papers, as the receipt says",
        ),
        sa.Column("photo_sha256", sa.String(length=64), nullable=False, comment="names the file"),
        sa.Column("photo_name", sa.String(length=120), nullable=False),
        sa.Column("photo_type", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "replaced_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="written anew or taken back since",
        ),
        sa.CheckConstraint("sheets > 0", name=op.f("ck_packet_receipt_sheets")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_packet_receipt_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_packet_receipt_recorded_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_receipt")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_packet_receipt_campaign_id_id")),
    )
    with op.batch_alter_table("packet_receipt", schema=None) as batch_op:
        batch_op.create_index(
            "uq_packet_receipt_standing",
            ["campaign_id", "key"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "packet_tick",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("packet", sa.String(length=60), nullable=False, comment="key in the pack"),
        sa.Column(
            "thing", sa.String(length=80), nullable=False, comment="take:<key> or card:<key>"
        ),
        sa.Column("ticked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_packet_tick_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_packet_tick_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "person_id", "packet", "thing", name=op.f("pk_packet_tick")
        ),
    )
    op.create_table(
        "paper_bulk_line",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("bulk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "reason",
            sa.String(length=20),
            nullable=False,
            comment="rules.Reason: why it was not issued",
        ),
        sa.Column(
            "issue_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the version that was issued; no key, for it goes with its campaign",
        ),
        sa.Column("ended_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'issued') = (issue_id IS NOT NULL)",
            name=op.f("ck_paper_bulk_line_issued_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'issued', 'refused', 'stopped')",
            name=op.f("ck_paper_bulk_line_state"),
        ),
        sa.ForeignKeyConstraint(
            ["bulk_id"],
            ["paper_bulk.id"],
            name=op.f("fk_paper_bulk_line_bulk_id_paper_bulk"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_bulk_line_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "bulk_id", name=op.f("pk_paper_bulk_line")),
    )
    with op.batch_alter_table("paper_bulk_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_paper_bulk_line_state", ["bulk_id", "state", "campaign_id"], unique=False
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
        "signature_batch",
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
            "key",
            sa.String(length=36),
            nullable=False,
            comment="made by the page: pressing twice is once",
        ),
        sa.Column(
            "collector_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="for whom they are numbered; null: for whoever takes them",
        ),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("sides", sa.Integer(), nullable=False),
        sa.Column("rows_per_sheet", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.String(length=40), nullable=False),
        sa.Column(
            "official",
            sa.Boolean(),
            nullable=False,
            comment="whether the form had been compared by then",
        ),
        sa.Column(
            "snapshot", sa.Text(), nullable=False, comment="sealed JSON of the header as printed"
        ),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="of the sheet, as typesetting knows it",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of the PDF, once typeset"
        ),
        sa.Column(
            "cover_digest",
            sa.String(length=64),
            nullable=False,
            comment="of the page that goes with the sheets and is none of them",
        ),
        sa.Column("cover_sha256", sa.String(length=64), nullable=False, comment="of its PDF"),
        sa.Column("ordered_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "ordered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('wanted', 'ready', 'failed')", name=op.f("ck_signature_batch_state")
        ),
        sa.CheckConstraint(
            "first_number > 0 AND last_number >= first_number",
            name=op.f("ck_signature_batch_numbers"),
        ),
        sa.CheckConstraint("rows_per_sheet > 0", name=op.f("ck_signature_batch_rows_per_sheet")),
        sa.CheckConstraint("sides IN (1, 2)", name=op.f("ck_signature_batch_sides")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_batch_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by"],
            ["person.id"],
            name=op.f("fk_signature_batch_ordered_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_batch")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_signature_batch_campaign_id_id")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_signature_batch_campaign_id_key")),
    )
    with op.batch_alter_table("signature_batch", schema=None) as batch_op:
        batch_op.create_index("ix_signature_batch_digest", ["campaign_id", "digest"], unique=False)

    op.create_table(
        "signature_collector",
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
            "key",
            sa.String(length=36),
            nullable=False,
            comment="made by the page: pressing twice is once",
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "sealed",
            sa.Text(),
            nullable=False,
            comment="app.sealing, JSON: birth date, address, passport, as they stand on the sheet",
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="when the collector is in the team",
        ),
        sa.Column(
            "ended_at", app.db.UtcDateTime(timezone=True), nullable=True, comment="collects no more"
        ),
        sa.Column("added_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["person.id"],
            name=op.f("fk_signature_collector_added_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_collector_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_signature_collector_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_collector")),
        sa.UniqueConstraint(
            "campaign_id", "id", name=op.f("uq_signature_collector_campaign_id_id")
        ),
        sa.UniqueConstraint(
            "campaign_id", "key", name=op.f("uq_signature_collector_campaign_id_key")
        ),
    )
    op.create_table(
        "signature_plan",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "voters", sa.Integer(), nullable=True, comment="registered voters of the district"
        ),
        sa.Column("mandates", sa.Integer(), nullable=True),
        sa.Column(
            "published",
            sa.Integer(),
            nullable=True,
            comment="the required number as the commission published it: wins over the formula",
        ),
        sa.Column(
            "published_maximum",
            sa.Integer(),
            nullable=True,
            comment="the most that may be handed in, as published",
        ),
        sa.Column(
            "published_where",
            sa.Text(),
            nullable=False,
            comment="decision and page where the number stands",
        ),
        sa.Column(
            "first_day", sa.Date(), nullable=True, comment="first day on which a signature counts"
        ),
        sa.Column(
            "last_day", sa.Date(), nullable=True, comment="last day on which a signature counts"
        ),
        sa.Column(
            "paid_on",
            sa.Date(),
            nullable=True,
            comment="day the sheets were paid for from the fund",
        ),
        sa.Column(
            "paid_by",
            sa.String(length=200),
            nullable=False,
            comment="number and day of the payment order",
        ),
        sa.Column(
            "required",
            sa.Integer(),
            nullable=True,
            comment="what rules.requirement gave when the plan was saved; for the facts of many",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts savings, so that a stale page is noticed",
        ),
        sa.Column("saved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("mandates > 0", name=op.f("ck_signature_plan_mandates")),
        sa.CheckConstraint("published > 0", name=op.f("ck_signature_plan_published")),
        sa.CheckConstraint(
            "published_maximum >= published", name=op.f("ck_signature_plan_published_maximum")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_signature_plan_version")),
        sa.CheckConstraint("voters > 0", name=op.f("ck_signature_plan_voters")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_plan_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["person.id"],
            name=op.f("fk_signature_plan_saved_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_signature_plan")),
    )
    op.create_table(
        "signature_protocol",
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
            "key",
            sa.String(length=36),
            nullable=False,
            comment="made by the page: pressing twice is once",
        ),
        sa.Column(
            "folders",
            sa.JSON(),
            nullable=False,
            comment="of each folder its number, its sheets and its signatures",
        ),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.String(length=40), nullable=False),
        sa.Column(
            "official",
            sa.Boolean(),
            nullable=False,
            comment="whether the form had been compared by then",
        ),
        sa.Column(
            "snapshot", sa.Text(), nullable=False, comment="sealed JSON of the sheet as printed"
        ),
        sa.Column(
            "digest", sa.String(length=64), nullable=False, comment="as typesetting knows it"
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of the PDF, once typeset"
        ),
        sa.Column("made_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "state IN ('wanted', 'ready', 'failed')", name=op.f("ck_signature_protocol_state")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_protocol_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
            name=op.f("fk_signature_protocol_made_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_protocol")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_signature_protocol_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id", "key", name=op.f("uq_signature_protocol_campaign_id_key")
        ),
    )
    with op.batch_alter_table("signature_protocol", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signature_protocol_digest", ["campaign_id", "digest"], unique=False
        )

    op.create_table(
        "packet_item",
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
            "packet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "name",
            sa.String(length=60),
            nullable=False,
            comment="kind of paper, or key in the pack",
        ),
        sa.Column(
            "number",
            sa.String(length=60),
            nullable=False,
            comment="of the issued version; empty for a paper made elsewhere",
        ),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("first_sheet", sa.Integer(), nullable=False, comment="0: counted by hand"),
        sa.Column("last_sheet", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False, comment="SHA-256 of the files, in order"),
        sa.CheckConstraint("copies > 0", name=op.f("ck_packet_item_copies")),
        sa.CheckConstraint("last_sheet >= first_sheet", name=op.f("ck_packet_item_sheets")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "packet_id"],
            ["packet.campaign_id", "packet.id"],
            name=op.f("fk_packet_item_campaign_id_packet_id_packet"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_packet_item_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_item")),
        sa.UniqueConstraint(
            "packet_id", "position", name=op.f("uq_packet_item_packet_id_position")
        ),
    )
    op.create_table(
        "signature_sheet",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "collector_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="who has it or brought it",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("out_on", sa.Date(), nullable=True, comment="given to the collector"),
        sa.Column(
            "certified_on", sa.Date(), nullable=True, comment="day beside the collector's hand"
        ),
        sa.Column(
            "candidate_on", sa.Date(), nullable=True, comment="day beside the candidate's hand"
        ),
        sa.Column("defects", sa.JSON(), nullable=False, comment="codes that spoil the whole sheet"),
        sa.Column(
            "signed",
            sa.Integer(),
            nullable=False,
            comment="rows signed and not struck; kept beside the rows for counts",
        ),
        sa.Column(
            "struck",
            sa.Integer(),
            nullable=False,
            comment="rows struck out: they tell of the collector and count for nothing",
        ),
        sa.Column(
            "good",
            sa.Integer(),
            nullable=False,
            comment="of those signed without a defect, as rules.sheets counted them last",
        ),
        sa.Column(
            "folder",
            sa.String(length=20),
            nullable=False,
            comment="number of the folder it was handed in with; empty: not",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "counted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('printed', 'out', 'returned', 'spoilt')",
            name=op.f("ck_signature_sheet_state"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_signature_sheet_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "batch_id"],
            ["signature_batch.campaign_id", "signature_batch.id"],
            name=op.f("fk_signature_sheet_campaign_id_batch_id_signature_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_sheet_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["counted_by"],
            ["person.id"],
            name=op.f("fk_signature_sheet_counted_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_sheet")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_signature_sheet_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id", "number", name=op.f("uq_signature_sheet_campaign_id_number")
        ),
    )
    with op.batch_alter_table("signature_sheet", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signature_sheet_facts", ["campaign_id", "state", "good"], unique=False
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

    op.create_table(
        "signature_row",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True, comment="as the voter wrote it"),
        sa.Column("defects", sa.JSON(), nullable=False, comment="codes a person has seen"),
        sa.Column(
            "mark",
            sa.String(length=64),
            nullable=False,
            comment="app.sealing mark of campaign and passport: two equal ones are one voter; the passport itself is typed once and never kept",
        ),
        sa.CheckConstraint(
            "state IN ('empty', 'signed', 'struck')", name=op.f("ck_signature_row_state")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_signature_row_number")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "sheet_id"],
            ["signature_sheet.campaign_id", "signature_sheet.id"],
            name=op.f("fk_signature_row_campaign_id_sheet_id_signature_sheet"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_signature_row_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "sheet_id", "number", name=op.f("pk_signature_row")),
    )
    with op.batch_alter_table("signature_row", schema=None) as batch_op:
        batch_op.create_index("ix_signature_row_mark", ["campaign_id", "mark"], unique=False)

    op.create_table(
        "clerk_date",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "place",
            sa.String(length=60),
            nullable=False,
            comment="key of the hand place in the pack",
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id", "scan_id"],
            ["paper_scan.campaign_id", "paper_scan.id"],
            name=op.f("fk_clerk_date_campaign_id_scan_id_paper_scan"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_clerk_date_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["told_by"],
            ["person.id"],
            name=op.f("fk_clerk_date_told_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "scan_id", "place", name=op.f("pk_clerk_date")),
    )
    with op.batch_alter_table("paper_round", schema=None) as batch_op:
        batch_op.alter_column("issue_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("paper_scan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "position", sa.Integer(), nullable=False, comment="order of the pages of the paper"
            )
        )
        batch_op.add_column(
            sa.Column(
                "original_sha256",
                sa.String(length=64),
                nullable=False,
                comment="as it came, before it was turned or cropped; empty: it is as it came, or was handed in since",
            )
        )
        batch_op.add_column(
            sa.Column(
                "turn", sa.Integer(), nullable=False, comment="degrees clockwise from the original"
            )
        )
        batch_op.add_column(
            sa.Column(
                "crop",
                sa.JSON(),
                nullable=False,
                comment="percent cut off the turned original at left, top, right and bottom",
            )
        )
        batch_op.alter_column("issue_id", existing_type=sa.INTEGER(), nullable=True)
