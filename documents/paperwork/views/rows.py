"""The rows of tables: each on a small page of its own, saved as one types."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.errors import Missing, Refused
from app.texts import N_
from app.web.access import SIGN_IN, viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, is_fragment, render, see_other
from documents.paperwork.commands.answers import save_answers
from documents.paperwork.commands.rows import (
    KeptRow,
    Rows,
    TypedCell,
    cell_mark,
    is_row_id,
    show_sealed_row,
)
from documents.paperwork.describing import PREFIX
from documents.paperwork.describing_tables import (
    RowAsking,
    row_question,
    row_questions,
    row_title,
)
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.interview_pages import AnswerPart, RowPage
from documents.paperwork.queries.rows import SavedRow, find_row
from documents.paperwork.rules.answers import Row, clean
from documents.paperwork.rules.tables import RowState, check_row
from documents.paperwork.shape import Answer
from documents.paperwork.standing import circumstances_of
from documents.paperwork.views.asking import (
    WAS,
    addresses_of,
    owner_of,
    page_with,
    questions_href,
    typed_in,
)
from documents.paperwork.views.section import (
    PAPER,
    WORKS,
    Work,
    open_paper,
    section,
)

TABLE = f"{PAPER}/tables/<key>"
ROW = f"{TABLE}/<row_id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A row of a table of somebody's paper, there or still to be begun."""

    work: Work
    answer: Answer
    row_id: str
    saved: SavedRow | None
    now: datetime
    tried: Mapping[str, str] = field(default_factory=dict)
    """What was typed into a row that was not begun with it, since nothing of it is right."""

    def state(self) -> RowState:
        """Say what there is to say about each place of the row."""
        row = self.saved.row if self.saved else Row(id=self.row_id, values={}, version=0)
        if self.saved is not None or not self.tried:
            return self._check(row)
        return RowState(row=row, cells=self._check(replace(row, values=self.tried)).cells)

    def _check(self, row: Row) -> RowState:
        return _checked(self.work, self.answer, row, self.now)

    def asking(self) -> RowAsking:
        """Give what the places of the row need to be shown."""
        values = self.saved.row.values if self.saved else {}
        seal = part(PaperworkDesk).seal
        return RowAsking(
            documents=self.work.documents,
            answer=self.answer,
            here=addresses_of(self.work, self.answer.key),
            marks={
                place: cell_mark(
                    seal,
                    text,
                    campaign_id=self.work.campaign.id,
                    at=(self.answer.key, self.row_id, place),
                )
                for place, text in values.items()
            }
            if self.answer.seal
            else {},
        )


@section.get(f"{TABLE}/new", access=WORKS)
def new_row(campaign_id: int, kind: str, key: str) -> Response:
    """Begin a row: give it its name, so that sending it twice keeps it once."""
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
    answer = _table(work, key)
    return see_other(addresses_of(work, answer.key).to("edit_row", str(uuid.uuid4())))


@section.get(ROW, access=WORKS)
def edit_row(campaign_id: int, kind: str, key: str, row_id: str) -> Response:
    """One row with its places."""
    with reading() as session:
        opened = _open(session, campaign_id, kind, key, row_id)
    return render(_row_page(opened, replace(opened.asking(), complain=False)))


@section.post(ROW, access=WORKS)
def save_row(campaign_id: int, kind: str, key: str, row_id: str) -> Response:
    """Keep a row, or the place of it that is just being typed, and say how it looks."""
    typed = _typed(request.form)
    try:
        with writing() as session:
            rows, work = _rows(session, campaign_id, kind, key)
            kept = rows.save(row_id, typed, begins=partial(_is_enough, work, rows.answer))
    except Refused as refusal:
        if is_fragment():
            nothing = KeptRow(version=0)
            return _one_place(campaign_id, kind, key, row_id, typed, nothing, refusal=refusal)
        return _again(campaign_id, kind, key, row_id, typed, refusal=refusal)
    if is_fragment():
        return _one_place(campaign_id, kind, key, row_id, typed, kept)
    if kept.contested or (not kept.version and any(cell.text for cell in typed.values())):
        return _again(campaign_id, kind, key, row_id, typed, kept=kept)
    return _onwards(campaign_id, kind, key, row_id, typed)


