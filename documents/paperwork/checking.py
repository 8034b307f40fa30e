"""Whether a pack's documents hang together: problems with their file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateError

from app.packs import PackHeader, Problem, TomlFile
from documents.paperwork.layout import Layout
from documents.paperwork.rules.texts import unprintable
from documents.paperwork.shape import Answer, AnswerType, DocumentKind, DocumentWords, Sourced

SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PAPER = frozenset({"number", "title"})


def kind_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer], header: PackHeader
) -> Iterator[Problem]:
    """What is wrong with one kind of paper."""
    places = [place.answer for place in kind.field]
    asked = [key for page in kind.page for key in page.fields]
    for number, key in enumerate(places):
        if key not in answers:
            yield file.problem(
                ("field", number), f"there is no answer {key}", "add it to answers.toml"
            )
    for key in sorted(set(places) ^ set(asked)):
        yield file.problem(
            ("page",), f"{key} is not both a field and on a page", "name it once in each"
        )
    if len(asked) != len(set(asked)) or len(places) != len(set(places)):
        yield file.problem(("page",), "an answer is named twice", "name it once")
    yield from _differing(file, ("label",), set(kind.label), set(places))
    yield from _choice_problems(file, kind, answers)
    yield from _phrase_problems(file, kind, set(places))
    yield from _source_problems(file, kind, header)
    for number, version in enumerate(kind.version):
        if version.official and version.verified_on is None:
            yield file.problem(
                ("version", number),
                f"version {version.id} is official without a day",
                "say on which day it was compared: verified_on = …",
            )


def _choice_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    for place in kind.field:
        answer = answers.get(place.answer)
        if answer is None:
            continue
        if (answer.type is AnswerType.CHOICE) != bool(answer.options):
            yield file.problem(("field",), f"{answer.key} needs options", "only a choice has them")
        printed = kind.printed.get(answer.key, {})
        if set(printed) != set(answer.options):
            yield file.problem(
                ("printed", answer.key),
                f"printed.{answer.key} does not have the options of the answer",
                "say how each option is printed",
            )
        if place.when and place.when.answer not in answers:
            yield file.problem(("field",), f"no answer {place.when.answer}", "correct when")
    for key in sorted(kind.printed.keys() - {place.answer for place in kind.field}):
        yield file.problem(("printed", key), f"{key} is not a field", "remove it")


def _phrase_problems(file: TomlFile, kind: DocumentKind, places: set[str]) -> Iterator[Problem]:
    for number, phrase in enumerate(kind.phrase):
        for key in SLOT.findall(phrase.text):
            if key not in places:
                yield file.problem(
                    ("phrase", number), f"phrase {phrase.key}: no field {key}", "correct its name"
                )
        sign = unprintable(phrase.text)
        if sign:
            yield file.problem(
                ("phrase", number), f"{sign!r} can’t be printed", "write it in another way"
            )


def _source_problems(file: TomlFile, kind: DocumentKind, header: PackHeader) -> Iterator[Problem]:
    known = set(header.source_refs)
    pieces: Mapping[str, tuple[Sourced, ...]] = {
        "field": kind.field,
        "phrase": kind.phrase,
        "hand": kind.hand,
        "age": kind.age,
    }
    for table, found in pieces.items():
        for number, piece in enumerate(found):
            for key in piece.source_keys:
                if key not in known:
                    yield file.problem(
                        (table, number), f"pack.toml has no source {key}", "correct the key"
                    )


def layout_problems(layout: Layout, kind: DocumentKind) -> Iterator[Problem]:
    """What is wrong with a layout: names nobody fills, answers it leaves out."""
    name = f"documents/{layout.name}"
    try:
        spoken = layout.spoken_of()
    except TemplateError as error:
        line = getattr(error, "lineno", 1) or 1
        yield Problem(file=name, line=line, message=f"not a layout: {error}", remedy="correct it")
        return
    known = {
        "a": {place.answer for place in kind.field},
        "p": {phrase.key for phrase in kind.phrase},
        "hand": {place.key for place in kind.hand},
        "paper": set(_PAPER),
    }
    slots = {key for phrase in kind.phrase for key in SLOT.findall(phrase.text)}
    # Questions that only decide what else is asked need no place of their own.
    slots |= {place.when.answer for place in kind.field if place.when}
    for space, key in sorted(spoken):
        if key not in known[space]:
            yield Problem(
                file=name, line=1, message=f"nothing fills {space}.{key}", remedy="correct the name"
            )
    for space in ("a", "p", "hand"):
        said = {key for found, key in spoken if found == space} | (slots if space == "a" else set())
        for key in sorted(known[space] - said):
            yield Problem(
                file=name, line=1, message=f"{space}.{key} is not printed", remedy="place it"
            )


def words_problems(
    file: TomlFile,
    words: DocumentWords,
    answers: Mapping[str, Answer],
    kinds: Mapping[str, DocumentKind],
) -> Iterator[Problem]:
    """What one language does not say, or says of nothing."""
    yield from _differing(file, ("answer",), set(words.answer), set(answers))
    yield from _differing(file, ("kind",), set(words.kind), set(kinds))
    for key in sorted(words.answer.keys() & answers.keys()):
        said, answer = words.answer[key], answers[key]
        yield from _differing(
            file, ("answer", key, "options"), set(said.options), set(answer.options)
        )
        warned = {warning.key for warning in answer.warn}
        yield from _differing(file, ("answer", key, "warn"), set(said.warn), warned)
    for key in sorted(words.kind.keys() & kinds.keys()):
        told, kind = words.kind[key], kinds[key]
        pages, hands = {page.key for page in kind.page}, {place.key for place in kind.hand}
        yield from _differing(file, ("kind", key, "page"), set(told.page), pages)
        yield from _differing(file, ("kind", key, "hand"), set(told.hand), hands)
        if not told.draft and any(not version.official for version in kind.version):
            yield file.problem(("kind", key), "draft is missing", "say why it is only a draft")


def _differing(
    file: TomlFile, path: tuple[str, ...], said: set[str], known: set[str]
) -> Iterator[Problem]:
    where = ".".join(path)
    for key in sorted(known - said):
        yield file.problem(path, f"{where}.{key} is missing", "add it")
    for key in sorted(said - known):
        yield file.problem((*path, key), f"{where}.{key} speaks of nothing", "remove it")
