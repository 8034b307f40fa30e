"""The forms of evidence; a step's own form is made from its pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.simple import TextAreaField
from wtforms.widgets import DateInput, EmailInput, TelInput, URLInput

from app.web.forms import Form, Needed
from app.web.language import L_, gettext
from quests.evidence.rules.answers import AnswerProblem
from quests.route.shape import FieldType, FormField
from quests.route.words import FieldWords

PREFIX = "a-"
MOST_RADIOS = 8
WIDGETS: Mapping[FieldType, type[Any]] = {
    FieldType.DATE: DateInput,
    FieldType.EMAIL: EmailInput,
    FieldType.PHONE: TelInput,
    FieldType.URL: URLInput,
}


class MeetingForm(Form):
    """When and where a meeting takes place."""

    day = StringField(L_("Day"), widget=DateInput(), validators=[Needed()])
    time = StringField(L_("Time, for example 18:30"), validators=[Needed()])
    place = StringField(
        L_("Place or link"), description=L_("An address, or “by phone”."), validators=[Needed()]
    )


class HeldForm(Form):
    """What came of a meeting."""

    outcome = TextAreaField(L_("What you agreed on"), validators=[Needed()])


def sheet_form(
    fields: tuple[FormField, ...],
    words: Mapping[str, FieldWords],
    *,
    typed: Mapping[str, str],
    version: int,
    problems: Mapping[str, AnswerProblem],
) -> Form:
    """Give a step's form filled with what was typed, problems beside their fields."""
    made = {PREFIX + asked.key: _field(asked, words[asked.key]) for asked in fields}
    kind = type("SheetForm", (Form,), {"version": HiddenField(), **made})
    data = {PREFIX + asked.key: typed.get(asked.key, "") for asked in fields}
    form: Form = kind(formdata=None, data={"version": str(version), **data})
    for key, problem in problems.items():
        form[PREFIX + key].errors = [gettext(problem.message, **problem.params)]
    return form


def _field(asked: FormField, words: FieldWords) -> Field:
    needed = [Needed()] if asked.required and not asked.seal else []
    attributes = {"data-sealed": "1", "autocomplete": "off"} if asked.seal else {}
    common: dict[str, Any] = {
        "label": words.label,
        "description": words.help,
        "validators": needed,
    }
    if asked.choices:
        return _choice(asked, words, common, attributes)
    if asked.type is FieldType.LONGTEXT:
        return TextAreaField(**common, render_kw={"rows": 6, **attributes})
    if asked.type is FieldType.NUMBER:
        attributes["inputmode"] = "numeric"
    widget = WIDGETS.get(asked.type)
    chosen = {"widget": widget()} if widget else {}
    return StringField(**common, **chosen, render_kw=attributes)


def _choice(
    asked: FormField, words: FieldWords, common: dict[str, Any], attributes: dict[str, str]
) -> Field:
    usual = {"yes": gettext("Yes"), "no": gettext("No")}
    choices = [
        SelectChoice(key, words.options.get(key) or usual.get(key, key)) for key in asked.choices
    ]
    if len(choices) <= MOST_RADIOS:
        return RadioField(**common, choices=choices, render_kw=attributes)
    empty = SelectChoice("", gettext("Choose"))
    return SelectField(**common, choices=[empty, *choices], render_kw=attributes)


def typed_answers(given: Mapping[str, str]) -> dict[str, str]:
    """Give what came in from a step's form, by the keys of the pack."""
    return {
        name.removeprefix(PREFIX): value for name, value in given.items() if name.startswith(PREFIX)
    }
