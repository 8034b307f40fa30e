"""Questions, versions and scans put into words for the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import url_for

from app.sealing import Seal
from app.sources import SourceWords
from app.texts import N_
from app.web.language import current_language, gettext, translate, translate_plural
from documents.paperwork.commands.answers import Contested
from documents.paperwork.errors import TOO_YOUNG
from documents.paperwork.pack import PackDocuments
from documents.paperwork.pages import (
    AskedView,
    ConflictView,
    QuestionView,
    SourceView,
    TableView,
)
from documents.paperwork.rules.answers import Said, read_date
from documents.paperwork.rules.interview import Asked, age_rule
from documents.paperwork.rules.numbers import grouped
from documents.paperwork.rules.scans import Arrived, CodeVerdict
from documents.paperwork.shape import (
    NONE,
    SUMMED,
    AnswerType,
    DocumentKind,
    PlaceWords,
    Sourced,
    Value,
)

PREFIX = "a-"
DOTS = "••••"
KNOWN_BY_THEIR_END = frozenset(
    {
        AnswerType.PASSPORT,
        AnswerType.UNIT_CODE,
        AnswerType.INN,
        AnswerType.SNILS,
        AnswerType.BIC,
        AnswerType.ACCOUNT,
        AnswerType.PHONE,
    }
)
"""Long numbers: the end of a day, a sum or a choice would tell most of it."""
OFFERED = N_("Filled in from what the portal knows. Compare it; it counts once you save.")
CHECK_ENDING = N_("Put into its case by rules that know no exceptions. Check the ending and save.")
ENDING = N_("By the rules of the language it would be “{text}”. Compare the ending.")
KEYS: Mapping[AnswerType, str] = {
    AnswerType.PASSPORT: "numeric",
    AnswerType.UNIT_CODE: "numeric",
    AnswerType.INN: "numeric",
    AnswerType.SNILS: "numeric",
    AnswerType.NUMBER: "numeric",
    AnswerType.YEAR: "numeric",
    AnswerType.BIC: "numeric",
    AnswerType.ACCOUNT: "numeric",
    AnswerType.MONEY: "decimal",
    AnswerType.DECIMAL: "decimal",
    AnswerType.PERCENT: "decimal",
    AnswerType.PHONE: "tel",
    AnswerType.EMAIL: "email",
}
YES_NO_WORDS: Mapping[str, str] = {"yes": N_("Yes"), "no": N_("No")}
CODE_WORDS: Mapping[CodeVerdict, str] = {
    CodeVerdict.MATCH: N_("the code fits the newest version"),
    CodeVerdict.OLDER: N_("the code is of an earlier version: {number}"),
    CodeVerdict.OTHER: N_("the code is of another paper"),
    CodeVerdict.FOREIGN: N_("the code is not of this portal"),
    CodeVerdict.NONE: N_("no code found; look whether the corner of the page is in the picture"),
    CodeVerdict.UNREAD: N_("the code could not be read"),
}
FITS_PAGE = N_("the code fits the newest version: page {pages}")
FITS_PAGES = N_("the code fits the newest version: pages {pages}")
PAGE_ABSENT = N_("Page {pages} of {count} has not come.")
PAGES_ABSENT = N_("Pages {pages} of {count} have not come.")
PAGE_TWICE = N_("Page {pages} is here more than once; it counts as one.")
PAGES_TWICE = N_("Pages {pages} are here more than once; each counts as one.")
CODE_TONES: Mapping[CodeVerdict, str] = {
    CodeVerdict.MATCH: "done",
    CodeVerdict.NONE: "plain",
    CodeVerdict.UNREAD: "plain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Everything a question needs to be shown besides itself."""

    campaign_id: int
    documents: PackDocuments
    kind: DocumentKind
    seal: Seal
    suggested: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed and is shown again, by key."""
    contested: Mapping[str, Contested] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    saved: frozenset[str] = frozenset()
    tables: Mapping[str, TableView] = field(default_factory=dict)
    complain: bool = True
    """Whether empty answers are complained of already."""
    mark: str = ""
    """What somebody has come for, when a finding has led here."""


def question_view(asked: Asked, asking: Asking) -> QuestionView:
    """Put one question into words."""
    answer, given, key = asked.answer, asked.given, asked.answer.key
    words = asking.documents.answer_words(key, current_language())
    shown, suggested = _value(asked, asking)
    sealed = answer.seal and not answer.is_table
    contested = asking.contested.get(key)
    version = contested.theirs.given.version if contested else given.version
    return QuestionView(
        key=key,
        name=PREFIX + key,
        type=input_type(answer),
        label=words.label,
        help=words.help,
        options=tuple((option, option_words(words, option)) for option in answer.choices),
        value=shown,
        was="" if sealed else given.text,
        version=version,
        longest=answer.longest,
        required=asked.place.required,
        only_if=_only_if(asked, asking),
        unknown=given.unknown,
        sealed=sealed,
        hint=hidden(answer, given.text) if sealed and given.text else "",
        shown=asking.shown.get(key, ""),
        show_action=_show_action(asking, key) if answer.seal else "",
        suggested=suggested,
        problem=_problem(asked, asking),
        advice=(
            *(say(advice) for advice in asked.verdict.advice),
            *_ending(asked, asking),
            *(words.warn[warning] for warning in asked.verdict.warned),
        ),
        conflict=_conflict(answer, contested, sealed=sealed),
        saved=key in asking.saved,
        source=source_view(_source(asked, asking.kind), asking.documents),
        mode=KEYS.get(answer.type, ""),
        may_be_unknown=asked.place.required and not given.rows,
        asked=tuple(
            AskedView(question=one.q, answer=one.a, source=source_view(one, asking.documents))
            for one in words.asked
            # What nobody could verify is not told to anybody as an answer.
            if one.status != "?"
        ),
        table=asking.tables.get(key),
    )


def input_type(value: Value) -> str:
    """Give how a place is asked on the screen."""
    return "choice" if value.choices else value.type.value


def _show_action(asking: Asking, key: str) -> str:
    return url_for(
        "paperwork.show_sealed_answer",
        campaign_id=asking.campaign_id,
        kind=asking.kind.key,
        key=key,
        finding=asking.mark or None,
    )


def say(said: Said) -> str:
    """Put what a rule says into the reader's language."""
    return gettext(said.message, **said.params)


