"""The two sections of the field: ``field`` for people, ``doors`` for what phones send."""

from __future__ import annotations

from app.access import Holds, Permission
from app.web.routing import Section

field = Section("field", __name__)
doors = Section("doors", __name__)

FIELD = "/campaigns/<int:campaign_id>/field"
READS = Holds(Permission.FIELD_READ)
MANAGES = Holds(Permission.FIELD_MANAGE)
WALKS = Holds(Permission.DOORS_WORK)
