"""Puts the program together: the pages, hooks and parts of every feature."""

from __future__ import annotations

import os

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock
from app.accounts.auditing import AUDITED as ACCOUNTS_AUDITED
from app.accounts.auditing import WHOSE
from app.accounts.loader import SessionLoader
from app.accounts.views import section as accounts_section
from app.audit.following import audit_hook
from app.config import Settings, secret_key
from app.db import Base, Database
from app.demo.views import section as demo_section
from app.files.inspection import inspect_apart
from app.files.storage import FileStore
from app.jobs.wake import wake_after_commit
from app.mail.letters import letters_hook
from app.mail.views import section as mail_section
from app.operations.requests import log_requests
from app.operations.views import section as operations_section
from app.pack_data import pack_choices, pack_data
from app.papers import PAPER_SECTIONS, PAPERS_AUDITED, packets_desk, paper_desks
from app.reviews.auditing import AUDITED as REVIEWS_AUDITED
from app.reviews.following import reviews_hook
from app.reviews.subjects import ReviewSubjects
from app.reviews.views import section as reviews_section
from app.sealing import Seal
from app.ui.gallery import section as gallery_section
from app.web.assets import BuiltFiles
from app.web.kernel import Kernel
from app.web.navigation import Navigation
from app.web.program import assemble
from app.web.shell import section as shell_section
from canvassing.auditing import AUDITED as FIELD_AUDITED
from canvassing.views import SECTIONS as FIELD_SECTIONS
from documents.flyers.auditing import AUDITED as FLYERS_AUDITED
from documents.flyers.commands.following import follow_flyer_reviews
from documents.flyers.reviewing import FlyerSubjects
from documents.flyers.views import FlyerTools
from documents.flyers.views import section as flyers_section
from documents.overview.keeping import follow_papers
from documents.paperwork.commands.following import follow_document_reviews, follow_press
from documents.paperwork.neighbours import Neighbours
from documents.paperwork.reviewing import DocumentSubjects
from documents.signatures.commands.following import follow_signature_press
from documents.typesetting.previews import Previews
from fundraising.auditing import AUDITED as FUND_AUDITED
from fundraising.following import follow_support_page_reviews
from fundraising.gateways.choosing import GatewaySettings, open_gateways
from fundraising.gateways.protocol import Gateways
from fundraising.receipts import receipts_hook
from fundraising.reviewing import SupportPageSubjects
from fundraising.views import SECTIONS as FUND_SECTIONS
from fundraising.writing_letters import gift_letters_hook
from quests.agenda.views import section as agenda_section
from quests.beside_papers import links_beside_papers
from quests.dispatch import board_views
from quests.dispatch.keeping import keep_standings
from quests.dispatch.teasers import Teasers
from quests.evidence import paper_views
from quests.evidence.commands.following import follow_reviews
from quests.evidence.describing import proof_labels
from quests.evidence.reviewing import EvidenceSubjects
from quests.evidence.views import EvidenceTools, work_markup
from quests.help.auditing import AUDITED as HELP_AUDITED
from quests.help.step_help import asked_at, step_questions
from quests.help.views import section as help_section
from quests.landing.views import section as landing_section
from quests.navigation import campaign_menu, desk_menu, personal_menu
from quests.ranking.auditing import AUDITED as RANKING_AUDITED
from quests.ranking.following import follow_points
from quests.ranking.teaser import organisations_card
from quests.ranking.views import section as ranking_section
from quests.route.library import PackLibrary, load_library
from quests.route.milestones import settle
from quests.route.views import Inserts
from quests.route.views import section as route_section
from quests.subjects import AllSubjects

METADATA = Base.metadata
SECTIONS = (
    shell_section,
    landing_section,
    accounts_section,
    route_section,
    paper_views.section,
    reviews_section,
    help_section,
    agenda_section,
    board_views.section,
    ranking_section,
    *PAPER_SECTIONS,
    flyers_section,
    *FUND_SECTIONS,
    *FIELD_SECTIONS,
    mail_section,
    operations_section,
    gallery_section,
    demo_section,
)
AUDITED = {
    **ACCOUNTS_AUDITED,
    **REVIEWS_AUDITED,
    **HELP_AUDITED,
    **PAPERS_AUDITED,
    **FLYERS_AUDITED,
    **FUND_AUDITED,
    **FIELD_AUDITED,
    **RANKING_AUDITED,
}
KEEP_LOG = audit_hook(AUDITED, WHOSE)


