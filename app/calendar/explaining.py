"""Each deadline with the explanation of its day in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.calendar.anchors import ANCHOR_NAMES, Anchors
from app.calendar.reckoning import DeadlineDate, compute_dates
from app.calendar.rules import (
    NEEDS_WORKING_DAYS,
    CalendarRules,
    DeadlineRule,
    Edge,
    RuleKind,
    Status,
    Whose,
)
from app.calendar.wording import AnchorWords, Counted, Wording
from app.calendar.wording_en import ENGLISH
from app.calendar.wording_ru import RUSSIAN

WORDINGS: Mapping[str, Wording] = {"ru": RUSSIAN, "en": ENGLISH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of a campaign: its day, how sure we are, and why this day."""

    key: str
    rule_id: str | None
    title: str
    on: date | None
    at: time | None
    missing: tuple[str, ...]
    """Anchors to fill in first; empty when the day is known or can never be computed."""
    status: Status
    source: str
    """In the words of the language."""
    source_keys: tuple[str, ...]
    why: str
    edge: Edge
    whose: Whose


def compute(rules: CalendarRules, anchors: Anchors, language: str) -> Mapping[str, Deadline]:
    """Every deadline of the pack in the words of `language`, by key, in the order of the pack.

    Raises KeyError for a language the calendar has no texts in.
    """
    return {
        key: explain(rules, dated, language) for key, dated in compute_dates(rules, anchors).items()
    }


def explain(rules: CalendarRules, dated: DeadlineDate, language: str) -> Deadline:
    """One deadline in words."""
    rule = dated.rule
    text = rules.text(rule.key, language)
    return Deadline(
        key=rule.key,
        rule_id=rule.rule_id,
        title=text.title,
        on=dated.on,
        at=dated.at,
        missing=dated.missing,
        status=rule.status,
        source=rules.sources[language].say(rule.source),
        source_keys=rule.source_keys,
        why=_why(rules, dated, language),
        edge=rule.edge,
        whose=rule.whose,
    )


def _why(rules: CalendarRules, dated: DeadlineDate, language: str) -> str:
    wording = WORDINGS[language]
    note = rules.text(dated.key, language).note
    sentences = [_clause(rules, dated, language)]
    if dated.missing:
        names = [wording.anchors[name].name for name in dated.missing]
        sentences.append(wording.missing(names))
    if note:
        sentences.append(note)
    return wording.sentences([sentence for sentence in sentences if sentence])


def _clause(rules: CalendarRules, dated: DeadlineDate, language: str) -> str:
    wording, rule = WORDINGS[language], dated.rule
    if not dated.applies:
        return wording.not_in_force(rule.applies_from, rule.applies_to)
    if rule.reckoning.kind is RuleKind.UNSCHEDULED:
        return wording.unscheduled
    if dated.held_back and rule.reckoning.not_before:
        return wording.held_back(wording.anchors[rule.reckoning.not_before])
    anchor = _anchor_words(rules, dated.counted_from or rule.reckoning.anchors[0], language)
    return wording.clause(_counted(rules, dated, rule, anchor))


def _anchor_words(rules: CalendarRules, name: str, language: str) -> AnchorWords:
    if name in ANCHOR_NAMES:
        return WORDINGS[language].anchors[name]
    text = rules.text(name, language)
    of = text.of or text.title
    return AnchorWords(of=of, on=WORDINGS[language].on_the_day(of), name=text.title)


def _counted(
    rules: CalendarRules, dated: DeadlineDate, rule: DeadlineRule, anchor: AnchorWords
) -> Counted:
    reckoning, days = rule.reckoning, rules.working_days
    is_short = (
        reckoning.kind is RuleKind.DAYS_AFTER_ROLLING and reckoning.count <= rules.short_period
    )
    kind = RuleKind.WORKING_DAYS_AFTER if is_short else reckoning.kind
    holidays: tuple[date, ...] = ()
    unmoved: date | None = None
    clamped = False
    if dated.on and dated.anchor_day:
        earlier, later = sorted((dated.on, dated.anchor_day))
        if kind is RuleKind.DAYS_AFTER_ROLLING:
            unmoved = dated.anchor_day + timedelta(days=reckoning.count)
            earlier, later = unmoved - timedelta(days=1), dated.on
        if days and kind in NEEDS_WORKING_DAYS:
            holidays = tuple(days.holidays_between(earlier, later))
        clamped = dated.on.day != dated.anchor_day.day
    return Counted(
        kind=kind,
        count=reckoning.count,
        anchor=anchor,
        is_known=dated.on is not None,
        holidays=holidays,
        moved_from=unmoved if unmoved != dated.on else None,
        moved_to=dated.on,
        is_clamped=clamped,
    )
