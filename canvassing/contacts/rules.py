"""What a contact is, and reading a table of them; nothing is read that need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import phonenumbers

from app.errors import Refused
from app.texts import N_
from canvassing.imports.rules import Cells, Read, Row, WrongLine, lines_of
from canvassing.pack import DoorRules
from canvassing.territory.rules import address_key, split_address

LONGEST_NAME = 60
LONGEST_NOTE = 300
LONGEST_SOURCE = 200
MOST_EXPORTS = 3
"""House rule: so often one person may download contacts, of all campaigns, within EXPORTS_WITHIN.

Whoever has taken an account over gets a few lists and not all, and leaves a trace with each.
"""
EXPORTS_WITHIN = timedelta(hours=24)
NAMES = {
    "address": ("адрес",),
    "street": ("улица",),
    "house": ("дом", "building", "номер дома"),
    "flat": ("квартира", "кв", "кв."),
    "first_name": ("имя", "first name", "name"),
    "phone": ("телефон",),
    "note": ("заметка", "примечание", "comment"),
    "do_not_contact": ("do not contact", "не беспокоить"),
}
NEEDED = (("address", "flat", "first_name"), ("street", "house", "flat", "first_name"))
YES = {"yes", "y", "1", "true", "да", "x", "+"}
NO = {"", "no", "n", "0", "false", "нет", "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry:
    """A contact as a table gives it."""

    address_key: str
    flat: str
    first_name: str
    phone: str
    note: str
    do_not_contact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where contacts come from and what they agreed to; all of it has to be said."""

    obtained_from: str
    basis: str
    scope: tuple[str, ...]
    consent_source: str
    consent_on: date | None


def check_provenance(said: Provenance, rules: DoorRules, *, today: date) -> None:
    """Refuse contacts of which it is not said where they come from. Raises Refused."""
    for field, text in (
        ("obtained_from", said.obtained_from),
        ("consent_source", said.consent_source),
    ):
        if not text:
            raise Refused(field, N_("Without this the contacts may not be kept."))
        if len(text) > LONGEST_SOURCE:
            raise Refused(
                field, N_("Too long: at most {longest} characters."), longest=LONGEST_SOURCE
            )
    if said.basis not in {choice.key for choice in rules.basis}:
        raise Refused("basis", N_("Choose on what ground they may be kept."))
    if not said.scope or not set(said.scope) <= {choice.key for choice in rules.scope}:
        raise Refused("scope", N_("Choose what they agreed to."))
    if said.consent_on is None or said.consent_on > today:
        raise Refused("consent_on", N_("Write when the last of them agreed; not a day to come."))


def next_export_at(exported: Sequence[datetime], *, now: datetime) -> datetime | None:
    """Give when a person may download contacts again; None when they may now.

    ``exported`` are the moments at which they have, in any order.
    """
    lately = sorted(at for at in exported if at > now - EXPORTS_WITHIN)
    return lately[-MOST_EXPORTS] + EXPORTS_WITHIN if len(lately) >= MOST_EXPORTS else None


def read_contacts(rows: Sequence[Row], *, country: str) -> Read[ContactEntry]:
    """Read a table of contacts; bad lines are told, good ones kept. Raises Refused(None)."""
    entries: list[tuple[int, ContactEntry]] = []
    wrong: list[WrongLine] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line, cells in lines_of(rows, NAMES, NEEDED):
        try:
            entry = _entry(cells, country)
            key = (entry.address_key, entry.flat, entry.first_name)
            if key in seen:
                raise Refused(
                    "first_name", N_("The same name and flat as in line {line}."), line=seen[key]
                )
        except Refused as error:
            wrong.append(WrongLine.of(line, error))
            continue
        seen[key] = line
        entries.append((line, entry))
    return Read(entries=tuple(entries), wrong=tuple(wrong))


def _entry(cells: Cells, country: str) -> ContactEntry:
    street, house = cells["street"], cells["house"]
    if not street and not house:
        street, house = split_address(cells["address"])
    name, note = cells["first_name"], cells["note"]
    if not name or len(name) > LONGEST_NAME:
        raise Refused("first_name", N_("Write a first name."))
    # A full name is more than is needed at a door.
    if len(name.split()) > 1:
        raise Refused("first_name", N_("Only the first name: surnames are not kept here."))
    if len(note) > LONGEST_NOTE:
        raise Refused("note", N_("Too long: at most {longest} characters."), longest=LONGEST_NOTE)
    keep_away = cells["do_not_contact"].casefold()
    if keep_away not in YES | NO:
        raise Refused("do_not_contact", N_("Write “yes” or leave it empty."))
    return ContactEntry(
        address_key=address_key(street, house),
        flat=cells["flat"].removesuffix(".0")[:20],
        first_name=name,
        phone=_phone(cells["phone"], country),
        note=note,
        do_not_contact=keep_away in YES,
    )


def _phone(text: str, country: str) -> str:
    """Give a number as +74951234567. Raises Refused("phone")."""
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text.removesuffix(".0"), country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refused("phone", N_("This is not a telephone number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
