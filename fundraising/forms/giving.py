"""The form of a support page: made from the questions of the pack."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from wtforms import BooleanField, DateField, Field, RadioField, SelectField, StringField
from wtforms.fields import EmailField, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.errors import Refused
from app.ids import new_token
from app.mail.rules import clean_address
from app.money import Money, read_amount
from app.texts import N_
from app.web.forms import Form
from app.web.language import L_, gettext
from app.web.wording import money
from fundraising.commands.gifts import GiftAsked
from fundraising.pack import FundPack, FundWords, Question

REQUIRED = L_("Fill this in.")
OTHER = "other"
LONGEST_NAME, LONGEST_ADDRESS = 160, 300
SHORTEST_ONCE = 32
_PASSPORT = re.compile(r"[0-9]{2} ?[0-9]{2} ?[0-9]{6}")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_PREFIX = "ask_"
AMOUNT_UNREADABLE = N_("Write the sum in figures, for example 1500.")
AMOUNT_LEAST = N_("The least gift here is {sum}.")
AMOUNT_MOST = N_("The largest gift here is {sum}. For more, write to the candidate.")
PASSPORT_SHAPE = N_("Four digits of the series and six of the number.")
POSTCODE_SHAPE = N_("This is not a UK postcode.")
BORN_WHEN = N_("This can’t be a date of birth.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSum:
    """One of the buttons with a sum."""

    value: str
    """In minor units."""
    label: str
    chosen: bool
    asks_more: bool
    """Whether the pack asks more of who gives so much; the style sheet shows those questions."""


class Asked:
    """Says that a field is not optional; whether it has to be filled in depends on the sum."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Leave the check to the form, which knows the sum."""


class QuestionsForm(Form):
    """The base: questions of a pack, which ``_class_of`` adds as fields."""

    fund: FundPack
    """Set on the class that is made for a pack."""
    language: str = "en"

    def asked(self) -> Iterator[tuple[Question, Field]]:
        """Give the pack's questions that are asked here with their fields, in the pack's order."""
        for question in self.fund.rules.question:
            if _PREFIX + question.key in self:
                yield question, self[_PREFIX + question.key]


class MissingForm(QuestionsForm):
    """What a held gift waits for from its giver, made by ``missing_form``."""

    def validate(self, extra_validators: object = None) -> bool:
        """Check that everything asked here is answered."""
        good = super().validate(extra_validators)
        for question, field in self.asked():
            good = _check(question, field) and good
        return good

    def is_stale(self, sent: Collection[str]) -> bool:
        """Say whether the names of sent fields have a question that is not asked here any more."""
        return any(name.startswith(_PREFIX) and name not in self for name in sent)

    def to_answers(self) -> Mapping[str, str]:
        """Give what was sent by question; only after ``validate``."""
        return {question.key: _answer(field) for question, field in self.asked()}


class GiftForm(QuestionsForm):
    """The part every pack has; questions are added by ``gift_form``."""

    sum = RadioField(L_("Amount"), validate_choice=False)
    other = StringField(
        L_("Another sum"),
        [Optional()],
        # The style sheet asks whether the placeholder is shown: nothing is typed then.
        render_kw={
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": 20,
            "placeholder": " ",
        },
    )
    email = EmailField(
        L_("Email"),
        [InputRequired(REQUIRED)],
        render_kw={"autocomplete": "email", "maxlength": 254},
    )
    once = HiddenField(default=new_token)

    def validate(self, extra_validators: object = None) -> bool:
        """Check what is asked of everybody, and what is asked above a sum."""
        good = super().validate(extra_validators)
        amount = self._amount()
        for question, field in self.asked():
            if amount is None or amount > question.above_minor:
                good = _check(question, field) and good
        try:
            self.email.data = clean_address(self.email.data or "")
        except Refused as refusal:
            if not self.email.errors:
                self.refuse(refusal)
            good = False
        return good and amount is not None and len(self.once.data or "") >= SHORTEST_ONCE

    def of_everybody(self) -> list[Field]:
        """Give the fields that every giver fills in."""
        return [field for question, field in self.asked() if not question.above_minor]

    def above(self) -> list[Field]:
        """Give the fields of those who give more than a sum."""
        return [field for question, field in self.asked() if question.above_minor]

    def sums(self) -> tuple[OfferedSum, ...]:
        """Give the offered sums as the page draws them: WTForms makes a field of each button."""
        bounds = [one.above_minor for one in self.fund.rules.question if one.above_minor]
        return tuple(
            OfferedSum(
                value=choice.value,
                label=choice.label,
                chosen=choice.value == self.sum.data,
                asks_more=bool(bounds) and int(choice.value) > min(bounds),
            )
            for choice in self.sum.choices
        )

    def to_gift(self, language: str) -> GiftAsked:
        """Give what was sent; only after ``validate``."""
        amount = self._amount() or 0
        return GiftAsked(
            amount_minor=amount,
            language=language,
            email=self.email.data,
            answers=self._answers(amount),
            once=self.once.data,
        )

    def _answers(self, amount: int) -> Mapping[str, str]:
        return {
            question.key: _answer(field)
            for question, field in self.asked()
            if amount > question.above_minor or not question.above_minor
        }

    def _amount(self) -> int | None:
        """Give the sum; a typed one outranks the button. Says on the form what is wrong."""
        currency = self.fund.currency
        if self.other.data:
            found = read_amount(self.other.data, currency)
        else:
            found = _offered(self.sum.data, currency)
        if found is None:
            _add(self.other, gettext(AMOUNT_UNREADABLE))
            return None
        if wrong := out_of_bounds(found.amount_minor, self.fund, self.language):
            _add(self.other, wrong)
            return None
        return found.amount_minor


