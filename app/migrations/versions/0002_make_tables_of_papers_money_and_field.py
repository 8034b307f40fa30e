"""Make the tables of papers, money, the field and points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.db
from app.append_only import append_only_ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the triggers that keep some of them append-only."""
    op.create_table(
        "demo_payment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token", sa.String(length=64), nullable=False, comment="the page's address"),
        sa.Column("once_key", sa.String(length=120), nullable=False, comment="idempotency key"),
        sa.Column(
            "reference", sa.String(length=80), nullable=False, comment="the program's own reference"
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "amount_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("return_address", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'paid', 'failed', 'cancelled')", name=op.f("ck_demo_payment_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_payment")),
        sa.UniqueConstraint("once_key", name=op.f("uq_demo_payment_once_key")),
        sa.UniqueConstraint("token", name=op.f("uq_demo_payment_token")),
    )
    op.create_table(
        "field_sync",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "epoch", sa.String(length=36), nullable=False, comment="changed by every restore"
        ),
        sa.Column(
            "durable_visit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="visits up to this one are in a verified backup",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_field_sync_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_sync")),
    )
    op.create_table(
        "gateway_event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column(
            "about",
            sa.String(length=255),
            nullable=False,
            comment="the provider's object to look at",
        ),
        sa.Column("received_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("handled_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_event")),
        sa.UniqueConstraint("gateway", "event_id", name=op.f("uq_gateway_event_gateway_event_id")),
    )
    with op.batch_alter_table("gateway_event", schema=None) as batch_op:
        batch_op.create_index("ix_gateway_event_received_at", ["received_at"], unique=False)

    op.create_table(
        "demo_refund",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("once_key", sa.String(length=120), nullable=False, comment="idempotency key"),
        sa.Column(
            "amount_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("made_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["demo_payment.id"], name=op.f("fk_demo_refund_payment_id_demo_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_refund")),
        sa.UniqueConstraint("once_key", name=op.f("uq_demo_refund_once_key")),
    )
    op.create_table(
        "organisation_points",
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "period",
            sa.String(length=10),
            nullable=False,
            comment="all, or the Monday of a week: 2026-06-22",
        ),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "points = documents + money + field + voice",
            name=op.f("ck_organisation_points_lines_make_points"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_organisation_points_coalition_id_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "period", name=op.f("pk_organisation_points")),
    )
    with op.batch_alter_table("organisation_points", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organisation_points_coalition_id_period", ["coalition_id", "period"], unique=False
        )

    op.create_table(
        "campaign_points",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "period",
            sa.String(length=10),
            nullable=False,
            comment="all, or the Monday of a week: 2026-06-22",
        ),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="in whose sum it is; null while the campaign is not active",
        ),
        sa.Column(
            "listed",
            sa.Boolean(),
            nullable=False,
            comment="active, of an organisation that plays, and not opted out",
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "points = documents + money + field + voice",
            name=op.f("ck_campaign_points_lines_make_points"),
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_campaign_points_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["coalition_id", "campaign_id"],
            ["campaign.coalition_id", "campaign.id"],
            name=op.f("fk_campaign_points_coalition_id_campaign_id_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_campaign_points_coalition_id_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "period", name=op.f("pk_campaign_points")),
    )
    with op.batch_alter_table("campaign_points", schema=None) as batch_op:
        batch_op.create_index(
            "ix_campaign_points_coalition_league",
            ["coalition_id", "period", "listed", "points", "campaign_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_campaign_points_organisation_league",
            ["organisation_id", "period", "listed", "points", "campaign_id"],
            unique=False,
        )

    op.create_table(
        "donor",
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
            "mark",
            sa.String(length=64),
            nullable=False,
            comment="keyed hash of the pack's identity questions: recognises, tells nothing",
        ),
        sa.Column(
            "email_mark", sa.String(length=64), nullable=False, comment="keyed hash of the address"
        ),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_donor_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_donor_campaign_id_id")),
        sa.UniqueConstraint("campaign_id", "mark", name=op.f("uq_donor_campaign_id_mark")),
    )
    with op.batch_alter_table("donor", schema=None) as batch_op:
        batch_op.create_index("ix_donor_email_mark", ["campaign_id", "email_mark"], unique=False)

    op.create_table(
        "field_device",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("device", sa.Uuid(), nullable=False, comment="made by the browser"),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("first_seen_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_field_device_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_field_device_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_device")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_field_device_campaign_id_id")),
        sa.UniqueConstraint("device", name=op.f("uq_field_device_device")),
    )
    op.create_table(
        "field_import",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column(
            "file_name", sa.String(length=120), nullable=False, comment="shown, never opened"
        ),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="a map's file in the store while and after it is read",
        ),
        sa.Column("problem", sa.String(length=40), nullable=False, comment="why it failed: a code"),
        sa.Column(
            "staged",
            sa.Text(),
            nullable=True,
            comment="the rows, packed (contacts: sealed); gone once applied, undone or dropped",
        ),
        sa.Column("good", sa.Integer(), nullable=False, comment="rows that can be taken"),
        sa.Column(
            "wrong", sa.JSON(), nullable=False, comment="[line, column, message, parameters]"
        ),
        sa.Column(
            "wrong_total", sa.Integer(), nullable=False, comment="the list keeps only the first"
        ),
        sa.Column("counts", sa.JSON(), nullable=False, comment="what was read or brought"),
        sa.Column(
            "obtained_from",
            sa.String(length=200),
            nullable=False,
            comment="contacts: where the names come from, in words",
        ),
        sa.Column("consent_basis", sa.String(length=40), nullable=False, comment="key in the pack"),
        sa.Column(
            "consent_scope",
            sa.String(length=120),
            nullable=False,
            comment="keys in the pack with commas",
        ),
        sa.Column(
            "consent_source",
            sa.String(length=200),
            nullable=False,
            comment="where the consents themselves are kept",
        ),
        sa.Column(
            "consent_on", sa.Date(), nullable=True, comment="when the last of them was given"
        ),
        sa.Column(
            "handed_in_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("handed_in_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="when it was applied, undone, dropped or failed",
        ),
        sa.CheckConstraint(
            "kind <> 'contacts' OR (obtained_from <> '' AND consent_basis <> '' AND consent_scope <> '' AND consent_source <> '' AND consent_on IS NOT NULL)",
            name=op.f("ck_field_import_consent_is_said"),
        ),
        sa.CheckConstraint(
            "kind IN ('table', 'map', 'contacts')", name=op.f("ck_field_import_kind")
        ),
        sa.CheckConstraint(
            "state IN ('reading', 'staged', 'failed', 'applied', 'undone', 'dropped')",
            name=op.f("ck_field_import_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_field_import_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by"],
            ["person.id"],
            name=op.f("fk_field_import_handed_in_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_import")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_field_import_campaign_id_id")),
    )
    with op.batch_alter_table("field_import", schema=None) as batch_op:
        batch_op.create_index(
            "ix_field_import_campaign_id_state", ["campaign_id", "state"], unique=False
        )

    op.create_table(
        "flyer",
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
            "template",
            sa.String(length=20),
            nullable=False,
            comment="key of the template in the pack",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("colour", sa.String(length=12), nullable=False, comment="one of the four lines"),
        sa.Column("slots", sa.JSON(), nullable=False, comment="text by slot, as last saved"),
        sa.Column("imprint", sa.JSON(), nullable=False, comment="text by field of the imprint"),
        sa.Column(
            "photo",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="rules.content.Photo: file and size in points",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts savings, so that a stale page is noticed",
        ),
        sa.Column(
            "print_digest",
            sa.String(length=64),
            nullable=False,
            comment="the typeset pages of what was last saved",
        ),
        sa.Column(
            "card_digest",
            sa.String(length=64),
            nullable=False,
            comment="the typeset picture of what was last saved",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="the reviewer's reason"),
        sa.Column(
            "approved_day",
            sa.Integer(),
            nullable=True,
            comment="day of approval in the election's zone, as a proleptic ordinal",
        ),
        sa.Column("saved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved')", name=op.f("ck_flyer_state")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_flyer_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_flyer_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_flyer_saved_by_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flyer")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_flyer_campaign_id_id")),
    )
    with op.batch_alter_table("flyer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flyer_facts", ["campaign_id", "state", "approved_day"], unique=False
        )

    op.create_table(
        "kept_standing",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "basis",
            sa.String(length=16),
            nullable=False,
            comment="Names the pack, the days of the election and the rules",
        ),
        sa.Column(
            "good_until",
            sa.Integer(),
            nullable=False,
            comment="First day (ordinal, election's zone) to reckon anew",
        ),
        sa.Column(
            "station",
            sa.String(length=60),
            nullable=True,
            comment="Key of the step to do now; null: none",
        ),
        sa.Column(
            "starts_on",
            sa.Integer(),
            nullable=True,
            comment="Latest sensible start of the station (ordinal)",
        ),
        sa.Column(
            "is_by_law",
            sa.Boolean(),
            nullable=False,
            comment="That start is counted from a day of the law, not of our plan",
        ),
        sa.Column("done", sa.SmallInteger(), nullable=False),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column(
            "moved_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="When its last station was reached, or it began",
        ),
        sa.Column(
            "dues",
            sa.Text(),
            nullable=False,
            comment="Steps not there and their legal days: step=ordinal, by spaces",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_kept_standing_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_kept_standing")),
        comment="Can be emptied at any time: it is reckoned again.",
    )
    op.create_table(
        "league_absence",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_league_absence_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_league_absence")),
    )
    ledger_account = op.create_table(
        "ledger_account",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint(
            "code IN ('provider', 'held_donations', 'donations', 'disputed')",
            name=op.f("ck_ledger_account_code"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ledger_account_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_account")),
        sa.UniqueConstraint("campaign_id", "code", name=op.f("uq_ledger_account_campaign_id_code")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_ledger_account_campaign_id_id")),
    )
    op.create_table(
        "paper",
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
            "kind",
            sa.String(length=60),
            nullable=False,
            comment="key of the document kind in the pack",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "accepted_day",
            sa.Integer(),
            nullable=True,
            comment="day the signed paper was first accepted in the election's zone, as a proleptic ordinal; stays while a newer version is being checked",
        ),
        sa.Column(
            "review_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the last review; no key, because reviews know nothing of papers",
        ),
        sa.Column(
            "note", sa.Text(), nullable=False, comment="the reviewer's reason while it is sent back"
        ),
        sa.Column("changed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'returned', 'accepted')", name=op.f("ck_paper_state")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["person.id"],
            name=op.f("fk_paper_changed_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_paper_campaign_id_id")),
        sa.UniqueConstraint("campaign_id", "kind", name=op.f("uq_paper_campaign_id_kind")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(
            "ix_paper_facts", ["campaign_id", "kind", "state", "accepted_day"], unique=False
        )

    op.create_table(
        "paper_answer",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "key", sa.String(length=60), nullable=False, comment="key of the answer in the pack"
        ),
        sa.Column("value", sa.Text(), nullable=False, comment="as typed; empty when sealed"),
        sa.Column(
            "sealed",
            sa.Text(),
            nullable=False,
            comment="app.sealing: passport, INN and the like; empty when open",
        ),
        sa.Column("unknown", sa.Boolean(), nullable=False, comment="“I don’t know yet” was chosen"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts savings, so that a stale page is noticed",
        ),
        sa.Column("saved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "value = '' OR sealed = ''", name=op.f("ck_paper_answer_open_or_sealed")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_paper_answer_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_answer_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["person.id"],
            name=op.f("fk_paper_answer_saved_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "key", name=op.f("pk_paper_answer")),
    )
    point_entry = op.create_table(
        "point_entry",
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
            comment="of the campaign at that time; null: not yet placed",
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "rule",
            sa.String(length=20),
            nullable=False,
            comment="milestone, paper, flyer, gift, door",
        ),
        sa.Column(
            "source",
            sa.String(length=60),
            nullable=False,
            comment="number of the source's row, or its key in the pack",
        ),
        sa.Column(
            "turn",
            sa.Integer(),
            nullable=False,
            comment="1; 2 when it was taken back and done again ...",
        ),
        sa.Column("points", sa.Integer(), nullable=False, comment="below zero when taken back"),
        sa.Column("line", sa.String(length=10), nullable=False, comment="of the route"),
        sa.Column(
            "takes_back_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("is_claw_back", sa.Boolean(), nullable=False),
        sa.Column(
            "at", app.db.UtcDateTime(timezone=True), nullable=False, comment="of the transaction"
        ),
        sa.Column(
            "day",
            sa.Date(),
            nullable=False,
            comment="whose limit it counts in, in the election's zone; of the award",
        ),
        sa.Column(
            "week", sa.Date(), nullable=False, comment="Monday of the week whose points it changes"
        ),
        sa.CheckConstraint(
            "line IN ('documents', 'money', 'field', 'voice')", name=op.f("ck_point_entry_line")
        ),
        sa.CheckConstraint(
            "is_claw_back = (points < 0) AND points <> 0", name=op.f("ck_point_entry_sign")
        ),
        sa.CheckConstraint(
            "is_claw_back = (takes_back_id IS NOT NULL)",
            name=op.f("ck_point_entry_claw_back_names_award"),
        ),
        sa.CheckConstraint("turn > 0", name=op.f("ck_point_entry_turn_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "takes_back_id"],
            ["point_entry.campaign_id", "point_entry.id"],
            name="fk_point_entry_takes_back",
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "campaign_id"],
            ["campaign.coalition_id", "campaign.id"],
            name=op.f("fk_point_entry_coalition_id_campaign_id_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_point_entry_coalition_id_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_point_entry_campaign_id_id")),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_point_entry_takes_back_id")),
        comment="Append-only; the database refuses to change or delete a line.",
    )
    with op.batch_alter_table("point_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_point_entry_campaign_id_day_rule", ["campaign_id", "day", "rule"], unique=False
        )
        batch_op.create_index(
            "uq_point_entry_source",
            ["campaign_id", "rule", "source", "turn", "is_claw_back"],
            unique=True,
        )

    op.create_table(
        "quarantined_visit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=True),
        sa.Column("device_seq", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "sent", sa.Text(), nullable=False, comment="as JSON in ASCII; cut when it is very long"
        ),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("received_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_quarantined_visit_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_quarantined_visit_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_visit")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_quarantined_visit_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id",
            "person_id",
            "digest",
            name=op.f("uq_quarantined_visit_campaign_id_person_id_digest"),
        ),
    )
    stated_limit = op.create_table(
        "stated_limit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column(
            "amount_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "source", sa.Text(), nullable=False, comment="the paper, as the treasurer names it"
        ),
        sa.Column(
            "by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="a person; no key: the row never changes",
        ),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_stated_limit_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_stated_limit_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_limit")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_stated_limit_campaign_id_id")),
    )
    op.create_table(
        "support_page",
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
            "slug",
            sa.String(length=60),
            nullable=False,
            comment="the end of the page's address, for the whole portal",
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("imprint", sa.Text(), nullable=False, comment="who publishes, with an address"),
        sa.Column(
            "goal_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="minor units of the pack's currency",
        ),
        sa.Column(
            "marks",
            sa.JSON(),
            nullable=False,
            comment="sums on the way: amount_minor and words of each",
        ),
        sa.Column(
            "amounts",
            sa.JSON(),
            nullable=False,
            comment="the three sums offered: amount_minor and words of each",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="the reviewer's reason"),
        sa.Column(
            "shown",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the accepted words, goal, marks and sums; null: not public",
        ),
        sa.Column(
            "before",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="what was shown before the last acceptance, should it be taken back",
        ),
        sa.Column(
            "handed_in",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the version the last review looks at",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="counts savings: a stale form is seen"
        ),
        sa.Column("changed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'accepted', 'returned')",
            name=op.f("ck_support_page_state"),
        ),
        sa.CheckConstraint("goal_minor > 0", name=op.f("ck_support_page_goal")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_support_page_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["person.id"],
            name=op.f("fk_support_page_changed_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_page")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_support_page_campaign_id_id")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_support_page_campaign_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_support_page_slug")),
    )
    op.create_table(
        "turf",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "expires_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="from then on its doors are no longer shown; answers still arrive",
        ),
        sa.Column(
            "ended_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="taken back earlier",
        ),
        sa.Column(
            "assigned_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("assigned_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["person.id"],
            name=op.f("fk_turf_assigned_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_turf_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_turf_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turf")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_turf_campaign_id_id")),
    )
    with op.batch_alter_table("turf", schema=None) as batch_op:
        batch_op.create_index(
            "ix_turf_campaign_id_person_id", ["campaign_id", "person_id"], unique=False
        )

    op.create_table(
        "typeset_sheet",
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
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="marks the sheet and the engine's version; keyed, so it can't be guessed",
        ),
        sa.Column("purpose", sa.String(length=8), nullable=False, comment="preview or issue"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="wanted, ready, failed"),
        sa.Column(
            "sheet",
            sa.Text(),
            nullable=True,
            comment="documents.sheets.Sheet, sealed; null once it is typeset",
        ),
        sa.Column(
            "sha256", sa.String(length=64), nullable=True, comment="of the PDF; names its file"
        ),
        sa.Column("rasters", sa.JSON(), nullable=False, comment="SHA-256 of the PNG of each page"),
        sa.Column(
            "fitted",
            sa.JSON(),
            nullable=False,
            comment="documents.sheets.Fitted: how each text came into its place",
        ),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column(
            "error", sa.String(length=40), nullable=False, comment="code without any word of it"
        ),
        sa.Column("wanted_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ready_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('preview', 'issue')", name=op.f("ck_typeset_sheet_purpose")
        ),
        sa.CheckConstraint(
            "state <> 'ready' OR sha256 IS NOT NULL", name=op.f("ck_typeset_sheet_ready_has_file")
        ),
        sa.CheckConstraint(
            "state = 'wanted' OR sheet IS NULL", name=op.f("ck_typeset_sheet_sheet_is_forgotten")
        ),
        sa.CheckConstraint(
            "state IN ('wanted', 'ready', 'failed')", name=op.f("ck_typeset_sheet_state")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_typeset_sheet_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typeset_sheet")),
        sa.UniqueConstraint(
            "campaign_id",
            "digest",
            "purpose",
            name=op.f("uq_typeset_sheet_campaign_id_digest_purpose"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_typeset_sheet_campaign_id_id")),
    )
    with op.batch_alter_table("typeset_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_typeset_sheet_old", ["purpose", "wanted_at"], unique=False)

    op.create_table(
        "building",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("house", sa.String(length=40), nullable=False),
        sa.Column(
            "address_key",
            sa.String(length=250),
            nullable=False,
            comment="street and house folded, so that one house is not there twice",
        ),
        sa.Column(
            "sort_key",
            sa.String(length=300),
            nullable=False,
            comment="street, then the number of the house padded: 9 before 10",
        ),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column(
            "origin_ref",
            sa.String(length=40),
            nullable=False,
            comment="the OpenStreetMap object, for example way/123",
        ),
        sa.Column("latitude_e7", sa.Integer(), nullable=True, comment="degrees times 10^7"),
        sa.Column("longitude_e7", sa.Integer(), nullable=True, comment="degrees times 10^7"),
        sa.Column(
            "import_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the import that brought it",
        ),
        sa.CheckConstraint("origin IN ('table', 'map', 'demo')", name=op.f("ck_building_origin")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "import_id"],
            ["field_import.campaign_id", "field_import.id"],
            name=op.f("fk_building_campaign_id_import_id_field_import"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_building_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint(
            "campaign_id", "address_key", name=op.f("uq_building_campaign_id_address_key")
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_building_campaign_id_id")),
    )
    op.create_table(
        "donation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("donor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "once_key",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the form's own token: sent twice, kept once",
        ),
        sa.Column(
            "sealed",
            sa.Text(),
            nullable=False,
            comment="sealed JSON: email and the answers to the pack's questions",
        ),
        sa.Column(
            "language",
            sa.String(length=2),
            nullable=False,
            comment="in which the giver is written to",
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "amount_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="minor units, as asked of the giver",
        ),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False, comment="part of the idempotency key"),
        sa.Column(
            "payment",
            sa.String(length=12),
            nullable=False,
            comment="what the provider's page came to",
        ),
        sa.Column(
            "session_ref", sa.String(length=255), nullable=True, comment="the provider's page"
        ),
        sa.Column("page_address", sa.Text(), nullable=True, comment="where the giver pays"),
        sa.Column(
            "charge_ref", sa.String(length=255), nullable=True, comment="the provider's payment"
        ),
        sa.Column(
            "captured_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "cleared_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="of it, what counts",
        ),
        sa.Column(
            "refunded_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "lost_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="taken back by a bank",
        ),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column(
            "received_on",
            sa.Date(),
            nullable=True,
            comment="day of the payment in the election's zone: the legal clock's first day",
        ),
        sa.Column("return_by", sa.Date(), nullable=True, comment="last lawful day to return it"),
        sa.Column(
            "reasons",
            sa.JSON(),
            nullable=False,
            comment="keys of the pack's checks that hold it or turned it down",
        ),
        sa.Column(
            "warned_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="when the treasurer was reminded of the legal clock",
        ),
        sa.Column(
            "receipt_digest",
            sa.String(length=64),
            nullable=True,
            comment="the typeset sheet of its receipt",
        ),
        sa.Column(
            "wished_back_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="when the giver asked for a gift back that counts already",
        ),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("changed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('started', 'expired', 'failed', 'cancelled', 'paid_held', 'cleared', 'refund_due', 'refunding', 'refunded', 'part_refunded', 'refund_failed', 'disputed', 'lost')",
            name=op.f("ck_donation_state"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_donation_amount")),
        sa.CheckConstraint(
            "cleared_minor >= 0 AND refunded_minor >= 0 AND lost_minor >= 0 AND cleared_minor + refunded_minor + lost_minor <= captured_minor",
            name=op.f("ck_donation_parts_of_the_captured"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donor_id"],
            ["donor.campaign_id", "donor.id"],
            name=op.f("fk_donation_campaign_id_donor_id_donor"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_donation_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donation")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_donation_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id", "once_key", name=op.f("uq_donation_campaign_id_once_key")
        ),
        sa.UniqueConstraint("gateway", "charge_ref", name=op.f("uq_donation_gateway_charge_ref")),
        sa.UniqueConstraint("gateway", "session_ref", name=op.f("uq_donation_gateway_session_ref")),
    )
    with op.batch_alter_table("donation", schema=None) as batch_op:
        batch_op.create_index("ix_donation_donor", ["campaign_id", "donor_id"], unique=False)
        batch_op.create_index(
            "ix_donation_held",
            ["campaign_id", "return_by", "id"],
            unique=False,
            sqlite_where=sa.text("captured_minor > cleared_minor + refunded_minor + lost_minor"),
            postgresql_where=sa.text(
                "captured_minor > cleared_minor + refunded_minor + lost_minor"
            ),
        )
        batch_op.create_index(
            "ix_donation_open",
            ["created_at", "id"],
            unique=False,
            sqlite_where=sa.text("payment = 'open'"),
            postgresql_where=sa.text("payment = 'open'"),
        )
        batch_op.create_index(
            "ix_donation_shown", ["campaign_id", "cleared_minor", "donor_id"], unique=False
        )

    op.create_table(
        "flyer_photo",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("flyer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="of the kept bytes; names the file",
        ),
        sa.Column("uploaded_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "flyer_id"],
            ["flyer.campaign_id", "flyer.id"],
            name=op.f("fk_flyer_photo_campaign_id_flyer_id_flyer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_flyer_photo_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["person.id"],
            name=op.f("fk_flyer_photo_uploaded_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "flyer_id", "sha256", name=op.f("pk_flyer_photo")),
    )
    op.create_table(
        "flyer_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("flyer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "review_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="no key, because reviews know nothing of flyers",
        ),
        sa.Column("content", sa.JSON(), nullable=False, comment="rules.content.Content"),
        sa.Column(
            "pack_version",
            sa.String(length=10),
            nullable=False,
            comment="day of the pack it was held to",
        ),
        sa.Column("warnings", sa.JSON(), nullable=False, comment="rules that warned, by key"),
        sa.Column(
            "print_sha256", sa.String(length=64), nullable=False, comment="of the printer's PDF"
        ),
        sa.Column(
            "front_sha256", sa.String(length=64), nullable=False, comment="PNG of the first page"
        ),
        sa.Column(
            "back_sha256", sa.String(length=64), nullable=False, comment="PNG of the second page"
        ),
        sa.Column(
            "card_sha256", sa.String(length=64), nullable=False, comment="PNG for the internet"
        ),
        sa.Column("handed_in_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "handed_in_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("approved_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_flyer_version_number")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "flyer_id"],
            ["flyer.campaign_id", "flyer.id"],
            name=op.f("fk_flyer_version_campaign_id_flyer_id_flyer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_flyer_version_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by"],
            ["person.id"],
            name=op.f("fk_flyer_version_handed_in_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flyer_version")),
        sa.UniqueConstraint(
            "campaign_id",
            "flyer_id",
            "number",
            name=op.f("uq_flyer_version_campaign_id_flyer_id_number"),
        ),
        sa.UniqueConstraint("review_id", name=op.f("uq_flyer_version_review_id")),
    )
    op.create_table(
        "paper_issue",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="1 for the first issue of this paper"
        ),
        sa.Column("number", sa.String(length=60), nullable=False, comment="printed on every page"),
        sa.Column(
            "check_token",
            sa.String(length=32),
            nullable=False,
            comment="in the address of the check page, which the QR code leads to",
        ),
        sa.Column(
            "form_version",
            sa.String(length=40),
            nullable=False,
            comment="version of the form in the pack that was printed",
        ),
        sa.Column(
            "official",
            sa.Boolean(),
            nullable=False,
            comment="whether its wording had been verified then",
        ),
        sa.Column(
            "snapshot",
            sa.Text(),
            nullable=False,
            comment="sealed JSON of rules.snapshots.Snapshot: answers and the sheet as printed",
        ),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="of the sheet, as typesetting knows it",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="of the PDF; names the file; empty until it is typeset",
        ),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("issued_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(state = 'ready') = (sha256 <> '')", name=op.f("ck_paper_issue_ready_has_file")
        ),
        sa.CheckConstraint(
            "state IN ('wanted', 'ready', 'failed')", name=op.f("ck_paper_issue_state")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_paper_issue_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "paper_id"],
            ["paper.campaign_id", "paper.id"],
            name=op.f("fk_paper_issue_campaign_id_paper_id_paper"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_issue_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["person.id"],
            name=op.f("fk_paper_issue_issued_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_issue")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_paper_issue_campaign_id_id")),
        sa.UniqueConstraint("check_token", name=op.f("uq_paper_issue_check_token")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_issue_number")),
        sa.UniqueConstraint("paper_id", "version", name=op.f("uq_paper_issue_paper_id_version")),
    )
    with op.batch_alter_table("paper_issue", schema=None) as batch_op:
        batch_op.create_index("ix_paper_issue_wanted", ["campaign_id", "digest"], unique=False)

    donation_step = op.create_table(
        "donation_step",
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
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('started', 'expired', 'failed', 'cancelled', 'paid_held', 'cleared', 'refund_due', 'refunding', 'refunded', 'part_refunded', 'refund_failed', 'disputed', 'lost')",
            name=op.f("ck_donation_step_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_donation_step_campaign_id_donation_id_donation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donation_step")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_donation_step_campaign_id_id")),
    )
    with op.batch_alter_table("donation_step", schema=None) as batch_op:
        batch_op.create_index(
            "ix_donation_step_donation", ["campaign_id", "donation_id", "id"], unique=False
        )

    op.create_table(
        "entrance",
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
            "building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "label",
            sa.String(length=20),
            nullable=False,
            comment="as written on the house; may be empty",
        ),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="order along the house, from 1"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "building_id"],
            ["building.campaign_id", "building.id"],
            name=op.f("fk_entrance_campaign_id_building_id_building"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_entrance_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrance")),
        sa.UniqueConstraint(
            "campaign_id",
            "building_id",
            "label",
            name=op.f("uq_entrance_campaign_id_building_id_label"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_entrance_campaign_id_id")),
    )
    gift_check = op.create_table(
        "gift_check",
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
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column(
            "by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="a person; no key: the row never changes",
        ),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_gift_check_campaign_id_donation_id_donation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_check")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_gift_check_campaign_id_id")),
    )
    with op.batch_alter_table("gift_check", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gift_check_donation", ["campaign_id", "donation_id", "id"], unique=False
        )

    ledger_transaction = op.create_table(
        "ledger_transaction",
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
        sa.Column(
            "posting_key",
            sa.String(length=330),
            nullable=False,
            comment="what is posted, for ever unique: capture:<gateway>:<charge> ...",
        ),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_ledger_transaction_campaign_id_donation_id_donation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transaction")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_ledger_transaction_campaign_id_id")),
        sa.UniqueConstraint("posting_key", name=op.f("uq_ledger_transaction_posting_key")),
    )
    op.create_table(
        "opinion_tally",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "building_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "building_id"],
            ["building.campaign_id", "building.id"],
            name=op.f("fk_opinion_tally_campaign_id_building_id_building"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "building_id", "level", name=op.f("pk_opinion_tally")
        ),
    )
    op.create_table(
        "paper_round",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("scans", sa.JSON(), nullable=False, comment="ids of the scans, in order"),
        sa.Column("handed_in_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "issue_id"],
            ["paper_issue.campaign_id", "paper_issue.id"],
            name=op.f("fk_paper_round_campaign_id_issue_id_paper_issue"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "paper_id"],
            ["paper.campaign_id", "paper.id"],
            name=op.f("fk_paper_round_campaign_id_paper_id_paper"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_round_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_round")),
        sa.UniqueConstraint(
            "campaign_id",
            "paper_id",
            "round",
            name=op.f("uq_paper_round_campaign_id_paper_id_round"),
        ),
        sa.UniqueConstraint("review_id", name=op.f("uq_paper_round_review_id")),
    )
    op.create_table(
        "paper_scan",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "issue_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the newest version when it was uploaded",
        ),
        sa.Column(
            "name",
            sa.String(length=120),
            nullable=False,
            comment="shown name, cleaned, with extension",
        ),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="of the kept bytes; names the file",
        ),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column(
            "code",
            sa.String(length=12),
            nullable=False,
            comment="what its QR code said: rules.scans.CodeVerdict",
        ),
        sa.Column(
            "code_number",
            sa.String(length=60),
            nullable=False,
            comment="number of the document the code belongs to",
        ),
        sa.Column("uploaded_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "removed_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="taken away, kept for the rounds it was handed in with",
        ),
        sa.CheckConstraint(
            "code IN ('match', 'older', 'other', 'foreign', 'none', 'unread')",
            name=op.f("ck_paper_scan_code"),
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_paper_scan_size")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "issue_id"],
            ["paper_issue.campaign_id", "paper_issue.id"],
            name=op.f("fk_paper_scan_campaign_id_issue_id_paper_issue"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "paper_id"],
            ["paper.campaign_id", "paper.id"],
            name=op.f("fk_paper_scan_campaign_id_paper_id_paper"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_paper_scan_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["person.id"],
            name=op.f("fk_paper_scan_uploaded_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_scan")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_paper_scan_campaign_id_id")),
    )
    with op.batch_alter_table("paper_scan", schema=None) as batch_op:
        batch_op.create_index(
            "uq_paper_scan_kept",
            ["campaign_id", "paper_id", "sha256"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "refund",
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
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="1, 2 ... for each gift; in the idempotency key",
        ),
        sa.Column(
            "amount_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "cause", sa.String(length=12), nullable=False, comment="who or what asked for it"
        ),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("provider_ref", sa.String(length=255), nullable=True),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('rules', 'treasurer', 'donor', 'clock')", name=op.f("ck_refund_cause")
        ),
        sa.CheckConstraint(
            "state IN ('due', 'sent', 'done', 'failed')", name=op.f("ck_refund_state")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refund_amount")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_refund_asked_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_refund_campaign_id_donation_id_donation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint(
            "campaign_id",
            "donation_id",
            "number",
            name=op.f("uq_refund_campaign_id_donation_id_number"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_refund_campaign_id_id")),
    )
    verdict = op.create_table(
        "verdict",
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
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 ... for each gift"),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column(
            "clear_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "return_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reasons", sa.JSON(), nullable=False, comment="keys of the pack's checks"),
        sa.Column(
            "limits",
            sa.JSON(),
            nullable=False,
            comment="limits that held then, by check, in minor units",
        ),
        sa.Column("pack_id", sa.String(length=64), nullable=False),
        sa.Column("pack_version", sa.String(length=20), nullable=False),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('clear', 'hold', 'return')", name=op.f("ck_verdict_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "donation_id"],
            ["donation.campaign_id", "donation.id"],
            name=op.f("fk_verdict_campaign_id_donation_id_donation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint(
            "campaign_id",
            "donation_id",
            "number",
            name=op.f("uq_verdict_campaign_id_donation_id_number"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_verdict_campaign_id_id")),
    )
    op.create_table(
        "door",
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
            "entrance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "label",
            sa.String(length=20),
            nullable=False,
            comment="number of the flat; empty: the house",
        ),
        sa.Column("floor", sa.Integer(), nullable=True, comment="null: not known"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="order inside the entrance, from 1"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "entrance_id"],
            ["entrance.campaign_id", "entrance.id"],
            name=op.f("fk_door_campaign_id_entrance_id_entrance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_door_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door")),
        sa.UniqueConstraint(
            "campaign_id",
            "entrance_id",
            "label",
            name=op.f("uq_door_campaign_id_entrance_id_label"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_door_campaign_id_id")),
    )
    ledger_entry = op.create_table(
        "ledger_entry",
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
            "transaction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "amount_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="signed minor units",
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_ledger_entry_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "account_id"],
            ["ledger_account.campaign_id", "ledger_account.id"],
            name=op.f("fk_ledger_entry_campaign_id_account_id_ledger_account"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "transaction_id"],
            ["ledger_transaction.campaign_id", "ledger_transaction.id"],
            name=op.f("fk_ledger_entry_campaign_id_transaction_id_ledger_transaction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint(
            "campaign_id",
            "transaction_id",
            "account_id",
            name=op.f("uq_ledger_entry_campaign_id_transaction_id_account_id"),
        ),
    )
    op.create_table(
        "turf_entrance",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("turf_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "entrance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "entrance_id"],
            ["entrance.campaign_id", "entrance.id"],
            name=op.f("fk_turf_entrance_campaign_id_entrance_id_entrance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "turf_id"],
            ["turf.campaign_id", "turf.id"],
            name=op.f("fk_turf_entrance_campaign_id_turf_id_turf"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "turf_id", "entrance_id", name=op.f("pk_turf_entrance")
        ),
    )
    with op.batch_alter_table("turf_entrance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_turf_entrance_campaign_id_entrance_id", ["campaign_id", "entrance_id"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("door_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column(
            "phone_sealed",
            sa.Text(),
            nullable=False,
            comment="E.164, sealed; empty when no number was given",
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column(
            "obtained_from",
            sa.String(length=200),
            nullable=False,
            comment="where the name comes from",
        ),
        sa.Column(
            "obtained_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="when it was taken in here",
        ),
        sa.Column(
            "obtained_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("consent_basis", sa.String(length=40), nullable=False, comment="key in the pack"),
        sa.Column(
            "consent_scope",
            sa.String(length=120),
            nullable=False,
            comment="what was agreed to: keys in the pack with commas",
        ),
        sa.Column(
            "consent_source",
            sa.String(length=200),
            nullable=False,
            comment="where the consent is kept",
        ),
        sa.Column("consent_on", sa.Date(), nullable=False, comment="when it was given"),
        sa.CheckConstraint("first_name <> ''", name=op.f("ck_contact_first_name")),
        sa.CheckConstraint(
            "obtained_from <> '' AND consent_basis <> '' AND consent_scope <> '' AND consent_source <> ''",
            name=op.f("ck_contact_consent_is_said"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "door_id"],
            ["door.campaign_id", "door.id"],
            name=op.f("fk_contact_campaign_id_door_id_door"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "import_id"],
            ["field_import.campaign_id", "field_import.id"],
            name=op.f("fk_contact_campaign_id_import_id_field_import"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_contact_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["obtained_by"],
            ["person.id"],
            name=op.f("fk_contact_obtained_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "campaign_id",
            "door_id",
            "first_name",
            name=op.f("uq_contact_campaign_id_door_id_first_name"),
        ),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_contact_campaign_id_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_import_id", ["campaign_id", "import_id"], unique=False)

    op.create_table(
        "door_flag",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("door_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("flag", sa.String(length=20), nullable=False, comment="rules.STANDING"),
        sa.Column(
            "visit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the observation that set it",
        ),
        sa.Column("set_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False, comment="why it was lifted"),
        sa.CheckConstraint(
            "lifted_at IS NULL OR reason <> ''", name=op.f("ck_door_flag_lifted_with_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "door_id"],
            ["door.campaign_id", "door.id"],
            name=op.f("fk_door_flag_campaign_id_door_id_door"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_door_flag_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"],
            ["person.id"],
            name=op.f("fk_door_flag_lifted_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_flag")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_door_flag_campaign_id_id")),
    )
    with op.batch_alter_table("door_flag", schema=None) as batch_op:
        batch_op.create_index(
            "uq_door_flag_standing",
            ["campaign_id", "door_id", "flag"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "logged_door",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("door_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "visit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the visit that stands for it",
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "verified",
            sa.Boolean(),
            nullable=False,
            comment="whether the visit's pace is plausible",
        ),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "door_id"],
            ["door.campaign_id", "door.id"],
            name=op.f("fk_logged_door_campaign_id_door_id_door"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_logged_door_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "door_id", name=op.f("pk_logged_door")),
    )
    visit = op.create_table(
        "visit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("door_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("observation", sa.Uuid(), nullable=False, comment="made by the phone"),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), nullable=False, comment="from 1 without a gap"),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of what was sent: the same again is a duplicate",
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "turf_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the turf it was walked under; no key, because a turf may be gone by then",
        ),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("of", sa.Uuid(), nullable=True, comment="the observation corrected or retracted"),
        sa.Column(
            "outcome",
            sa.String(length=40),
            nullable=False,
            comment="key in the pack; empty: retraction",
        ),
        sa.Column(
            "support",
            sa.Integer(),
            nullable=True,
            comment="level of the pack; null: not said, or there is no consent to keep it at a door",
        ),
        sa.Column("marks", sa.JSON(), nullable=False, comment="keys in the pack"),
        sa.Column(
            "noted_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="by the phone's clock",
        ),
        sa.Column(
            "skew_ms",
            sa.BigInteger(),
            nullable=False,
            comment="server's clock minus the phone's when it was sent",
        ),
        sa.Column("received_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "plausible", sa.Boolean(), nullable=False, comment="not part of a burst nobody can walk"
        ),
        sa.CheckConstraint(
            "kind IN ('visit', 'correction', 'retraction')", name=op.f("ck_visit_kind")
        ),
        sa.CheckConstraint("device_seq > 0", name=op.f("ck_visit_device_seq")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "door_id"],
            ["door.campaign_id", "door.id"],
            name=op.f("fk_visit_campaign_id_door_id_door"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_visit_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_visit_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_visit_campaign_id_id")),
        sa.UniqueConstraint("device", "device_seq", name=op.f("uq_visit_device_device_seq")),
        sa.UniqueConstraint("observation", name=op.f("uq_visit_observation")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_campaign_id_door_id", ["campaign_id", "door_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_visit_campaign_id_person_id_noted_at",
            ["campaign_id", "person_id", "noted_at"],
            unique=False,
        )

    dialect = op.get_bind().dialect.name
    for table in (
        ledger_account,
        ledger_transaction,
        ledger_entry,
        verdict,
        donation_step,
        gift_check,
        stated_limit,
        point_entry,
    ):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
    for statement in append_only_ddl(visit, dialect, forgets="person_id"):
        op.execute(statement)
