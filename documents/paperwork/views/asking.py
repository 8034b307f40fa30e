"""What a page of the interview is given besides its questions: offers, tables, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from app.access import Permission
from app.errors import Missing
from app.web.access import viewer
from app.web.kernel import part
from documents.paperwork.commands.answers import Typed
from documents.paperwork.describing import PREFIX, Asking
from documents.paperwork.describing_tables import TableAddresses, table_view
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.queries.answers import suggestions
from documents.paperwork.queries.rows import removed_rows
from documents.paperwork.remarks import Remarked
from documents.paperwork.rules.answers import Row
from documents.paperwork.rules.interview import PageState
from documents.paperwork.views.reading import found_beside, mark
from documents.paperwork.views.section import Work, open_paper

UNKNOWN = "u-"
VERSION = "v-"
WAS = "w-"
TABLE = "t-"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """A page of the interview of somebody's paper, with what it needs and nothing else."""

    work: Work
    state: PageState
    offered: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Rows of the tables on the page that can be put back, by table."""
    remarked: Remarked | None = None
    """What somebody has come to the page for; None: to answer it."""

    def asking(self, *, complain: bool = True) -> Asking:
        """Give what the questions of the page need to be shown."""
        work = self.work
        return Asking(
            campaign_id=work.campaign.id,
            documents=work.documents,
            kind=work.kind,
            seal=part(PaperworkDesk).seal,
            suggested=self.offered,
            tables={
                asked.answer.key: table_view(
                    asked,
                    self.removed.get(asked.answer.key, ()),
                    work.documents,
                    addresses_of(work, asked.answer.key),
                    named=viewer().may(Permission.SEALED_READ, work.campaign.scope),
                )
                for asked in self.state.questions
                if asked.answer.is_table
            },
            complain=complain,
            mark=mark() or "",
        )


def open_page(
    session: Session, campaign_id: int, kind: str, page: str, *, now: datetime
) -> OpenPage:
    """Find a page of questions to work on. Raises Missing, Conflict while its step is locked."""
    work = open_paper(
        session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now, only_asks=True
    )
    state = find_page(work, page)
    desk = part(PaperworkDesk)
    answers = {asked.answer.key: asked.answer for asked in state.questions}
    return OpenPage(
        work=work,
        state=state,
        offered=suggestions(session, work.campaign, answers, work.given),
        removed={
            key: removed_rows(session, desk.seal, work.campaign.id, key)
            for key, answer in answers.items()
            if answer.is_table
        },
        remarked=found_beside(session, work, page, now=now),
    )


def find_page(work: Work, key: str) -> PageState:
    """Give a page of the interview. Raises Missing."""
    for state in work.interview.pages:
        if state.page.key == key:
            return state
    raise Missing


def page_with(work: Work, answer: str) -> PageState:
    """Give the page of the interview on which an answer is asked. Raises Missing."""
    for state in work.interview.pages:
        if answer in state.page.fields:
            return state
    raise Missing


def addresses_of(work: Work, key: str) -> TableAddresses:
    """Give the addresses of a table on the pages of this paper."""
    return TableAddresses(
        campaign_id=work.campaign.id, kind=work.kind.key, key=key, mark=mark() or ""
    )


def owner_of(work: Work) -> str:
    """Say whose unsaved answers a browser may put back on a page: this person's, here."""
    return f"{work.campaign.id}:{viewer().person_id}"


def questions_href(work: Work, page: str) -> str:
    """Give the address of a page of questions, still for what somebody has come for."""
    return url_for(
        "paperwork.questions",
        campaign_id=work.campaign.id,
        kind=work.kind.key,
        page=page,
        finding=mark(),
    )


def typed_in(form: Mapping[str, str]) -> dict[str, Typed]:
    """Give what came in for each answer, by the keys of the pack."""
    found: dict[str, Typed] = {}
    for name in form:
        # A box that is not ticked sends nothing: a table says by itself that it was there.
        if not name.startswith((PREFIX, UNKNOWN, TABLE)):
            continue
        key = name[len(PREFIX) :]
        version = form.get(VERSION + key, "")
        found[key] = Typed(
            text=form.get(PREFIX + key, ""),
            unknown=form.get(UNKNOWN + key, "") != "",
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            was=form.get(WAS + key),
        )
    return found
