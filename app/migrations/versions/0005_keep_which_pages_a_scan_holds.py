"""Keep which pages of a paper a scan holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; of the scans that are there nobody knows it, so they stay without."""
    with op.batch_alter_table("paper_scan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "page_numbers",
                sa.JSON(),
                nullable=True,
                comment="for each page of the file the numbers of the pages of its issue that its codes are of; null: none was read",
            )
        )
