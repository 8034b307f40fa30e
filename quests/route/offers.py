"""Which facts the files of a pack can give, and whether its route waits for any other."""

from __future__ import annotations

from app.packs import PackError, read_toml
from documents.packets.pack import PacketPacks
from documents.paperwork.pack import DocumentKinds
from documents.paperwork.shape import Made
from documents.signatures.pack import SignaturePacks
from fundraising.pack import FundPacks
from quests.route.check import ROUTE_FILE
from quests.route.checking.elsewhere import Offers, check_elsewhere, is_missing
from quests.route.features import FILED, GIFTS, PACKET, PAPER, SIGNATURES, SUPPORT_PAGE
from quests.route.pack import RoutePack


def offers_of(
    pack_id: str,
    *,
    documents: DocumentKinds | None,
    packets: PacketPacks | None,
    signatures: SignaturePacks | None,
    funds: FundPacks | None,
) -> Offers:
    """Give the facts a pack can give by family; None for files that could not be read.

    Flyers and doors are not among them: no pack is read without their files.
    """
    found: dict[str, frozenset[str]] = {}
    if documents is not None:
        own = documents.find(pack_id)
        kinds = own.kinds.values() if own else ()
        # A sheet is printed beside other papers and is never accepted by itself.
        found[PAPER] = frozenset(PAPER + one.key for one in kinds if one.made is not Made.SHEET)
    if packets is not None:
        bags = packets.find(pack_id)
        keys = bags.packets if bags else ()
        found |= {begin: frozenset(begin + key for key in keys) for begin in (PACKET, FILED)}
    if signatures is not None:
        found[SIGNATURES] = frozenset({SIGNATURES} if signatures.find(pack_id) else ())
    if funds is not None:
        has_fund = pack_id in funds.packs
        found |= {name: frozenset({name} if has_fund else ()) for name in (SUPPORT_PAGE, GIFTS)}
    return found


def require_offered(route: RoutePack, offers: Offers) -> None:
    """Pass unless the route waits for a fact that its pack can never give. Raises PackError."""
    facts = (one.fact for step in route.steps for one in step.evidence if one.fact)
    if any(is_missing(fact, offers) for fact in facts):
        file = read_toml(route.pack.folder, ROUTE_FILE, [])
        raise PackError(route.pack.folder, list(check_elsewhere(file, route.shape, offers)))
