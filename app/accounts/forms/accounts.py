"""Forms about one's own account."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from wtforms import EmailField, PasswordField, RadioField, StringField, TelField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.commands.accounts import NewPerson
from app.accounts.passwords import hash_password
from app.accounts.rules.identity import (
    LONGEST_NAME,
    check_password,
    clean_name,
    clean_phone,
    login_of,
)
from app.errors import Refused
from app.mail.rules import clean_address
from app.web.forms import Form
from app.web.language import L_, LANGUAGES, current_language, say

REQUIRED = L_("Fill this in.")
NAME_HELP = L_("Family name, first name and patronymic, as in the passport.")
PASSWORD_HELP = L_("At least 10 characters. Three or four words are easy to keep in mind.")


Entered = TypeVar("Entered")


def checked(check: Callable[[Entered], object], entered: Entered) -> None:
    """Let a rule's refusal appear beside the field that is being validated."""
    try:
        check(entered)
    except Refused as refusal:
        refuse_field(refusal)


def refuse_field(refusal: Refused) -> NoReturn:
    """Turn a refusal into the field's own error."""
    raise ValidationError(say(refusal)) from None


def _sign_in_address() -> EmailField:
    return EmailField(
        L_("Email"),
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "username", "maxlength": 254},
    )


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(REQUIRED)],
        description=PASSWORD_HELP,
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """Address and password."""

    login = _sign_in_address()
    password = PasswordField(
        L_("Password"),
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPersonForm(Form):
    """What a new account needs."""

    name = StringField(
        L_("Your name"),
        [InputRequired(REQUIRED)],
        description=NAME_HELP,
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME},
    )
    email = EmailField(
        L_("Email"),
        [InputRequired(REQUIRED)],
        description=L_("You sign in with it, and letters come here."),
        render_kw={"autocomplete": "email", "maxlength": 254},
    )
    phone = TelField(
        L_("Phone"),
        [Optional()],
        description=L_("Only so that a coordinator can call you."),
        render_kw={"autocomplete": "tel", "maxlength": 32},
    )
    password = _new_password(L_("Password"))

    def validate_name(self, field: StringField) -> None:
        """Say all that is wrong at once: the password has to be typed anew each time."""
        checked(clean_name, field.data or "")

    def validate_email(self, field: EmailField) -> None:
        """Check the address."""
        checked(clean_address, field.data or "")

    def validate_phone(self, field: TelField) -> None:
        """Check the number, when there is one."""
        checked(clean_phone, field.data)

    def validate_password(self, field: PasswordField) -> None:
        """Check the password; ``to_new_person`` compares it with the login too."""
        checked(check_password, field.data or "")

    def to_new_person(self) -> NewPerson:
        """Give the new account, its password hashed.

        Everything is checked before the hashing, which is slow. Raises Refused at a field.
        """
        email = clean_address(self.email.data or "")
        clean_name(self.name.data or "")
        clean_phone(self.phone.data)
        return NewPerson(
            name=self.name.data or "",
            email=email,
            phone=self.phone.data,
            language=current_language(),
            password_hash=hash_password(self.password.data or "", login=login_of(email)),
        )


class NewPasswordForm(Form):
    """A new password, where the link says whose."""

    password = _new_password(L_("New password"))


class EmptyForm(Form):
    """A button that needs nothing but its proof of origin."""


class ResetForm(Form):
    """Where to send a reset link."""

    email = _sign_in_address()


class CodeForm(Form):
    """A code of the second factor."""

    code = StringField(
        L_("Code"),
        [InputRequired(REQUIRED), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "maxlength": 40},
    )


class ProfileForm(Form):
    """Name, phone, language and looks."""

    name = StringField(
        L_("Your name"),
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME},
    )
    phone = TelField(L_("Phone"), [Optional()], render_kw={"autocomplete": "tel", "maxlength": 32})
    language = RadioField(
        L_("Language of pages and letters"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
    theme = RadioField(
        L_("Appearance"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice("auto", L_("As the device is set")),
            SelectChoice("light", L_("Light")),
            SelectChoice("dark", L_("Dark")),
        ],
    )


class EmailForm(Form):
    """A new address."""

    email = EmailField(
        L_("New email"),
        [InputRequired(REQUIRED)],
        description=L_("We send a letter there; the old address stays until you open its link."),
        render_kw={"autocomplete": "email", "maxlength": 254},
    )


class PasswordForm(Form):
    """The present password and a new one."""

    current = PasswordField(
        L_("Present password"),
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "current-password"},
    )
    password = _new_password(L_("New password"))
