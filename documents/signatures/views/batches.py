"""Ordering sheets, and the files of what was ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Conflict, Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, render, see_other
from documents.paperwork.describing import DOTS
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.rules.declining import declined
from documents.paperwork.rules.texts import kept
from documents.paperwork.shape import Case
from documents.signatures import errors
from documents.signatures.commands.batches import (
    OrderEntry,
    newest_wording,
    order,
    try_again,
)
from documents.signatures.commands.heads import head_answers
from documents.signatures.describing import BATCH_STATES, source_view
from documents.signatures.desk import SignaturesDesk, is_official
from documents.signatures.forms import OrderForm
from documents.signatures.pages import BatchesPage, BatchLine, BatchPage
from documents.signatures.printing import FORM_KEY, Head, full_name, head_of
from documents.signatures.queries import (
    BatchRow,
    CollectorRow,
    batches_of,
    collectors_of,
    find_batch,
)
from documents.signatures.rules.heading import Gender, Wording, gender_of, missing_answers
from documents.signatures.rules.numbers import write_numbers
from documents.signatures.views.approvals import clearing_views
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    a_key,
    at,
    count_of,
    hand_out,
    key_of,
    open_signatures,
    questions_of,
    section,
)

BATCHES = f"{SIGNATURES}/batches"
BATCH = f"{BATCHES}/<int:batch_id>"
OFFERED = "10"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What is known of the head before anything is ordered."""

    missing: tuple[str, ...]
    name: str
    gender: Gender | None
    head: Head | None
    """None while answers are missing or nobody has said which words agree."""


@section.get(BATCHES, access=READS)
def batches(campaign_id: int) -> Response:
    """What was printed, and the form to order more."""
    return _show(campaign_id, OrderForm(data={"key": a_key(), "count": OFFERED, "sides": "1"}))


@section.post(BATCHES, access=WORKS)
def order_sheets(campaign_id: int) -> Response:
    """Number sheets and have them made."""
    now, form, desk = clock.now(), OrderForm(), part(SignaturesDesk)
    try:
        entry = _entry(form)
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            batch_id = order(
                session,
                viewer(),
                campaign_id,
                entry,
                desk=desk,
                questions=questions_of(work),
                now=now,
            )
    except Refused as refusal:
        form.refuse(refusal)
        return _show(campaign_id, form, 422, refused=True)
    except Conflict as conflict:
        form.form_errors.append(say(conflict))
        return _show(campaign_id, form, 409, refused=True)
    flash_done(N_("Ordered. The files are being made."))
    return see_other(at("batch", campaign_id, batch_id=batch_id))


@section.get(BATCH, access=READS)
def batch(campaign_id: int, batch_id: int) -> Response:
    """One batch: its files and how to print them."""
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        found = _batch(session, campaign_id, batch_id)
        names = {one.id: one.name for one in collectors_of(session, campaign_id)}
    numbers = _span(found)
    ready = found.has_files and work.works
    return render(
        BatchPage(
            title=gettext("Sheets %(numbers)s", numbers=numbers),
            count=found.count,
            sides=found.sides,
            rows=found.rows_per_sheet,
            collector=names.get(found.collector_id or 0, ""),
            state=found.state,
            official=found.official,
            ordered_at=found.ordered_at,
            sheet_href=at("sheet_file", campaign_id, batch_id=batch_id) if ready else "",
            cover_href=at("cover_file", campaign_id, batch_id=batch_id) if ready else "",
            sha256=found.sha256 if ready else "",
            again_action=at("again", campaign_id, batch_id=batch_id),
            give_href=at("give", campaign_id, batch=batch_id),
            own=work.works,
            here=at("batch", campaign_id, batch_id=batch_id),
            batches_href=at("batches", campaign_id),
            overview_href=at("index", campaign_id),
        )
    )


@section.post(f"{BATCH}/again", access=WORKS)
def again(campaign_id: int, batch_id: int) -> Response:
    """Have the files of a batch made once more."""
    now, desk = clock.now(), part(SignaturesDesk)
    with writing() as session:
        open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
        try_again(session, viewer(), campaign_id, batch_id, desk=desk, now=now)
    return see_other(at("batch", campaign_id, batch_id=batch_id))


@section.get(f"{BATCH}/sheet.pdf", access=WORKS)
def sheet_file(campaign_id: int, batch_id: int) -> Response:
    """The sheet, to be printed as often as there are numbers."""
    with reading() as session:
        found = _ready(session, campaign_id, batch_id)
    name = f"signature-sheet-{found.first_number}-{found.last_number}.pdf"
    return hand_out(campaign_id, batch_id, found.sha256, name)


@section.get(f"{BATCH}/cover.pdf", access=WORKS)
def cover_file(campaign_id: int, batch_id: int) -> Response:
    """The page that goes with the sheets."""
    with reading() as session:
        found = _ready(session, campaign_id, batch_id)
    name = f"cover-{found.first_number}-{found.last_number}.pdf"
    return hand_out(campaign_id, batch_id, found.cover_sha256, name)


