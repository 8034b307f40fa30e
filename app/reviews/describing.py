"""The queue and its filters put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import url_for

from app.reviews.pages import Option, Pages, QueueLine, QueuePage, Undoable
from app.reviews.queries import ROWS_A_PAGE, QueueCount, QueueFilter, QueueRow, ReviewRow
from app.reviews.rules import Queue, State
from app.reviews.subjects import Subjects
from app.texts import N_
from app.web.language import current_language, gettext
from app.web.wording import span

QUEUE_NAMES: Mapping[str, str] = {
    "organisation": N_("Organisation"),
    "coalition": N_("Coalition"),
    "lawyer": N_("Lawyer"),
    "designer": N_("Designer"),
}


def queue_page(
    rows: Sequence[QueueRow],
    counts: Sequence[QueueCount],
    organisations: Sequence[tuple[int, str]],
    lately: Sequence[ReviewRow],
    *,
    wanted: QueueFilter,
    number: int,
    subjects: Subjects,
    now: datetime,
) -> QueuePage:
    """Put the queue's page together."""
    here = [count for count in counts if _fits(count, wanted)]
    waiting = sum(count.waiting for count in here)
    late = sum(count.late for count in here)
    total = late if wanted.late else waiting
    return QueuePage(
        lines=queue_lines(rows, subjects, now),
        total=waiting,
        late_total=late,
        tabs=_tabs(counts, wanted),
        organisations=_organisations(organisations, wanted),
        steps=_steps(counts, wanted, subjects),
        queue=wanted.queue.value if wanted.queue else "",
        late=wanted.late,
        filtered=wanted != QueueFilter(),
        pages=_pages(total, wanted, number),
        undoable=tuple(_undoable(review, subjects) for review in lately),
        accept_action=address(wanted, endpoint="reviews.accept_many"),
    )


def _fits(count: QueueCount, wanted: QueueFilter) -> bool:
    in_queue = wanted.queue is None or count.queue == wanted.queue.value
    return in_queue and (wanted.step_key is None or count.step_key == wanted.step_key)


def queue_lines(
    rows: Sequence[QueueRow], subjects: Subjects, now: datetime
) -> tuple[QueueLine, ...]:
    """Give the rows in words; titles are looked up once a step."""
    language = current_language()
    titles: dict[tuple[str, str], str] = {}
    base = url_for("reviews.show", review_id=0).removesuffix("0")
    district, first = gettext("district {number}"), gettext("first time")
    again, no_organisation = gettext("time {round}"), gettext("not placed yet")
    overdue, left = gettext("late by {span}"), gettext("{span} left")
    lines = []
    for row in rows:
        step = (row.pack_id, row.step_key)
        if step not in titles:
            titles[step] = subjects.step_title(*step, language)
        number = row.district_number
        where = [row.organisation_name or no_organisation]
        if number:
            where.insert(0, district.format(number=number))
        late = row.promised_at < now
        lines.append(
            QueueLine(
                id=row.id,
                href=f"{base}{row.id}",
                candidate=row.campaign_title,
                place=" · ".join(where),
                step=titles[step],
                note=first if row.round == 1 else again.format(round=row.round),
                waiting=span(now - row.submitted_at, language),
                promised=(
                    overdue.format(span=span(now - row.promised_at, language))
                    if late
                    else left.format(span=span(row.promised_at - now, language))
                ),
                late=late,
            )
        )
    return tuple(lines)


def address(
    wanted: QueueFilter, *, endpoint: str = "reviews.queue", page: int = 1, **changed: str
) -> str:
    """Give the address of the queue with these filters; empty ones are left out."""
    values = {
        "queue": wanted.queue.value if wanted.queue else "",
        "organisation": str(wanted.organisation_id or ""),
        "step": wanted.step_key or "",
        "late": "1" if wanted.late else "",
        "page": str(page) if page > 1 else "",
    } | changed
    query = urlencode({key: value for key, value in values.items() if value})
    base = url_for(endpoint)
    return f"{base}?{query}" if query else base


def _tabs(
    counts: Sequence[QueueCount], wanted: QueueFilter
) -> tuple[tuple[str, str, bool, int | None], ...]:
    by_queue: Counter[str] = Counter()
    for count in counts:
        by_queue[count.queue] += count.waiting
    tabs: list[tuple[str, str, bool, int | None]] = [
        (gettext("All"), address(wanted, queue=""), wanted.queue is None, by_queue.total())
    ]
    for queue in Queue:
        if by_queue[queue.value] or wanted.queue is queue:
            href = address(wanted, queue=queue.value)
            label = gettext(QUEUE_NAMES[queue.value])
            tabs.append((label, href, wanted.queue is queue, by_queue[queue.value]))
    return tuple(tabs)


def _organisations(
    organisations: Sequence[tuple[int, str]], wanted: QueueFilter
) -> tuple[Option, ...]:
    return tuple(
        Option(value=str(key), label=name, chosen=key == wanted.organisation_id)
        for key, name in organisations
    )


def _steps(
    counts: Sequence[QueueCount], wanted: QueueFilter, subjects: Subjects
) -> tuple[Option, ...]:
    by_step: Counter[tuple[str, str]] = Counter()
    for count in counts:
        if wanted.queue is None or count.queue == wanted.queue.value:
            by_step[(count.pack_id, count.step_key)] += count.waiting
    language = current_language()
    return tuple(
        Option(
            value=step,
            label=f"{subjects.step_title(pack, step, language)} ({by_step[(pack, step)]})",
            chosen=step == wanted.step_key,
        )
        for pack, step in sorted(by_step)
    )


def _pages(total: int, wanted: QueueFilter, number: int) -> Pages:
    last = max(1, -(-total // ROWS_A_PAGE))
    return Pages(
        number=number,
        last=last,
        earlier=address(wanted, page=number - 1) if number > 1 else None,
        later=address(wanted, page=number + 1) if number < last else None,
    )


def _undoable(review: ReviewRow, subjects: Subjects) -> Undoable:
    step = subjects.step_title(review.pack_id, review.step_key, current_language())
    accepted = review.state is State.ACCEPTED
    words = (
        gettext("You accepted “{step}”.", step=step)
        if accepted
        else gettext("You sent “{step}” back.", step=step)
    )
    return Undoable(words=words, action=url_for("reviews.undo", review_id=review.id))