def create_app(settings: Settings, library: PackLibrary | None = None) -> Flask:
    """Build the program.

    Raises PackError when a pack can't be used, UndeclaredAccess for a route without a policy.
    """
    library = library or load_library()
    database = open_database(settings, library)
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    app = assemble(kernel, SECTIONS, parts=_parts(settings, library, database))
    log_requests(app, trust_proxy=settings.proxy_hops > 0)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _serve_assets(app)
    return app


def _parts(settings: Settings, library: PackLibrary, database: Database) -> tuple[object, ...]:
    """Give what the features find in the kernel by its type."""
    seal = Seal.from_secret(secret_key(settings))
    data = pack_data(library)
    store, previews = FileStore(folder=settings.files), Previews.of(settings)
    menus = Navigation()
    for menu in (campaign_menu, desk_menu, personal_menu):
        menus.add(menu)
    return (
        library,
        seal,
        pack_choices(library),
        menus,
        EvidenceTools(store=store, inspect=inspect_apart, seal=seal),
        store,
        *paper_desks(settings, library, data.papers),
        Neighbours(links=links_beside_papers),
        FlyerTools(
            packs=data.flyers, store=store, previews=previews, inspect=inspect_apart, seal=seal
        ),
        data.funds,
        gateways_of(settings, database),
        data.doors,
        data.points,
        Teasers(league=organisations_card),
        ReviewSubjects(subjects=subjects_of(settings, library)),
        Inserts(
            work=work_markup, questions=step_questions, asked=asked_at, proof_labels=proof_labels
        ),
    )


def subjects_of(settings: Settings, library: PackLibrary) -> AllSubjects:
    """Give what the reviews ask about the work of every package."""
    seal = Seal.from_secret(secret_key(settings))
    data = pack_data(library)
    return AllSubjects(
        library=library,
        tellers={
            "evidence": EvidenceSubjects(library=library, seal=seal),
            "document": DocumentSubjects(kinds=data.papers.documents, seal=seal),
            "flyer": FlyerSubjects(packs=data.flyers),
            "support_page": SupportPageSubjects(packs=data.funds),
        },
    )


def gateways_of(settings: Settings, database: Database) -> Gateways:
    """Give the payment providers. Raises SettingsError."""
    return open_gateways(
        GatewaySettings(
            gateway=settings.gateway,
            base_url=settings.base_url,
            production=settings.production,
            stripe_secret_key=settings.stripe_secret_key,
            stripe_webhook_secret=settings.stripe_webhook_secret,
        ),
        database=database,
        seal=Seal.from_secret(secret_key(settings)),
    )


def open_database(settings: Settings, library: PackLibrary) -> Database:
    """Open the database with the hooks that every writing transaction passes."""
    database = Database(settings.resolved_database_url)

    data, seal = pack_data(library), Seal.from_secret(secret_key(settings))
    desk = packets_desk(settings, library, data.papers)

    def write_packets(session: Session) -> None:
        follow_papers(session, desk, now=clock.now())

    def write_milestones(session: Session) -> None:
        settle(session, library, now=clock.now())

    def write_points(session: Session) -> None:
        follow_points(session, data.points, now=clock.now())

    def write_standings(session: Session) -> None:
        keep_standings(session, library, now=clock.now())

    # The work follows the decision before the route is asked what is done now.
    database.before_commit += [
        follow_press,
        follow_signature_press,
        follow_reviews,
        follow_document_reviews,
        follow_flyer_reviews,
        follow_support_page_reviews,
        write_packets,
        write_milestones,
        write_points,
        write_standings,
        reviews_hook(subjects_of(settings, library)),
        gift_letters_hook(data.funds, seal),
        receipts_hook(data.funds, seal),
        letters_hook(settings.base_url),
        KEEP_LOG,
    ]
    wake_after_commit(database, settings.data)
    return database


def _serve_assets(app: Flask) -> None:
    """Serve the built front end; its file names change with their content."""
    app.wsgi_app = BuiltFiles(app.wsgi_app)  # type: ignore[method-assign]


def from_environment() -> Flask:
    """Build the program from MANDAT_* variables, for the web server."""
    return create_app(Settings.from_environment(os.environ))