@section.post(f"{ROW}/remove", access=WORKS)
def remove_row(campaign_id: int, kind: str, key: str, row_id: str) -> Response:
    """Take a row away; it can be put back."""
    with writing() as session:
        rows, work = _rows(session, campaign_id, kind, key)
        _keep_beside(session, work, key)
        removed = rows.remove(row_id)
    if removed:
        flash_done(N_("Removed. You can put it back below."))
    return see_other(_back(work, key))


@section.post(f"{ROW}/restore", access=WORKS)
def restore_row(campaign_id: int, kind: str, key: str, row_id: str) -> Response:
    """Put a removed row back."""
    with writing() as session:
        rows, work = _rows(session, campaign_id, kind, key)
        _keep_beside(session, work, key)
        rows.restore(row_id)
    flash_done(N_("It is back."))
    return see_other(_back(work, key))


@section.post(f"{ROW}/show", access=Holds(Permission.SEALED_READ))
def show_row(campaign_id: int, kind: str, key: str, row_id: str) -> Response:
    """Show a row of a sealed table this once; that it was looked at is written down."""
    now, desk = clock.now(), part(PaperworkDesk)
    with writing() as session:
        opened = _open(session, campaign_id, kind, key, row_id)
        row = show_sealed_row(
            session, viewer(), campaign_id, opened.answer, row_id, seal=desk.seal, now=now
        )
    asking = replace(opened.asking(), shown=row.values, complain=False)
    answer = render(_row_page(opened, asking))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(session: Session, campaign_id: int, kind: str, key: str) -> tuple[Rows, Work]:
    now, desk = clock.now(), part(PaperworkDesk)
    work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
    rows = Rows(
        session=session,
        viewer=viewer(),
        campaign=work.campaign,
        answer=_table(work, key),
        seal=desk.seal,
        now=now,
    )
    return rows, work


def _is_enough(work: Work, answer: Answer, values: Mapping[str, str]) -> bool:
    """Say whether a row is begun with these places: not with nothing that is right."""
    row = Row(id="", values=values, version=0)
    return _checked(work, answer, row, clock.now()).has_something_right


def _checked(work: Work, answer: Answer, row: Row, now: datetime) -> RowState:
    today = circumstances_of(work.campaign, now).today
    return check_row(answer, row, work.given, today=today)


def _keep_beside(session: Session, work: Work, key: str) -> None:
    """Keep what was typed on the page whose button was pressed: without script nothing else does.

    What somebody else has changed meanwhile stays as they left it.
    """
    fields = frozenset(page_with(work, key).page.fields)
    save_answers(
        session,
        viewer(),
        work.campaign,
        work.documents.answers,
        {name: one for name, one in typed_in(request.form).items() if name in fields - {key}},
        seal=part(PaperworkDesk).seal,
        now=clock.now(),
    )


def _table(work: Work, key: str) -> Answer:
    answer = work.documents.answers.get(key)
    asked = {place.answer for place in work.kind.field}
    if answer is None or not answer.is_table or key not in asked:
        raise Missing
    return answer


def _open(session: Session, campaign_id: int, kind: str, key: str, row_id: str) -> OpenRow:
    now, desk = clock.now(), part(PaperworkDesk)
    work = open_paper(
        session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now, only_asks=True
    )
    answer = _table(work, key)
    if not is_row_id(row_id):
        raise Missing
    saved = find_row(session, desk.seal, campaign_id, key, row_id)
    if saved is not None and saved.removed:
        raise Missing
    return OpenRow(work=work, answer=answer, row_id=row_id, saved=saved, now=now)


def _onwards(
    campaign_id: int, kind: str, key: str, row_id: str, typed: Mapping[str, TypedCell]
) -> Response:
    """Go back to the table, on to another row, or stay where something typed is wrong."""
    with reading() as session:
        opened = _open(session, campaign_id, kind, key, row_id)
    state = opened.state()
    wrong = [
        place
        for place, verdict in state.cells.items()
        if verdict.problem is not None and state.row.values.get(place)
    ]
    if wrong:
        # What is to be mended stands in its place, also where else only dots do.
        shown = {place: typed[place].text for place in wrong if place in typed}
        return render(_row_page(opened, replace(opened.asking(), typed=shown)), 422)
    if opened.saved is not None:
        flash_done(N_("Saved."))
    if request.form.get("action") == "another":
        return see_other(addresses_of(opened.work, key).to("new_row"))
    return see_other(_back(opened.work, key))


