"""The form that gives out a turf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.forms import Form
from app.web.language import L_
from canvassing.turf.commands import LONGEST, TurfEntry

REQUIRED = L_("Fill this in.")


class TurfForm(Form):
    """Name, person, days and entrances."""

    name = StringField(
        L_("Name of the turf"), [InputRequired(REQUIRED)], render_kw={"maxlength": 80}
    )
    person = SelectField(L_("Who walks"), [InputRequired(REQUIRED)])
    days = IntegerField(
        L_("For how many days"),
        [InputRequired(REQUIRED)],
        default=3,
        render_kw={"min": 1, "max": LONGEST.days, "inputmode": "numeric"},
    )
    entrances = SelectMultipleField(
        L_("Entrances"),
        [InputRequired(REQUIRED)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, people: Mapping[int, str], entrances: Sequence[tuple[int, str]]) -> None:
        """Set who can walk and where."""
        self.person.choices = [SelectChoice(str(key), name) for key, name in people.items()]
        self.entrances.choices = [SelectChoice(str(key), name) for key, name in entrances]

    def to_entry(self) -> TurfEntry:
        """Give what was entered."""
        return TurfEntry(
            name=(self.name.data or "")[:80],
            person_id=int(self.person.data),
            days=self.days.data or 0,
            entrance_ids=[int(number) for number in self.entrances.data or ()],
        )
