"""A small world with somebody in every role, in which every row carries a canary of its own.

Two coalitions; the first has two organisations; the first of those has two campaigns. Seen from
the campaign ``own`` there is a ``sibling`` (same organisation), a ``cousin`` (another organisation
of the coalition) and a ``stranger`` (another coalition).
"""

from __future__ import annotations

from tests.guards.world.papers import COPY_KIND, KIND, KINDS, OPEN_TABLE, SEALED_TABLE
from tests.guards.world.planting import Planter
from tests.guards.world.shape import (
    ABSENT,
    OPEN_STEP,
    PACK,
    QUEUES,
    SUBJECT_REVIEWS,
    UPLOAD_STEP,
    Place,
    Planted,
    Principal,
)

__all__ = [
    "ABSENT",
    "COPY_KIND",
    "KIND",
    "KINDS",
    "OPEN_STEP",
    "OPEN_TABLE",
    "PACK",
    "QUEUES",
    "SEALED_TABLE",
    "SUBJECT_REVIEWS",
    "UPLOAD_STEP",
    "Place",
    "Planted",
    "Planter",
    "Principal",
]
