"""The forms that take files in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from app.accounts.rules.district_table import LARGEST_TABLE, decode_table
from app.errors import Refused
from app.texts import N_
from app.web.forms import Form
from app.web.language import L_
from canvassing.contacts.rules import NAMES as CONTACT_NAMES
from canvassing.contacts.rules import Provenance
from canvassing.contacts.workbook import LARGEST_WORKBOOK, SIGNATURE, read_workbook
from canvassing.doors.describing import words
from canvassing.imports.rules import Row, rows_of_text
from canvassing.pack import DoorRules
from canvassing.territory.extract import LARGEST_EXTRACT
from canvassing.territory.rules import NAMES as HOUSE_NAMES

REQUIRED = L_("Fill this in.")
NO_FILE = N_("Choose a file.")


class HousesForm(Form):
    """A table of buildings."""

    file = FileField(
        L_("CSV table of buildings"),
        description=L_(
            "Columns: address (or street and house), entrances, floors, flats per floor, or flats "
            "as “1-40, 42”."
        ),
        validators=[InputRequired(REQUIRED)],
        render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"},
    )

    def to_rows(self) -> list[Row]:
        """Give the rows of the table. Raises Refused("file")."""
        return _beside_file(
            lambda: rows_of_text(decode_table(_sent(self, LARGEST_TABLE)), HOUSE_NAMES)
        )


class MapForm(Form):
    """An extract of OpenStreetMap."""

    file = FileField(
        L_("Extract of OpenStreetMap"),
        description=L_("A file .osm.pbf or .osm of the district, at most 40 MB."),
        validators=[InputRequired(REQUIRED)],
        render_kw={"accept": ".pbf,.osm,.xml"},
    )

    def to_bytes(self) -> bytes:
        """Give the file. Raises Refused("file")."""
        data = _sent(self, LARGEST_EXTRACT)
        if not data:
            raise Refused("file", NO_FILE)
        if len(data) > LARGEST_EXTRACT:
            raise Refused("file", N_("This extract is too large: cut out the district only."))
        return data


class ContactsForm(Form):
    """Contacts with where they come from; without that they are not taken."""

    file = FileField(
        L_("CSV or XLSX with contacts"),
        description=L_(
            "Columns: address, flat, first name; phone, note and do not contact if you have them."
        ),
        validators=[InputRequired(REQUIRED)],
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,text/csv"},
    )
    obtained_from = StringField(
        L_("Where these names come from"),
        [InputRequired(REQUIRED)],
        description=L_("For example: stall in Garden Street on 3 June."),
        render_kw={"maxlength": 200},
    )
    basis = SelectField(L_("On what ground they may be kept"), [InputRequired(REQUIRED)])
    scope = SelectMultipleField(
        L_("What they agreed to"),
        [InputRequired(REQUIRED)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    consent_source = StringField(
        L_("Where the consents are kept"),
        [InputRequired(REQUIRED)],
        description=L_("For example: folder 2, sheets 1–40."),
        render_kw={"maxlength": 200},
    )
    consent_on = StringField(
        L_("When the last of them agreed"), [InputRequired(REQUIRED)], widget=DateInput()
    )

    def offer(self, rules: DoorRules) -> None:
        """Set the grounds and the scope of the pack."""
        self.basis.choices = [SelectChoice(one.key, words(one.label)) for one in rules.basis]
        self.scope.choices = [SelectChoice(one.key, words(one.label)) for one in rules.scope]

    def to_rows(self) -> list[Row]:
        """Give the rows of the table. Raises Refused("file")."""
        return _beside_file(self._rows)

    def _rows(self) -> list[Row]:
        data = _sent(self, LARGEST_WORKBOOK)
        if data.startswith(SIGNATURE):
            return read_workbook(data)
        return rows_of_text(decode_table(data), CONTACT_NAMES)

    def to_provenance(self) -> Provenance:
        """Give where the contacts come from. Raises Refused("consent_on")."""
        try:
            day = date.fromisoformat(self.consent_on.data or "")
        except ValueError:
            raise Refused("consent_on", N_("Write a day.")) from None
        return Provenance(
            obtained_from=self.obtained_from.data or "",
            basis=self.basis.data or "",
            scope=tuple(self.scope.data or ()),
            consent_source=self.consent_source.data or "",
            consent_on=day,
        )


def _sent(form: HousesForm | MapForm | ContactsForm, largest: int) -> bytes:
    sent = form.file.data
    return sent.stream.read(largest + 1) if sent else b""


def _beside_file(read: Callable[[], list[Row]]) -> list[Row]:
    try:
        return read()
    except Refused as error:
        raise Refused("file", error.message, **error.params) from None
