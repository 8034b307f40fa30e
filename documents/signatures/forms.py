"""The forms of signatures: labels and shapes; the commands check what is entered."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.simple import TextAreaField

from app.web.forms import Form, Needed
from app.web.language import L_

FIGURES = {"inputmode": "numeric", "autocomplete": "off"}
SEALED = {"autocomplete": "off", "data-sealed": ""}


class PlanForm(Form):
    """The numbers and days of the collecting."""

    voters = StringField(L_("Voters of the district"), render_kw=FIGURES)
    mandates = StringField(L_("Seats of the district"), render_kw=FIGURES)
    published = StringField(L_("Required number as the commission published it"), render_kw=FIGURES)
    published_maximum = StringField(
        L_("The most that may be handed in, as published"), render_kw=FIGURES
    )
    published_where = StringField(L_("Decision and page where the number stands"))
    first_day = StringField(L_("First day on which a signature counts"), render_kw=FIGURES)
    last_day = StringField(L_("Last day on which a signature counts"), render_kw=FIGURES)
    paid_on = StringField(L_("Day the sheets were paid for from the fund"), render_kw=FIGURES)
    paid_by = StringField(L_("Number and day of the payment order"))
    version = HiddenField()


class CollectorForm(Form):
    """Somebody who collects."""

    key = HiddenField()
    name = StringField(
        L_("Full name as in the passport"), validators=[Needed()], render_kw={"autocomplete": "off"}
    )
    born_on = StringField(
        L_("Date of birth"), validators=[Needed()], render_kw={**SEALED, **FIGURES}
    )
    address = StringField(L_("Address of residence as in the passport"), render_kw=SEALED)
    passport = StringField(L_("Series and number of the passport"), render_kw=SEALED)
    passport_issued = StringField(L_("Issued when and by whom, or the code"), render_kw=SEALED)


class OrderForm(Form):
    """How many sheets, for whom, and the words that only a person can confirm."""

    key = HiddenField()
    name = StringField(L_("The candidate’s name as it stands on the sheet"), validators=[Needed()])
    gender = RadioField(L_("Words about the candidate"), validators=[Needed()], choices=[])
    count = StringField(L_("How many sheets"), validators=[Needed()], render_kw=FIGURES)
    sides = RadioField(L_("Sides"), validators=[Needed()], choices=[])
    collector = SelectField(L_("For whom"), choices=[], validate_choice=False)


class GiveForm(Form):
    """Which sheets go to whom."""

    numbers = StringField(L_("Numbers of the sheets"), validators=[Needed()])
    collector = SelectField(L_("To whom"), choices=[], validators=[Needed()], validate_choice=False)


class PackForm(Form):
    """Which sheets go into which folder."""

    numbers = TextAreaField(L_("Numbers of the sheets"), validators=[Needed()])
    folder = StringField(L_("Number of the folder"), validators=[Needed()])
