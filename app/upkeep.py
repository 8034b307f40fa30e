"""The work behind the pages: jobs, what comes back by the clock, checks, and stored files.

For the worker and the operator's commands; a feature that gets any of these names it here.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.config import Settings, secret_key
from app.db import Database
from app.files.storage import FileStore
from app.jobs.rules import Periodic
from app.jobs.worker import Handlers
from app.mail.handlers import MAIL_PERIODICS, mail_handlers
from app.main import gateways_of
from app.operations.leftovers import SWEEP_PERIODICS, sweep_handlers
from app.operations.verify import StoredFiles, Verification
from app.operations.watching import AUDIT_HANDLERS, AUDIT_PERIODICS
from app.pack_data import pack_data
from app.papers import packets_desk, paper_handlers
from app.sealing import Seal
from canvassing.imports.handlers import FIELD_PERIODICS, field_handlers, stored_extracts
from documents.flyers.verification import stored_flyer_files
from documents.overview.keeping import OVERVIEW_PERIODICS, PapersHold
from documents.packets.verification import PacketsHold, stored_packets
from documents.paperwork.reshaping.handlers import DRAWING_PERIODICS
from documents.paperwork.verification import stored_papers
from documents.press.client import Press
from documents.typesetting.handlers import (
    TYPESETTING_PERIODICS,
    settings_profiles,
    typesetting_handlers,
)
from documents.typesetting.verification import stored_issues
from fundraising.handlers import FUND_PERIODICS, fund_handlers
from fundraising.verification import LedgerSound
from quests.agenda.handlers import AGENDA_PERIODICS, agenda_handlers
from quests.dispatch.keeping import (
    RECKON_PERIODICS,
    StandingsHold,
    reckon_handlers,
)
from quests.evidence.verification import stored_uploads
from quests.ranking.verification import PointsVerification
from quests.route.library import PackLibrary
from quests.route.settling import ROUTE_PERIODICS, route_handlers


def job_handlers(settings: Settings, library: PackLibrary, database: Database) -> Handlers:
    """Give the handlers of all jobs."""
    seal = Seal.from_secret(secret_key(settings))
    gateways = gateways_of(settings, database)
    # One warm press for all: each takes memory and a second to begin.
    press = Press(profiles=settings_profiles(settings))
    return {
        **mail_handlers(settings),
        **agenda_handlers(settings, library),
        **route_handlers(library),
        **reckon_handlers(library),
        **typesetting_handlers(settings, press),
        **paper_handlers(settings, library, pack_data(library).papers, press),
        **fund_handlers(pack_data(library).funds, gateways, seal, base_url=settings.base_url),
        **field_handlers(FileStore(folder=settings.files)),
        **sweep_handlers(settings, stored_files()),
        **AUDIT_HANDLERS,
    }


def periodics() -> Sequence[Periodic]:
    """Give the work that comes back by the clock."""
    return (
        *MAIL_PERIODICS,
        *AGENDA_PERIODICS,
        *ROUTE_PERIODICS,
        *RECKON_PERIODICS,
        *TYPESETTING_PERIODICS,
        *DRAWING_PERIODICS,
        *OVERVIEW_PERIODICS,
        *FUND_PERIODICS,
        *FIELD_PERIODICS,
        *SWEEP_PERIODICS,
        *AUDIT_PERIODICS,
    )


def verifications(settings: Settings, library: PackLibrary) -> Sequence[Verification]:
    """Give the features' own checks for ``mandat verify``."""
    data = pack_data(library)
    desk = packets_desk(settings, library, data.papers)
    return (
        LedgerSound(packs=data.funds),
        PointsVerification(),
        StandingsHold(library=library),
        PapersHold(desk=desk.papers),
        PacketsHold(desk=desk),
    )


def stored_files() -> Sequence[StoredFiles]:
    """Give the lists of all files that rows speak of."""
    return (
        stored_uploads,
        stored_papers,
        stored_packets,
        stored_flyer_files,
        stored_issues,
        stored_extracts,
    )
