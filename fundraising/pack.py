"""The fund.toml of a pack: what is asked of a giver, what is checked, and by when money goes back.

Every legal value carries source and status. A number nobody has found has no value and the status
"?": gifts that depend on it are held, and the screen says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from markupsafe import Markup
from pydantic import Field, model_validator

from app.calendar.rules import Status
from app.packs import Pack, PackError, PackRules, Problem, TomlFile, read_toml, shaped
from app.sources import SourceWords, read_sources, unsaid_problems
from fundraising.rules.eligibility import Check, CheckKind

FUND_FILE = "fund.toml"
KEY = r"^[a-z][a-z0-9_]{0,39}$"


class Cited(PackRules):
    """A rule with where it comes from and how sure we are."""

    status: Status
    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _verified_has_sources(self) -> Self:
        if self.status is Status.VERIFIED and not self.source_keys:
            raise ValueError("a verified rule names its source_keys")
        return self


class Question(Cited):
    """One thing a giver is asked."""

    key: str = Field(pattern=KEY)
    kind: Literal["text", "date", "passport", "postcode", "choice", "confirm"]
    options: tuple[str, ...] = ()
    above_minor: int = Field(default=0, ge=0)
    """Asked only of those who give more than this."""
    autocomplete: str = ""

    @model_validator(mode="after")
    def _choices_have_options(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("a choice, and only a choice, has options")
        return self


class CheckRule(Cited):
    """One condition on which a gift may be kept."""

    key: str = Field(pattern=KEY)
    kind: CheckKind
    questions: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    years: int | None = Field(default=None, ge=1, le=120)
    above_minor: int = Field(default=0, ge=0)
    limit_minor: int | None = Field(default=None, ge=1)
    otherwise: Literal["return", "hold"] = "return"
    """What becomes of a gift that fails; what can't be decided is always held."""
    statable: bool = False
    """Whether the treasurer may state the number from the commission's own paper."""

    @model_validator(mode="after")
    def _number_has_status(self) -> Self:
        needs = {CheckKind.AGE: self.years, CheckKind.LIMIT: self.limit_minor}
        if self.kind in needs and (needs[self.kind] is None) != (self.status is Status.UNKNOWN):
            raise ValueError("a number that is not known has no value and the status ?")
        if self.statable and self.kind is not CheckKind.LIMIT:
            raise ValueError("only a limit can be stated")
        return self


class ReturnClock(Cited):
    """Within how many days money that can't be kept goes back."""

    days: int = Field(ge=1, le=365)
    first_day_counts: bool
    warn_days: int = Field(ge=1, le=30)
    """How long before the last day the treasurer is reminded: a house rule."""


class GiftRules(Cited):
    """The least gift and the sums a page begins with: house rules."""

    least_minor: int = Field(ge=100)
    most_minor: int = Field(ge=1000)
    suggested_minor: tuple[int, int, int]


class FundShape(PackRules):
    """The whole of fund.toml."""

    step: str = Field(pattern=KEY)
    """The step of the route to which the support page belongs."""
    identity: tuple[str, ...] = Field(min_length=1)
    """The questions whose answers together recognise a giver."""
    imprint: bool
    """Whether the page has to carry an imprint."""
    gift: GiftRules
    return_clock: ReturnClock
    question: tuple[Question, ...] = Field(min_length=1)
    check: tuple[CheckRule, ...] = Field(min_length=1)


class QuestionWords(PackRules):
    """How a question is put."""

    label: str = Field(min_length=1)
    help: str = ""
    placeholder: str = ""
    option: Mapping[str, str] = Field(default_factory=dict)


class CheckWords(PackRules):
    """How a check is said to the treasurer and to the giver."""

    title: str = Field(min_length=1)
    holds: str = Field(min_length=1)
    donor: str = Field(min_length=1)


class FundWords(PackRules):
    """The whole of fund.<language>.toml."""

    where_money_goes: str = Field(min_length=1)
    if_not_accepted: str = Field(min_length=1)
    limit: str = Field(min_length=1)
    privacy: str = Field(min_length=1)
    above: str = ""
    question: Mapping[str, QuestionWords]
    check: Mapping[str, CheckWords]


