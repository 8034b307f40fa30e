"""The studio's form, made from the slots and fields of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.simple import TextAreaField
from wtforms.widgets import DateInput

from app.texts import N_
from app.web.forms import Form, Needed
from app.web.language import gettext
from documents.flyers.commands.making import Typed
from documents.flyers.pack import Flyers
from documents.flyers.rules.content import COLOURS, Content
from documents.flyers.shape import FieldKind, ImprintField, Slot, SlotKind, SlotWords

SLOT = "s-"
FIELD = "i-"
COLOUR_NAMES: Mapping[str, str] = {
    "documents": N_("Blue"),
    "money": N_("Green"),
    "field": N_("Orange"),
    "voice": N_("Purple"),
}


def studio_form(flyers: Flyers, content: Content, *, version: int, language: str) -> Form:
    """Give the form filled with what is on the flyer."""
    words = flyers.words_in(language)
    needed = {rule.field for rule in flyers.imprint.rule if rule.blocks}
    slots = flyers.templates[content.template].slot
    made: dict[str, Any] = {slot_name(s.key): _slot(s, words.slot[s.key]) for s in slots}
    for field in flyers.imprint.field:
        made[field_name(field.key)] = _field(
            field, words.field[field.key], needed=field.key in needed
        )
    made["colour"] = RadioField(
        gettext(N_("Colour")),
        choices=[SelectChoice(key, gettext(COLOUR_NAMES[key])) for key in COLOURS],
        validators=[Needed()],
    )
    kind = type("StudioForm", (Form,), {"version": HiddenField(), **made})
    data: dict[str, Any] = {"version": str(version), "colour": content.colour}
    data |= {slot_name(s.key): content.slot(s.key) for s in slots}
    for field in flyers.imprint.field:
        value = content.imprint.get(field.key, "")
        data[field_name(field.key)] = bool(value) if field.kind is FieldKind.TICK else value
    form: Form = kind(formdata=None, data=data)
    return form


def slot_name(key: str) -> str:
    """Give the name of a slot's field in the form."""
    return SLOT + key


def field_name(key: str) -> str:
    """Give the name of an imprint field in the form."""
    return FIELD + key


def typed_flyer(given: Mapping[str, str]) -> Typed:
    """Give what came in from the studio's form."""
    version = given.get("version", "")
    number = version.isascii() and version.isdigit() and len(version) < 10
    return Typed(
        slots=_part(given, SLOT),
        imprint=_part(given, FIELD),
        colour=given.get("colour", COLOURS[0]),
        version=int(version) if number else 0,
    )


def _part(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value for name, value in given.items() if name.startswith(prefix)
    }


def _slot(slot: Slot, words: SlotWords) -> Any:  # noqa: ANN401 - a field yet to be bound.
    common: dict[str, Any] = {
        "label": words.label,
        "description": words.help,
        "validators": [Needed()] if slot.required else [],
    }
    if slot.kind is SlotKind.TEXT:
        return TextAreaField(**common, render_kw={"rows": 7})
    return StringField(**common)


def _field(field: ImprintField, words: SlotWords, *, needed: bool) -> Any:  # noqa: ANN401
    common: dict[str, Any] = {
        "label": words.label,
        "description": words.help,
        "validators": [Needed()] if needed else [],
    }
    if field.kind is FieldKind.TICK:
        return BooleanField(**common)
    if field.kind is FieldKind.DATE:
        return StringField(**common, widget=DateInput())
    if field.kind is FieldKind.COUNT:
        return StringField(**common, render_kw={"inputmode": "numeric"})
    return StringField(**common)
