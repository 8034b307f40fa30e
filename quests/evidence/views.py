"""The forms of the Step page's work area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import get_campaign
from app.errors import Conflict, MandatError, Missing, Refused
from app.files.inspection import Inspector
from app.files.storage import FileStore
from app.reviews import commands as reviews
from app.reviews import promising
from app.reviews.commands import HandedInReview
from app.sealing import Seal
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import flash_done, flash_warn, markup, see_other
from app.web.routing import Section
from documents.packets.desk import PacketsDesk
from documents.packets.standing import packets_held
from quests.evidence import errors
from quests.evidence.commands import answers, files, proving
from quests.evidence.commands.answers import SheetIncomplete
from quests.evidence.commands.work import StepWork
from quests.evidence.describing import Look, WorkRefused, work_area
from quests.evidence.forms import typed_answers
from quests.evidence.queries.work import step_done
from quests.evidence.rules.proof import SUBJECT_KIND
from quests.route.features import FILED
from quests.route.library import PackLibrary
from quests.route.position import may_work as is_for
from quests.route.shape import EvidenceKind, Step
from quests.route.standing import (
    Position,
    reads_all_evidence,
    require_workable,
    role_of,
)
from quests.route.views import show_step

section = Section("evidence", __name__)
STEP = "/campaigns/<int:campaign_id>/steps/<key>"
WORKS = Holds(Permission.STEP_WORK)
FINISHED = N_("Saved: this counts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTools:
    """What this feature is given when the program is put together."""

    store: FileStore
    inspect: Inspector
    seal: Seal


def work_markup(
    position: Position, key: str, now: datetime, refused: WorkRefused | None = None
) -> Markup:
    """Give the work area of a step for the current viewer; for ``Inserts.work``."""
    who, campaign = viewer(), position.campaign
    step = position.route.by_key[key]
    role = role_of(who, campaign)
    # Whoever works on other steps only has no business with the answers of this one.
    works = who.may(Permission.STEP_WORK, campaign.scope) and is_for(step.step, role)
    if not works and not reads_all_evidence(who, campaign):
        return Markup()
    with reading() as session:
        done = step_done(session, campaign.id, key)
        packets = _packets(session, position, step.step, now)
    look = Look(
        position=position,
        step=step.step,
        words=position.pack.words_of(key, current_language()),
        done=done,
        refused=refused,
        may_work=works and step.may_be_worked_by(role),
        now=now,
        seal=part(EvidenceTools).seal,
        packets=packets,
    )
    area = work_area(look)
    return Markup(markup(area)) if area.blocks else Markup()  # noqa: S704 - our own template.


def _packets(session: Session, position: Position, step: Step, now: datetime) -> Mapping[str, bool]:
    """Give the packets that are put together for a step at which one has yet to be handed in.

    Each with whether it still holds the papers. The fact says only that there is none that
    counts; that there is one, which has to be put together anew, is worth asking the rules about
    one campaign. Nor may the fact be told to readers: sealed answers decide it, too.
    """
    facts = [asked.fact or "" for asked in step.evidence]
    keys = [
        fact.removeprefix(FILED)
        for fact in facts
        if fact.startswith(FILED) and fact not in position.facts
    ]
    if not keys:
        return {}
    campaign = position.campaign
    works = viewer().may(Permission.PAPER_WORK, campaign.scope)
    return packets_held(session, part(PacketsDesk), campaign, now, keys=keys, works=works)


@contextmanager
def working(campaign_id: int, key: str) -> Iterator[tuple[Session, StepWork]]:
    """Open the transaction in which the viewer works on a step that is open to them.

    Raises Missing, Forbidden and Conflict as ``require_workable`` does.
    """
    now, who = clock.now(), viewer()
    with writing() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.STEP_WORK)
        found = require_workable(session, part(PackLibrary), who, campaign, key, now=now)
        yield session, StepWork(campaign=campaign, step=found.step, viewer=who, now=now)


def back(campaign_id: int, key: str, at: str = "") -> Response:
    """Send the browser to the top of the step, where it is said what happened.

    ``at`` is a piece of evidence to come back to instead, where one sees it.
    """
    anchor = f"#work-{at}" if at else ""
    return see_other(url_for("route.step", campaign_id=campaign_id, key=key) + anchor)


def again(campaign_id: int, key: str, refused: WorkRefused, *, status: int = 422) -> Response:
    """Show the step with what was refused and everything that was typed."""
    return show_step(campaign_id, key, status, refused=refused)


def say_sent(work: StepWork, review: HandedInReview | None) -> None:
    """Say what happens next with what was sent."""
    if review is None:
        flash_done(FINISHED)
        return
    promising.say_sent(review, work.campaign.timezone)


@section.post(f"{STEP}/answers", access=WORKS)
def save_answers(campaign_id: int, key: str) -> Response:
    """Keep a draft of the step's form, or send it."""
    typed = typed_answers(request.form)
    version = request.form.get("version", 0, type=int)
    try:
        if request.form.get("action") == "send":
            return _send_answers(campaign_id, key, typed, version)
        with working(campaign_id, key) as (session, work):
            answers.save_draft(session, work, typed, version=version, seal=_seal())
    except Conflict as conflict:
        if conflict.message != errors.SHEET_CHANGED:
            raise
        refused = _refused(campaign_id, key, EvidenceKind.FORM, conflict, typed)
        return again(campaign_id, key, refused, status=409)
    flash_done(N_("Draft saved. Nothing is sent yet."))
    return back(campaign_id, key)


