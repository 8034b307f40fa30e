"""The Route and Step pages as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from app.addresses import step_address
from app.ui.metro import Lane, MetroMap, Opener, Stage, Station, StationStatus
from app.web.language import gettext, ngettext
from app.web.pages import Page
from quests.route import saying
from quests.route.pack import PackWords, RoutePack, Step
from quests.route.position import Proof, Route, RouteStep, Status
from quests.route.standing import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class NowView:
    """The card of the one step to do now."""

    kicker: str
    title: str
    facts: tuple[str, ...]
    why: str
    line: str
    href: str
    label: str
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A question asked on a step, as a link."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePage(Page):
    """The candidate's first screen."""

    template: ClassVar[str] = "route/route.html"
    number: str
    title: str
    text: str
    person: str
    place: str
    own: bool
    map: Markup
    now: NowView | None
    tiles: tuple[tuple[str, str, str], ...]
    asked: tuple[AskedView, ...]
    ask_href: str
    reached: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A legal rule a step rests on, with its source and how sure we are."""

    text: str
    source: str
    reference: str
    """Where it can be read, for whoever wants to look it up."""
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """One thing that proves the step, and how far it is."""

    label: str
    state: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage(Page):
    """One step: why, what, how long, until when, by which rule, and the work itself."""

    template: ClassVar[str] = "route/step.html"
    campaign_id: int
    key: str
    title: str
    kicker: str
    line: str
    status: str
    workable: bool
    may_work: bool
    locked_text: str
    locked_by: tuple[Opener, ...]
    why: str
    what: Markup
    proof: str
    facts: tuple[str, ...]
    due: str
    due_left: date | None
    due_why: str
    due_status: str
    due_source: str
    due_reference: str
    goal: str
    slack: str
    today: date
    rules: tuple[RuleView, ...]
    proofs: tuple[ProofView, ...]
    returned: tuple[str, ...]
    snoozed_until: date | None
    can_snooze: bool
    unlocks: tuple[str, ...]
    work: Markup
    article: Markup
    questions: Markup


def metro_map(position: Position, words: PackWords, current: str | None = None) -> MetroMap:
    """Draw a position as the metro map."""
    route, campaign_id = position.route, position.campaign.id
    now_key = route.now.step.key if route.now else None

    def href(key: str) -> str:
        return step_address(campaign_id, key)

    steps = route.steps
    stages = []
    for number, stage in enumerate(position.pack.stages, start=1):
        stations = tuple(
            _station(step, route, words, href, is_now=step.key == now_key, current=current)
            for step in steps
            if step.step.stage == stage.key
        )
        stages.append(Stage(number=number, title=words.stage[stage.key].title, stations=stations))
    lanes = tuple(Lane(key=key, title=line.title) for key, line in words.line.items())
    return MetroMap(lanes=lanes, stages=tuple(stages))


def _station(
    step: RouteStep,
    route: Route,
    words: PackWords,
    href: saying.HrefOf,
    *,
    is_now: bool,
    current: str | None,
) -> Station:
    locked = step.status is Status.LOCKED
    note, tone = saying.note(step, route.today)
    return Station(
        key=step.key,
        title=words.step[step.key].title,
        line=step.step.line.value,
        status=_station_status(step, is_now=is_now),
        href=None if locked else href(step.key),
        note=note,
        note_tone=tone,
        interchange=step.step.interchange,
        side=step.step.side,
        current=step.key == current,
        locked_by=saying.openers(step, route, words, href) if locked else (),
        locked_text=saying.opens_after(step) if locked else "",
    )


def _station_status(step: RouteStep, *, is_now: bool) -> StationStatus:
    if is_now and step.status is Status.OPEN:
        return StationStatus.NOW
    return StationStatus(step.status.value)


def now_view(position: Position, words: PackWords) -> NowView | None:
    """Give the card of the step to do now; None when nothing is left for this role."""
    now = position.route.now
    if now is None:
        return None
    step = position.route.by_key[now.step.key]
    text = words.step[step.key]
    line = words.line[step.step.line.value].title
    facts = [saying.effort(step.step.minutes)]
    facts += [part for part in (saying.to_act_by(step), saying.slack(step)) if part]
    return NowView(
        kicker=gettext("Now · line “{line}”", line=line),
        title=text.title,
        facts=tuple(facts),
        why=text.why,
        line=step.step.line.value,
        href=step_address(position.campaign.id, step.key),
        label=_now_label(step),
        returned=next((p.note for p in step.proofs if p.note), ""),
    )


def _now_label(step: RouteStep) -> str:
    if step.status is Status.RETURNED:
        return gettext("Mend and send again")
    if step.status is Status.WAITING:
        return gettext("See what is being checked")
    if step.progress.have:
        return gettext("Go on with this step")
    return gettext("Start this step")


def route_summary(route: Route) -> str:
    """Give "9 of 17 stations done. 1 is being checked." in words."""
    total = route.total
    parts = [
        gettext("{done} of {total} stations done.", done=total.done, total=total.total),
    ]
    if total.waiting:
        parts.append(
            ngettext("%(num)s is being checked.", "%(num)s are being checked.", total.waiting)
        )
    if total.overdue:
        parts.append(ngettext("%(num)s is overdue.", "%(num)s are overdue.", total.overdue))
    return " ".join(parts)


def tiles(route: Route) -> tuple[tuple[str, str, str], ...]:
    """Give the two numbers beside the map."""
    total = route.total
    now = route.by_key[route.now.step.key] if route.now else None
    found = [(gettext("With a coordinator"), str(total.waiting), gettext("answers come by mail"))]
    if now is not None and now.slack_days is not None:
        by = saying.basis(is_legal=now.slack_is_legal)
        days = now.slack_days
        number = f"{days}" if days >= 0 else f"−{-days}"
        found.append((gettext("Days to spare"), number, by))
    else:
        found.append((gettext("Open now"), str(total.workable), gettext("steps you can do today")))
    return tuple(found)


def rule_views(step: Step, pack: RoutePack, language: str) -> tuple[RuleView, ...]:
    """Give the rules a step rests on."""
    texts = pack.words_of(step.key, language).rule
    sources = pack.sources_in(language)
    return tuple(
        RuleView(
            text=texts[rule.key].text,
            source=sources.say(rule.source),
            reference=pack.reference(rule.source_keys, language),
            status=rule.status.name.lower(),
        )
        for rule in step.rule
        if rule.key in texts
    )


def proof_views(proofs: Sequence[Proof], labels: Sequence[str]) -> tuple[ProofView, ...]:
    """Give how far each piece of evidence is."""
    return tuple(
        ProofView(label=label, state=_proof_state(proof), done=proof.is_complete)
        for proof, label in zip(proofs, labels, strict=True)
    )


def _proof_state(proof: Proof) -> str:
    if proof.is_spared:
        return gettext("not needed")
    if proof.is_complete:
        return gettext("done")
    if proof.is_stopped:
        return gettext("an answer stands in the way")
    states = {
        "waiting": gettext("being checked"),
        "returned": gettext("sent back"),
    }
    if proof.state.value in states:
        return states[proof.state.value]
    if proof.progress.need > 1:
        return gettext("{have} of {need}", have=proof.progress.have, need=proof.progress.need)
    return gettext("not yet")
