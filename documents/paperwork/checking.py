"""Whether a pack's documents hang together: problems with their file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateError

from app.packs import PackHeader, Problem, TomlFile
from documents.paperwork.checking_answers import when_problems
from documents.paperwork.layout import Layout
from documents.paperwork.rules.texts import unprintable
from documents.paperwork.shape import (
    OF_ANSWER,
    Answer,
    AnswerType,
    AnswerWords,
    DocumentKind,
    DocumentWords,
    PlaceWords,
    Sourced,
    Value,
)

SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MOST_SIGNS = 210_000
"""Of all tables of a paper together: a hundred pages, half of what the press has time for."""
_IN_WORDS = frozenset({AnswerType.LINE, AnswerType.TEXT, AnswerType.NAME})
_PAPER = frozenset({"number", "title", "copies", "copied"})


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
    if kind.is_printed:
        yield from _printing_problems(file, kind)
        yield from _differing(file, ("label",), set(kind.label), set(places))
        tables = {key for key in places if _is_table(answers, key)}
        yield from _differing(file, ("none",), set(kind.none), tables)
        yield from _choice_problems(file, kind, answers)
    elif kind.version or kind.phrase or kind.hand or kind.printed:
        yield file.problem(
            ("made",), "a paper made elsewhere has no layout", "leave out what is printed"
        )
    yield from _sum_problems(file, kind, answers)
    yield from _length_problems(file, kind, answers)
    yield from _condition_problems(file, kind, answers)
    yield from _phrase_problems(file, kind, {key for key in places if not _is_table(answers, key)})
    yield from _source_problems(file, kind, header)
    for number, version in enumerate(kind.version):
        if version.official and version.verified_on is None:
            yield file.problem(
                ("version", number),
                f"version {version.id} is official without a day",
                "say on which day it was compared: verified_on = …",
            )


def kinds_problems(
    files: Mapping[str, TomlFile], kinds: Mapping[str, DocumentKind], groups: tuple[str, ...]
) -> Iterator[Problem]:
    """What is wrong between kinds of paper: codes given twice, papers nobody knows."""
    codes: dict[str, str] = {}
    for kind in kinds.values():
        file = files[kind.key]
        if kind.code in codes:
            yield file.problem(
                ("code",), f"{codes[kind.code]} has the code {kind.code} too", "choose another"
            )
        codes[kind.code] = kind.key
        for key in kind.agrees_with:
            if key not in kinds:
                yield file.problem(("agrees_with",), f"there is no paper {key}", "correct its key")
        if kind.group and kind.group not in groups:
            yield file.problem(
                ("group",), f"there is no group {kind.group}", "add it to groups of answers.toml"
            )
        if kind.certify and not any(not other.is_listed for other in kinds.values()):
            yield file.problem(
                ("certify",), "no kind is the certifying sheet", 'add one with made = "sheet"'
            )


def _sum_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    values = _values(kind, answers)
    known = {name: value.type for name, value in values.items()}
    for number, each in enumerate(kind.sum):
        for name in (*each.plus, *each.minus):
            if known.get(name) is not each.type:
                yield file.problem(
                    ("sum", number),
                    f"{each.key} can't add {name}",
                    f"name fields of type {each.type}, table.column, or sums before it",
                )
            elif each.where is not None and name in values:
                column = f"{name.partition('.')[0]}.{each.where.answer}"
                options = values[column].choices if column in values else ()
                if not set(each.where.among) <= set(options):
                    yield file.problem(
                        ("sum", number), f"{column} is never {each.where.among}", "correct where"
                    )
        known[each.key] = each.type


def _length_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    """Whether tables filled to the brim would be more than the press sets in its time."""
    signs = sum(
        answer.most * sum(column.longest for column in answer.column if column.type in _IN_WORDS)
        for answer in map(answers.get, {place.answer for place in kind.field})
        if answer is not None and answer.is_table
    )
    if signs > MOST_SIGNS:
        yield file.problem(
            ("field",),
            f"the tables of this paper hold {signs} characters together",
            f"lower most or longest in answers.toml: {MOST_SIGNS} are set in time",
        )


def _values(kind: DocumentKind, answers: Mapping[str, Answer]) -> dict[str, Value]:
    """Give what the kind asks by the names that sums use."""
    asked = [answers[place.answer] for place in kind.field if place.answer in answers]
    found: dict[str, Value] = {answer.key: answer for answer in asked if not answer.is_table}
    for answer in asked:
        found |= {f"{answer.key}.{column.key}": column for column in answer.column}
    return found


def _is_table(answers: Mapping[str, Answer], key: str) -> bool:
    return key in answers and answers[key].is_table


def _printing_problems(file: TomlFile, kind: DocumentKind) -> Iterator[Problem]:
    needed = {"language": kind.language, "version": kind.version, "hand": kind.hand}
    if kind.is_listed:
        needed.update(page=kind.page, field=kind.field)
    for key, value in needed.items():
        if not value:
            yield file.problem((key,), f"{key} is missing", f"add {key} = …")
    for key, said in kind.words:
        if not said:
            yield file.problem(("words",), f"words.{key} is missing", f"add {key} = …")


def _choice_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    printable: dict[str, Value] = {}
    for place in kind.field:
        answer = answers.get(place.answer)
        if answer is None:
            continue
        printable[answer.key] = answer
        printable.update({f"{answer.key}.{column.key}": column for column in answer.column})
    for name, value in printable.items():
        printed = kind.printed.get(name, {})
        # "Yes" and "no" are printed as such unless the form has words of its own.
        if set(printed) != set(value.choices) and (printed or value.options):
            yield file.problem(
                ("printed", name),
                f"printed.{name} does not have the options of the answer",
                "say how each option is printed",
            )
    for name in sorted(kind.printed.keys() - printable.keys()):
        yield file.problem(("printed", name), f"{name} is not a field", "remove it")


def _condition_problems(
    file: TomlFile, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    for number, place in enumerate(kind.field):
        if place.when is not None:
            yield from when_problems(file, ("field", number), place.when, answers)
    for number, page in enumerate(kind.page):
        if page.when is not None:
            yield from when_problems(file, ("page", number), page.when, answers)
    for number, when in enumerate(kind.needed_when):
        yield from when_problems(file, ("needed_when", number), when, answers)


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


def layout_problems(
    layout: Layout, kind: DocumentKind, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    """What is wrong with a layout: names nobody fills, answers it leaves out."""
    name = f"documents/{layout.name}"
    try:
        spoken = layout.spoken_of()
    except TemplateError as error:
        line = getattr(error, "lineno", 1) or 1
        yield Problem(file=name, line=line, message=f"not a layout: {error}", remedy="correct it")
        return
    tables = {place.answer for place in kind.field if _is_table(answers, place.answer)}
    known = {
        "a": {place.answer for place in kind.field} - tables,
        "t": tables,
        "sum": {each.key for each in kind.sum},
        "p": {phrase.key for phrase in kind.phrase},
        "hand": {place.key for place in kind.hand},
        "paper": set(_PAPER),
    }
    for space, key in sorted(spoken):
        if key not in known[space]:
            yield Problem(
                file=name, line=1, message=f"nothing fills {space}.{key}", remedy="correct the name"
            )
    silent = _deciding(kind, answers)
    for space in ("a", "t", "sum", "p", "hand"):
        said = {key for found, key in spoken if found == space}
        for key in sorted(known[space] - said - (silent if space == "a" else set())):
            yield Problem(
                file=name, line=1, message=f"{space}.{key} is not printed", remedy="place it"
            )


def _deciding(kind: DocumentKind, answers: Mapping[str, Answer]) -> set[str]:
    """Give the answers that need no place of their own in the layout.

    Phrases print some; others only decide what else is asked, or are what a name is declined from.
    """
    found = {key for phrase in kind.phrase for key in SLOT.findall(phrase.text)}
    asked = [answers[place.answer] for place in kind.field if place.answer in answers]
    whens = [*(place.when for place in kind.field), *(page.when for page in kind.page)]
    whens += [*(answer.when for answer in asked), *kind.needed_when]
    found |= {when.answer for when in whens if when}
    for answer in asked:
        found |= set(answer.decline.of) if answer.decline else set()
        if answer.suggest.startswith(OF_ANSWER):
            found.add(answer.suggest.removeprefix(OF_ANSWER))
    return found


def words_problems(
    file: TomlFile,
    words: DocumentWords,
    answers: Mapping[str, Answer],
    kinds: Mapping[str, DocumentKind],
    groups: tuple[str, ...],
) -> Iterator[Problem]:
    """What one language does not say, or says of nothing."""
    yield from _differing(file, ("answer",), set(words.answer), set(answers))
    yield from _differing(file, ("kind",), set(words.kind), set(kinds))
    yield from _differing(file, ("group",), set(words.group), set(groups))
    signers = {signer for kind in kinds.values() for signer in kind.signers}
    for signer in sorted(signers - set(words.signer)) if words.signer else ():
        yield file.problem(("signer",), f"signer.{signer} is missing", "add it")
    for key in sorted(words.answer.keys() & answers.keys()):
        yield from _answer_words_problems(file, words.answer[key], answers[key])
    for key in sorted(words.kind.keys() & kinds.keys()):
        told, kind = words.kind[key], kinds[key]
        pages, hands = {page.key for page in kind.page}, {place.key for place in kind.hand}
        yield from _differing(file, ("kind", key, "page"), set(told.page), pages)
        yield from _differing(file, ("kind", key, "hand"), set(told.hand), hands)
        if not told.draft and any(not version.official for version in kind.version):
            yield file.problem(("kind", key), "draft is missing", "say why it is only a draft")


def _answer_words_problems(file: TomlFile, said: AnswerWords, answer: Answer) -> Iterator[Problem]:
    where = ("answer", answer.key)
    yield from _place_words_problems(file, where, said, answer)
    columns = {column.key: column for column in answer.column}
    yield from _differing(file, (*where, "column"), set(said.column), set(columns))
    for key in sorted(said.column.keys() & columns.keys()):
        path = (*where, "column", key)
        yield from _place_words_problems(file, path, said.column[key], columns[key])
    if answer.is_table:
        for name, text in (("one", said.one), ("none", said.none), ("add", said.add)):
            if not text:
                yield file.problem(where, f"answer.{answer.key}.{name} is missing", "add it")


def _place_words_problems(
    file: TomlFile, where: tuple[str, ...], said: PlaceWords, value: Value
) -> Iterator[Problem]:
    if said.options or value.type is not AnswerType.YESNO:
        yield from _differing(file, (*where, "options"), set(said.options), set(value.choices))
    warned = {warning.key for warning in value.warn}
    yield from _differing(file, (*where, "warn"), set(said.warn), warned)


def _differing(
    file: TomlFile, path: tuple[str, ...], said: set[str], known: set[str]
) -> Iterator[Problem]:
    where = ".".join(path)
    for key in sorted(known - said):
        yield file.problem(path, f"{where}.{key} is missing", "add it")
    for key in sorted(said - known):
        yield file.problem((*path, key), f"{where}.{key} speaks of nothing", "remove it")
