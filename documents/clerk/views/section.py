"""The section of the clerk."""

from __future__ import annotations

from app.access import Holds, Permission
from app.web.routing import Section

section = Section("clerk", "documents.clerk")
CLERK = "/campaigns/<int:campaign_id>/clerk"
WORKS = Holds(Permission.PAPER_WORK)
"""What the answers say is nobody's but those who work on them."""
