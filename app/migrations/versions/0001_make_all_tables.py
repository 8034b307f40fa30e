"""Make all tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.db
from app.append_only import append_only_ddl

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and the triggers that keep the audit log append-only."""
    op.create_table(
        "audit_check",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("checked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "head_number", sa.BigInteger(), nullable=False, comment="last entry; 0 in an empty log"
        ),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "broken_at",
            sa.BigInteger(),
            nullable=True,
            comment="first entry that does not hold; null: the chain is whole",
        ),
        sa.Column(
            "reason", sa.String(length=20), nullable=False, comment="rules.Break.reason, or empty"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    audit_entry = op.create_table(
        "audit_entry",
        sa.Column(
            "number",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3 ... without a gap",
        ),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True, comment="person, or the program"),
        sa.Column("action", sa.String(length=64), nullable=False, comment="a code: feature.verb"),
        sa.Column("subject_kind", sa.String(length=40), nullable=False, comment="a table's name"),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "coalition_id",
            sa.BigInteger(),
            nullable=True,
            comment="whose log this is part of; null: of none",
        ),
        sa.Column("detail", sa.JSON(), nullable=False, comment="codes and numbers only"),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "hash", sa.String(length=64), nullable=False, comment="SHA-256 over this and all before"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_campaign_id", ["campaign_id", "number"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_coalition_id", ["coalition_id", "number"], unique=False
        )
        batch_op.create_index(
            "ix_audit_entry_subject", ["subject_kind", "subject_id", "number"], unique=False
        )

    op.create_table(
        "coalition",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=60), nullable=False, comment="short name in addresses"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "language",
            sa.String(length=8),
            nullable=False,
            comment="of its letters by default: ru, en",
        ),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coalition")),
        sa.UniqueConstraint("slug", name=op.f("uq_coalition_slug")),
    )
    op.create_table(
        "job",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.String(length=64),
            nullable=False,
            comment="name of the handler, feature.verb",
        ),
        sa.Column(
            "payload",
            sa.JSON(),
            nullable=False,
            comment="ids and codes only: a job's row outlives what it speaks of",
        ),
        sa.Column(
            "unique_key", sa.String(length=200), nullable=True, comment="asked for twice, done once"
        ),
        sa.Column(
            "run_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="not before this moment",
        ),
        sa.Column(
            "attempts", sa.Integer(), nullable=False, comment="counted when leased, not when failed"
        ),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("leased_until", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "failed_at", app.db.UtcDateTime(timezone=True), nullable=True, comment="given up"
        ),
        sa.Column(
            "error",
            sa.Text(),
            nullable=True,
            comment="kind and place of the last exception, never its message",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_waiting",
            ["run_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        )

    op.create_table(
        "letter",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "token",
            sa.String(length=64),
            nullable=False,
            comment="makes the Message-ID, the same at every attempt",
        ),
        sa.Column(
            "once_key",
            sa.String(length=200),
            nullable=True,
            comment="asked for twice, written once",
        ),
        sa.Column(
            "to_address",
            sa.String(length=254),
            nullable=False,
            comment="ASCII form, as given to SMTP",
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=250), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="also the Date header",
        ),
        sa.Column("sent_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "refused_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="never sent, for good",
        ),
        sa.Column("refusal", sa.String(length=40), nullable=True, comment="a code, e.g. smtp-550"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("once_key", name=op.f("uq_letter_once_key")),
        sa.UniqueConstraint("token", name=op.f("uq_letter_token")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_created_at", ["created_at", "id"], unique=False)

    op.create_table(
        "person",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "login",
            sa.String(length=254),
            nullable=True,
            comment="mail address, NFKC and casefolded; null until the address is confirmed",
        ),
        sa.Column(
            "email", sa.String(length=254), nullable=False, comment="where letters go, as typed"
        ),
        sa.Column("email_confirmed_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "phone", sa.String(length=32), nullable=True, comment="as typed, only for calling back"
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column(
            "password_hash",
            sa.String(length=200),
            nullable=True,
            comment="argon2id, with its own salt and cost",
        ),
        sa.Column(
            "totp_secret",
            sa.String(length=200),
            nullable=True,
            comment="base32, sealed with the program's key",
        ),
        sa.Column(
            "totp_confirmed_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="null: begun and not finished, the second factor does not count",
        ),
        sa.Column(
            "totp_last_step",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="30-second step of the last code taken; no code works twice",
        ),
        sa.Column("suspended_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "merged_into_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the account that took this one's applications over",
        ),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("theme IN ('light', 'dark', 'auto')", name=op.f("ck_person_theme")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_email", ["email"], unique=False)

    op.create_table(
        "sign_in_lock",
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="kind and SHA-256 of a login or address prefix",
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("locked_until", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_lock")),
    )
    op.create_table(
        "suppressed_address",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="a code, e.g. smtp-550"),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppressed_address")),
    )
    op.create_table(
        "worker_beat",
        sa.Column("name", sa.String(length=80), nullable=False, comment="host:pid:random"),
        sa.Column("started_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker_beat")),
    )
    op.create_table(
        "consent_record",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("purpose", sa.String(length=40), nullable=False, comment="sign_up"),
        sa.Column("version", sa.String(length=20), nullable=False, comment="date of the wording"),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="the text as it was shown"),
        sa.Column("given_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_record_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_record")),
    )
    with op.batch_alter_table("consent_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_record_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "election",
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
            "pack_id", sa.String(length=80), nullable=False, comment="folder name in quests/packs"
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "published_on",
            sa.Date(),
            nullable=True,
            comment="day the decision to hold the election was published; null: not yet known",
        ),
        sa.Column(
            "polling_day",
            sa.Date(),
            nullable=False,
            comment="the last one when polls last several days",
        ),
        sa.Column("first_polling_day", sa.Date(), nullable=True, comment="null: one polling day"),
        sa.Column(
            "timezone", sa.String(length=60), nullable=False, comment="IANA name, Europe/Moscow"
        ),
        sa.Column(
            "sign_up_open",
            sa.Boolean(),
            nullable=False,
            comment="whether visitors may sign up as candidates",
        ),
        sa.CheckConstraint(
            "first_polling_day IS NULL OR first_polling_day <= polling_day",
            name=op.f("ck_election_first_polling_day_not_after_polling_day"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_election_coalition_id_coalition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("coalition_id", "id", name=op.f("uq_election_coalition_id_id")),
        info={"shown_to_all": "visitors choose an election when they sign up"},
    )
    op.create_table(
        "email_confirmation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "email", sa.String(length=254), nullable=False, comment="the address that is proved"
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256, hex"),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_email_confirmation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_confirmation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_email_confirmation_token_hash")),
    )
    with op.batch_alter_table("email_confirmation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_email_confirmation_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "short_name",
            sa.String(length=40),
            nullable=False,
            comment="for tables and small screens",
        ),
        sa.Column(
            "capacity",
            sa.Integer(),
            nullable=False,
            comment="active people it can count on, stated by the organisation; divisor of the index",
        ),
        sa.Column("game_on", sa.Boolean(), nullable=False, comment="False: route without points"),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_organisation_capacity_positive")),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_organisation_coalition_id_coalition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("coalition_id", "id", name=op.f("uq_organisation_coalition_id_id")),
        sa.UniqueConstraint("coalition_id", "name", name=op.f("uq_organisation_coalition_id_name")),
        info={"shown_to_all": "visitors choose an organisation when they sign up"},
    )
    op.create_table(
        "password_reset",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256, hex"),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_password_reset_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_password_reset_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "recovery_code",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "code_hash",
            sa.String(length=64),
            nullable=False,
            comment="Seal.mark, keyed with the program's key, hex",
        ),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256, hex"),
        sa.Column(
            "device",
            sa.String(length=60),
            nullable=False,
            comment="browser and system in two words; the full user agent is not kept",
        ),
        sa.Column("second_factor_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "idle_s",
            sa.Integer(),
            nullable=False,
            comment="seconds without a visit after which it ends",
        ),
        sa.Column("started_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "seen_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="renewed every ten minutes",
        ),
        sa.Column(
            "expires_at", app.db.UtcDateTime(timezone=True), nullable=False, comment="absolute end"
        ),
        sa.Column("ended_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_in_person_id_ended_at", ["person_id", "ended_at"], unique=False
        )

    op.create_table(
        "district",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "election_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "council", sa.String(length=200), nullable=False, comment="the body that is elected"
        ),
        sa.Column(
            "number",
            sa.String(length=20),
            nullable=False,
            comment="as the commission writes it; empty where there are only names",
        ),
        sa.Column(
            "name",
            sa.String(length=200),
            nullable=False,
            comment="may be empty where districts have numbers",
        ),
        sa.Column("seats", sa.Integer(), nullable=True, comment="mandates; null: not yet known"),
        sa.Column(
            "electors",
            sa.Integer(),
            nullable=True,
            comment="registered voters; null: not yet known",
        ),
        sa.Column(
            "places_text",
            sa.Text(),
            nullable=False,
            comment="streets and houses in words, for finding one's district",
        ),
        sa.Column(
            "search_text",
            sa.Text(),
            nullable=False,
            comment="council, number, name and places, folded by rules.places",
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_district_election_id_election")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("election_id", "id", name=op.f("uq_district_election_id_id")),
    )
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.create_index(
            "uq_district_election_id_council_name_unnumbered",
            ["election_id", "council", "name"],
            unique=True,
            sqlite_where=sa.text("number = ''"),
            postgresql_where=sa.text("number = ''"),
        )
        batch_op.create_index(
            "uq_district_election_id_council_number_numbered",
            ["election_id", "council", "number"],
            unique=True,
            sqlite_where=sa.text("number <> ''"),
            postgresql_where=sa.text("number <> ''"),
        )

    op.create_table(
        "staff",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "role",
            sa.String(length=20),
            nullable=False,
            comment="lawyer and designer only make a person assignable; they open nothing themselves",
        ),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('coordinator', 'chief', 'auditor', 'lawyer', 'designer')",
            name=op.f("ck_staff_role"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_staff_coalition_id_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_staff_coalition_id_coalition")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint(
            "person_id",
            "coalition_id",
            "organisation_id",
            "role",
            name=op.f("uq_staff_person_id_coalition_id_organisation_id_role"),
        ),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(
            "ix_staff_coalition_id_organisation_id",
            ["coalition_id", "organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_staff_person_id_coalition_id_role_everywhere",
            ["person_id", "coalition_id", "role"],
            unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )

    op.create_table(
        "campaign",
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
            comment="null: asked to be placed, and not yet placed",
        ),
        sa.Column(
            "election_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "district_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "candidate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "title", sa.String(length=200), nullable=False, comment="the candidate's name as shown"
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "state_reason",
            sa.Text(),
            nullable=False,
            comment="why it was declined, in the coordinator's words",
        ),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "decided_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="of the interview",
        ),
        sa.Column(
            "once_key",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the sign-up form's own token: sent twice, kept once",
        ),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "last_active_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="when its team last did something here",
        ),
        sa.CheckConstraint(
            "state <> 'active' OR organisation_id IS NOT NULL",
            name=op.f("ck_campaign_active_has_organisation"),
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'active', 'declined', 'withdrawn', 'closed')",
            name=op.f("ck_campaign_state"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["person.id"], name=op.f("fk_campaign_candidate_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "election_id"],
            ["election.coalition_id", "election.id"],
            name=op.f("fk_campaign_coalition_id_election_id_election"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_campaign_coalition_id_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_campaign_coalition_id_coalition")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_campaign_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["district.election_id", "district.id"],
            name=op.f("fk_campaign_election_id_district_id_district"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("coalition_id", "id", name=op.f("uq_campaign_coalition_id_id")),
        sa.UniqueConstraint("once_key", name=op.f("uq_campaign_once_key")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_candidate_id"), ["candidate_id"], unique=False
        )
        batch_op.create_index(
            "ix_campaign_coalition_id_organisation_id_state",
            ["coalition_id", "organisation_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            "ix_campaign_election_id_district_id", ["election_id", "district_id"], unique=False
        )
        batch_op.create_index(
            "uq_campaign_candidate_id_election_id_running",
            ["candidate_id", "election_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('applied', 'active')"),
            postgresql_where=sa.text("state IN ('applied', 'active')"),
        )

    op.create_table(
        "answer",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "name",
            sa.String(length=130),
            nullable=False,
            comment="name of the fact, answer:<step>:<field>",
        ),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_answer_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_facts", ["name", "campaign_id", "value"], unique=False)

    op.create_table(
        "answer_sheet",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False, comment="text by field, as last saved"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts savings, so that a stale page is noticed",
        ),
        sa.Column("saved_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_answer_sheet_version")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_answer_sheet_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["person.id"],
            name=op.f("fk_answer_sheet_saved_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step_key", name=op.f("pk_answer_sheet")),
    )
    op.create_table(
        "assignment",
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
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('lawyer', 'designer')", name=op.f("ck_assignment_role")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_assignment_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_assignment_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id",
            "person_id",
            "role",
            name=op.f("uq_assignment_campaign_id_person_id_role"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_feed",
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
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256, hex"),
        sa.Column(
            "created_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="of the present link",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_calendar_feed_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_calendar_feed_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id", "person_id", name=op.f("uq_calendar_feed_campaign_id_person_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column(
            "evidence_key",
            sa.String(length=60),
            nullable=False,
            comment="key of the evidence in the pack",
        ),
        sa.Column(
            "kind",
            sa.String(length=12),
            nullable=False,
            comment="form, upload, checklist, quiz, meeting",
        ),
        sa.Column(
            "queue",
            sa.String(length=16),
            nullable=False,
            comment="queue it is reviewed in; empty: counts without a review",
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "count",
            sa.Integer(),
            nullable=False,
            comment="files, ticks, right answers or 1: what the pack's need is held against",
        ),
        sa.Column(
            "proved_day",
            sa.Integer(),
            nullable=True,
            comment="day it was first proved in the election's zone, as a proleptic ordinal; stays while a repeatable step is being done again",
        ),
        sa.Column(
            "review_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the last review; no key, because reviews know nothing of evidence",
        ),
        sa.Column(
            "note", sa.Text(), nullable=False, comment="the reviewer's reason while it is sent back"
        ),
        sa.Column("changed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'accepted', 'returned')",
            name=op.f("ck_evidence_state"),
        ),
        sa.CheckConstraint("count >= 0", name=op.f("ck_evidence_count")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_evidence_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["person.id"],
            name=op.f("fk_evidence_changed_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_evidence_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id",
            "step_key",
            "evidence_key",
            name=op.f("uq_evidence_campaign_id_step_key_evidence_key"),
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evidence_facts",
            ["campaign_id", "step_key", "evidence_key", "state", "count", "proved_day"],
            unique=False,
        )

    op.create_table(
        "invitation",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256, hex"),
        sa.Column(
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "campaign_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="set for team roles only",
        ),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False, comment="whom the inviter means"),
        sa.Column("email", sa.String(length=254), nullable=False, comment="where the letter went"),
        sa.Column(
            "invited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "accepted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revoked_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "accepted_at IS NULL OR revoked_at IS NULL", name=op.f("ck_invitation_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_invitation_accepted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "campaign_id"],
            ["campaign.coalition_id", "campaign.id"],
            name=op.f("fk_invitation_coalition_id_campaign_id_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "organisation_id"],
            ["organisation.coalition_id", "organisation.id"],
            name=op.f("fk_invitation_coalition_id_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_invitation_coalition_id_coalition")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_campaign_id", ["campaign_id"], unique=False)
        batch_op.create_index(
            "ix_invitation_coalition_id_organisation_id",
            ["coalition_id", "organisation_id"],
            unique=False,
        )

    op.create_table(
        "milestone",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "step_key",
            sa.String(length=60),
            nullable=False,
            comment="Key of the step in the election's pack",
        ),
        sa.Column(
            "reached_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="Of the transaction that completed it, or 0:00 of the day that did",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_milestone_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step_key", name=op.f("pk_milestone")),
        comment="First time a step was done; kept when the pack changes.",
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            "ix_milestone_campaign_id_reached_at", ["campaign_id", "reached_at"], unique=False
        )

    op.create_table(
        "question",
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
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "language", sa.String(length=8), nullable=False, comment="of the page it was asked on"
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="the question as typed"),
        sa.Column(
            "audience",
            sa.String(length=10),
            nullable=False,
            comment="private: the team and those who answer; coalition: everybody in it",
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column(
            "stems",
            sa.Text(),
            nullable=False,
            comment="stems of question and answers, space before and after each; for search",
        ),
        sa.CheckConstraint(
            "audience IN ('private', 'coalition')", name=op.f("ck_question_audience")
        ),
        sa.CheckConstraint("state IN ('open', 'answered')", name=op.f("ck_question_state")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_question_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id", "campaign_id"],
            ["campaign.coalition_id", "campaign.id"],
            name=op.f("fk_question_coalition_id_campaign_id_campaign"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_question_campaign_id_id")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(
            "ix_question_coalition_id_state_asked_at",
            ["coalition_id", "state", "asked_at"],
            unique=False,
        )
        batch_op.create_index("ix_question_pack_id_step_key", ["pack_id", "step_key"], unique=False)

    op.create_table(
        "reminder_sent",
        sa.Column(
            "campaign_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("deadline_key", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="the deadline's day"),
        sa.Column(
            "ahead",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="days: which reminder it was, 7, 3 or 1",
        ),
        sa.Column("sent_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_reminder_sent_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_sent_person_id_person")
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id",
            "person_id",
            "deadline_key",
            "day",
            "ahead",
            name=op.f("pk_reminder_sent"),
        ),
    )
    op.create_table(
        "reminders_off",
        sa.Column(
            "campaign_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_reminders_off_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminders_off_person_id_person")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_reminders_off")),
    )
    op.create_table(
        "review",
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
            "coalition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the campaign's organisation; follows the campaign when it is placed",
        ),
        sa.Column(
            "subject_kind",
            sa.String(length=32),
            nullable=False,
            comment="which feature: evidence, ...",
        ),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the row of that feature",
        ),
        sa.Column(
            "pack_id",
            sa.String(length=64),
            nullable=False,
            comment="pack of the campaign's election",
        ),
        sa.Column("step_key", sa.String(length=64), nullable=False, comment="step of that pack"),
        sa.Column("queue", sa.String(length=16), nullable=False),
        sa.Column(
            "round", sa.Integer(), nullable=False, comment="1 the first time, then counting up"
        ),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("submitted_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "submitted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "promised_at",
            app.db.UtcDateTime(timezone=True),
            nullable=False,
            comment="our promise of an answer, a house rule",
        ),
        sa.Column("decided_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="as the candidate reads it"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="counts every change of the row"
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'returned')) = (decided_at IS NOT NULL)",
            name=op.f("ck_review_decided"),
        ),
        sa.CheckConstraint(
            "queue IN ('organisation', 'coalition', 'lawyer', 'designer')",
            name=op.f("ck_review_queue_known"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR reason <> ''", name=op.f("ck_review_reason_given")
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'accepted', 'returned', 'withdrawn')",
            name=op.f("ck_review_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_review_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_review_coalition_id_coalition")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_review_decided_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_review_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"],
            ["person.id"],
            name=op.f("fk_review_submitted_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_review_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id",
            "subject_kind",
            "subject_id",
            "round",
            name=op.f("uq_review_campaign_id_subject_kind_subject_id_round"),
        ),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            "ix_review_coalition",
            ["coalition_id", "promised_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.create_index(
            "ix_review_coalition_counts",
            ["coalition_id", "queue", "pack_id", "step_key", "promised_at", "state"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.create_index("ix_review_decided", ["decided_by", "decided_at"], unique=False)
        batch_op.create_index(
            "ix_review_organisation",
            ["organisation_id", "queue", "promised_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.create_index(
            "ix_review_organisation_counts",
            ["organisation_id", "queue", "pack_id", "step_key", "promised_at", "state"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.create_index(
            "uq_review_one_waiting",
            ["campaign_id", "subject_kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )

    op.create_table(
        "snooze",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column(
            "until", sa.Date(), nullable=False, comment="First day on which it is proposed again"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_snooze_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step_key", name=op.f("pk_snooze")),
    )
    op.create_table(
        "team_member",
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
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('candidate', 'manager', 'treasurer', 'canvass_lead', 'canvasser', 'press')",
            name=op.f("ck_team_member_role"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_team_member_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_team_member_campaign_id_id")),
        sa.UniqueConstraint(
            "campaign_id", "person_id", name=op.f("uq_team_member_campaign_id_person_id")
        ),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_team_member_campaign_id_candidate",
            ["campaign_id"],
            unique=True,
            sqlite_where=sa.text("role = 'candidate'"),
            postgresql_where=sa.text("role = 'candidate'"),
        )

    op.create_table(
        "tick",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("ticked_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ticked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_tick_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ticked_by"], ["person.id"], name=op.f("fk_tick_ticked_by_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step_key", "item_key", name=op.f("pk_tick")),
    )
    op.create_table(
        "handed_in",
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
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False, comment="rules.changes.Snapshot"),
        sa.Column("handed_in_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "evidence_id"],
            ["evidence.campaign_id", "evidence.id"],
            name=op.f("fk_handed_in_campaign_id_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_handed_in_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_in")),
        sa.UniqueConstraint(
            "campaign_id",
            "evidence_id",
            "round",
            name=op.f("uq_handed_in_campaign_id_evidence_id_round"),
        ),
        sa.UniqueConstraint("review_id", name=op.f("uq_handed_in_review_id")),
    )
    op.create_table(
        "help_article",
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
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column(
            "published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("published_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalition.id"], name=op.f("fk_help_article_coalition_id_coalition")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_help_article_published_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_help_article_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_article")),
        sa.UniqueConstraint(
            "question_id", "language", name=op.f("uq_help_article_question_id_language")
        ),
    )
    with op.batch_alter_table("help_article", schema=None) as batch_op:
        batch_op.create_index(
            "ix_help_article_coalition_id_pack_id_step_key_language",
            ["coalition_id", "pack_id", "step_key", "language"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "meeting",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("starts_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="what was agreed"),
        sa.Column("proposed_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "held_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="when reported as held",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "evidence_id"],
            ["evidence.campaign_id", "evidence.id"],
            name=op.f("fk_meeting_campaign_id_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_meeting_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["person.id"],
            name=op.f("fk_meeting_proposed_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "evidence_id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "question_answer",
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
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "helps",
            sa.Boolean(),
            nullable=False,
            comment="True: by one who answers; False: the team's turn",
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "question_id"],
            ["question.campaign_id", "question.id"],
            name=op.f("fk_question_answer_campaign_id_question_id_question"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_question_answer_given_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answer")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_question_answer_campaign_id_id")),
    )
    with op.batch_alter_table("question_answer", schema=None) as batch_op:
        batch_op.create_index("ix_question_answer_question_id", ["question_id"], unique=False)

    op.create_table(
        "question_rating",
        sa.Column(
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("rated_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_question_rating_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_rating_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_question_rating")),
    )
    op.create_table(
        "quiz_attempt",
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
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("chosen", sa.JSON(), nullable=False, comment="option by question"),
        sa.Column("right", sa.Integer(), nullable=False, comment="how many answers were right"),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("taken_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id", "evidence_id"],
            ["evidence.campaign_id", "evidence.id"],
            name=op.f("fk_quiz_attempt_campaign_id_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_quiz_attempt_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["person.id"],
            name=op.f("fk_quiz_attempt_taken_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
    )
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_quiz_attempt_evidence", ["evidence_id", "id"], unique=False)

    op.create_table(
        "uploaded_file",
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
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "item_key",
            sa.String(length=60),
            nullable=False,
            comment="which of the step's files this is; empty when any will do",
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
        sa.Column("uploaded_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "removed_at",
            app.db.UtcDateTime(timezone=True),
            nullable=True,
            comment="gone from the step, kept for the rounds it was handed in with",
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_uploaded_file_size")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "evidence_id"],
            ["evidence.campaign_id", "evidence.id"],
            name=op.f("fk_uploaded_file_campaign_id_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_uploaded_file_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["person.id"],
            name=op.f("fk_uploaded_file_uploaded_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploaded_file")),
        sa.UniqueConstraint("campaign_id", "id", name=op.f("uq_uploaded_file_campaign_id_id")),
    )
    with op.batch_alter_table("uploaded_file", schema=None) as batch_op:
        batch_op.create_index(
            "uq_uploaded_file_kept",
            ["campaign_id", "evidence_id", "sha256"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    for statement in append_only_ddl(audit_entry, op.get_bind().dialect.name):
        op.execute(statement)
