"""How far the interview for one paper is: what is answered, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from documents.paperwork import errors
from documents.paperwork.rules.answers import (
    NOTHING,
    Given,
    Said,
    Verdict,
    age_on,
    check_given,
    is_asked,
    read_date,
)
from documents.paperwork.shape import AgeCheck, Answer, DocumentKind, FormField, InterviewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the interview with its answer and what is to be said about it."""

    answer: Answer
    place: FormField
    given: Given
    verdict: Verdict
    asked: bool = True
    """Whether the other answers make the form ask for it."""

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer that the form can print."""
        return bool(self.given.text) and self.verdict.problem is None

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
        return tuple(question for page in self.pages for question in page.questions)

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

    def asked(key: str) -> Asked:
        answer, place, found = answers[key], places[key], given.get(key, NOTHING)
        wanted = is_asked(place, given)
        verdict = check_given(answer, place, found, today=circumstances.today)
        if verdict.problem is None and found.text:
            verdict = _check_age(kind, answer, found, verdict, circumstances)
        return Asked(answer=answer, place=place, given=found, verdict=verdict, asked=wanted)

    return Interview(
        pages=tuple(
            PageState(page=page, questions=tuple(asked(key) for key in page.fields))
            for page in kind.page
        )
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
    rule, birth = age_rule(kind, answer.key), read_date(given.text)
    if rule is None or rule.at_least is None or birth is None:
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
