"""The base of all forms: CSRF, text that the database can hold, refusals beside their fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError
from wtforms.fields.simple import PasswordField, TextAreaField
from wtforms.i18n import get_translations

from app.errors import Refused
from app.web.language import (
    L_,
    current_language,
    gettext,
    raw_gettext,
    raw_ngettext,
    say,
)

LONGEST_LINE = 300
LONGEST_TEXT = 20_000


@cache
def _shipped(language: str) -> Any:
    return get_translations((language,))


class _Translations:
    """Gives WTForms' own messages in the reader's language: ours first, then those it ships.

    Parameters stay unfilled, because WTForms fills them itself.
    """

    def gettext(self, string: str) -> str:
        own = raw_gettext(string)
        return own if own != string else str(_shipped(current_language()).gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        own = raw_ngettext(singular, plural, n)
        if own not in (singular, plural):
            return own
        return str(_shipped(current_language()).ngettext(singular, plural, n))


def _is_text(kind: object) -> bool:
    if not isinstance(kind, type):
        return False
    return issubclass(kind, StringField) and not issubclass(kind, PasswordField)


def _check_text(field: Field) -> None:
    value = field.data
    if not isinstance(value, str):
        return
    if any(ch in "\x00\ufffe\uffff" or 0xD800 <= ord(ch) <= 0xDFFF for ch in value):
        raise ValidationError(L_("This text has characters that can’t be stored. Type it anew."))
    longest = LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE
    if len(value) > longest:
        raise ValidationError(gettext("Too long: at most {longest} characters.", longest=longest))


class Needed:
    """Marks a field as required for the reader; the rules and commands do the checking."""

    field_flags: ClassVar[Mapping[str, bool]] = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Check nothing."""


class Form(FlaskForm):
    """A form. Texts are stripped (passwords are not) and checked to be storable."""

    class Meta(FlaskForm.Meta):
        """How WTForms behaves for us."""

        def get_translations(self, form: Any) -> Any:
            """Use the program's catalogues."""
            return _Translations()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Give every text field the filters that all of them need."""
            if _is_text(getattr(unbound_field, "field_class", None)):
                own = tuple(unbound_field.kwargs.get("filters", ()))
                unbound_field.kwargs["filters"] = (*own, *(() if _tidy in own else (_tidy,)))
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        """Run the fields' validators, then the checks every text must pass."""
        good = bool(super().validate(extra_validators))
        for field in self:
            try:
                _check_text(field)
            except ValidationError as problem:
                field.errors = [*field.errors, str(problem)]
                good = False
        return good

    def refuse(self, error: Refused) -> None:
        """Put a command's refusal beside its field, or above the form."""
        sentence = say(error)
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, sentence]
        else:
            self.form_errors.append(sentence)


def _tidy(value: object) -> object:
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", value).strip()