def _batch(session: Session, campaign_id: int, batch_id: int) -> BatchRow:
    found = find_batch(session, campaign_id, batch_id)
    if found is None:
        raise Missing
    return found


def _span(found: BatchRow) -> str:
    return write_numbers(range(found.first_number, found.last_number + 1))


def _ready(session: Session, campaign_id: int, batch_id: int) -> BatchRow:
    """Find a batch with its files for who works on it: answers that lie sealed are on them."""
    open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=clock.now())
    found = _batch(session, campaign_id, batch_id)
    if not found.has_files:
        raise Missing(errors.NOT_READY)
    return found


def _entry(form: OrderForm) -> OrderEntry:
    return OrderEntry(
        key=key_of(form.key.data or ""),
        count=count_of("count", form.count.data or "") or 0,
        sides=count_of("sides", str(form.sides.data or "")) or 0,
        collector_id=count_of("collector", str(form.collector.data or "")),
        name=kept(form.name.data or "", lines=False),
        gender=_gender(str(form.gender.data or "")),
    )


def _gender(text: str) -> Gender | None:
    return next((one for one in Gender if one.value == text), None)


def _known(session: Session, work: Work, found: tuple[BatchRow, ...]) -> _Head:
    form, seal = work.pack.shape.sheet, part(SignaturesDesk).seal
    given = head_answers(session, seal, work.campaign.id, form)
    missing = missing_answers(form.needs, given)
    names = [given.get(key, "") for key in ("surname", "first_name", "patronymic")]
    newest = found[0] if found else None
    said = newest_wording(session, seal, work.campaign.id, newest, full_name(given))
    name = said.name if said else declined(names, Case.GENITIVE) or full_name(given)
    gender = said.gender if said else gender_of(names[-1])
    head = None
    if not missing and gender is not None:
        answers = part(PaperworkDesk).documents(work.campaign.pack_id).answers
        # What lies sealed is printed for the voters and stays behind dots on a screen.
        shown = {
            key: DOTS if text and answers[key].seal and not answers[key].choices else text
            for key, text in given.items()
        }
        wording = Wording(name=name, gender=gender)
        head = head_of(form, shown, wording, polling_day=work.campaign.polling_day)
    return _Head(missing=missing, name=name, gender=gender, head=head)


def _show(
    campaign_id: int, form: OrderForm, status: int = 200, *, refused: bool = False
) -> Response:
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        found = batches_of(session, campaign_id)
        hands = collectors_of(session, campaign_id)
        # Answers are sealed partly: whoever only looks is shown none of the head.
        known = _known(session, work, found) if work.works else None
        official = is_official(session, work.campaign, FORM_KEY, work.pack.shape.sheet)
        clearing = clearing_views(session, work)
    _offer(form, known, hands, work, refused=refused)
    words, label = work.pack.words_in(current_language()), questions_of(work).label
    names = {hand.id: hand.name for hand in hands}
    page = BatchesPage(
        form=form,
        action=at("order_sheets", campaign_id),
        own=work.works,
        missing=tuple(label(key) for key in known.missing) if known else (),
        papers_href=url_for("paperwork.index", campaign_id=campaign_id),
        head=known.head.lines if known and known.head else (),
        sentence=known.head.sentence if known and known.head else "",
        draft="" if official else words.sheet,
        source=source_view(work.pack.shape.sheet, work.pack),
        hands_words=words.hands,
        batches=tuple(_line(campaign_id, one, names) for one in found),
        clearing=clearing,
        overview_href=at("index", campaign_id),
    )
    return render(page, status)


def _offer(
    form: OrderForm,
    known: _Head | None,
    hands: tuple[CollectorRow, ...],
    work: Work,
    *,
    refused: bool,
) -> None:
    printed, sheet = work.pack.shape.sheet.printed, work.pack.shape.sheet
    form.gender.choices = [
        (
            one.value,
            ", ".join(
                getattr(word, one) for word in (printed.born, printed.working, printed.living)
            ),
        )
        for one in Gender
    ]
    form.sides.choices = [
        ("1", gettext("one side, %(rows)s rows", rows=sheet.rows_single)),
        ("2", gettext("two sides, %(rows)s rows", rows=sheet.rows_front + sheet.rows_back)),
    ]
    form.collector.choices = [
        ("", gettext("whoever takes them")),
        *((str(one.id), one.name) for one in hands if one.ended_at is None),
    ]
    if not refused and known is not None:
        form.name.data = known.name
        form.gender.data = known.gender.value if known.gender else None


def _line(campaign_id: int, one: BatchRow, names: Mapping[int, str]) -> BatchLine:
    return BatchLine(
        numbers=_span(one),
        count=one.count,
        collector=names.get(one.collector_id or 0, ""),
        state=gettext(BATCH_STATES[one.state]),
        official=one.official,
        ordered_at=one.ordered_at,
        href=at("batch", campaign_id, batch_id=one.id),
    )
