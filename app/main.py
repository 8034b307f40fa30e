"""The one module that knows every feature: it puts the program together."""

from __future__ import annotations

import os
from collections.abc import Sequence

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock
from app.accounts.auditing import AUDITED as ACCOUNTS_AUDITED
from app.accounts.auditing import WHOSE
from app.accounts.loader import SessionLoader
from app.accounts.rules.elections import PackChoice, PackChoices
from app.accounts.views import section as accounts_section
from app.audit.following import audit_hook
from app.config import Settings, secret_key
from app.db import Base, Database
from app.demo.views import section as demo_section
from app.jobs.rules import Periodic
from app.jobs.wake import wake_after_commit
from app.jobs.worker import Handlers
from app.mail.handlers import MAIL_PERIODICS, mail_handlers
from app.mail.letters import letters_hook
from app.mail.views import section as mail_section
from app.operations.requests import log_requests
from app.operations.verify import StoredFiles, Verification
from app.operations.views import section as operations_section
from app.operations.watching import AUDIT_HANDLERS, AUDIT_PERIODICS
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
from quests.agenda.handlers import AGENDA_PERIODICS, agenda_handlers
from quests.agenda.views import section as agenda_section
from quests.dispatch import audit_views
from quests.evidence import paper_views
from quests.evidence.commands.following import follow_reviews
from quests.evidence.describing import proof_labels
from quests.evidence.inspection import inspect_apart
from quests.evidence.reviewing import EvidenceSubjects
from quests.evidence.storage import FileStore
from quests.evidence.verification import stored_uploads
from quests.evidence.views import EvidenceTools, work_markup
from quests.help.auditing import AUDITED as HELP_AUDITED
from quests.help.step_help import asked_at, step_questions
from quests.help.views import section as help_section
from quests.landing.views import section as landing_section
from quests.navigation import campaign_menu, desk_menu, personal_menu
from quests.route.library import PackLibrary, load_library
from quests.route.milestones import settle
from quests.route.settling import ROUTE_PERIODICS, route_handlers
from quests.route.views import Inserts
from quests.route.views import section as route_section

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
    audit_views.section,
    mail_section,
    operations_section,
    gallery_section,
    demo_section,
)
AUDITED = {**ACCOUNTS_AUDITED, **REVIEWS_AUDITED, **HELP_AUDITED}
KEEP_LOG = audit_hook(AUDITED, WHOSE)


def create_app(settings: Settings, library: PackLibrary | None = None) -> Flask:
    """Build the program.

    Raises PackError when a pack can't be used, UndeclaredAccess for a route without a policy.
    """
    library = library or load_library()
    database = open_database(settings, library)
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    app = assemble(kernel, SECTIONS, parts=_parts(settings, library))
    log_requests(app, trust_proxy=settings.proxy_hops > 0)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _serve_assets(app)
    return app


def _parts(settings: Settings, library: PackLibrary) -> tuple[object, ...]:
    """Give what the features find in the kernel by its type."""
    seal = Seal.from_secret(secret_key(settings))
    menus = Navigation()
    for menu in (campaign_menu, desk_menu, personal_menu):
        menus.add(menu)
    return (
        library,
        seal,
        pack_choices(library),
        menus,
        EvidenceTools(store=FileStore(folder=settings.files), inspect=inspect_apart, seal=seal),
        ReviewSubjects(subjects=subjects_of(settings, library)),
        Inserts(
            work=work_markup, questions=step_questions, asked=asked_at, proof_labels=proof_labels
        ),
    )


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


def subjects_of(settings: Settings, library: PackLibrary) -> EvidenceSubjects:
    """Give what the reviews ask about evidence."""
    seal = Seal.from_secret(secret_key(settings))
    return EvidenceSubjects(library=library, seal=seal)


def open_database(settings: Settings, library: PackLibrary) -> Database:
    """Open the database with the hooks that every writing transaction passes."""
    database = Database(settings.resolved_database_url)

    def write_milestones(session: Session) -> None:
        settle(session, library, now=clock.now())

    # Evidence follows the decision before the route is asked what is done now.
    database.before_commit += [
        follow_reviews,
        write_milestones,
        reviews_hook(subjects_of(settings, library)),
        letters_hook(settings.base_url),
        KEEP_LOG,
    ]
    wake_after_commit(database, settings.data)
    return database


def _serve_assets(app: Flask) -> None:
    """Serve the built front end; its file names change with their content."""
    app.wsgi_app = BuiltFiles(app.wsgi_app)  # type: ignore[method-assign]


def job_handlers(settings: Settings, library: PackLibrary) -> Handlers:
    """Give the handlers of all jobs."""
    return {
        **mail_handlers(settings),
        **agenda_handlers(settings, library),
        **route_handlers(library),
        **AUDIT_HANDLERS,
    }


def periodics() -> Sequence[Periodic]:
    """Give the work that comes back by the clock."""
    return (*MAIL_PERIODICS, *AGENDA_PERIODICS, *ROUTE_PERIODICS, *AUDIT_PERIODICS)


def verifications() -> Sequence[Verification]:
    """Give the features' own checks for ``mandat verify``."""
    return ()


def stored_files() -> Sequence[StoredFiles]:
    """Give the lists of all files that rows speak of."""
    return (stored_uploads,)


def from_environment() -> Flask:
    """Build the program from MANDAT_* variables, for the web server."""
    return create_app(Settings.from_environment(os.environ))
