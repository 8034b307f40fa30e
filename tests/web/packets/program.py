"""The whole program with packets in it, and papers that are there already."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import pikepdf
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from app import clock, main
from app.accounts.loader import SessionLoader
from app.accounts.queries import CampaignRow
from app.config import Settings
from app.db import record
from app.errors import Locked
from app.jobs.worker import Worker
from app.web.kernel import EXTENSION, Kernel
from app.web.program import assemble
from documents.packets.desk import PacketsDesk, Stop
from documents.packets.handlers import packet_handlers
from documents.packets.pack import load_all_packets
from documents.packets.views import section
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.events import PapersTouched
from documents.paperwork.models import Paper, PaperAnswer, PaperIssue, PaperScan
from documents.paperwork.pack import version_on
from documents.paperwork.printing import Snapshot
from documents.press.client import Press
from quests.route.gates import RouteGates
from quests.route.library import PackLibrary
from tests.engines import warm
from tests.every_step import EveryStep
from tests.page import CheckingClient
from tests.web.portal import EN, RU, Portal

ORIGINALS = frozenset({"work_certificate"})
"""Handed in themselves: counted, and not printed once more."""
NEEDED = {
    RU: ("consent", "income", "passport_copy", "work_certificate"),
    EN: ("nomination_paper", "home_address", "consent_to_nomination", "agent_notice"),
}


@dataclass(slots=True)
class AClerk:
    """A preflight that finds what a test tells it to find."""

    found: list[Stop] = field(default_factory=list)

    def stops(
        self, session: Session, campaign: CampaignRow, kinds: Sequence[str], *, now: datetime
    ) -> Sequence[Stop]:
        return tuple(self.found)


@dataclass(slots=True)
class Gates:
    """A route on which every step is open until a test locks one."""

    locked: str = ""

    def require_reachable(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> None:
        if step_key == self.locked:
            where = f"/campaigns/{campaign.id}/steps/{step_key}"
            raise Locked("locked", opened_by=where)

    def reachable_steps(self, *_: object, now: datetime) -> EveryStep:
        return EveryStep(self.locked)

    def require_takes_papers(
        self, session: Session, viewer: object, campaign: CampaignRow, step_key: str, *, now: object
    ) -> None: ...


def a_program(settings: Settings, library: PackLibrary, clerk: AClerk) -> Flask:
    """Give the program with packets, a clerk of the test's own, and every step open."""
    database = warm(main.open_database(settings, library))
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    parts = list(main._parts(settings, library, database))
    papers = next(part for part in parts if isinstance(part, PaperworkDesk))
    open_papers = PaperworkDesk(
        **{
            **{name: getattr(papers, name) for name in PaperworkDesk.__slots__},
            "gates": Gates(),
        }
    )
    desk = PacketsDesk(
        packs=load_all_packets(papers.kinds),
        papers=open_papers,
        preflight=clerk,
        days=RouteGates(library=library),
    )
    others = [part for part in parts if not isinstance(part, PaperworkDesk | PacketsDesk)]
    sections = [*(found for found in main.SECTIONS if found.name != section.name), section]
    return assemble(kernel, sections, parts=[*others, open_papers, desk])


def desk_of(portal: Portal) -> PacketsDesk:
    """Give the tools of packets."""
    return portal.app.extensions[EXTENSION].parts[PacketsDesk]


def papers_of(portal: Portal) -> PaperworkDesk:
    """Give the tools of paperwork."""
    return portal.app.extensions[EXTENSION].parts[PaperworkDesk]


def lock(portal: Portal, key: str = "nomination") -> None:
    """Lock the step of a packet."""
    desk = desk_of(portal)
    gates = desk.papers.gates
    assert isinstance(gates, Gates)
    gates.locked = desk.packs.packet(portal.pack_id, key)[1].step


def a_pdf(pages: int = 1, words: str = "") -> bytes:
    """Give a document with blank pages; ``words`` make it another one."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Subject"] = words
    out = BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def a_photo(colour: str = "white", size: tuple[int, int] = (300, 400)) -> bytes:
    """Give a photo."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def touch(session: Session, portal: Portal, who: str = "anna") -> None:
    """Say that papers are being changed, as every command on them does."""
    record(session, PapersTouched(touched=portal.campaigns[who]))


def answer(portal: Portal, key: str, value: str, *, sealed: bool = False) -> None:
    """Let Anna give one answer of which the issued papers know nothing."""
    with portal.database.writing() as session:
        touch(session, portal)
        session.add(
            PaperAnswer(
                campaign_id=portal.campaigns["anna"],
                key=key,
                value="" if sealed else value,
                sealed=papers_of(portal).seal.close(value) if sealed else "",
                unknown=False,
                version=1,
                saved_at=clock.now(),
            )
        )


