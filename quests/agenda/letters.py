"""The letter that reminds of coming deadlines, all of a day in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderItem:
    """One deadline of the letter, in the reader's words."""

    template: ClassVar[str] = "{when} · {left}\n{title}\n{why}\n{sure}"
    step_line: ClassVar[str] = N_("To do: {step}, {link}")

    title: str
    when: str
    left: str
    why: str
    sure: str
    steps: tuple[tuple[str, str], ...]
    """Title and address of each unfinished step that is due then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """Deadlines are near."""

    hello: ClassVar[str] = N_("Hello {name},")
    opening: ClassVar[str] = N_("deadlines are near in the campaign “{campaign}”:")
    closing: ClassVar[str] = N_(
        "All days with their reasons, and the switch that turns these letters off:\n{link}"
    )
    signature: ClassVar[str] = N_("Mandat")

    name: str
    campaign: str
    link: str
    subject: str
    items: tuple[ReminderItem, ...]
