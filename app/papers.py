"""Everything around papers put together: answers and forms, signatures, the clerk, packets.

A part of the program's assembly, apart from ``app.main`` because the demo plants with the same
tools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.config import Settings, secret_key
from app.files.inspection import inspect_apart
from app.files.storage import FileStore
from app.jobs.worker import Handlers
from app.packs import Pack
from app.sealing import Seal
from documents.clerk.auditing import AUDITED as CLERK_AUDITED
from documents.clerk.describing import stops_told
from documents.clerk.desk import ClerkDesk
from documents.clerk.pack import ClerkPacks, load_all_clerks
from documents.clerk.reading import ClerkReader
from documents.clerk.views import section as clerk_section
from documents.overview.auditing import AUDITED as OVERVIEW_AUDITED
from documents.overview.bulk import bulk_handlers
from documents.overview.bulk_views import section as overview_section
from documents.overview.desk import OverviewDesk
from documents.overview.keeping import keeping_handlers
from documents.packets.auditing import AUDITED as PACKETS_AUDITED
from documents.packets.desk import PacketsDesk, Stop
from documents.packets.filings import PacketFilings
from documents.packets.handlers import packet_handlers
from documents.packets.pack import PacketPacks, load_all_packets
from documents.packets.views import section as packets_section
from documents.paperwork.auditing import AUDITED as PAPERWORK_AUDITED
from documents.paperwork.codes.client import read_codes_apart
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pack import DocumentKinds, load_all_documents
from documents.paperwork.remarks import Remarks
from documents.paperwork.reshaping.drawings import Drawings
from documents.paperwork.reshaping.handlers import drawing_handlers
from documents.paperwork.views import section as paperwork_section
from documents.press.client import Press
from documents.signatures.auditing import AUDITED as SIGNATURES_AUDITED
from documents.signatures.desk import SignaturesDesk
from documents.signatures.pack import (
    SignaturePacks,
    load_all_signatures,
    require_answers_known,
)
from documents.signatures.views import section as signatures_section
from documents.typesetting.previews import Previews
from quests.route.gates import RouteGates
from quests.route.library import PackLibrary
from quests.route.many_routes import ManyRoutes

PAPER_SECTIONS = (
    paperwork_section,
    signatures_section,
    clerk_section,
    packets_section,
    overview_section,
)
PAPERS_AUDITED = {
    **PAPERWORK_AUDITED,
    **SIGNATURES_AUDITED,
    **CLERK_AUDITED,
    **PACKETS_AUDITED,
    **OVERVIEW_AUDITED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPacks:
    """What the packs say about papers."""

    documents: DocumentKinds
    signatures: SignaturePacks
    clerks: ClerkPacks
    packets: PacketPacks


def load_paper_packs(packs: Mapping[str, Pack]) -> PaperPacks:
    """Read the packs' papers. Raises PackError."""
    documents, signatures = load_all_documents(packs), load_all_signatures(packs)
    require_answers_known(signatures, documents)
    return PaperPacks(
        documents=documents,
        signatures=signatures,
        clerks=load_all_clerks(documents),
        packets=load_all_packets(documents),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkPreflight:
    """Lets the clerk say what keeps a packet from being put together."""

    desk: ClerkDesk

    def stops(
        self, session: Session, campaign: CampaignRow, kinds: Sequence[str], *, now: datetime
    ) -> Sequence[Stop]:
        """Give what stops; signatures are left out, for the packet is printed to be signed."""
        found = stops_told(session, self.desk, campaign, kinds, now=now, before_signing=True)
        return tuple(
            Stop(what=each.what, mend=each.mend, href=each.href, opens_later=each.is_later)
            for each in found
        )


def paperwork_desk(settings: Settings, library: PackLibrary, packs: PaperPacks) -> PaperworkDesk:
    """Give the tools of paperwork alone, for jobs and for the demo."""
    return PaperworkDesk(
        kinds=packs.documents,
        seal=Seal.from_secret(secret_key(settings)),
        store=FileStore(folder=settings.files),
        previews=Previews.of(settings).store,
        drawings=Drawings.of(settings),
        inspect=inspect_apart,
        read_codes=read_codes_apart,
        gates=RouteGates(library=library),
        base_url=settings.base_url,
    )


def packets_desk(settings: Settings, library: PackLibrary, packs: PaperPacks) -> PacketsDesk:
    """Give the tools of packets alone, for jobs and for what follows a change of papers."""
    return _packets_desk(_clerk_desk(settings, library, packs), packs, RouteGates(library=library))


def _clerk_desk(settings: Settings, library: PackLibrary, packs: PaperPacks) -> ClerkDesk:
    return ClerkDesk(
        packs=packs.clerks,
        paperwork=paperwork_desk(settings, library, packs),
        steps=RouteGates(library=library),
        filings=PacketFilings(packs=packs.packets),
    )


def _packets_desk(clerk: ClerkDesk, packs: PaperPacks, days: RouteGates) -> PacketsDesk:
    return PacketsDesk(
        packs=packs.packets,
        papers=clerk.paperwork,
        preflight=ClerkPreflight(desk=clerk),
        days=days,
    )


def paper_desks(
    settings: Settings, library: PackLibrary, packs: PaperPacks
) -> tuple[PaperworkDesk, SignaturesDesk, ClerkDesk, Remarks, PacketsDesk, OverviewDesk]:
    """Give the tools of every package of papers: parts of the program."""
    days = RouteGates(library=library)
    clerk = _clerk_desk(settings, library, packs)
    paperwork = clerk.paperwork
    return (
        paperwork,
        SignaturesDesk(
            packs=packs.signatures,
            seal=paperwork.seal,
            store=paperwork.store,
            days=days,
            base_url=settings.base_url,
        ),
        clerk,
        Remarks(reader=ClerkReader(desk=clerk)),
        _packets_desk(clerk, packs, days),
        OverviewDesk(paperwork=paperwork, routes=ManyRoutes(library=library)),
    )


def paper_handlers(
    settings: Settings, library: PackLibrary, packs: PaperPacks, press: Press
) -> Handlers:
    """Give the handlers of the jobs of papers; typesetting has its own and shares the press."""
    desk = packets_desk(settings, library, packs)
    return {
        **packet_handlers(settings, press),
        **keeping_handlers(desk),
        **bulk_handlers(desk.papers),
        **drawing_handlers(settings),
    }
