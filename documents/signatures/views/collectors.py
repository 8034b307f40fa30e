"""Who collects: the list, with details that open on request only."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other
from documents.paperwork.rules.texts import kept
from documents.signatures import errors
from documents.signatures.commands.collectors import (
    CollectorEntry,
    Details,
    add_collector,
    end_collector,
    show_collector,
)
from documents.signatures.describing import source_view
from documents.signatures.desk import SignaturesDesk
from documents.signatures.forms import CollectorForm
from documents.signatures.pages import CollectorsPage, CollectorView
from documents.signatures.queries import AllSums, CollectorRow, all_sums, collectors_of
from documents.signatures.rules.days import Season, read_day
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    a_key,
    at,
    key_of,
    open_signatures,
    section,
    written,
)

COLLECTORS = f"{SIGNATURES}/collectors"
COLLECTOR = f"{COLLECTORS}/<int:collector_id>"
TEXTS = ("name", "address", "passport", "passport_issued")


@section.get(COLLECTORS, access=READS)
def collectors(campaign_id: int) -> Response:
    """The list, and the form to add somebody."""
    return _show(campaign_id, CollectorForm(data={"key": a_key()}))


@section.post(COLLECTORS, access=WORKS)
def add(campaign_id: int) -> Response:
    """Put somebody on the list."""
    now, form = clock.now(), CollectorForm()
    if not form.validate():
        return _show(campaign_id, form, 422)
    try:
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            desk = part(SignaturesDesk)
            add_collector(session, viewer(), campaign_id, _entry(form, work), desk=desk, now=now)
    except Refused as refusal:
        form.refuse(refusal)
        return _show(campaign_id, form, 422)
    flash_done(N_("Added to the list of collectors."))
    return see_other(at("collectors", campaign_id))


@section.post(f"{COLLECTOR}/show", access=WORKS)
def show_details(campaign_id: int, collector_id: int) -> Response:
    """Open somebody's details, this once; the log keeps who did."""
    now = clock.now()
    with writing() as session:
        open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
        details = show_collector(
            session,
            viewer(),
            campaign_id,
            collector_id,
            seal=part(SignaturesDesk).seal,
            now=now,
        )
    answer = _show(
        campaign_id,
        CollectorForm(formdata=None, data={"key": a_key()}),
        opened=(collector_id, details),
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@section.post(f"{COLLECTOR}/end", access=WORKS)
def end(campaign_id: int, collector_id: int) -> Response:
    """Say that somebody collects no more."""
    now = clock.now()
    with writing() as session:
        open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
        end_collector(session, viewer(), campaign_id, collector_id, now=now)
    flash_done(N_("Collects no more. Sheets that are out can still come back."))
    return see_other(at("collectors", campaign_id))


def _entry(form: CollectorForm, work: Work) -> CollectorEntry:
    alive = Season(first=None, last=None, latest=work.today)
    born = read_day(form.born_on.data or "", season=alive)
    if born is None:
        raise Refused("born_on", errors.BIRTH_DATE)
    texts = {name: kept(str(form[name].data or ""), lines=False) for name in TEXTS}
    return CollectorEntry(key=key_of(form.key.data or ""), born_on=born, **texts)


def _show(
    campaign_id: int,
    form: CollectorForm,
    status: int = 200,
    *,
    opened: tuple[int, Details] | None = None,
) -> Response:
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        found = collectors_of(session, campaign_id)
        sums = all_sums(session, campaign_id)
    words, rule = work.pack.words_in(current_language()), work.pack.shape.collector
    page = CollectorsPage(
        form=form,
        action=at("add", campaign_id),
        own=work.works,
        collectors=tuple(_view(work, one, sums, opened) for one in found),
        hands_words=words.hands,
        least=rule.at_least,
        rule=(words.collector, source_view(rule, work.pack)),
        overview_href=at("index", campaign_id),
    )
    return render(page, status)


def _view(
    work: Work, one: CollectorRow, sums: AllSums, opened: tuple[int, Details] | None
) -> CollectorView:
    hand = sums.hands.get(one.id)
    shown = opened[1] if opened and opened[0] == one.id else None
    active = work.works and one.ended_at is None
    return CollectorView(
        id=one.id,
        name=one.name,
        ended=one.ended_at is not None,
        note=gettext(
            "sheets out: %(out)s, brought: %(back)s, good signatures: %(good)s",
            out=hand.out if hand else 0,
            back=hand.back if hand else 0,
            good=hand.good if hand else 0,
        ),
        show_action=at("show_details", work.campaign.id, collector_id=one.id)
        if work.works and shown is None
        else "",
        end_action=at("end", work.campaign.id, collector_id=one.id) if active else "",
        details=_details(shown) if shown else (),
    )


def _details(shown: Details) -> tuple[tuple[str, str], ...]:
    return (
        (gettext("Date of birth"), written(shown.born_on)),
        (gettext("Address of residence as in the passport"), shown.address or "—"),
        (gettext("Series and number of the passport"), shown.passport or "—"),
        (gettext("Issued when and by whom, or the code"), shown.passport_issued or "—"),
    )
