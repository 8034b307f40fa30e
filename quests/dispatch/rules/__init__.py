"""Decisions of the coordinator's screens, on plain values: pace, what is kept, what is counted."""

from __future__ import annotations

from quests.dispatch.rules.pace import SILENT_AFTER, STUCK_AFTER, Pace, Signs, is_stuck, pace

__all__ = ["SILENT_AFTER", "STUCK_AFTER", "Pace", "Signs", "is_stuck", "pace"]
