"""The signatures.toml of a pack: how many are needed, what makes one void, how a sheet looks.

A pack without the file asks for no signatures. Every value carries source and status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.packs import Pack, PackError, Problem, TomlFile, read_toml, shaped
from app.sources import SourceWords, read_sources, unsaid_problems
from documents.paperwork.pack import DocumentKinds
from documents.signatures.checking import answer_problems, form_problems
from documents.signatures.rules.choosing import Refusal
from documents.signatures.rules.requirement import Rate, Surplus
from documents.signatures.rules.sheets import Found
from documents.signatures.shape import Cited, SignaturesShape, SignatureWords

FILE = "signatures.toml"


@dataclass(frozen=True, kw_only=True, eq=False)
class PackSignatures:
    """What a pack says about signatures."""

    pack: Pack
    shape: SignaturesShape
    words: Mapping[str, SignatureWords]
    sources: Mapping[str, SourceWords]

    @property
    def rate(self) -> Rate:
        """The share of voters, for the rules."""
        rule = self.shape.rate
        return Rate(per_mille=rule.per_mille, least=rule.least, per_mandate=rule.per_mandate)

    @property
    def surplus(self) -> Surplus:
        """What may be handed in beyond it, for the rules."""
        rule = self.shape.surplus
        return Surplus(
            percent=rule.percent, small_below=rule.small_below, small_extra=rule.small_extra
        )

    @property
    def refusal(self) -> Refusal | None:
        """When too many bad ones fail the check, for the rules."""
        rule = self.shape.refusal
        if rule is None:
            return None
        return Refusal(bad_percent=rule.bad_percent, from_required=rule.from_required)

    @property
    def codes(self) -> Mapping[Found, str]:
        """The codes of the defects that are found by themselves."""
        return {one.found: one.code for one in self.shape.defect if one.found is not None}

    @property
    def row_codes(self) -> frozenset[str]:
        """The codes that a row can have."""
        return frozenset(one.code for one in self.shape.defect if one.scope == "row")

    @property
    def sheet_codes(self) -> frozenset[str]:
        """The codes that spoil a whole sheet."""
        return frozenset(one.code for one in self.shape.defect if one.scope == "sheet")

    def reference(self, keys: tuple[str, ...], language: str) -> str:
        """Give where the sources of these keys can be read."""
        refs = {**self.pack.header.source_refs, **self.sources_in(language).reference}
        return "; ".join(refs[key] for key in keys if key in refs)

    def words_in(self, language: str) -> SignatureWords:
        """Give all words in a language, or in the pack's default one."""
        return self.words.get(language) or self.words[self.pack.header.default_language]

    def sources_in(self, language: str) -> SourceWords:
        """Give what sources are called in a language, or in the default one."""
        return self.sources.get(language) or self.sources[self.pack.header.default_language]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePacks:
    """The signatures of every pack that asks for some; a part of the program."""

    packs: Mapping[str, PackSignatures]

    def find(self, pack_id: str) -> PackSignatures | None:
        """Give what a pack says, None when it asks for no signatures."""
        return self.packs.get(pack_id)


def load_signatures(pack: Pack) -> PackSignatures:
    """Read and check a pack's signatures.toml and its words. Raises PackError."""
    problems: list[Problem] = []
    file = read_toml(pack.folder, FILE, problems)
    shape = shaped(file, SignaturesShape, problems)
    words: dict[str, SignatureWords] = {}
    sources: dict[str, SourceWords] = {}
    for language in pack.header.languages:
        said = read_toml(pack.folder, f"signatures.{language}.toml", problems)
        found = shaped(said, SignatureWords, problems)
        sources[language] = read_sources(pack.folder, language, problems)
        if found is not None:
            words[language] = found
        if shape is not None:
            problems.extend(_word_problems(said, shape, found))
            problems.extend(_unsaid(file, shape, sources[language]))
    if shape is not None:
        problems.extend(_source_problems(pack, file, shape))
        problems.extend(form_problems(file, shape))
    if problems or shape is None:
        raise PackError(pack.folder, problems)
    return PackSignatures(pack=pack, shape=shape, words=words, sources=sources)


def load_all_signatures(packs: Mapping[str, Pack]) -> SignaturePacks:
    """Give the signatures of every pack that has the file. Raises PackError."""
    return SignaturePacks(
        packs={
            pack_id: load_signatures(pack)
            for pack_id, pack in packs.items()
            if (pack.folder / FILE).is_file()
        }
    )


def require_answers_known(signatures: SignaturePacks, documents: DocumentKinds) -> None:
    """Pass when the papers of each pack ask for every answer of its sheet. Raises PackError."""
    for pack_id, found in signatures.packs.items():
        papers, folder = documents.find(pack_id), found.pack.folder
        file = read_toml(folder, FILE, [])
        problems = list(answer_problems(file, found.shape, papers.answers if papers else ()))
        if problems:
            raise PackError(folder, problems)


def _word_problems(
    file: TomlFile, shape: SignaturesShape, words: SignatureWords | None
) -> Iterator[Problem]:
    if words is None:
        return
    wanted, known = {one.code for one in shape.defect}, set(words.defect)
    for code in sorted(wanted - known):
        yield file.problem(("defect",), f"defect {code} has no words", f"add {code} to [defect]")
    for code in sorted(known - wanted):
        yield file.problem(("defect", code), f"there is no defect {code}", "remove it")


def _unsaid(file: TomlFile, shape: SignaturesShape, words: SourceWords) -> Iterator[Problem]:
    for name, rule in _rules(shape):
        yield from unsaid_problems(words, rule.source, file=file.name, line=1, name=name)


def _source_problems(pack: Pack, file: TomlFile, shape: SignaturesShape) -> Iterator[Problem]:
    refs = pack.header.source_refs
    for name, rule in _rules(shape):
        if rule.status == "V" and not rule.source_keys:
            yield file.problem(
                (name,), f"{name}: a verified rule names where it was read", "add source_keys"
            )
        for key in rule.source_keys:
            if key not in refs:
                yield file.problem(
                    (name,), f"{name}: pack.toml has no source {key}", "add it there or correct it"
                )


def _rules(shape: SignaturesShape) -> Iterator[tuple[str, Cited]]:
    yield "rate", shape.rate
    yield "surplus", shape.surplus
    if shape.refusal is not None:
        yield "refusal", shape.refusal
    yield "missed", shape.missed
    yield "collector", shape.collector
    yield "period", shape.period
    yield "sheet", shape.sheet
    yield "protocol", shape.protocol
    for one in shape.defect:
        yield one.code, one
