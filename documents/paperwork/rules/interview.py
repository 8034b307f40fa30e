"""How far the interview for one paper is: what is answered, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from documents.paperwork import errors
from documents.paperwork.rules.answers import (
    NOTHING,
    Given,
    Row,
    Said,
    Verdict,
    age_on,
    check_given,
    holds,
    read_date,
)
from documents.paperwork.rules.tables import RowState, check_row, check_table
from documents.paperwork.shape import (
    OF_ANSWER,
    AgeCheck,
    Answer,
    DocumentKind,
    FormField,
    InterviewPage,
    When,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it goes onto a paper."""

    rows: tuple[Row, ...] = ()
    none: bool = False
    """Whether it was answered that there is nothing to list."""


EMPTY = Table()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the interview with its answer and what is to be said about it."""

    answer: Answer
    place: FormField
    given: Given
    verdict: Verdict
    asked: bool = True
    """Whether the other answers make the form ask for it."""
    rows: tuple[RowState, ...] = ()
    """Of a table: what there is to say about each row."""

    @property
    def is_there(self) -> bool:
        """Say whether something was answered, right or wrong."""
        return bool(self.given.text or self.given.rows)

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer that the form can print."""
        return self.is_there and self.verdict.problem is None

    @property
    def is_in_the_way(self) -> bool:
        """Say whether the form can't be issued because of it."""
        return self.asked and self.verdict.problem is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One small page of the interview."""

    page: InterviewPage
    questions: tuple[Asked, ...]

    @property
    def is_asked(self) -> bool:
        """Say whether the answers given so far leave anything to ask on the page."""
        return any(question.asked for question in self.questions)

    @property
    def is_done(self) -> bool:
        """Say whether nothing on the page stands in the way."""
        return not any(question.is_in_the_way for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """The whole interview for one kind of paper."""

    pages: tuple[PageState, ...]

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Every question in the order it is asked."""
        return tuple(chain.from_iterable(page.questions for page in self.pages))

    @property
    def in_the_way(self) -> tuple[Asked, ...]:
        """What has to be answered or corrected before the form can be issued."""
        return tuple(question for question in self.questions if question.is_in_the_way)

    @property
    def needed(self) -> int:
        """How many answers the form can't do without."""
        return sum(question.asked and question.place.required for question in self.questions)

    @property
    def have(self) -> int:
        """How many of the needed answers are there."""
        return self.needed - sum(question.place.required for question in self.in_the_way)

    @property
    def next_page(self) -> PageState | None:
        """The first page on which something is left to do."""
        return next((page for page in self.pages if not page.is_done), None)

    def printed(self) -> dict[str, str]:
        """Give the answers that go onto the paper; what is not asked stays away."""
        return {
            question.answer.key: question.given.text if question.asked else ""
            for question in self.questions
            if not question.answer.is_table
        }

    def printed_tables(self) -> dict[str, Table]:
        """Give the tables that go onto the paper; what is not asked is empty."""
        return {
            question.answer.key: Table(rows=question.given.rows, none=question.given.none)
            if question.asked
            else EMPTY
            for question in self.questions
            if question.answer.is_table
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rules must know besides the answers."""

    today: date
    polling_day: date


def interview(
    kind: DocumentKind,
    answers: Mapping[str, Answer],
    given: Mapping[str, Given],
    circumstances: Circumstances,
) -> Interview:
    """Give the interview with these answers."""
    places = {place.answer: place for place in kind.field}
    deciding = _deciding(kind, answers, given)

    def asked(key: str, *, on_page: bool) -> Asked:
        answer, place, found = answers[key], places[key], given.get(key, NOTHING)
        wanted = on_page and holds(place.when, deciding) and holds(answer.when, deciding)
        if answer.is_table:
            return _asked_table(answer, place, given, circumstances, wanted=wanted)
        beside = {answer.bic: given.get(answer.bic, NOTHING).text} if answer.bic else {}
        verdict = check_given(answer, place, found, today=circumstances.today, beside=beside)
        if verdict.problem is None and found.text and kind.age:
            verdict = _check_age(kind, answer, found, verdict, circumstances)
        return Asked(answer=answer, place=place, given=found, verdict=verdict, asked=wanted)

    def shown(page: InterviewPage) -> PageState:
        on_page = holds(page.when, deciding)
        return PageState(
            page=page, questions=tuple(asked(key, on_page=on_page) for key in page.fields)
        )

    return Interview(pages=tuple(shown(page) for page in kind.page))


def _deciding(
    kind: DocumentKind, answers: Mapping[str, Answer], given: Mapping[str, Given]
) -> Mapping[str, Given]:
    """Give the answers as conditions see them: one that is itself not asked decides nothing.

    It may have been given before another answer made it superfluous, or for another paper.
    """
    whens = conditions(kind, answers)
    deciders = {when.answer for found in whens.values() for when in found}
    chained = [key for key in deciders if whens.get(key) and key in given]
    seen: Mapping[str, Given] = given
    # A chain is as long as it has links; a circle, which no pack should have, ends here too.
    for _ in chained:
        unasked = {key for key in chained if not all(holds(when, seen) for when in whens[key])}
        kept = {key: found for key, found in given.items() if key not in unasked}
        if kept.keys() == seen.keys():
            break
        seen = kept
    return seen


def conditions(kind: DocumentKind, answers: Mapping[str, Answer]) -> dict[str, list[When]]:
    """Give every condition on which an answer is asked in this paper, by the answer's key."""
    pages = {key: page.when for page in kind.page for key in page.fields}
    found = {
        place.answer: [pages.get(place.answer), place.when, answers[place.answer].when]
        for place in kind.field
    }
    known = {key: [when for when in whens if when is not None] for key, whens in found.items()}
    for when in [when for whens in known.values() for when in whens]:
        own = answers[when.answer].when if when.answer in answers else None
        if when.answer not in known and own is not None:
            known[when.answer] = [own]
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of the needed answers of several papers are there; each counts once."""

    have: int
    needed: int


def progress(interviews: Iterable[Interview]) -> Progress:
    """Give how far all papers are together: an answer that several of them ask is one answer."""
    needed: set[str] = set()
    missing: set[str] = set()
    for found in interviews:
        for question in found.questions:
            if question.asked and question.place.required:
                needed.add(question.answer.key)
                if question.is_in_the_way:
                    missing.add(question.answer.key)
    return Progress(have=len(needed) - len(missing), needed=len(needed))


def is_needed(kind: DocumentKind, given: Mapping[str, Given]) -> bool:
    """Say whether somebody who has answered so needs the paper at all."""
    return all(holds(when, given) for when in kind.needed_when)


def reads(kind: DocumentKind, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Give every answer that the interview of a kind looks at: asked, decided by, offered from."""
    asked = [answers[place.answer] for place in kind.field]
    found = {answer.key for answer in asked}
    whens = (
        *kind.needed_when,
        *(place.when for place in kind.field),
        *(page.when for page in kind.page),
        *(answer.when for answer in asked),
    )
    found |= {when.answer for when in whens if when is not None}
    for answer in asked:
        beside = (answer.bic, *(column.bic for column in answer.column))
        found |= {key for key in beside if key in answers}
        found |= set(answer.decline.of) if answer.decline else set()
        if answer.suggest.startswith(OF_ANSWER):
            found.add(answer.suggest.removeprefix(OF_ANSWER))
    return frozenset(found)


def _asked_table(
    answer: Answer,
    place: FormField,
    given: Mapping[str, Given],
    circumstances: Circumstances,
    *,
    wanted: bool,
) -> Asked:
    found = given.get(answer.key, NOTHING)
    today = circumstances.today
    states = tuple(check_row(answer, row, given, today=today) for row in found.rows)
    verdict = check_table(answer, place, found, states)
    return Asked(
        answer=answer, place=place, given=found, verdict=verdict, asked=wanted, rows=states
    )


def age_rule(kind: DocumentKind, answer: str) -> AgeCheck | None:
    """Give the rule about age that looks at this answer."""
    return next((rule for rule in kind.age if rule.answer == answer), None)


def _check_age(
    kind: DocumentKind,
    answer: Answer,
    given: Given,
    verdict: Verdict,
    circumstances: Circumstances,
) -> Verdict:
    rule = age_rule(kind, answer.key)
    if rule is None or rule.at_least is None:
        return verdict
    birth = read_date(given.text)
    if birth is None:
        return verdict
    age = age_on(birth, circumstances.polling_day)
    if age >= rule.at_least:
        return verdict
    said = Said(
        message=errors.TOO_YOUNG,
        params={
            "day": f"{circumstances.polling_day:%d.%m.%Y}",
            "age": age,
            "least": rule.at_least,
        },
    )
    if rule.status == "V":
        return replace(verdict, problem=said)
    # A rule that no lawyer has verified warns and never decides.
    return replace(verdict, advice=(*verdict.advice, said))
