"""The screens of signatures; importing them adds their routes."""

from __future__ import annotations

from documents.signatures.views import (
    approvals,
    batches,
    collectors,
    counting,
    handing_in,
    overview,
    plan,
    sheets,
)
from documents.signatures.views.section import section

__all__ = [
    "approvals",
    "batches",
    "collectors",
    "counting",
    "handing_in",
    "overview",
    "plan",
    "section",
    "sheets",
]
