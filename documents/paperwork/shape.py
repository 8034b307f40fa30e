"""The shape of a pack's document kinds: answers, forms, fixed wording, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from app.packs import PackRules

KEY = r"^[a-z][a-z0-9_]*$"
RuleStatus = Literal["V", "A", "M", "D", "?"]


class AnswerType(StrEnum):
    """What kind of answer it is: how it is asked, checked and printed."""

    LINE = "line"
    TEXT = "text"
    NAME = "name"
    NAME_RU = "name_ru"
    DATE = "date"
    CHOICE = "choice"
    PASSPORT = "passport"
    UNIT_CODE = "unit_code"
    INN = "inn"
    SNILS = "snils"
    MONEY = "money"
    NUMBER = "number"
    DECIMAL = "decimal"
    PERCENT = "percent"
    SHARE = "share"
    YEAR = "year"
    PHONE = "phone"
    EMAIL = "email"
    BIC = "bic"
    ACCOUNT = "account"
    FIO = "fio"
    YESNO = "yesno"
    TABLE = "table"


NAMING = frozenset(
    {AnswerType.LINE, AnswerType.NAME, AnswerType.NAME_RU, AnswerType.FIO, AnswerType.CHOICE}
)
"""What may name a row on the screen: never the number of a document, an account or a person."""
YES_NO = ("yes", "no")
NONE, SOME = "none", "some"
"""What a table counts as where another question depends on it: nothing to list, or rows."""
SUMMED = frozenset(
    {AnswerType.MONEY, AnswerType.NUMBER, AnswerType.DECIMAL, AnswerType.PERCENT, AnswerType.SHARE}
)
OF_ANSWER = "answer:"


class Suggestion(StrEnum):
    """What the portal knows and offers until somebody has answered."""

    COUNCIL = "council"
    DISTRICT_NUMBER = "district_number"
    DISTRICT_NAME = "district_name"
    POLLING_DAY = "polling_day"
    CANDIDATE_NAME = "candidate_name"
    CANDIDATE_PHONE = "candidate_phone"
    CANDIDATE_EMAIL = "candidate_email"


class Case(StrEnum):
    """A grammatical case of Russian that a form may want a name in."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Made(StrEnum):
    """Where a kind of paper comes from."""

    PORTAL = "portal"
    """Filled in and printed here."""
    ELSEWHERE = "elsewhere"
    """A copy or a certificate: its scans are put here and checked."""
    SHEET = "sheet"
    """Printed beside other papers, such as the lines that certify a copy; never listed."""


class Overflow(StrEnum):
    """What happens to a text that does not fit even in the smallest type."""

    CONTINUE = "continue"
    REFUSE = "refuse"


class Sourced(PackRules):
    """Something with a source: where it was read and how sure we are of it."""

    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()
    status: RuleStatus


class PatternWarning(PackRules):
    """Advice shown when what was typed looks like this; it stops nothing."""

    key: str = Field(pattern=KEY)
    pattern: str = Field(min_length=1)
    matches: bool = True
    """Warn when it matches; otherwise when it does not."""


class When(PackRules):
    """The answer is asked only when another one is among these; "" while it is not answered."""

    answer: str
    among: tuple[str, ...] = Field(min_length=1)


class Value(PackRules):
    """What one place takes: how it is asked, checked and printed."""

    key: str = Field(pattern=KEY)
    type: AnswerType = AnswerType.LINE
    longest: int = Field(default=200, ge=1, le=2000)
    options: tuple[str, ...] = ()
    warn: tuple[PatternWarning, ...] = ()
    future: bool = False
    """For days and years: whether they may lie ahead."""
    bic: str = ""
    """For accounts: the column of the same row, or the answer, that holds the bank's code."""
    region: str = ""
    """For telephones: the country of numbers without one; the pack's own when it is not said."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys one chooses from; empty when one types."""
        return YES_NO if self.type is AnswerType.YESNO else self.options