def _one_place(
    campaign_id: int,
    kind: str,
    key: str,
    row_id: str,
    typed: Mapping[str, TypedCell],
    kept: KeptRow,
    *,
    refusal: Refused | None = None,
) -> Response:
    """Answer a place that was saved while typing: its state only."""
    with reading() as session:
        opened = _open(session, campaign_id, kind, key, row_id)
    place = next(iter(typed), "")
    if place not in {column.key for column in opened.answer.column}:
        raise Missing
    saved = frozenset(typed) - frozenset(kept.contested) if kept.version else frozenset()
    asking = replace(opened.asking(), kept=kept, saved=saved)
    state = replace(opened, tried=_tried(opened, typed)).state()
    question = row_question(place, state, asking)
    # Some refusals are of the table, as beyond its most rows: they are said where one types.
    problem = say(refusal) if refusal else question.problem
    return render(AnswerPart(question=replace(question, problem=problem)))


def _tried(opened: OpenRow, typed: Mapping[str, TypedCell]) -> dict[str, str]:
    columns = {column.key: column for column in opened.answer.column}
    return {key: clean(columns[key], cell.text) for key, cell in typed.items() if key in columns}


def _again(
    campaign_id: int,
    kind: str,
    key: str,
    row_id: str,
    typed: Mapping[str, TypedCell],
    *,
    kept: KeptRow | None = None,
    refusal: Refused | None = None,
) -> Response:
    """Show the row with everything that was typed and not kept."""
    with reading() as session:
        opened = _open(session, campaign_id, kind, key, row_id)
    contested = kept.contested if kept and kept.version else tuple(typed)
    shown = {
        place: cell.text
        for place, cell in typed.items()
        if place in contested or not opened.answer.seal
    }
    opened = replace(opened, tried=_tried(opened, typed))
    asking = replace(opened.asking(), typed=shown, kept=kept)
    found = _row_page(opened, asking, refusal=refusal)
    return render(found, 409 if kept and kept.contested else 422)


def _row_page(opened: OpenRow, asking: RowAsking, *, refusal: Refused | None = None) -> RowPage:
    work, answer, language = opened.work, opened.answer, current_language()
    kind_words = work.documents.kind_words(work.kind.key, language)
    words = work.documents.answer_words(answer.key, language)
    page = page_with(work, answer.key).page
    questions = row_questions(opened.state(), asking)
    named = opened.saved is not None and not answer.seal
    return RowPage(
        title=row_title(answer, words, opened.saved.row) if opened.saved and named else words.one,
        paper=kind_words.title,
        paper_href=url_for("paperwork.show", campaign_id=work.campaign.id, kind=work.kind.key),
        page_title=kind_words.page[page.key],
        back_href=_back(work, answer.key),
        questions=tuple(
            replace(question, problem=say(refusal))
            if refusal and refusal.field == question.key
            else question
            for question in questions
        ),
        action=asking.here.to("save_row", opened.row_id),
        remove_action=asking.here.to("remove_row", opened.row_id),
        is_new=opened.saved is None,
        refused=say(refusal) if refusal else "",
        owner=owner_of(work),
        sign_in=url_for(SIGN_IN),
    )


def _back(work: Work, key: str) -> str:
    return questions_href(work, page_with(work, key).page.key) + f"#a-{key}"


def _typed(form: Mapping[str, str]) -> dict[str, TypedCell]:
    """Give what came in for each place of a row, by the columns of the pack.

    A choice that nothing was chosen from sends only what it was before.
    """
    names = [name for name in form if name.startswith((PREFIX, WAS))]
    return {
        key: TypedCell(text=form.get(PREFIX + key, ""), was=form.get(WAS + key))
        for key in dict.fromkeys(name[len(PREFIX) :] for name in names)
    }
