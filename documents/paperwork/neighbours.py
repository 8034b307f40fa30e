"""What other packages put beside the list of papers; given by the program that joins them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.access import Viewer
from app.accounts.queries import CampaignRow

Link = tuple[str, str, str]
"""What it is called, its address, and what one does there; in the reader's language."""
LinksOf = Callable[[Viewer, CampaignRow], tuple[Link, ...]]


def nobody(viewer: Viewer, campaign: CampaignRow) -> tuple[Link, ...]:
    """Give no link."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where else papers are worked on: a part of the program."""

    links: LinksOf = nobody