class Column(Value):
    """One place of every row of a table."""

    required: bool = False
    names_row: bool = False
    """Whether a row of a sealed table is known by it, to whoever may open the row."""

    @model_validator(mode="after")
    def _names_without_identifying(self) -> Column:
        if self.names_row and self.type not in NAMING:
            raise ValueError(f"{self.key}: a row is not named by what stays sealed: {self.type}")
        return self


class SumAtMost(PackRules):
    """The values of a column may not sum over this, within rows that are alike in another."""

    column: str
    most: int = Field(ge=1)
    by: str = ""
    """The column that says which rows belong together; empty: all rows."""


class Decline(PackRules):
    """A name to be put into a case; offered, and kept only once somebody has confirmed it."""

    of: tuple[str, ...] = Field(min_length=1, max_length=3)
    """Surname, first name, patronymic; or one answer with the whole name in that order."""
    case: Case


class Answer(Value):
    """One answer of a campaign, whatever papers it goes into."""

    seal: bool = False
    suggest: str = ""
    """What is offered until somebody has answered: a Suggestion, or ``answer:<key>``."""
    decline: Decline | None = None
    when: When | None = None
    """In every paper that asks it, it is asked only then."""
    column: tuple[Column, ...] = ()
    most: int = Field(default=60, ge=1, le=200)
    """For tables: how many rows there may be."""
    total: tuple[str, ...] = ()
    """For tables: the columns whose sum the form prints."""
    sum_at_most: SumAtMost | None = None

    @property
    def is_table(self) -> bool:
        """Say whether it is answered by rows."""
        return self.type is AnswerType.TABLE


class FormField(Sourced):
    """A place of the form that an answer fills."""

    answer: str = Field(pattern=KEY)
    required: bool = True
    when: When | None = None
    room: int = Field(default=200, ge=1)
    """Characters that fit in the normal type."""
    overflow: Overflow = Overflow.CONTINUE


class FormSum(PackRules):
    """A number that the form works out.

    A name is an answer, a ``table.column``, or the key of a sum before this one.
    """

    key: str = Field(pattern=KEY)
    type: AnswerType = AnswerType.MONEY
    plus: tuple[str, ...] = Field(min_length=1)
    minus: tuple[str, ...] = ()
    where: When | None = None
    """Of tables: only rows whose column (``answer``) is among these count."""


class InterviewPage(PackRules):
    """A small page of questions."""

    key: str = Field(pattern=KEY)
    fields: tuple[str, ...] = Field(min_length=1)
    when: When | None = None
    """The whole page is asked only then."""


class Phrase(Sourced):
    """Fixed wording; ``{answer}`` in it is a place for an answer."""

    key: str = Field(pattern=KEY)
    text: str = Field(min_length=1)


class HandPlace(Sourced):
    """What must stay blank for a hand: never filled in by the portal."""

    key: str = Field(pattern=KEY)
    caption: str = Field(min_length=1)
    """Printed beside the blank, in the form's language."""


class PrintedWords(PackRules):
    """What every form of this kind says of itself, in the form's language.

    All of it is demanded of what the portal prints; a paper made elsewhere says nothing.
    """

    title: str = ""
    draft: str = ""
    draft_why: str = ""
    preview: str = ""
    continued: str = ""
    continuation: str = ""
    number: str = ""
    code: str = ""
    """What the QR code is, for whoever can't see it."""


class AgeCheck(Sourced):
    """The person must be this old on polling day."""

    answer: str
    at_least: int | None = Field(default=None, ge=0)
    """Years; None: not known, so nothing is checked and the page says so."""


class FormVersion(PackRules):
    """One edition of the form and the days it applies to; None: not known."""

    id: str = Field(min_length=1)
    layout: str = Field(pattern=r"^[a-z0-9_]+\.html$")
    applies_from: date | None = None
    applies_to: date | None = None
    official: bool
    """Whether its wording has been compared with the official form."""
    verified_on: date | None = None


