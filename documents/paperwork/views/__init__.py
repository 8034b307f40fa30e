"""The screens of paperwork; importing them adds their routes to the section."""

from __future__ import annotations

from documents.paperwork.views import files, interview, papers, public
from documents.paperwork.views.section import section

__all__ = ["files", "interview", "papers", "public", "section"]
