"""Questions, versions and scans put into words for the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import url_for

from app.sealing import Seal
from app.sources import SourceWords
from app.texts import N_
from app.web.language import current_language, gettext
from documents.paperwork.commands.answers import Contested
from documents.paperwork.errors import TOO_YOUNG
from documents.paperwork.pack import PackDocuments
from documents.paperwork.pages import ConflictView, QuestionView, SourceView
from documents.paperwork.rules.answers import Said
from documents.paperwork.rules.interview import Asked, age_rule
from documents.paperwork.rules.scans import CodeVerdict
from documents.paperwork.shape import AnswerType, DocumentKind, Sourced

PREFIX = "a-"
CODE_WORDS: Mapping[CodeVerdict, str] = {
    CodeVerdict.MATCH: N_("the code fits the newest version"),
    CodeVerdict.OLDER: N_("the code is of an earlier version: {number}"),
    CodeVerdict.OTHER: N_("the code is of another paper"),
    CodeVerdict.FOREIGN: N_("the code is not of this portal"),
    CodeVerdict.NONE: N_("no code found: is the corner of the page in the picture?"),
    CodeVerdict.UNREAD: N_("the code could not be read"),
}
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
    complain: bool = True
    """Whether empty answers are complained of already."""


def question_view(asked: Asked, asking: Asking) -> QuestionView:
    """Put one question into words."""
    answer, given, key = asked.answer, asked.given, asked.answer.key
    words = asking.documents.answer_words(key, current_language())
    shown, suggested = _value(asked, asking)
    contested = asking.contested.get(key)
    version = contested.theirs.given.version if contested else given.version
    return QuestionView(
        key=key,
        name=PREFIX + key,
        type=answer.type.value,
        label=words.label,
        help=words.help,
        options=tuple((option, words.options[option]) for option in answer.options),
        value=shown,
        was="" if answer.seal else given.text,
        version=version,
        longest=answer.longest,
        required=asked.place.required,
        only_if=_only_if(asked, asking),
        unknown=given.unknown,
        sealed=answer.seal,
        hint=_hint(given.text) if answer.seal and given.text else "",
        shown=asking.shown.get(key, ""),
        show_action=url_for(
            "paperwork.show_sealed_answer",
            campaign_id=asking.campaign_id,
            kind=asking.kind.key,
            key=key,
        ),
        suggested=suggested,
        problem=_problem(asked, asking),
        advice=(
            *(say(advice) for advice in asked.verdict.advice),
            *(words.warn[warning] for warning in asked.verdict.warned),
        ),
        conflict=_conflict(contested, sealed=answer.seal),
        saved=key in asking.saved,
        source=source_view(_source(asked, asking.kind), asking.documents),
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
        return _hint(text) if text else ""
    if asked.answer.type is AnswerType.CHOICE and text:
        words = documents.answer_words(asked.answer.key, current_language())
        return words.options.get(text, text)
    return text


def _source(asked: Asked, kind: DocumentKind) -> Sourced:
    rule = age_rule(kind, asked.answer.key)
    if rule is not None and any(said.message == TOO_YOUNG for said in asked.verdict.advice):
        return rule
    return asked.place


def _value(asked: Asked, asking: Asking) -> tuple[str, bool]:
    """Give what stands in the place: what was typed, what is saved, or what the portal offers."""
    key = asked.answer.key
    if key in asking.typed:
        return asking.typed[key], False
    if asked.answer.seal:
        return "", False
    if asked.given.version == 0 and key in asking.suggested:
        return asking.suggested[key], True
    return asked.given.text, False


def _problem(asked: Asked, asking: Asking) -> str:
    if asked.verdict.problem is None or not asked.asked:
        return ""
    untouched = not asked.given.text and not asked.given.unknown
    if untouched and not asking.complain:
        return ""
    return say(asked.verdict.problem)


def _only_if(asked: Asked, asking: Asking) -> str:
    when = asked.place.when
    if when is None:
        return ""
    words = asking.documents.answer_words(when.answer, current_language())
    among = ", ".join(words.options.get(option, option) for option in when.among)
    return gettext(
        N_("Only if you chose under “{question}”: {answers}."), question=words.label, answers=among
    )


def _conflict(contested: Contested | None, *, sealed: bool) -> ConflictView | None:
    if contested is None:
        return None
    theirs = contested.theirs
    return ConflictView(
        theirs=_hint(theirs.given.text) if sealed else theirs.given.text,
        by=theirs.saved_by_name,
        at=theirs.saved_at,
    )


def _hint(text: str) -> str:
    return f"••••{text[-2:]}" if len(text) > 4 else "••••"


def code_words(verdict: CodeVerdict, number: str) -> str:
    """Say what the code on a scan turned out to be."""
    return gettext(CODE_WORDS[verdict], number=number)