def source_view(sourced: Sourced, documents: PackDocuments) -> SourceView:
    """Put a source into words."""
    language = current_language()
    return SourceView(
        status=sourced.status,
        words=_said(documents.sources_in(language), sourced.source),
        reference=documents.reference(sourced.source_keys, language),
    )


@lru_cache(maxsize=1024)
def _said(words: SourceWords, source: str) -> str:
    return words.say(source)


def readable(asked: Asked, text: str, documents: PackDocuments) -> str:
    """Give an answer as people read it; a sealed one stays dots."""
    if asked.answer.seal:
        return hidden(asked.answer, text) if text else ""
    words = documents.answer_words(asked.answer.key, current_language())
    if asked.answer.is_table:
        return words.none if text == NONE else ""
    return readable_value(asked.answer, words, text)


def readable_value(value: Value, words: PlaceWords, text: str) -> str:
    """Give what was answered in one place as people read it in their language."""
    if value.choices and text:
        return option_words(words, text)
    if value.type is AnswerType.DATE:
        day = read_date(text)
        return f"{day:%d.%m.%Y}" if day else text
    if value.type in SUMMED:
        return grouped(value.type, text, current_language())
    return text


def option_words(words: PlaceWords, option: str) -> str:
    """Give what one of the choices is called; yes and no have words of their own."""
    said = words.options.get(option)
    if said is None and option in YES_NO_WORDS:
        return gettext(YES_NO_WORDS[option])
    return said or option


def _source(asked: Asked, kind: DocumentKind) -> Sourced:
    rule = age_rule(kind, asked.answer.key)
    if rule is not None and any(said.message == TOO_YOUNG for said in asked.verdict.advice):
        return rule
    return asked.place


