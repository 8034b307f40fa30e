"""A pack's rules for the clerk as the program reads them: checked, with words in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.packs import PackError, Problem, read_toml, shaped
from app.sources import unsaid_problems
from documents.clerk.checking import rule_problems, word_problems
from documents.clerk.shape import AnyRule, ClerkShape, ClerkWords, Contains, RuleWords
from documents.paperwork.pack import FOLDER, DocumentKinds, PackDocuments

RULES_FILE = "clerk.toml"


@dataclass(frozen=True, kw_only=True, eq=False)
class PackClerk:
    """The rules of one pack."""

    documents: PackDocuments
    rules: Mapping[str, AnyRule]
    words: Mapping[str, ClerkWords]

    def words_of(self, rule: str, language: str) -> RuleWords:
        """Give the words of a rule in a language, or in the pack's default one."""
        default = self.documents.pack.header.default_language
        return (self.words.get(language) or self.words[default]).rule[rule]

    @cached_property
    def worded(self) -> frozenset[str]:
        """The kinds of paper whose printed words some rule reads."""
        contained = (rule for rule in self.rules.values() if isinstance(rule, Contains))
        return frozenset(kind for rule in contained for kind in rule.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkPacks:
    """The rules of every pack by its id; a part of the program."""

    packs: Mapping[str, PackClerk]

    def find(self, pack_id: str) -> PackClerk | None:
        """Give the rules of a pack, None for a pack without any."""
        return self.packs.get(pack_id)


def load_clerk(documents: PackDocuments) -> PackClerk:
    """Read and check a pack's clerk.toml and its words. Raises PackError with every problem."""
    folder, header = documents.pack.folder, documents.pack.header
    problems: list[Problem] = []
    file = read_toml(folder, f"{FOLDER}/{RULES_FILE}", problems)
    shape = shaped(file, ClerkShape, problems)
    rules = shape.rule if shape else ()
    if shape is not None:
        calendar = read_toml(folder, "calendar.toml", problems)
        problems.extend(rule_problems(file, rules, documents, calendar))
    words: dict[str, ClerkWords] = {}
    for language in header.languages:
        said = read_toml(folder, f"{FOLDER}/clerk.{language}.toml", problems)
        found = shaped(said, ClerkWords, problems)
        if found is not None:
            words[language] = found
            problems.extend(word_problems(said, found, rules, documents))
    for number, rule in enumerate(rules):
        line = file.line("rule", number, "source")
        for sources in documents.sources.values():
            problems.extend(
                unsaid_problems(sources, rule.source, file=file.name, line=line, name=rule.key)
            )
    if problems:
        raise PackError(folder, problems)
    return PackClerk(documents=documents, rules={rule.key: rule for rule in rules}, words=words)


def load_all_clerks(kinds: DocumentKinds) -> ClerkPacks:
    """Give the rules of every pack that has the file. Raises PackError."""
    return ClerkPacks(
        packs={
            pack_id: load_clerk(documents)
            for pack_id, documents in kinds.packs.items()
            if (documents.pack.folder / FOLDER / RULES_FILE).is_file()
        }
    )
