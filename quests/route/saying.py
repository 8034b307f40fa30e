"""Sentences about steps: what opens a locked one, how much time is left, how far the work is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.ui.metro import Opener
from app.web.language import current_language, gettext, ngettext
from app.web.wording import day_short
from quests.route.conditions import Blocker, BlockerKind
from quests.route.course import TEAM_SIZE
from quests.route.pack import PackWords
from quests.route.position import Due, Route, RouteStep, Status
from quests.route.shape import step_of_fact

HrefOf = Callable[[str], str]


def openers(step: RouteStep, route: Route, words: PackWords, href: HrefOf) -> tuple[Opener, ...]:
    """Give the things that open a locked step; those that can be opened now carry a link."""
    found = [
        _opener(blocker, route, words, href) for need in step.needs for blocker in need.blockers
    ]
    return tuple(dict.fromkeys(found))


def opens_after(step: RouteStep) -> str:
    """Give the words before the list of openers."""
    if any(need.is_choice for need in step.needs):
        return gettext("Opens after any of these:")
    if step.is_undecided:
        return gettext("Whether you need this step is decided by:")
    return gettext("Opens after:")


def _opener(blocker: Blocker, route: Route, words: PackWords, href: HrefOf) -> Opener:
    if blocker.kind is BlockerKind.DATE:
        return Opener(title=_day_words(blocker, words))
    if blocker.fact == TEAM_SIZE:
        title = gettext("team: {have} of {need}", have=blocker.have, need=blocker.need)
        return Opener(title=title)
    # What a condition asks of one piece of evidence is given on the page of its step.
    key = blocker.step or step_of_fact(blocker.fact or "")
    if key is None:
        return Opener(title=gettext("{have} of {need}", have=blocker.have, need=blocker.need))
    title = words.step[key].title
    if blocker.kind is not BlockerKind.STEP:
        title = gettext("your answer in “{step}”", step=title)
    reachable = route.by_key[key].status is not Status.LOCKED
    return Opener(title=title, href=href(key) if reachable else None)


def _day_words(blocker: Blocker, words: PackWords) -> str:
    if blocker.on is None:
        known = words.deadline.get(blocker.deadline or "")
        name = known.title if known else anchor_name(blocker.deadline or "")
        return gettext("a day that is not known yet: {name}", name=name)
    return gettext("the day comes: {day}", day=day_short(blocker.on, current_language()))


def anchor_name(key: str) -> str:
    """Give the name of a day that calendars count from."""
    names = {
        "polling_day": gettext("polling day"),
        "first_polling_day": gettext("first polling day"),
        "published": gettext("publication of the decision to hold the election"),
        "consented": gettext("the commission received your consent"),
        "submitted": gettext("papers for registration were handed in"),
        "results": gettext("publication of the results"),
        "declared": gettext("declaration of the result"),
    }
    return names.get(key, key.replace("_", " "))


def until(due: Due | None) -> str:
    """Give "by 12 July, 18:00", or nothing while the day is not known."""
    if due is None or due.on is None:
        return ""
    day = day_short(due.on, current_language())
    if due.at is not None:
        return gettext("by {day}, {hour}", day=day, hour=f"{due.at:%H:%M}")
    return gettext("by {day}", day=day)


def to_act_by(step: RouteStep) -> str:
    """Give the day a step is due; our own one is named so where the law counts the days left."""
    due = until(step.due)
    if due:
        return due
    goal = until(step.goal)
    return f"{goal} {basis(is_legal=False)}" if goal and step.slack_is_legal else goal


def slack(step: RouteStep) -> str:
    """Give "4 days to spare by law" or "2 days behind by our plan", or nothing when unbound."""
    return slack_words(step.slack_days, is_legal=step.slack_is_legal)


def slack_words(spare: int | None, *, is_legal: bool) -> str:
    """Give the words for days of slack and who counts them; nothing when unbound."""
    return "" if spare is None else f"{_days_of_slack(spare)} {basis(is_legal=is_legal)}"


def basis(*, is_legal: bool) -> str:
    """Tell days that the law counts from those of our own advice."""
    return gettext("by law") if is_legal else gettext("by our plan")


def _days_of_slack(spare: int) -> str:
    if spare > 0:
        return ngettext("%(num)s day to spare", "%(num)s days to spare", spare)
    if spare == 0:
        return gettext("start today")
    return ngettext("%(num)s day behind", "%(num)s days behind", -spare)


def effort(minutes: int) -> str:
    """Give "about 40 minutes" or "about 3 hours" of a person's own time."""
    if minutes < 90:
        return ngettext("about %(num)s minute", "about %(num)s minutes", minutes)
    return ngettext("about %(num)s hour", "about %(num)s hours", round(minutes / 60))


def note(step: RouteStep, today: date) -> tuple[str, str]:
    """Give the few words at the right edge of the map and their tone."""
    if step.status is Status.WAITING:
        return gettext("being checked"), "quiet"
    if step.status is Status.RETURNED:
        return gettext("to mend"), "warn"
    if step.status is Status.OVERDUE:
        return until(step.due), "alert"
    if step.status is not Status.OPEN:
        return "", ""
    if step.progress.have and step.progress.need > 1:
        return f"{step.progress.have} / {step.progress.need}", "line"
    due = until(step.due) or until(step.goal)
    late = step.slack_days is not None and step.slack_days < 0
    return due, "warn" if late and step.slack_is_legal else "line"
