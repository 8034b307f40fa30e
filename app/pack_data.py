"""What all the features read from the packs, put together once for each library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.accounts.rules.elections import PackChoice, PackChoices
from app.papers import PaperPacks, load_paper_packs
from canvassing.pack import DoorPacks, load_door_packs
from documents.flyers.pack import FlyerPacks, load_flyer_packs
from fundraising.pack import FundPacks, load_funds
from quests.ranking.pack import PointBook, load_point_book
from quests.route.library import PackLibrary
from quests.route.offers import offers_of, require_offered


@dataclass(frozen=True, slots=True, kw_only=True)
class PackData:
    """What the features have read from the packs."""

    papers: PaperPacks
    flyers: FlyerPacks
    funds: FundPacks
    doors: DoorPacks
    points: PointBook


@lru_cache(maxsize=4)
def pack_data(library: PackLibrary) -> PackData:
    """Read the features' parts of the packs, once for each library. Raises PackError."""
    packs = {pack_id: entry.route.pack for pack_id, entry in library.entries.items()}
    data = PackData(
        papers=load_paper_packs(packs),
        flyers=load_flyer_packs(packs.values()),
        funds=load_funds(packs),
        doors=load_door_packs(packs.values()),
        points=load_point_book(library),
    )
    for pack_id, entry in library.entries.items():
        offers = offers_of(
            pack_id,
            documents=data.papers.documents,
            packets=data.papers.packets,
            signatures=data.papers.signatures,
            funds=data.funds,
        )
        require_offered(entry.route, offers)
    return data


def pack_choices(library: PackLibrary) -> PackChoices:
    """Give the packs an election can follow, which accounts can't ask for itself."""
    return PackChoices(
        choices=tuple(
            PackChoice(
                id=entry.route.id,
                timezone=entry.route.pack.header.timezone,
                titles={language: words.pack.name for language, words in entry.route.words.items()},
            )
            for entry in library.entries.values()
        )
    )
