"""Whether a pack's rules for the clerk hang together with its papers, days and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from app.packs import Problem, TomlFile
from documents.clerk.rules.case import is_date_place
from documents.clerk.shape import AnyRule, ClerkRule, ClerkWords, Order, Pattern, Severity, Spelled
from documents.paperwork.checking_answers import when_problems
from documents.paperwork.pack import PackDocuments

OWN_DAYS = frozenset({"published", "polling_day", "first_polling_day"})
"""Days that an election has by itself."""
SAID = frozenset(
    {
        "paper",
        "place",
        "other_paper",
        "answer",
        "other_answer",
        "one",
        "other",
        "day",
        "earlier",
        "later",
        "count",
        "most",
        "least",
        "text",
        "number",
        "sort",
        "answers",
    }
)
"""What the sentences of a rule may speak of."""
TELLING = frozenset({"one", "other", "text", "count", "earlier", "later"})
"""Those that say what was answered."""
_SLOT = re.compile(r"\{([^{}]*)\}")
_OF_ANSWERS = ("left", "right", "answers", "answered", "plus", "minus")
_OF_ANSWER = ("answer", "table")
_OF_DAYS = ("day", "of", "on")


def rule_problems(
    file: TomlFile, rules: Sequence[AnyRule], documents: PackDocuments, calendar: TomlFile
) -> Iterator[Problem]:
    """What is wrong with the rules of a pack, each at its line."""
    days = OWN_DAYS | _deadlines(calendar)
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        where = ("rule", number)
        if rule.key in seen:
            yield file.problem(where, f"rule {rule.key} stands twice", "name it once")
        seen.add(rule.key)
        for message, remedy in _wrong(rule, documents, days):
            yield file.problem(where, f"{rule.key}: {message}", remedy)
        for when in rule.when:
            yield from when_problems(file, where, when, documents.answers)


def word_problems(
    file: TomlFile, words: ClerkWords, rules: Sequence[AnyRule], documents: PackDocuments
) -> Iterator[Problem]:
    """What is wrong with the words of the rules in one language."""
    sealed = {rule.key for rule in rules if _speaks_of_sealed(rule, documents)}
    wanted, known = {rule.key for rule in rules}, set(words.rule)
    for key in sorted(wanted - known):
        yield file.problem(("rule",), f"rule {key} has no words", f"add [rule.{key}]")
    for key in sorted(known - wanted):
        yield file.problem(("rule", key), f"there is no rule {key}", "remove it")
    for key, said in words.rule.items():
        for slot in _SLOT.findall(said.what + said.mend):
            if slot not in SAID:
                yield file.problem(("rule", key), f"nothing fills {{{slot}}}", "correct it")
            if slot in TELLING and key in sealed:
                yield file.problem(
                    ("rule", key),
                    f"{{{slot}}} would be dots: an answer of the rule is sealed",
                    "say without it what is wrong",
                )


def _speaks_of_sealed(rule: AnyRule, documents: PackDocuments) -> bool:
    """Say whether a rule may find something in an answer that is not shown."""
    if isinstance(rule, Spelled):
        return True
    places = (rule.earlier, rule.later) if isinstance(rule, Order) else ()
    of_days = (place.partition(":")[2] for place in places if place.startswith("answer:"))
    keys = (key.partition(".")[0] for key in (*_answers_of(rule), *of_days))
    return any(key in documents.answers and documents.answers[key].seal for key in keys)


def _wrong(
    rule: AnyRule, documents: PackDocuments, days: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if rule.severity is Severity.STOP and rule.status not in ("V", "D"):
        yield "only a verified rule or one of our own stops", 'write severity = "warn"'
    if rule.status == "?":
        yield "what nobody knows is no rule", "leave it out"
    if rule.status == "V" and not rule.source_keys:
        yield "a verified rule names where it was read", "add source_keys"
    refs = documents.pack.header.source_refs
    for key in rule.source_keys:
        if key not in refs:
            yield f"pack.toml has no source {key}", "add it there or correct it"
    for key in _answers_of(rule):
        if not _has_answer(documents, key):
            yield f"there is no answer {key}", "add it to answers.toml or correct it"
    for key in (*getattr(rule, "kinds", ()), *filter(None, [getattr(rule, "paper", "")])):
        if key not in documents.listed:
            yield f"there is no kind {key}", "correct it"
    for name in _OF_DAYS:
        day = getattr(rule, name, None)
        if day is not None and day not in days:
            yield f"calendar.toml has no {day}", "correct it"
    if isinstance(rule, Order):
        yield from _wrong_places(rule, documents, days)
    if isinstance(rule, Pattern):
        yield from _wrong_pattern(rule)


def _answers_of(rule: ClerkRule) -> Iterator[str]:
    for name in _OF_ANSWERS:
        yield from getattr(rule, name, ())
    yield from (key for name in _OF_ANSWER if (key := getattr(rule, name, None)))


def _has_answer(documents: PackDocuments, key: str) -> bool:
    name, _dot, column = key.partition(".")
    answer = documents.answers.get(name)
    if answer is None:
        return False
    return not column or any(column == one.key for one in answer.column)


def _wrong_places(
    rule: Order, documents: PackDocuments, days: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for place in (rule.earlier, rule.later):
        sort, _colon, name = place.partition(":")
        kind, _dot, spot = name.partition(".")
        known: Mapping[str, bool] = {
            "today": True,
            "day": name in days,
            "answer": name in documents.answers,
            "issued": name in documents.listed,
            "hand": kind in documents.listed
            and is_date_place(spot)
            and any(spot == one.key for one in documents.kinds[kind].hand),
        }
        if not known[sort]:
            yield f"there is no {place}", "correct it"


def _wrong_pattern(rule: Pattern) -> Iterator[tuple[str, str]]:
    try:
        re.compile(rule.pattern)
    except re.error as error:
        yield f"the pattern can’t be read: {error}", "correct it"


def _deadlines(calendar: TomlFile) -> frozenset[str]:
    found = calendar.data.get("deadline", ())
    keys: set[str] = set()
    for one in found if isinstance(found, list) else ():
        keys |= {one["key"]} if "key" in one else set(one.get("keys", ()))
    return frozenset(keys)
