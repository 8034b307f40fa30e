"""The queue and the review screens."""

from __future__ import annotations

from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.errors import Forbidden, Refused
from app.reviews import commands
from app.reviews.describing import QUEUE_NAMES, address, queue_page
from app.reviews.forms import ReturnForm
from app.reviews.pages import ReviewPage
from app.reviews.queries import (
    QueueFilter,
    ReviewFound,
    candidate_language,
    decided_lately,
    desk_organisations,
    get_review,
    queue_counts,
)
from app.reviews.queries import queue_page as queue_rows
from app.reviews.rules import (
    Queue,
    State,
    can_be_undone,
    check_may_decide,
    tidy_reason,
)
from app.reviews.subjects import HandedIn, ReviewSubjects, Subjects
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, ngettext, say
from app.web.pages import flash_done, flash_warn, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone

section = Section("reviews", __name__)
LAST_PAGE = 10_000
MOST_SAID = 5


@section.get("/desk/queue", access=Holds(Permission.QUEUE_READ))
def queue() -> Response:
    """What waits on the viewer's desk."""
    return show_queue()


def show_queue(status: int = 200) -> Response:
    """Render the queue as the address asks for it."""
    now, who, wanted = clock.now(), viewer(), wanted_filter()
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    with reading() as session:
        rows = queue_rows(session, who, wanted, page=number, now=now)
        counts = queue_counts(session, who, wanted, now=now)
        organisations = desk_organisations(session, who)
        lately = decided_lately(session, who, now=now)
    page = queue_page(
        rows,
        counts,
        organisations,
        lately[:MOST_SAID],
        wanted=wanted,
        number=number,
        subjects=subjects(),
        now=now,
    )
    return render(page, status)


def wanted_filter() -> QueueFilter:
    """Read the filters of the address; what is none is left out."""
    asked = request.args.get("queue", "")
    return QueueFilter(
        queue=Queue(asked) if asked in set(Queue) else None,
        organisation_id=_small(request.args.get("organisation", type=int)),
        step_key=request.args.get("step", "")[:64].replace("\x00", "") or None,
        late=request.args.get("late") == "1",
    )


def _small(number: int | None) -> int | None:
    return number if number is not None and 0 < number < 2**63 else None


def subjects() -> Subjects:
    """Give what knows the reviewed work."""
    return part(ReviewSubjects).subjects


@section.post("/desk/queue/accept", access=Holds(Permission.REVIEW_DECIDE))
def accept_many() -> Response:
    """Accept every chosen row that can be accepted."""
    chosen = [int(key) for key in request.form.getlist("chosen") if _is_id(key)]
    try:
        with writing() as session:
            done = commands.accept_many(session, viewer(), chosen, now=clock.now())
    except Refused as refusal:
        flash_warn(refusal.message, **refusal.params)
        return show_queue(422)
    if done.accepted:
        flash_done(ngettext("%(num)s accepted.", "%(num)s accepted.", done.accepted))
    for skipped in done.skipped[:MOST_SAID]:
        _warn_of(skipped)
    return see_other(address(wanted_filter()))


def _warn_of(skipped: commands.Skipped) -> None:
    about = skipped.about
    if about is None:
        flash_warn(N_("A chosen row is gone, or is not yours to check."))
        return
    flash_warn(
        N_("{step}, {candidate}: not accepted. {because}"),
        step=subjects().step_title(about.pack_id, about.step_key, current_language()),
        candidate=about.candidate,
        because=say(skipped.because),
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) < 2**63


@section.get("/desk/reviews/<int:review_id>", access=Holds(Permission.REVIEW_DECIDE))
def show(review_id: int) -> Response:
    """One review."""
    return show_review(review_id)


def show_review(review_id: int, form: ReturnForm | None = None, status: int = 200) -> Response:
    """Render a review, with the form that was refused when there is one."""
    with reading() as session:
        found = get_review(session, viewer(), review_id)
        handed_in = subjects().handed_in(
            session, viewer(), review_id=review_id, language=current_language()
        )
    use_zone(found.campaign.timezone)
    return render(review_page(found, handed_in, form, clock.now()), status)


def review_page(
    found: ReviewFound, handed_in: HandedIn, form: ReturnForm | None, now: datetime
) -> ReviewPage:
    """Put the page of one review together."""
    review, campaign = found.review, found.campaign
    why_not = ""
    try:
        check_may_decide(viewer(), campaign.scope, review.standing)
    except Forbidden as refusal:
        why_not = say(refusal)
    waiting = review.state is State.SUBMITTED
    number = campaign.district_number
    district = gettext("district {number}", number=number) if number else campaign.district_name
    return ReviewPage(
        review=review,
        step=subjects().step_title(review.pack_id, review.step_key, current_language()),
        candidate=campaign.title,
        place=" · ".join(part for part in (district, campaign.organisation_name) if part),
        queue=gettext(QUEUE_NAMES[review.queue.value]),
        handed_in=handed_in,
        earlier=found.earlier,
        late=waiting and review.promised_at < now,
        may_decide=waiting and not why_not,
        why_not=why_not if waiting else "",
        may_undo=can_be_undone(review.standing, viewer(), now),
        form=form or ReturnForm.for_queue(review.queue),
        step_href=subjects().step_address(campaign.id, review.step_key),
        queue_href=url_for("reviews.queue"),
    )


@section.post("/desk/reviews/<int:review_id>/accept", access=Holds(Permission.REVIEW_DECIDE))
def accept(review_id: int) -> Response:
    """Let what was handed in count."""
    with writing() as session:
        review = commands.accept(session, viewer(), review_id, now=clock.now())
    step = subjects().step_title(review.pack_id, review.step_key, current_language())
    flash_done(N_("Accepted: {step}. For 10 minutes you can take this back."), step=step)
    return see_other(url_for("reviews.queue"))


@section.post("/desk/reviews/<int:review_id>/return", access=Holds(Permission.REVIEW_DECIDE))
def give_back(review_id: int) -> Response:
    """Send what was handed in back with a reason."""
    with reading() as session:
        found = get_review(session, viewer(), review_id)
        language = candidate_language(session, found.campaign.candidate_id)
    queue_of = found.review.queue
    form = ReturnForm.for_queue(queue_of)
    if not form.validate_on_submit():
        return show_review(review_id, form, 422)
    try:
        reason = tidy_reason(form.sentences(queue_of, language), form.own_words.data or "")
        with writing() as session:
            commands.give_back(session, viewer(), review_id, reason=reason, now=clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return show_review(review_id, form, 422)
    flash_done(N_("Sent back with your reason. For 10 minutes you can take this back."))
    return see_other(url_for("reviews.queue"))


@section.post("/desk/reviews/<int:review_id>/undo", access=Holds(Permission.REVIEW_DECIDE))
def undo(review_id: int) -> Response:
    """Take the viewer's own decision back."""
    with writing() as session:
        commands.undo(session, viewer(), review_id, now=clock.now())
    flash_done(N_("Your decision is taken back. The work waits for a check again."))
    return see_other(url_for("reviews.show", review_id=review_id))
