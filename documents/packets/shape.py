"""The shape of a pack's packets.toml: what is handed in together, in which order, with what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from app.packs import PackRules
from documents.paperwork.shape import KEY, Sourced


class HandIn(StrEnum):
    """In what form a paper is handed in."""

    SIGNED = "signed"
    """Printed, and signed by hand."""
    PRINTED = "printed"
    """Printed as it is."""
    COPY = "copy"
    """A copy of a paper that stays with its owner."""
    ORIGINAL = "original"
    """The paper itself, made elsewhere."""


ReceiptField = Literal["time", "sheets", "number", "received_by", "photo"]


class PacketItem(PackRules):
    """One paper of a packet: a kind of the pack, or something that only gets a line."""

    kind: str = ""
    key: str = Field(default="", pattern=r"^([a-z][a-z0-9_]*)?$")
    """Of a line without a kind: its sheets are counted by hand."""
    hand_in: HandIn
    copies: int = Field(default=1, ge=1, le=5)
    signatures: bool = False
    """Only for campaigns that have sheets of signatures."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> PacketItem:
        if bool(self.kind) == bool(self.key):
            raise ValueError("an item names either a kind or a key of its own")
        return self

    @property
    def name(self) -> str:
        """The name by which it is known within its packet."""
        return self.kind or self.key


class Told(Sourced):
    """Something said to whoever hands in: what to take along, or an objection to be ready for."""

    key: str = Field(pattern=KEY)


class PacketRule(PackRules):
    """One packet."""

    key: str = Field(pattern=KEY)
    step: str = Field(pattern=KEY)
    item: tuple[PacketItem, ...] = Field(min_length=1)
    take: tuple[Told, ...] = ()
    rehearsal: tuple[Told, ...] = ()
    receipt: tuple[ReceiptField, ...] = ()
    """What has to be noted of the receipt besides the day."""
    opens: str = Field(default="", pattern=r"^([a-z][a-z0-9_]*)?$")
    """Key of the calendar's day from which these papers are taken; empty: the law names none."""
    closes: str = Field(default="", pattern=r"^([a-z][a-z0-9_]*)?$")
    """Key of the last day on which they are taken."""


class InventoryWords(PackRules):
    """What the inventory says, in the language of the forms."""

    title: str = Field(min_length=1)
    of: str = Field(min_length=1)
    """Whose papers: with a place {candidate}."""
    about: str = Field(min_length=1)
    """Which election: with places {council} and {district}."""
    row: str = Field(min_length=1)
    """Head of the column that counts the lines."""
    number: str = Field(min_length=1)
    """Number of an issued paper: with a place {number}."""
    name: str = Field(min_length=1)
    copies: str = Field(min_length=1)
    sheets: str = Field(min_length=1)
    places: str = Field(min_length=1)
    total: str = Field(min_length=1)
    one_side: str = Field(min_length=1)
    by_hand: str = Field(min_length=1)
    handed: str = Field(min_length=1)
    taken: str = Field(min_length=1)
    signature: str = Field(min_length=1)
    day_and_time: str = Field(min_length=1)
    full_name: str = Field(min_length=1)
    own_sheet: str = Field(min_length=1)
    """Foot of its pages: with places {page} and {pages}."""
    sheet: str = Field(min_length=1)
    """Stamp on a copy: with a place {number}."""
    hand_in: Mapping[HandIn, str]


class PacketsShape(PackRules):
    """The whole of documents/packets.toml."""

    language: str = Field(min_length=2)
    inventory: InventoryWords
    packet: tuple[PacketRule, ...] = Field(min_length=1)


class TakeWords(PackRules):
    """Something to take along."""

    title: str = Field(min_length=1)
    why: str = Field(min_length=1)


class CardWords(PackRules):
    """A card of the rehearsal: what may be said at the desk, and what to answer."""

    says: str = Field(min_length=1)
    answer: str = Field(min_length=1)


class PacketWords(PackRules):
    """A packet in words."""

    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    item: Mapping[str, str] = Field(default_factory=dict)
    take: Mapping[str, TakeWords] = Field(default_factory=dict)
    rehearsal: Mapping[str, CardWords] = Field(default_factory=dict)


class PacketsWords(PackRules):
    """The whole of documents/packets.<language>.toml."""

    packet: Mapping[str, PacketWords]