def out_of_bounds(amount_minor: int, fund: FundPack, language: str) -> str:
    """Say that a sum is less or more than the pack lets one gift be; empty when it is neither."""
    rules = fund.rules.gift
    for wrong, sentence, bound in (
        (amount_minor < rules.least_minor, AMOUNT_LEAST, rules.least_minor),
        (amount_minor > rules.most_minor, AMOUNT_MOST, rules.most_minor),
    ):
        if wrong:
            return gettext(sentence, sum=money(bound, fund.currency, language))
    return ""


def gift_form(fund: FundPack, language: str, amounts: tuple[tuple[int, str], ...]) -> GiftForm:
    """Give the form of a pack in a language; ``amounts`` are the offered sums in words."""
    every = tuple(one.key for one in fund.rules.question)
    form: GiftForm = _class_of(GiftForm, language, _Held(fund), every)()
    form.sum.choices = [SelectChoice(str(amount), said) for amount, said in amounts]
    if form.sum.data is None and not form.other.data and not form.is_submitted():
        form.sum.data = str(amounts[min(1, len(amounts) - 1)][0])
    return form


def missing_form(fund: FundPack, language: str, keys: tuple[str, ...]) -> MissingForm:
    """Give the form with only these questions of a pack, in a language."""
    form: MissingForm = _class_of(MissingForm, language, _Held(fund), keys)()
    return form


class _Held:
    """A pack's rules as a key: there is one of each pack, and they never change."""

    def __init__(self, fund: FundPack) -> None:
        self.fund = fund

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.fund is self.fund

    def __hash__(self) -> int:
        return id(self.fund)


@lru_cache(maxsize=64)
def _class_of(
    base: type[QuestionsForm], language: str, held: _Held, keys: tuple[str, ...]
) -> type[Any]:
    fund = held.fund
    words = fund.words_in(language)
    asked = [one for one in fund.rules.question if one.key in keys]
    fields = {_PREFIX + one.key: _field(one, words) for one in asked}
    name = f"{base.__name__}_{fund.pack_id}_{language}"
    return type(name, (base,), {**fields, "fund": fund, "language": language})


def _field(question: Question, words: FundWords) -> Field:
    said = words.question[question.key]
    kind: dict[str, Any] = {"autocomplete": question.autocomplete or "off"}
    if said.placeholder:
        kind["placeholder"] = said.placeholder
    if question.kind in ("passport", "date"):
        # Never kept in the browser: forms.js leaves these out of what it remembers.
        kind["data-sealed"] = ""
    match question.kind:
        case "confirm":
            return BooleanField(said.label, [Asked()], description=said.help)
        case "date":
            return DateField(
                said.label, [Asked(), Optional()], description=said.help, render_kw=kind
            )
        case "choice":
            choices = [SelectChoice(option, said.option[option]) for option in question.options]
            return SelectField(
                said.label, [Asked()], choices=choices, description=said.help, render_kw=kind
            )
        case "passport":
            kind |= {"inputmode": "numeric", "maxlength": 14}
        case "postcode":
            kind |= {"maxlength": 10}
        case _:
            kind |= {"maxlength": LONGEST_ADDRESS}
    return StringField(said.label, [Asked()], description=said.help, render_kw=kind)


def _check(question: Question, field: Field) -> bool:
    if field.errors:
        return False
    typed = field.data if isinstance(field.data, str) else None
    # Signs that nobody sees, or a dash, name no person and no place.
    if not field.data or (typed and not any(sign.isalnum() for sign in typed)):
        return _add(field, str(REQUIRED))
    if question.kind == "passport" and not _PASSPORT.fullmatch(field.data):
        return _add(field, gettext(PASSPORT_SHAPE))
    if question.kind == "postcode" and not _POSTCODE.fullmatch(field.data.upper()):
        return _add(field, gettext(POSTCODE_SHAPE))
    if question.kind == "date" and not date(1900, 1, 1) <= field.data:
        return _add(field, gettext(BORN_WHEN))
    return True


def _answer(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "yes" if field.data else ""
    if isinstance(field, DateField):
        return field.data.isoformat() if field.data else ""
    return str(field.data or "")


def _offered(value: str | None, currency: str) -> Money | None:
    digits = value or ""
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 14
    return Money(int(digits), currency) if is_number else None


def _add(field: Field, sentence: str) -> bool:
    if sentence not in field.errors:
        field.errors = [*field.errors, sentence]
    return False