@dataclass(frozen=True, kw_only=True)
class FundPack:
    """The fund rules of one pack with their words."""

    pack_id: str
    version: str
    currency: str
    rules: FundShape
    words: Mapping[str, FundWords]
    sources: Mapping[str, SourceWords]
    default_language: str

    @property
    def checks(self) -> tuple[Check, ...]:
        """Give the checks as the rules of eligibility read them."""
        return tuple(
            Check(
                key=rule.key,
                kind=rule.kind,
                questions=rule.questions,
                accepts=rule.accepts,
                years=rule.years,
                above_minor=rule.above_minor,
                limit_minor=rule.limit_minor,
                holds=rule.otherwise == "hold",
            )
            for rule in self.rules.check
        )

    def checks_with(self, stated: Mapping[str, int]) -> tuple[Check, ...]:
        """Give the checks with the limits that a campaign has stated from an official paper.

        Only where the pack itself knows no number: a stated one never replaces a known one.
        """
        statable = {rule.key for rule in self.rules.check if rule.statable}
        return tuple(
            replace(check, limit_minor=stated.get(check.key))
            if check.key in statable and check.limit_minor is None
            else check
            for check in self.checks
        )

    def words_in(self, language: str) -> FundWords:
        """Give the words in a language, or in the pack's own."""
        return self.words.get(language) or self.words[self.default_language]

    def source_in(self, cited: Cited, language: str) -> str:
        """Say where a rule comes from."""
        words = self.sources.get(language) or self.sources[self.default_language]
        return words.say(cited.source)

    def check_rule(self, key: str) -> CheckRule | None:
        """Give a check's rule by its key."""
        return next((rule for rule in self.rules.check if rule.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPacks:
    """The fund rules of all packs, by the pack's id: a part of the program."""

    packs: Mapping[str, FundPack]
    drawn: dict[tuple[str, str], Markup] = field(default_factory=dict, compare=False)
    """The questions of each pack as they were drawn, by pack and language."""

    def __getitem__(self, pack_id: str) -> FundPack:
        """Give the fund rules of a pack."""
        return self.packs[pack_id]

    def __contains__(self, pack_id: str) -> bool:
        """Say whether a pack has fund rules."""
        return pack_id in self.packs


def load_fund(pack: Pack) -> FundPack:
    """Read the fund rules of a pack. Raises PackError naming file, line and remedy."""
    problems: list[Problem] = []
    file = read_toml(pack.folder, FUND_FILE, problems)
    shape = shaped(file, FundShape, problems)
    sources = {lang: read_sources(pack.folder, lang, problems) for lang in pack.header.languages}
    words = {}
    for language in pack.header.languages:
        found = _words(pack, language, shape, problems)
        if found is not None:
            words[language] = found
    if shape is not None:
        problems.extend(_rule_problems(file, shape, pack))
        problems.extend(_source_problems(file, shape, sources))
    if shape is None or problems:
        raise PackError(pack.folder, sorted(set(problems)))
    return FundPack(
        pack_id=pack.id,
        version=pack.header.version.isoformat(),
        currency=pack.header.currency,
        rules=shape,
        words=words,
        sources=sources,
        default_language=pack.header.default_language,
    )


def load_funds(packs: Mapping[str, Pack]) -> FundPacks:
    """Read the fund rules of every pack that has a fund.toml."""
    return FundPacks(
        packs={
            pack.id: load_fund(pack)
            for pack in packs.values()
            if (pack.folder / FUND_FILE).is_file()
        }
    )


def _words(
    pack: Pack, language: str, shape: FundShape | None, problems: list[Problem]
) -> FundWords | None:
    file = read_toml(pack.folder, f"fund.{language}.toml", problems)
    words = shaped(file, FundWords, problems)
    if words is not None and shape is not None:
        problems.extend(_missing_words(file, shape, words))
    return words


def _missing_words(file: TomlFile, shape: FundShape, words: FundWords) -> Iterator[Problem]:
    for table, wanted, said in (
        ("question", [one.key for one in shape.question], words.question),
        ("check", [one.key for one in shape.check], words.check),
    ):
        for key in sorted(set(wanted) ^ set(said)):
            missing = key in wanted
            yield file.problem(
                (table, key),
                f"{table} {key} {'has no words' if missing else 'is not in fund.toml'}",
                f"add [{table}.{key}]" if missing else "correct the key or remove it",
            )
    for question in shape.question:
        spoken = words.question.get(question.key)
        if spoken is not None and set(spoken.option) != set(question.options):
            yield file.problem(
                ("question", question.key),
                f"question {question.key}: its options differ from fund.toml",
                "give every option its words, and only those",
            )


def _rule_problems(file: TomlFile, shape: FundShape, pack: Pack) -> Iterator[Problem]:
    asked = {question.key for question in shape.question}
    for key in shape.identity:
        if key not in asked:
            yield file.problem(("identity",), f"nobody asks {key}", "name a question's key")
    for index, check in enumerate(shape.check):
        for key in check.questions:
            if key not in asked:
                yield file.problem(
                    ("check", index, "questions"),
                    f"check {check.key}: nobody asks {key}",
                    "name a question's key",
                )
    known = set(pack.header.source_refs)
    for path, cited in _cited(shape):
        for key in cited.source_keys:
            if key not in known:
                yield file.problem(path, f"no source {key} in pack.toml", "correct the key")
        if cited.status is Status.VERIFIED and set(cited.source_keys) <= pack.header.analogous_keys:
            yield file.problem(path, "verified by analogous sources only", 'write status = "A"')


def _cited(shape: FundShape) -> Iterator[tuple[tuple[str | int, ...], Cited]]:
    yield ("gift",), shape.gift
    yield ("return_clock",), shape.return_clock
    for index, question in enumerate(shape.question):
        yield ("question", index), question
    for index, check in enumerate(shape.check):
        yield ("check", index), check


def _source_problems(
    file: TomlFile, shape: FundShape, sources: Mapping[str, SourceWords]
) -> Iterator[Problem]:
    for words in sources.values():
        for path, cited in _cited(shape):
            name = ".".join(map(str, path))
            line = file.line(*path)
            yield from unsaid_problems(words, cited.source, file=file.name, line=line, name=name)
