"""Say which packets are out of date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; the first look of the worker finds those that are out of date already."""
    with op.batch_alter_table("packet", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "outdated_at",
                app.db.UtcDateTime(timezone=True),
                nullable=True,
                comment="when the rules found that the papers stand otherwise; null: as put in",
            )
        )
