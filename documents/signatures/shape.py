"""How the signatures.toml of a pack and its words are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from app.packs import PackRules
from documents.signatures.rules.sheets import Found

KEY = r"^[a-z][a-z0-9_]{0,39}$"
CODE = r"^[A-Z]{1,4}[0-9]{1,3}$"
MOST_MISSED = 5
"""Unseen defects for each found one; beyond it a check would not be worth its name."""


class Cited(PackRules):
    """A rule with where it comes from and how sure we are."""

    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()
    status: Literal["V", "A", "M", "D", "?"]


class RateRule(Cited):
    """The share of voters."""

    per_mille: int = Field(ge=1, le=1000)
    least: int = Field(ge=1)
    per_mandate: bool


class SurplusRule(Cited):
    """What may be handed in beyond it."""

    percent: int = Field(ge=0, le=100)
    small_below: int = Field(ge=0)
    small_extra: int = Field(ge=0)


class RefusalRule(Cited):
    """The share of bad ones at which a check fails."""

    bad_percent: int = Field(ge=1, le=100)
    from_required: int = Field(ge=1)


class MissedRule(Cited):
    """Our own assumption: defects our check overlooks for each one it finds."""

    share: float = Field(ge=0, le=MOST_MISSED)


class CollectorRule(Cited):
    """Who may collect."""

    at_least: int = Field(ge=14, le=120)
    """Years on the day somebody is put on the list."""


class PeriodRule(Cited):
    """The days on which a signature counts, as deadlines of the pack's calendar."""

    first: str = Field(pattern=KEY)
    last: str = Field(pattern=KEY)


class Defect(Cited):
    """One reason for which a signature or a whole sheet is void."""

    code: str = Field(pattern=CODE)
    scope: Literal["row", "sheet"]
    found: Found | None = None
    """Given when dates or marks show it by themselves."""


class Column(PackRules):
    """A column of the sheet's table; ``width`` in millimetres."""

    key: str = Field(pattern=KEY)
    head: str = Field(min_length=1)
    width: int = Field(ge=5, le=120)
    hand: Literal["voter", "voter_or_collector", "number"]


class When(PackRules):
    """Holds when an answer is among some."""

    answer: str = Field(pattern=KEY)
    among: tuple[str, ...] = Field(min_length=1)


class Need(PackRules):
    """An answer of the paperwork that the head of the sheet is filled from."""

    answer: str = Field(pattern=KEY)
    required: bool = True
    when: When | None = None


class Genders(PackRules):
    """A word that agrees with the candidate."""

    male: str = Field(min_length=1)
    female: str = Field(min_length=1)


class HeadWords(PackRules):
    """What the head of the sheet says for the answers given; {places} are answers."""

    nominator: Mapping[str, str] = Field(min_length=1)
    district_kind: Mapping[str, str] = Field(min_length=1)
    work: Mapping[str, str] = Field(min_length=1)
    conviction: Mapping[str, str]
    foreign_agent: Mapping[str, str]
    deputy: str = Field(min_length=1)
    party: str = Field(min_length=1)
    party_status: str = Field(min_length=1)
    born: Genders
    working: Genders
    living: Genders


class Drafted(Cited):
    """A form; without ``official`` it carries the mark of a draft until somebody compares it."""

    version: str = Field(min_length=1, max_length=40)
    official: bool
    language: Literal["ru", "en"]
    title: str = Field(min_length=1)
    draft: str = Field(min_length=1)
    draft_why: str = Field(min_length=1)


class Blank(PackRules):
    """A place for a hand: what is said before it and small below it."""

    before: str = ""
    caption: str = Field(min_length=1)
    width: int = Field(ge=10, le=267)
    """Millimetres."""


class SheetForm(Drafted):
    """How the sheet looks; fixed wording with {places}, in the form's language."""

    head: tuple[str, ...] = Field(min_length=1)
    support: str = Field(min_length=1)
    """The sentence that names the candidate."""
    certify: str = Field(min_length=1)
    certify_captions: tuple[str, ...] = Field(min_length=1)
    """One a line: whoever collects writes all of it by their own hand."""
    candidate: str = Field(min_length=1)
    name_caption: str = Field(min_length=1)
    """Below the candidate's name, which is printed."""
    candidate_caption: str = Field(min_length=1)
    """Below what the candidate writes by hand."""
    rows_front: int = Field(ge=1, le=20)
    """Of a sheet with two sides."""
    rows_back: int = Field(ge=0, le=20)
    rows_single: int = Field(ge=1, le=20)
    """Of a sheet with one side: the certification stands on it too."""
    row_height: int = Field(ge=8, le=40)
    """Millimetres: a hand needs room."""
    column: tuple[Column, ...] = Field(min_length=3)
    address: tuple[str, ...] = Field(min_length=1)
    """Answers that make up the place where the candidate lives, as much of it as the form asks."""
    needs: tuple[Need, ...] = Field(min_length=1)
    printed: HeadWords
    cover: Mapping[str, str]
    """Words of the page that goes with the sheets, by key."""


class ProtocolForm(Drafted):
    """How the protocol of the collection looks."""

    head: tuple[str, ...] = Field(min_length=1)
    candidate: str = Field(min_length=1)
    column: tuple[str, ...] = Field(min_length=5, max_length=5)
    total: str = Field(min_length=1)
    signing: tuple[Blank, ...] = Field(min_length=1)


class SignaturesShape(PackRules):
    """The whole of signatures.toml."""

    step: str = Field(pattern=KEY)
    """The step of the route whose screens these are."""
    rate: RateRule
    surplus: SurplusRule
    refusal: RefusalRule | None = None
    missed: MissedRule
    collector: CollectorRule
    period: PeriodRule
    sheet: SheetForm
    protocol: ProtocolForm
    defect: tuple[Defect, ...] = Field(min_length=1)


class SignatureWords(PackRules):
    """The whole of signatures.<language>.toml."""

    rate: str = Field(min_length=1)
    surplus: str = Field(min_length=1)
    refusal: str = ""
    missed: str = Field(min_length=1)
    collector: str = Field(min_length=1)
    period: str = Field(min_length=1)
    sheet: str = Field(min_length=1)
    """Why the sheet is a draft."""
    hands: str = Field(min_length=1)
    """Who writes what by their own hand."""
    protocol: str = Field(min_length=1)
    """Why the protocol is a draft."""
    defect: Mapping[str, str]
