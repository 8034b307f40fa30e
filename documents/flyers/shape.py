"""The typed shape of a pack's flyers: slots to fill, imprint fields, the rules of the law."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Literal, Self

from pydantic import Field, model_validator

from app.packs import PackRules

KEY = r"^[a-z][a-z0-9_]*$"
Status = Literal["V", "A", "M", "D", "?"]


class SlotKind(StrEnum):
    """What is typed into a slot."""

    LINE = "line"
    TEXT = "text"
    LINK = "link"


class FieldKind(StrEnum):
    """What an imprint field holds."""

    LINE = "line"
    COUNT = "count"
    DATE = "date"
    TICK = "tick"


class Check(StrEnum):
    """What a rule looks at; each has one function in ``rules.lint``."""

    FILLED = "filled"
    INN = "inn"
    COUNT = "count"
    DATE = "date"
    NOT_FUTURE = "not_future"
    TICKED = "ticked"
    POSTCODE = "postcode"
    NAMES_CANDIDATE = "names_candidate"
    IMPRINT_SIDE = "imprint_side"
    REMINDER = "reminder"


class Slot(PackRules):
    """One place on the flyer that the campaign fills."""

    key: str = Field(pattern=KEY)
    side: Literal["front", "back"]
    kind: SlotKind = SlotKind.LINE
    required: bool = False
    max: int = Field(ge=10, le=2000)
    """Signs a person may type; whether they fit is seen on the page."""


class ImprintField(PackRules):
    """One thing the imprint names, or one thing the campaign confirms."""

    key: str = Field(pattern=KEY)
    kind: FieldKind = FieldKind.LINE
    max: int = Field(default=160, ge=10, le=400)
    start: Literal["", "candidate", "council"] = ""
    """What is filled in beforehand."""


class ImprintRule(PackRules):
    """One demand, where it is written and how sure we are of it."""

    key: str = Field(pattern=KEY)
    check: Check
    field: str = ""
    photo: bool = False
    """Whether it matters only when the flyer shows a photo."""
    blocks: bool
    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()
    status: Status

    @model_validator(mode="after")
    def _only_the_sure_blocks(self) -> Self:
        if self.blocks and self.status in ("M", "?"):
            raise ValueError(f"{self.key}: what nobody has checked warns and does not block")
        return self


class ImprintWording(PackRules):
    """The sentences of an imprint; ``alone`` is used when the two of ``same`` are one person."""

    text: str = Field(min_length=1)
    alone: str = ""

    def names(self) -> frozenset[str]:
        """Give the fields that the sentences speak of."""
        both = (self.text, self.alone)
        found = (name for text in both for _, name, _, _ in Formatter().parse(text))
        return frozenset(name for name in found if name)


class Imprint(PackRules):
    """The whole of imprint.toml."""

    step: str = Field(pattern=KEY)
    """The step of the route that an approved flyer proves."""
    language: str
    """The language of the election: what is printed is in it, whatever the reader's is."""
    smallest_pt: float = Field(ge=4)
    same: tuple[str, ...] = Field(default=(), max_length=2)
    printed: ImprintWording
    card: ImprintWording
    field: tuple[ImprintField, ...]
    rule: tuple[ImprintRule, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        known = {field.key for field in self.field}
        for name in (*self.printed.names(), *self.card.names(), *self.same):
            if name not in known:
                raise ValueError(f"no field is called {name}")
        for rule in self.rule:
            if rule.field and rule.field not in known:
                raise ValueError(f"rule {rule.key}: no field is called {rule.field}")
        return self


class FlyerTemplate(PackRules):
    """The whole of flyers/<key>.toml: the slots of one bundled layout."""

    layout: Literal["a5"]
    version: int = Field(ge=1)
    slot: tuple[Slot, ...] = Field(min_length=1)
    phrase: Mapping[str, str]
    """What the layout says itself, in the language of the election."""


class SlotWords(PackRules):
    """What a slot or an imprint field is called."""

    label: str = Field(min_length=1)
    help: str = ""


class RuleWords(PackRules):
    """What a rule demands and how to meet it."""

    says: str = Field(min_length=1)
    mend: str = Field(min_length=1)


class FlyerWords(PackRules):
    """The whole of flyers/texts.<language>.toml."""

    template: Mapping[str, SlotWords]
    slot: Mapping[str, SlotWords]
    field: Mapping[str, SlotWords]
    rule: Mapping[str, RuleWords]
