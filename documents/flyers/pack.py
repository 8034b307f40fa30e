"""A pack's flyers: read, checked, and kept for the whole program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.packs import Pack, PackError, Problem, TomlFile, read_toml, shaped
from app.sources import SourceWords, read_sources, unsaid_problems
from documents.flyers.shape import FlyerTemplate, FlyerWords, Imprint

TEMPLATE_KEYS = ("a5",)
PHRASES = ("promises", "vote", "contacts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flyers:
    """What a pack says about flyers."""

    pack_id: str
    version: str
    imprint: Imprint
    templates: Mapping[str, FlyerTemplate]
    words: Mapping[str, FlyerWords]
    sources: Mapping[str, SourceWords]
    source_refs: Mapping[str, str]
    default_language: str

    def words_in(self, language: str) -> FlyerWords:
        """Give the words of a language, of the pack's own when it has no others."""
        return self.words.get(language) or self.words[self.default_language]

    def source_in(self, language: str, source: str) -> str:
        """Give a rule's source in words."""
        found = self.sources.get(language) or self.sources[self.default_language]
        return found.say(source)

    def reference(self, keys: Iterable[str], language: str) -> str:
        """Give where the sources of these keys can be read."""
        found = self.sources.get(language) or self.sources[self.default_language]
        refs = {**self.source_refs, **found.reference}
        return "; ".join(refs[key] for key in keys if key in refs)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerPacks:
    """The flyers of all packs by the pack's id: a part of the program."""

    packs: Mapping[str, Flyers]

    def __getitem__(self, pack_id: str) -> Flyers:
        return self.packs[pack_id]


def load_flyers(pack: Pack) -> Flyers:
    """Read and check what a pack says about flyers. Raises PackError."""
    problems: list[Problem] = []
    imprint_file = read_toml(pack.folder, "imprint.toml", problems)
    imprint = shaped(imprint_file, Imprint, problems)
    templates = {}
    for key in TEMPLATE_KEYS:
        file = read_toml(pack.folder, f"flyers/{key}.toml", problems)
        templates[key] = shaped(file, FlyerTemplate, problems)
        problems.extend(_phrase_problems(file, templates[key]))
    words, sources = {}, {}
    for language in pack.header.languages:
        file = read_toml(pack.folder, f"flyers/texts.{language}.toml", problems)
        words[language] = shaped(file, FlyerWords, problems)
        sources[language] = read_sources(pack.folder, language, problems)
        problems.extend(_word_problems(file, imprint, templates.values(), words[language]))
        problems.extend(_source_problems(pack, imprint_file, imprint, sources[language]))
    if problems or imprint is None:
        raise PackError(pack.folder, problems)
    return Flyers(
        pack_id=pack.id,
        version=pack.header.version.isoformat(),
        imprint=imprint,
        templates={key: found for key, found in templates.items() if found is not None},
        words={language: found for language, found in words.items() if found is not None},
        sources=sources,
        source_refs=pack.header.source_refs,
        default_language=pack.header.default_language,
    )


def load_flyer_packs(packs: Iterable[Pack]) -> FlyerPacks:
    """Give the flyers of all packs. Raises PackError."""
    return FlyerPacks(packs={pack.id: load_flyers(pack) for pack in packs})


def _phrase_problems(file: TomlFile, template: FlyerTemplate | None) -> Iterator[Problem]:
    for phrase in PHRASES if template else ():
        if template is not None and phrase not in template.phrase:
            yield file.problem(("phrase",), f"the layout says {phrase}", "add it to [phrase]")


def _word_problems(
    file: TomlFile,
    imprint: Imprint | None,
    templates: Iterable[FlyerTemplate | None],
    words: FlyerWords | None,
) -> Iterator[Problem]:
    if imprint is None or words is None:
        return
    slots = [slot.key for template in templates if template for slot in template.slot]
    wanted = {
        "slot": {*slots, "photo"},
        "field": {field.key for field in imprint.field},
        "rule": {rule.key for rule in imprint.rule},
        "template": set(TEMPLATE_KEYS),
    }
    for table, keys in wanted.items():
        known = set(getattr(words, table))
        for key in sorted(keys - known):
            yield file.problem((table,), f"{table} {key} has no words", f"add [{table}.{key}]")
        for key in sorted(known - keys):
            yield file.problem((table, key), f"there is no {table} {key}", "remove it")


def _source_problems(
    pack: Pack, file: TomlFile, imprint: Imprint | None, words: SourceWords
) -> Iterator[Problem]:
    known = pack.header.source_refs
    for index, rule in enumerate(imprint.rule if imprint else ()):
        line = file.line("rule", index, "source")
        yield from unsaid_problems(
            words, rule.source, file=file.name, line=line, name=f"rule {rule.key}"
        )
        for key in rule.source_keys:
            if key not in known:
                yield file.problem(
                    ("rule", index, "source_keys"),
                    f"rule {rule.key}: pack.toml has no source {key}",
                    "add it there or correct it",
                )
