"""The form in which a receipt is written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.widgets import DateInput, TimeInput

from app.web.forms import Form, Needed
from app.web.language import L_
from documents.packets.rules.receipts import TypedReceipt

ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"


class ReceiptForm(Form):
    """What stands on the receipt."""

    received_on = StringField(L_("Day on the receipt"), widget=DateInput(), validators=[Needed()])
    received_time = StringField(L_("Time on the receipt"), widget=TimeInput())
    sheets = StringField(L_("Sheets taken"), render_kw={"inputmode": "numeric"})
    sheets_differ = BooleanField(L_("The receipt names another number of sheets than the packet"))
    late = BooleanField(
        L_("The commission took the papers after the last day"),
        description=L_("It is written down, and whoever reads this packet sees it."),
    )
    number = StringField(L_("Number of the receipt"))
    received_by = StringField(
        L_("Who took the papers"),
        description=L_("Name and post as the receipt says."),
        render_kw={"autocomplete": "off", "data-sealed": ""},
    )
    packet = SelectField(
        L_("Which packet was handed in"),
        description=L_("The one that was printed, even when another has been put together since."),
        choices=[],
        validate_choice=False,
    )
    without_packet = BooleanField(
        L_("I have filed without Mandat’s packet"),
        description=L_(
            "You have handed in papers that were not put together here. Nobody has compared them; "
            "the step counts all the same."
        ),
    )
    photo = FileField(
        L_("Photo of the receipt"),
        description=L_("The step asks for a photo itself; here it is kept beside the receipt."),
        render_kw={"accept": ACCEPT},
    )

    def to_typed(self) -> TypedReceipt:
        """Give what was typed."""
        return TypedReceipt(
            received_on=self.received_on.data or "",
            received_time=self.received_time.data or "",
            sheets=self.sheets.data or "",
            number=self.number.data or "",
            received_by=self.received_by.data or "",
            without_packet=bool(self.without_packet.data),
            packet=self.packet.data or "",
            late=bool(self.late.data),
            sheets_differ=bool(self.sheets_differ.data),
        )

    def offer(self, packets: Sequence[tuple[str, str]]) -> None:
        """Let one say which packet it was, by number and words; the last one stands first."""
        self.packet.choices = [*packets]

    def mark_needed(self, needed: Collection[str], *, photo_there: bool) -> None:
        """Show which fields the pack asks for."""
        names = {"time": "received_time"}
        for name in needed:
            if name != "photo" or not photo_there:
                self[names.get(name, name)].flags.required = True
