"""The screens of paperwork; importing them adds their routes to the section."""

from __future__ import annotations

from documents.paperwork.views import (
    approvals,
    files,
    interview,
    listing,
    papers,
    public,
    rows,
    shaping,
)
from documents.paperwork.views.section import section

__all__ = [
    "approvals",
    "files",
    "interview",
    "listing",
    "papers",
    "public",
    "rows",
    "section",
    "shaping",
]
