"""The screens of packets; importing them adds their routes to the section."""

from __future__ import annotations

from documents.packets.views import files, filing, packets, rehearsal
from documents.packets.views.section import section

__all__ = ["files", "filing", "packets", "rehearsal", "section"]
