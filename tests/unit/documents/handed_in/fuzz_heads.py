"""Whatever people write that stands on a sheet of signatures, its protocol or an inventory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from hypothesis import strategies as st

from app.errors import Refused
from documents.paperwork.heading import Heading
from documents.paperwork.rules.answers import check_answer, clean
from documents.paperwork.rules.texts import kept, unprintable
from documents.paperwork.shape import Answer, AnswerType
from documents.sheets import Sheet
from documents.signatures.commands.heads import Questions, require_answers, require_name
from documents.signatures.printing import Head, said_by
from documents.signatures.rules.heading import Gender, Wording, asked_answers
from tests.handed_in_world import SEVERAL_MEMBERS, head, shape
from tests.paperwork_world import DAYS, RU, documents_of
from tests.unit.documents.paperwork.fuzz_answers import (
    HOSTILE,
    Mood,
    Text,
    endless_text,
    filled,
    hostile_text,
    lawful_text,
    mark_of,
)

ANSWERS = documents_of(RU).answers
QUESTIONS = Questions(answers=ANSWERS, label=str)
NEEDS = shape().sheet.needs
LONGEST_COUNCIL, LONGEST_DISTRICT, LONGEST_PERSON, LONGEST_FOLDER = 200, 200, 120, 20
"""Letters that the portal's own forms take."""
MOST_FOLDERS = 90
_FETCHING = re.compile(r"url\(|@import|<link|<script|<object|<iframe|<embed", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has typed into everything that stands on a sheet."""

    given: Mapping[str, str]
    wording: Wording


def typed(mood: Mood) -> st.SearchStrategy[Typed]:
    """Give all answers of the head in one mood, cleaned as they are stored."""
    asked = {
        need.answer: _answer(ANSWERS[need.answer], mood, mark_of(seat * 20))
        for seat, need in enumerate(NEEDS, 1)
    }
    whole = st.fixed_dictionaries(asked) if mood is not Mood.HOSTILE else _some_wild(asked)
    names = st.sampled_from(("Ёлкиной Анны Петровны", "<b>Анны</b> {council}"))
    wild = st.one_of(hostile_text(), endless_text())
    name = st.one_of(names, names, wild) if mood is Mood.HOSTILE else names
    return st.builds(
        lambda given, name, gender: Typed(
            given={key: clean(ANSWERS[key], text) for key, text in given.items()},
            wording=Wording(name=kept(name, lines=False), gender=gender),
        ),
        whole,
        name,
        st.sampled_from(Gender),
    )


def _some_wild(asked: Mapping[str, Text]) -> st.SearchStrategy[dict[str, str]]:
    """Give good answers among which up to three are anything: most sheets are still printed."""
    keys = st.lists(st.sampled_from(sorted(asked)), min_size=1, max_size=3, unique=True)
    wild = keys.flatmap(lambda few: st.fixed_dictionaries({key: asked[key] for key in few}))
    return wild.map(lambda few: {**SEVERAL_MEMBERS, **few})


def _answer(answer: Answer, mood: Mood, mark: str) -> Text:
    lawful = lawful_text(answer, mark)
    # A head takes only so much: what is said in few words leaves room for the one that is not.
    short = st.just(SEVERAL_MEMBERS.get(answer.key, ""))
    if mood is Mood.LAWFUL or answer.choices:
        return st.one_of(short, lawful)
    if mood is Mood.LONG:
        texts = answer.type is not AnswerType.DATE
        return st.one_of(short, filled(answer, mark, (answer.longest, 60)) if texts else lawful)
    beyond = filled(answer, mark, (answer.longest + 1,))
    return st.one_of(st.sampled_from(HOSTILE), hostile_text(), beyond, endless_text())


def head_or_refusal(found: Typed) -> Head | None:
    """Go the way of an order: a head that fits, or None after a refusal that names its field."""
    try:
        require_name(found.wording.name)
        require_answers(NEEDS, found.given, QUESTIONS, today=DAYS.today)
    except Refused as refused:
        assert refused.field == "name" or _names_what_is_wrong(refused, found.given)
        return None
    made = head(found.given, found.wording)
    return made if made.size is not None else None


def printable_protocol(found: Typed) -> bool:
    """Say whether the protocol can be made of these answers; otherwise they were named."""
    said = said_by(shape().protocol)
    needs = [need for need in NEEDS if need.answer in said]
    try:
        require_answers(needs, found.given, QUESTIONS, today=DAYS.today)
    except Refused as refused:
        assert _names_what_is_wrong(refused, found.given)
        return False
    return True


def _names_what_is_wrong(refused: Refused, given: Mapping[str, str]) -> bool:
    named = str(refused.params["fields"]).split(", ")
    asked = asked_answers(NEEDS, given)
    return all(
        not asked[key] or check_answer(ANSWERS[key], asked[key], today=DAYS.today).problem
        for key in named
    )


def words_of_the_portal(longest: int) -> Text:
    """Give what a name, council or district may be, as it is before a paper is made of it."""
    return st.one_of(
        st.sampled_from(("Ёлкина Анна Петровна", "Ж" * longest, "Округ № 3 " * 40)),
        st.builds(lambda text: text[:longest], st.one_of(hostile_text(), endless_text())),
    )


def headings() -> st.SearchStrategy[Heading]:
    """Give the heads that come of whatever stands in the rows of a campaign and its district."""
    return st.builds(
        Heading.of,
        candidate=words_of_the_portal(LONGEST_PERSON),
        council=words_of_the_portal(LONGEST_COUNCIL),
        number=st.one_of(st.sampled_from(("", " ", "\u200b")), words_of_the_portal(20)),
        name=words_of_the_portal(LONGEST_DISTRICT),
    )


def folders() -> st.SearchStrategy[list[tuple[str, int]]]:
    """Give sheets in folders whose numbers are anything that can be written into the form."""
    number = words_of_the_portal(LONGEST_FOLDER).map(lambda text: kept(text, lines=False))
    fine = number.filter(lambda text: not unprintable(text))
    return st.lists(st.tuples(fine, st.integers(1, 13)), min_size=1, max_size=MOST_FOLDERS)


def foreign_marks(sheet: Sheet, plain: Sheet) -> list[str]:
    """Give what only our own templates may write, and what a text of somebody has brought in."""
    own, found = _marks(plain), _marks(sheet)
    body = BeautifulSoup(sheet.html, "html.parser")
    assert body.style is not None
    fetching = [] if not _FETCHING.search(body.style.get_text()) else ["fetching style"]
    return [*sorted(found - own), *fetching]


def _marks(sheet: Sheet) -> set[str]:
    page = BeautifulSoup(sheet.html, "html.parser")
    return {
        f"{element.name} {sorted(name for name in element.attrs)}"
        for element in page.find_all(True)
    }
