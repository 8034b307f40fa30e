"""Putting the Step page together from a position, the pack's texts and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from app.addresses import step_address
from app.calendar import Deadline
from app.web.language import gettext
from app.web.prose import prose, without_title
from quests.route import saying
from quests.route.library import PackLibrary
from quests.route.pages import StepPage, proof_views, rule_views
from quests.route.position import RouteStep, Status
from quests.route.shape import RuleStatus
from quests.route.standing import Position

OFFERED_SNOOZE = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepExtras:
    """What other features add to the page, and what the viewer may do."""

    work: Markup
    questions: Markup
    proof_labels: tuple[str, ...]
    may_work: bool
    reasons: bool
    """Whether the viewer may read why work was sent back."""


def step_page(
    position: Position,
    step: RouteStep,
    library: PackLibrary,
    extras: StepExtras,
    *,
    language: str,
) -> StepPage:
    """Give the page of one step in a language."""
    pack, route, campaign = position.pack, position.route, position.campaign
    words = pack.words_in(language)
    text = words.step[step.key]
    locked = step.status is Status.LOCKED
    due = _deadline(position, step, library, language)

    def href(key: str) -> str:
        return step_address(campaign.id, key)

    article = without_title(pack.help_of(step.key, language))[1]
    return StepPage(
        campaign_id=campaign.id,
        key=step.key,
        title=text.title,
        kicker=f"{words.stage[step.step.stage].title} · {words.line[step.step.line.value].title}",
        line=step.step.line.value,
        status=step.status.value,
        workable=step.is_workable,
        may_work=extras.may_work,
        locked_text=saying.opens_after(step) if locked else "",
        locked_by=saying.openers(step, route, words, href) if locked else (),
        why=text.why,
        what=Markup() if locked else prose(text.what, top=2),
        proof=text.proof,
        facts=_facts(step, text.how_long),
        due=saying.until(step.due),
        due_left=step.due.on if step.due and not step.status.is_satisfied else None,
        due_why=due.why if due else "",
        due_status=RuleStatus(str(due.status)).name.lower() if due else "unknown",
        due_source=due.source if due else "",
        due_reference=pack.reference(due.source_keys, language) if due else "",
        goal=saying.until(step.goal),
        slack=saying.slack(step),
        today=route.today,
        rules=rule_views(step.step, pack, language),
        proofs=proof_views(step.proofs, extras.proof_labels),
        returned=_reasons(step, extras),
        snoozed_until=step.snoozed_until,
        can_snooze=extras.may_work and _can_be_put_off(step, route.today),
        unlocks=tuple(words.step[key].title for key in step.unlocks),
        work=extras.work,
        article=prose(article, top=2) if article and not locked else Markup(),
        questions=extras.questions,
    )


def _reasons(step: RouteStep, extras: StepExtras) -> tuple[str, ...]:
    """Why work was sent back, unless the work on the page says it beside each piece itself."""
    if extras.work or not extras.reasons:
        return ()
    return tuple(proof.note for proof in step.proofs if proof.note)


def _can_be_put_off(step: RouteStep, today: date) -> bool:
    """What is put off may come back at any time; the button offers three days."""
    return step.snoozed_until is not None or step.can_wait_until(today + OFFERED_SNOOZE)


def _facts(step: RouteStep, how_long: str) -> tuple[str, ...]:
    effort = how_long or saying.effort(step.step.minutes)
    side = gettext("optional") if step.step.side else ""
    again = gettext("can be done again") if step.step.repeatable else ""
    return tuple(part for part in (effort, side, again) if part)


def _deadline(
    position: Position, step: RouteStep, library: PackLibrary, language: str
) -> Deadline | None:
    if step.due is None:
        return None
    found = library.deadlines(position.campaign.pack_id, position.anchors, language)
    return found.get(step.due.deadline)
