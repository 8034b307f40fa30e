"""Putting the calendar page together from a position and its deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.addresses import step_address
from app.calendar import Deadline
from app.web.language import gettext
from quests.agenda import rules
from quests.agenda.pages import (
    CalendarPage,
    DeadlineView,
    GoalView,
    SubscriptionView,
    UndatedView,
)
from quests.agenda.rules import SOON_DAYS
from quests.agenda.wording import day_name, place, when
from quests.route import saying
from quests.route.pack import PackWords
from quests.route.position import RouteStep, Status
from quests.route.standing import Position

Linked = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Describer:
    """Says everything about the days of one campaign in one language."""

    position: Position
    words: PackWords
    language: str
    bound: Mapping[str, Sequence[RouteStep]]

    def deadline(self, found: Deadline, state: str = "") -> DeadlineView:
        """Give one deadline in words; a near one stands out when it has no other state."""
        today = self.position.route.today
        soon = found.on is not None and (found.on - today).days <= SOON_DAYS
        return DeadlineView(
            key=found.key,
            when=when(found.on, found.at, found.edge, self.language, today=today)
            if found.on
            else "",
            on=found.on,
            title=found.title,
            why=found.why,
            status=found.status.value,
            source=found.source,
            reference=self.position.pack.reference(found.source_keys, self.language),
            state=state or ("soon" if soon else ""),
            steps=tuple(
                (self.words.step[step.key].title, self._href(step.key), step.status is Status.DONE)
                for step in self.bound.get(found.key, ())
            ),
        )

    def goal(self, step: RouteStep) -> GoalView:
        """Give our advice for one step."""
        assert step.goal is not None and step.goal.on is not None
        return GoalView(
            on=step.goal.on,
            title=self.words.step[step.key].title,
            href=self._href(step.key),
            slack=saying.slack(step),
        )

    def undated(self, missing: Sequence[str], found: Sequence[Deadline]) -> UndatedView:
        """Give the deadlines that wait for one day, and where that day is entered."""
        return UndatedView(
            waits_for=", ".join(day_name(name, self.language) for name in missing),
            told_in=self._told_in(missing),
            deadlines=tuple(self.deadline(each) for each in found),
        )

    def _told_in(self, missing: Sequence[str]) -> Linked:
        told = self.position.pack.shape.anchor
        return self._links(each.answer_of.step for each in told if each.key in missing)

    def _links(self, keys: Iterable[str]) -> Linked:
        return tuple(
            (self.words.step[key].title, self._href(key))
            for key in dict.fromkeys(keys)
            if key in self.words.step
        )

    def _href(self, key: str) -> str:
        return step_address(self.position.campaign.id, key)


def calendar_page(
    position: Position,
    deadlines: Mapping[str, Deadline],
    *,
    only_own: bool,
    subscription: SubscriptionView | None,
    language: str,
    now: datetime,
) -> CalendarPage:
    """Give the calendar page of a campaign in a language."""
    campaign, route = position.campaign, position.route
    bound = rules.bound_steps(route)
    own = rules.chosen(deadlines.values(), only_own=True)
    layout = rules.laid_out(
        own if only_own else tuple(deadlines.values()),
        now=now,
        zone=campaign.timezone,
        owing=rules.owing(bound),
    )
    say = Describer(
        position=position, words=position.pack.words_in(language), language=language, bound=bound
    )
    return CalendarPage(
        campaign_id=campaign.id,
        place=place(campaign, language),
        today=route.today,
        tabs=_tabs(campaign.id, only_own=only_own, own=len(own), total=len(deadlines)),
        coming=(
            *(say.deadline(each, "late") for each in layout.late),
            *(say.deadline(each) for each in layout.coming),
        ),
        past=tuple(say.deadline(each, "past") for each in layout.past),
        undated=tuple(
            say.undated(missing, found)
            for missing, found in rules.by_missing_day(layout.undated).items()
        ),
        goals=tuple(say.goal(step) for step in rules.goals(route)),
        subscription=subscription,
    )


def _tabs(
    campaign_id: int, *, only_own: bool, own: int, total: int
) -> tuple[tuple[str, str, bool, int | None], ...]:
    everything = url_for("agenda.calendar", campaign_id=campaign_id)
    ours = url_for("agenda.calendar", campaign_id=campaign_id, whose="campaign")
    return (
        (gettext("All days"), everything, not only_own, total),
        (gettext("Only ours to keep"), ours, only_own, own),
    )
