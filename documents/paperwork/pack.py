"""A pack's document kinds as the program reads them: checked, with words in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.packs import Pack, PackError, Problem, TomlFile, read_toml, shape_problems
from app.sources import SourceWords, read_sources, unsaid_problems
from documents.paperwork.checking import kind_problems, layout_problems, words_problems
from documents.paperwork.layout import Layout
from documents.paperwork.shape import (
    Answer,
    AnswersShape,
    AnswerWords,
    DocumentKind,
    DocumentWords,
    FormVersion,
    KindWords,
)

T = TypeVar("T", bound=BaseModel)
FOLDER = "documents"
ANSWERS_FILE = "answers.toml"


@dataclass(frozen=True, kw_only=True, eq=False)
class PackDocuments:
    """The answers and document kinds of one pack."""

    pack: Pack
    answers: Mapping[str, Answer]
    kinds: Mapping[str, DocumentKind]
    words: Mapping[str, DocumentWords]
    layouts: Mapping[str, Layout]
    sources: Mapping[str, SourceWords]

    def words_in(self, language: str) -> DocumentWords:
        """Give all words in a language, or in the pack's default one."""
        return self.words.get(language) or self.words[self.pack.header.default_language]

    def kind_words(self, kind: str, language: str) -> KindWords:
        """Give the words of a kind of paper."""
        return self.words_in(language).kind[kind]

    def answer_words(self, answer: str, language: str) -> AnswerWords:
        """Give the words of an answer."""
        return self.words_in(language).answer[answer]

    def sources_in(self, language: str) -> SourceWords:
        """Give what sources are called in a language, or in the default one."""
        return self.sources.get(language) or self.sources[self.pack.header.default_language]

    def reference(self, keys: tuple[str, ...], language: str) -> str:
        """Give where the sources of these keys can be read."""
        refs = {**self.pack.header.source_refs, **self.sources_in(language).reference}
        return "; ".join(refs[key] for key in keys if key in refs)

    @cached_property
    def sealed(self) -> frozenset[str]:
        """The answers that do not lie open in the database."""
        return frozenset(key for key, answer in self.answers.items() if answer.seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKinds:
    """The documents of every pack by its id; a part of the program."""

    packs: Mapping[str, PackDocuments]

    def __getitem__(self, pack_id: str) -> PackDocuments:
        return self.packs[pack_id]

    def find(self, pack_id: str) -> PackDocuments | None:
        """Give the documents of a pack, None for a pack without any."""
        return self.packs.get(pack_id)


def version_on(kind: DocumentKind, day: date) -> FormVersion:
    """Give the edition of a form that applies on a day; the newest when none is known to."""
    for version in reversed(kind.version):
        begun = version.applies_from is None or version.applies_from <= day
        if begun and (version.applies_to is None or day <= version.applies_to):
            return version
    return kind.version[-1]


def load_documents(pack: Pack) -> PackDocuments:
    """Give the documents of a pack. Raises PackError with every problem found."""
    problems: list[Problem] = []
    shape = _read(pack, ANSWERS_FILE, AnswersShape, problems)
    answers = {answer.key: answer for answer in shape.answer} if shape else {}
    kinds: dict[str, DocumentKind] = {}
    layouts: dict[str, Layout] = {}
    for path in sorted((pack.folder / FOLDER).glob("*.toml")):
        if path.name == ANSWERS_FILE or path.name.startswith("texts."):
            continue
        kind = _read(pack, path.name, DocumentKind, problems)
        if kind is None:
            continue
        kinds[kind.key] = kind
        file = _toml(pack, path.name, [])
        problems.extend(kind_problems(file, kind, answers, pack.header))
        problems.extend(_load_layouts(pack, file, kind, layouts))
    words = _load_words(pack, answers, kinds, problems)
    sources = {
        language: read_sources(pack.folder, language, problems)
        for language in pack.header.languages
    }
    for kind in kinds.values():
        problems.extend(_unsaid(kind, sources))
    if problems:
        raise PackError(pack.folder, problems)
    return PackDocuments(
        pack=pack,
        answers=answers,
        kinds=kinds,
        words=words,
        layouts=layouts,
        sources=sources,
    )


def load_all_documents(packs: Mapping[str, Pack]) -> DocumentKinds:
    """Give the documents of every pack that has any. Raises PackError."""
    return DocumentKinds(
        packs={
            pack_id: load_documents(pack)
            for pack_id, pack in packs.items()
            if (pack.folder / FOLDER).is_dir()
        }
    )


def _load_layouts(
    pack: Pack, file: TomlFile, kind: DocumentKind, layouts: dict[str, Layout]
) -> list[Problem]:
    problems: list[Problem] = []
    for number, version in enumerate(kind.version):
        path = pack.folder / FOLDER / version.layout
        if not path.is_file():
            problems.append(
                file.problem(
                    ("version", number, "layout"),
                    f"the layout {version.layout} is missing",
                    "add it beside this file",
                )
            )
            continue
        layout = Layout(name=version.layout, source=path.read_text(encoding="utf-8"))
        problems.extend(layout_problems(layout, kind))
        layouts[version.layout] = layout
    return problems


def _load_words(
    pack: Pack,
    answers: Mapping[str, Answer],
    kinds: Mapping[str, DocumentKind],
    problems: list[Problem],
) -> dict[str, DocumentWords]:
    words: dict[str, DocumentWords] = {}
    for language in pack.header.languages:
        name = f"texts.{language}.toml"
        said = _read(pack, name, DocumentWords, problems)
        if said is not None:
            words[language] = said
            problems.extend(words_problems(_toml(pack, name, []), said, answers, kinds))
    return words


def _unsaid(kind: DocumentKind, sources: Mapping[str, SourceWords]) -> Iterator[Problem]:
    pieces = (*kind.field, *kind.phrase, *kind.hand, *kind.age)
    for source in dict.fromkeys(piece.source for piece in pieces):
        for words in sources.values():
            name = f"{FOLDER}/{kind.key}.toml"
            yield from unsaid_problems(words, source, file=name, line=1, name=kind.key)


def _toml(pack: Pack, name: str, problems: list[Problem]) -> TomlFile:
    return read_toml(pack.folder, f"{FOLDER}/{name}", problems)


def _read(pack: Pack, name: str, shape: type[T], problems: list[Problem]) -> T | None:
    file = _toml(pack, name, problems)
    if not file.data:
        return None
    try:
        return shape.model_validate(file.data)
    except ValidationError as error:
        problems.extend(shape_problems(file, error))
        return None