def _send_answers(campaign_id: int, key: str, typed: dict[str, str], version: int) -> Response:
    try:
        with working(campaign_id, key) as (session, work):
            wanted = part(PackLibrary)[work.campaign.pack_id].wanted_answers
            sent = answers.send_answers(
                session, work, typed, version=version, wanted=wanted, seal=_seal()
            )
    except SheetIncomplete as incomplete:
        # What was typed is worth keeping although it can't be sent.
        with working(campaign_id, key) as (session, work):
            answers.save_draft(session, work, typed, version=version, seal=_seal())
            evidence = work.asked(EvidenceKind.FORM).key
        refused = WorkRefused(
            key=evidence,
            error=incomplete,
            typed=typed,
            problems=incomplete.checked.problems,
        )
        return again(campaign_id, key, refused)
    if sent.checked.stops:
        flash_warn(N_("Saved, but one of the answers stands in the way. Read what it says."))
    else:
        say_sent(work, sent.review)
    return back(campaign_id, key)


def _seal() -> Seal:
    return part(EvidenceTools).seal


def _refused(
    campaign_id: int, key: str, kind: EvidenceKind, error: MandatError, typed: dict[str, str]
) -> WorkRefused:
    """Give what a refused form left behind, placed at the step's evidence of this kind.

    Raises Missing when the step has no such evidence: what was typed may be refused before the
    step is asked for it.
    """
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.STEP_WORK)
    step = part(PackLibrary)[campaign.pack_id].step_by_key.get(key)
    asked = step.evidence if step else ()
    evidence = next((found.key for found in asked if found.kind is kind), None)
    if evidence is None:
        raise Missing
    return WorkRefused(key=evidence, error=error, typed=typed)


@section.post(f"{STEP}/files/<evidence>", access=WORKS)
def upload(campaign_id: int, key: str, evidence: str) -> Response:
    """Put one or several files there; each is looked at in a process of its own first."""
    tools = part(EvidenceTools)
    given = [file for file in request.files.getlist("file") if file.filename]
    with working(campaign_id, key) as (_, work):
        # Asked before the costly look at the file, and again when it is put there.
        work.asked(EvidenceKind.UPLOAD, evidence)
    try:
        if not given:
            raise Refused("file", errors.FILE_MISSING)
        for file in given:
            _add_file(campaign_id, key, evidence, file, tools)
    except Refused as refusal:
        return again(campaign_id, key, WorkRefused(key=evidence, error=refusal))
    flash_done(N_("The file is there. It is not sent yet."))
    return back(campaign_id, key, at=evidence)


def _add_file(
    campaign_id: int, key: str, evidence: str, file: FileStorage, tools: EvidenceTools
) -> None:
    inspected = tools.inspect(file.stream.read())
    sha256 = tools.store.put(inspected.data)
    with working(campaign_id, key) as (session, work):
        files.add_file(
            session,
            work,
            evidence_key=evidence,
            item_key=request.form.get("item", ""),
            given_name=file.filename or "",
            file=inspected,
            sha256=sha256,
        )


@section.post(f"{STEP}/files/<evidence>/<int:file_id>/remove", access=WORKS)
def remove_file(campaign_id: int, key: str, evidence: str, file_id: int) -> Response:
    """Take a file away."""
    with working(campaign_id, key) as (session, work):
        files.remove_file(session, work, evidence_key=evidence, file_id=file_id)
    flash_done(N_("The file is removed."))
    return back(campaign_id, key, at=evidence)


