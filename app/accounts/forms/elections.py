"""Forms about elections and their districts."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from datetime import date

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.simple import TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.accounts.commands.elections import LONGEST_ELECTION_NAME, ElectionEntry
from app.accounts.forms.accounts import REQUIRED
from app.accounts.rules.district_table import LARGEST_TABLE, decode_table
from app.accounts.rules.districts import (
    LONGEST_COUNCIL,
    LONGEST_NAME,
    LONGEST_NUMBER,
    MOST_ELECTORS,
    MOST_SEATS,
    DistrictEntry,
)
from app.accounts.rules.elections import ElectionDays, PackChoices
from app.errors import Refused
from app.texts import N_
from app.web.forms import Form
from app.web.language import L_, current_language

LARGEST_PACKED = 1_500_000
"""Characters; more than that a form can't carry beside its other fields."""
LARGEST_UNPACKED = 2 * LARGEST_TABLE
"""Bytes: a letter of windows-1251 is two of UTF-8."""


class ElectionForm(Form):
    """An election of the coalition."""

    name = StringField(
        L_("Name of the election"),
        [InputRequired(REQUIRED)],
        render_kw={"maxlength": LONGEST_ELECTION_NAME},
    )
    pack_id = SelectField(
        L_("Rules of the election"),
        [InputRequired(REQUIRED)],
        description=L_("They bring the steps, the deadlines and the time zone."),
    )
    polling_day = DateField(
        L_("Polling day"),
        [InputRequired(REQUIRED)],
        description=L_("The last one when polls last several days."),
    )
    first_polling_day = DateField(
        L_("First polling day"),
        [Optional()],
        description=L_("Only when polls last several days."),
    )
    published_on = DateField(
        L_("Day of publication"),
        [Optional()],
        description=L_(
            "When the decision to hold the election was published. Leave it empty until it is"
            " known: deadlines that count from it have no date until then."
        ),
    )
    sign_up_open = BooleanField(L_("Sign-up of candidates is open"), default=True)

    def offer(self, packs: PackChoices, present: str | None = None) -> None:
        """Set the packs to choose from; the present one stays even if the program lost it."""
        language = current_language()
        offered = [SelectChoice(pack.id, pack.title(language)) for pack in packs.choices]
        if present and packs.find(present) is None:
            offered.append(SelectChoice(present, present))
        self.pack_id.choices = [SelectChoice("", L_("Choose …")), *offered]

    def to_entry(self) -> ElectionEntry:
        """Give what was entered; raises Refused("polling_day") for none."""
        polling_day: date | None = self.polling_day.data
        if polling_day is None:
            raise Refused("polling_day", N_("Fill this in."))
        return ElectionEntry(
            pack_id=self.pack_id.data or "",
            name=self.name.data or "",
            days=ElectionDays(
                polling_day=polling_day,
                first_polling_day=self.first_polling_day.data,
                published_on=self.published_on.data,
            ),
            sign_up_open=bool(self.sign_up_open.data),
        )


class DistrictForm(Form):
    """A district of an election."""

    council = StringField(
        L_("Council"),
        [InputRequired(REQUIRED)],
        description=L_("The body that is elected."),
        render_kw={"maxlength": LONGEST_COUNCIL},
    )
    number = StringField(
        L_("Number"),
        description=L_(
            "As the commission writes it. Leave it empty where districts have only names."
        ),
        render_kw={"maxlength": LONGEST_NUMBER},
    )
    name = StringField(L_("Name of the district"), render_kw={"maxlength": LONGEST_NAME})
    seats = IntegerField(
        L_("Seats"),
        [Optional()],
        render_kw={"min": 1, "max": MOST_SEATS, "inputmode": "numeric"},
    )
    electors = IntegerField(
        L_("Electors"),
        [Optional()],
        render_kw={"min": 1, "max": MOST_ELECTORS, "inputmode": "numeric"},
    )
    places = TextAreaField(
        L_("Streets and houses"),
        description=L_("Candidates find their district by these words."),
        render_kw={"rows": 6},
    )

    def to_entry(self) -> DistrictEntry:
        """Give what was entered."""
        return DistrictEntry(
            council=self.council.data or "",
            number=self.number.data or "",
            name=self.name.data or "",
            seats=self.seats.data,
            electors=self.electors.data,
            places=self.places.data or "",
        )


class LargeTextField(TextAreaField):
    """Text longer than a form takes elsewhere; its data are bytes, as a file's are."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was sent."""
        self.data = valuelist[0].encode("utf-8", "replace") if valuelist else None

    def _value(self) -> str:
        return self.data.decode("utf-8") if self.data else ""


class PackedField(LargeTextField):
    """The same, carried from one page to the next."""

    widget = HiddenInput()


class DistrictTableForm(Form):
    """A table of districts: a file, or pasted."""

    file = FileField(
        L_("CSV file"),
        description=L_("At most 2 MB and 5,000 districts."),
        render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"},
    )
    pasted = LargeTextField(
        L_("Or paste the table here"),
        description=L_("From a spreadsheet, with the line of column names."),
        render_kw={"rows": 8},
    )

    def to_text(self) -> str:
        """Give the table's text; raises Refused for none, for both, or for what is no text."""
        sent = self.file.data
        pasted = (self.pasted.data or b"").strip()
        if sent is not None and pasted:
            raise Refused("file", N_("Choose one: a file or a pasted table."))
        if sent is None and not pasted:
            raise Refused("file", N_("Choose a file, or paste the table below."))
        field = "pasted" if sent is None else "file"
        try:
            return decode_table(pasted if sent is None else sent.stream.read(LARGEST_TABLE + 1))
        except Refused as error:
            raise beside(error, field) from None

    @property
    def source(self) -> str:
        """Give the field the table came from."""
        return "file" if self.file.data is not None else "pasted"


class ConfirmTableForm(Form):
    """A table that was looked through; it is read and checked anew when it comes back."""

    packed = PackedField("")

    def to_text(self) -> str:
        """Give the table's text; raises Refused when it came back broken."""
        broken = Refused(None, N_("The table did not arrive whole. Send it once more."))
        try:
            plain = _inflated(base64.b64decode(self.packed.data or b"", b"-_", validate=True))
            text = plain.decode("utf-8")
        except (ValueError, binascii.Error, zlib.error):
            raise broken from None
        if not text:
            raise broken
        return text


def beside(error: Refused, field: str) -> Refused:
    """Put a refusal of the whole beside a field."""
    return Refused(field, error.message, **error.params)


def packed(text: str) -> str:
    """Give a table in a form that a page can carry; raises Refused when it is too much."""
    small = base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8"))).decode("ascii")
    if len(small) > LARGEST_PACKED:
        raise Refused(None, N_("The table is larger than 2 MB. Split it into parts."))
    return small


def _inflated(compressed: bytes) -> bytes:
    """Unpack no more than a table may hold, however small it arrived."""
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(compressed, LARGEST_UNPACKED)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise zlib.error
    return plain