def issue(
    portal: Portal,
    kind: str,
    who: str = "anna",
    *,
    pages: int = 1,
    version: int = 1,
    sheet: str = "",
) -> None:
    """Plant an issued version of a paper with its file, and the sheet it was printed from."""
    papers, now = papers_of(portal), clock.now()
    found = papers.documents(portal.pack_id).kinds[kind]
    campaign = portal.campaigns[who]
    data = a_pdf(pages, f"{kind} {version}")
    with portal.database.writing() as session:
        touch(session, portal, who)
        paper = session.query(Paper).filter_by(campaign_id=campaign, kind=kind).one_or_none()
        if paper is None:
            paper = Paper(campaign_id=campaign, kind=kind, state="draft", note="", changed_at=now)
            session.add(paper)
            session.flush()
        session.add(
            PaperIssue(
                campaign_id=campaign,
                paper_id=paper.id,
                version=version,
                number=f"{found.code}-{campaign}-{version}",
                check_token=f"{kind[:12]}-{campaign}-{version}-token",
                form_version=version_on(found, now.date()).id,
                official=False,
                snapshot=papers.seal.close(Snapshot(answers={}, sheet=sheet).as_json()),
                digest="0" * 64,
                state="ready",
                sha256=papers.store.put(data),
                pages=pages,
                issued_at=now,
            )
        )


def scan(
    portal: Portal,
    kind: str,
    who: str = "anna",
    *,
    data: bytes | None = None,
    media_type: str = "image/jpeg",
    pages: int = 1,
    accepted: bool = False,
) -> None:
    """Plant a scan of a paper, of its newest version if it has one."""
    papers, now = papers_of(portal), clock.now()
    campaign = portal.campaigns[who]
    data = data or a_photo()
    with portal.database.writing() as session:
        touch(session, portal, who)
        paper = session.query(Paper).filter_by(campaign_id=campaign, kind=kind).one_or_none()
        if paper is None:
            paper = Paper(campaign_id=campaign, kind=kind, state="draft", note="", changed_at=now)
            session.add(paper)
            session.flush()
        if accepted:
            paper.state, paper.accepted_day = "accepted", now.date().toordinal()
        newest = (
            session.query(PaperIssue)
            .filter_by(paper_id=paper.id)
            .order_by(PaperIssue.version.desc())
            .first()
        )
        session.add(
            PaperScan(
                campaign_id=campaign,
                paper_id=paper.id,
                issue_id=newest.id if newest else None,
                name="scan.jpg",
                sha256=papers.store.put(data),
                media_type=media_type,
                size_bytes=len(data),
                pages=pages,
                code="none",
                code_number="",
                uploaded_at=now,
            )
        )


def make_ready(portal: Portal, who: str = "anna", *, but: Collection[str] = ()) -> None:
    """Plant everything the nomination packet needs when nothing was answered."""
    kinds = desk_of(portal).papers.documents(portal.pack_id).kinds
    for kind in NEEDED[portal.pack_id]:
        if kind in but:
            continue
        if kinds[kind].is_printed:
            issue(portal, kind, who)
        else:
            scan(portal, kind, who)


def work(portal: Portal, settings: Settings, press: Press) -> None:
    """Let the worker do what it was asked."""
    handlers = {
        **packet_handlers(settings, press),
        "mail.deliver": lambda context, payload: None,
    }
    worker = Worker(
        database=portal.app.extensions[EXTENSION].database, handlers=handlers, clock=clock.now
    )
    while worker.run_one():
        pass


def path(portal: Portal, rest: str = "", who: str = "anna", key: str = "nomination") -> str:
    """Give an address of a packet."""
    return portal.at(f"packets/{key}{rest}", who)


def ask(
    portal: Portal,
    browser: CheckingClient,
    purpose: str = "print",
    status: int = 303,
    *,
    who: str = "anna",
) -> None:
    """Press the button that has a packet put together."""
    where = path(portal, who=who)
    browser.send(f"{where}/assemble/{purpose}", start=where, status=status)


def files_of(portal: Portal, browser: CheckingClient) -> tuple[bytes, zipfile.ZipFile]:
    """Give the document and the archive of a packet as its page hands them out."""
    soup = browser.page(path(portal)).soup
    pdf = browser.get(soup.find("a", href=lambda href: href and href.endswith("/document"))["href"])
    packed = browser.get(
        soup.find("a", href=lambda href: href and href.endswith("/archive"))["href"]
    )
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert packed.headers["Content-Type"] == "application/zip"
    return pdf.data, zipfile.ZipFile(io.BytesIO(packed.data))