def _value(asked: Asked, asking: Asking) -> tuple[str, str]:
    """Give what stands in the place: what was typed, what is saved, or what the portal offers."""
    key = asked.answer.key
    if key in asking.typed:
        return asking.typed[key], ""
    if asked.answer.seal and not asked.answer.is_table:
        return "", ""
    offered = asking.suggested.get(key, "")
    if offered and asked.given.version == 0:
        return offered, gettext(CHECK_ENDING if asked.answer.decline else OFFERED)
    return asked.given.text, ""


def _ending(asked: Asked, asking: Asking) -> tuple[str, ...]:
    """Say how a name would be declined when it was saved otherwise, or the name has changed."""
    offered = asking.suggested.get(asked.answer.key, "")
    if asked.answer.decline is None or not asked.given.text or not offered:
        return ()
    if offered == asked.given.text:
        return ()
    return (gettext(ENDING, text=offered),)


def _problem(asked: Asked, asking: Asking) -> str:
    if asked.verdict.problem is None or not asked.asked:
        return ""
    untouched = not asked.is_there and not asked.given.unknown
    if untouched and not asking.complain:
        return ""
    return say(asked.verdict.problem)


def _only_if(asked: Asked, asking: Asking) -> str:
    when = asked.place.when
    if when is None:
        return ""
    words = asking.documents.answer_words(when.answer, current_language())
    among = ", ".join(option_words(words, option) for option in when.among)
    return gettext(
        N_("Only if you chose under “{question}”: {answers}."), question=words.label, answers=among
    )


def _conflict(value: Value, contested: Contested | None, *, sealed: bool) -> ConflictView | None:
    if contested is None:
        return None
    theirs = contested.theirs
    return ConflictView(
        theirs=hidden(value, theirs.given.text) if sealed else theirs.given.text,
        by=theirs.saved_by_name,
        at=theirs.saved_at,
    )


def hidden(value: Value, text: str) -> str:
    """Give dots for a sealed text; of a number behind them its end, by which its owner knows it."""
    return f"{DOTS}{text[-2:]}" if value.type in KNOWN_BY_THEIR_END and len(text) > 4 else DOTS


def code_words(verdict: CodeVerdict, number: str, pages: Iterable[int] = ()) -> str:
    """Say what the code on a scan turned out to be, and which pages it is of where it says so."""
    return code_words_in(current_language(), verdict, number, pages)


def code_words_in(
    language: str, verdict: CodeVerdict, number: str, pages: Iterable[int] = ()
) -> str:
    """Say it in a named language."""
    told = sorted(set(pages))
    if verdict is CodeVerdict.MATCH and told:
        words = FITS_PAGE if len(told) == 1 else FITS_PAGES
        return translate(language, words, pages=_spans(told))
    return translate(language, CODE_WORDS[verdict], number=number)


def pages_told(language: str, arrived: Arrived, *, issued: int) -> tuple[str, ...]:
    """Say which pages have not come, by their numbers where these are known, and which came twice.

    A sentence each; nothing when every page came once.
    """
    said = []
    if arrived.absent:
        words = PAGE_ABSENT if len(arrived.absent) == 1 else PAGES_ABSENT
        said.append(translate(language, words, pages=_spans(arrived.absent), count=issued))
    elif arrived.missing:
        said.append(
            translate_plural(
                language,
                "%(num)s page of the issued paper is not here yet.",
                "%(num)s pages of the issued paper are not here yet.",
                arrived.missing,
            )
        )
    if arrived.twice:
        words = PAGE_TWICE if len(arrived.twice) == 1 else PAGES_TWICE
        said.append(translate(language, words, pages=_spans(arrived.twice)))
    return tuple(said)


def _spans(numbers: Iterable[int]) -> str:
    """Give ascending numbers as people write them: 1–3, 5."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(_span(span) for span in spans)


def _span(span: list[int]) -> str:
    return f"{span[0]}–{span[-1]}" if len(span) > 2 else ", ".join(map(str, span))