@section.post(f"{STEP}/files/<evidence>/send", access=WORKS)
def send_files(campaign_id: int, key: str, evidence: str) -> Response:
    """Send the files to be checked."""
    try:
        with working(campaign_id, key) as (session, work):
            pack = part(PackLibrary)[work.campaign.pack_id]
            words = pack.words_of(key, current_language()).file
            labels = {name: item.label for name, item in words.items()}
            review = files.send_files(session, work, evidence_key=evidence, labels=labels)
    except Refused as refusal:
        return again(campaign_id, key, WorkRefused(key=evidence, error=refusal))
    say_sent(work, review)
    return back(campaign_id, key)


@section.post(f"{STEP}/checklist", access=WORKS)
def save_ticks(campaign_id: int, key: str) -> Response:
    """Keep the ticks, or send the complete checklist to be confirmed."""
    ticked = frozenset(request.form.getlist("ticked"))
    if request.form.get("action") != "send":
        with working(campaign_id, key) as (session, work):
            proving.tick(session, work, ticked)
        flash_done(N_("Ticks saved."))
        return back(campaign_id, key)
    try:
        with working(campaign_id, key) as (session, work):
            evidence = work.asked(EvidenceKind.CHECKLIST).key
            review = proving.send_checklist(session, work, ticked)
    except Refused as refusal:
        with working(campaign_id, key) as (session, work):
            proving.tick(session, work, ticked)
        return again(campaign_id, key, WorkRefused(key=evidence, error=refusal, ticked=ticked))
    say_sent(work, review)
    return back(campaign_id, key)


@section.post(f"{STEP}/quiz", access=WORKS)
def answer_quiz(campaign_id: int, key: str) -> Response:
    """Mark the quiz."""
    chosen = {
        name.removeprefix("q-"): value
        for name, value in request.form.items()
        if name.startswith("q-")
    }
    try:
        with working(campaign_id, key) as (session, work):
            result = proving.answer_quiz(session, work, chosen)
    except Refused as refusal:
        refused = _refused(campaign_id, key, EvidenceKind.QUIZ, refusal, chosen)
        return again(campaign_id, key, refused)
    if result.passed:
        flash_done(N_("Passed: {right} of {total}."), right=result.right, total=result.total)
    else:
        flash_warn(
            N_("{right} of {total} are right. Read why, and try again."),
            right=result.right,
            total=result.total,
        )
    return back(campaign_id, key)


@section.post(f"{STEP}/meeting", access=WORKS)
def propose_meeting(campaign_id: int, key: str) -> Response:
    """Agree on a meeting, or move it."""
    typed = {name: request.form.get(name, "").strip() for name in ("day", "time", "place")}
    try:
        with working(campaign_id, key) as (session, work):
            starts_at = _moment(typed["day"], typed["time"], work.campaign.timezone)
            proving.propose_meeting(session, work, starts_at=starts_at, place=typed["place"])
    except Refused as refusal:
        refused = _refused(campaign_id, key, EvidenceKind.MEETING, refusal, typed)
        return again(campaign_id, key, refused)
    flash_done(N_("The meeting is noted. When it has taken place, say so here."))
    return back(campaign_id, key)


def _moment(day: str, time: str, zone: str) -> datetime:
    try:
        found = datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M")
        return found.replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Refused("time" if day else "day", errors.MEETING_TIME) from None


@section.post(f"{STEP}/meeting/held", access=WORKS)
def hold_meeting(campaign_id: int, key: str) -> Response:
    """Report that the meeting took place."""
    outcome = request.form.get("outcome", "").replace("\x00", "")
    try:
        with working(campaign_id, key) as (session, work):
            review = proving.hold_meeting(session, work, outcome=outcome)
    except Refused as refusal:
        typed = {"outcome": outcome}
        refused = _refused(campaign_id, key, EvidenceKind.MEETING, refusal, typed)
        return again(campaign_id, key, refused)
    say_sent(work, review)
    return back(campaign_id, key)


@section.post(f"{STEP}/withdraw/<int:review_id>", access=WORKS)
def withdraw(campaign_id: int, key: str, review_id: int) -> Response:
    """Take back what is waiting to be checked."""
    with writing() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.STEP_WORK)
        step = part(PackLibrary)[campaign.pack_id].step_by_key.get(key)
        if step is None or not is_for(step, role_of(viewer(), campaign)):
            raise Missing
        reviews.withdraw(
            session,
            viewer(),
            campaign_id,
            review_id,
            subject_kind=SUBJECT_KIND,
            step_key=key,
            now=clock.now(),
        )
    flash_done(N_("Taken back. You can change it and send it again."))
    return back(campaign_id, key)