class DocumentKind(PackRules):
    """A kind of paper: what it asks, what it says, where it goes."""

    key: str = Field(pattern=KEY)
    code: str = Field(pattern=r"^[A-Z0-9]+$")
    """Begins the number of an issued paper."""
    made: Made = Made.PORTAL
    group: str = ""
    """Under which heading it is listed; the order of groups is that of answers.toml."""
    order: int = 100
    """The place within its group."""
    step: str = Field(pattern=KEY)
    needed_by: tuple[str, ...] = ()
    needed_when: tuple[When, ...] = ()
    """All must hold for the paper to be needed; none: it always is."""
    optional: bool = False
    """Nobody must have it."""
    certify: bool = False
    """For copies: the portal prints a sheet with the lines that certify each page."""
    editable: bool = False
    """Whether it is offered as an editable file too."""
    agrees_with: tuple[str, ...] = ()
    """Kinds of paper that must say the same."""
    signers: tuple[str, ...] = ("candidate",)
    queue: Literal["organisation", "coalition", "lawyer", "designer"]
    language: str = ""
    version: tuple[FormVersion, ...] = ()
    page: tuple[InterviewPage, ...] = ()
    field: tuple[FormField, ...] = ()
    sum: tuple[FormSum, ...] = ()
    phrase: tuple[Phrase, ...] = ()
    hand: tuple[HandPlace, ...] = ()
    age: tuple[AgeCheck, ...] = ()
    label: Mapping[str, str] = Field(default_factory=dict)
    """What each answer is called on the added sheet."""
    words: PrintedWords = PrintedWords()
    printed: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """How the options of a choice are printed on this form, in its language; of a column of a
    table under ``"table.column"``."""
    none: Mapping[str, str] = Field(default_factory=dict)
    """What the form says where there is nothing to list in a table, by its answer."""

    @property
    def is_printed(self) -> bool:
        """Say whether the portal itself prints it."""
        return self.made is not Made.ELSEWHERE

    @property
    def is_listed(self) -> bool:
        """Say whether it is a paper of its own."""
        return self.made is not Made.SHEET


class AnswersShape(PackRules):
    """The whole of documents/answers.toml."""

    groups: tuple[str, ...] = ()
    """The headings of the list of papers, in order."""
    answer: tuple[Answer, ...] = Field(min_length=1)


class AskedWords(Sourced):
    """A question that people really ask here, and the answer to it."""

    q: str = Field(min_length=1)
    a: str = Field(min_length=1)


class PlaceWords(PackRules):
    """What one place is called on the screen."""

    label: str = Field(min_length=1)
    help: str = ""
    options: Mapping[str, str] = Field(default_factory=dict)
    warn: Mapping[str, str] = Field(default_factory=dict)


class AnswerWords(PlaceWords):
    """What an answer is called on the screen; ``one``, ``none`` and ``add`` are of a table."""

    one: str = ""
    """One row: “Account”."""
    none: str = ""
    """That there is nothing to list: “I have no accounts”."""
    add: str = ""
    """The button: “Add an account”."""
    column: Mapping[str, PlaceWords] = Field(default_factory=dict)
    asked: tuple[AskedWords, ...] = ()


class KindWords(PackRules):
    """What a kind of paper is called on the screen, and what one has to know about it."""

    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    draft: str = ""
    """Why the form is only a draft, shown beside the mark."""
    sign: tuple[str, ...] = Field(min_length=1)
    """What to do with the printed paper, in order; of one made elsewhere: how to get it."""
    page: Mapping[str, str] = Field(default_factory=dict)
    hand: Mapping[str, str] = Field(default_factory=dict)


class GroupWords(PackRules):
    """A heading of the list of papers."""

    title: str = Field(min_length=1)
    why: str = ""


class DocumentWords(PackRules):
    """The whole of documents/texts.<language>.toml."""

    answer: Mapping[str, AnswerWords]
    kind: Mapping[str, KindWords]
    group: Mapping[str, GroupWords] = Field(default_factory=dict)
    signer: Mapping[str, str] = Field(default_factory=dict)
    """Who signs: ``[signer] candidate = "Candidate"``."""
