"""Forms about other people and organisations."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, EmailField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.access import Role
from app.accounts.commands.invitations import Guest
from app.accounts.commands.organisations import OrganisationEntry
from app.accounts.errors import capacity_wrong
from app.accounts.forms.accounts import REQUIRED
from app.accounts.queries import HelperRow
from app.accounts.rules.identity import LONGEST_NAME
from app.accounts.rules.roles import ROLE_NAMES
from app.web.forms import Form
from app.web.language import L_, gettext


class InvitationForm(Form):
    """Whom to invite, and as what."""

    name = StringField(L_("Name"), [InputRequired(REQUIRED)], render_kw={"maxlength": LONGEST_NAME})
    email = EmailField(L_("Email"), [InputRequired(REQUIRED)], render_kw={"maxlength": 254})
    role = SelectField(L_("Role"), [InputRequired(REQUIRED)])

    def offer(self, roles: Iterable[Role]) -> None:
        """Set the roles to choose from."""
        self.role.choices = _role_choices(roles)

    def to_guest(self) -> Guest:
        """Give whom the invitation means."""
        return Guest(
            name=self.name.data or "", email=self.email.data or "", role=Role(self.role.data)
        )


class StaffInvitationForm(InvitationForm):
    """The same, with the organisation (or coalition) the role is in."""

    place = SelectField(L_("Where"), [InputRequired(REQUIRED)])

    def offer_places(self, places: Iterable[tuple[str, str]]) -> None:
        """Set the places: "coalition:organisation" or "coalition:" with their names."""
        self.place.choices = [SelectChoice(value, name) for value, name in places]

    @property
    def chosen_place(self) -> tuple[int, int | None]:
        """Give the numbers of coalition and organisation (None: the whole coalition)."""
        coalition, _, organisation = str(self.place.data).partition(":")
        return int(coalition), int(organisation) if organisation else None


class RoleForm(Form):
    """Another role for somebody in the team."""

    role = SelectField(L_("Role"), [InputRequired(REQUIRED)])

    def offer(self, roles: Iterable[Role]) -> None:
        """Set the roles to choose from."""
        self.role.choices = _role_choices(roles)


class HelperForm(Form):
    """A helper to assign."""

    helper = SelectField(L_("Helper"), [InputRequired(REQUIRED)])

    def offer(self, helpers: Iterable[HelperRow]) -> None:
        """Set the helpers to choose from."""
        self.helper.choices = [SelectChoice("", L_("Choose …"))] + [
            SelectChoice(
                f"{row.role.value}:{row.person_id}", f"{row.name}, {gettext(ROLE_NAMES[row.role])}"
            )
            for row in helpers
        ]

    @property
    def chosen(self) -> tuple[Role, int]:
        """Give role and number of the chosen person."""
        role, _, person_id = str(self.helper.data).partition(":")
        return Role(role), int(person_id)


class OrganisationForm(Form):
    """An organisation of the coalition."""

    name = StringField(L_("Full name"), [InputRequired(REQUIRED)], render_kw={"maxlength": 120})
    short_name = StringField(
        L_("Short name"),
        [InputRequired(REQUIRED)],
        description=L_("For tables and small screens."),
        render_kw={"maxlength": 40},
    )
    capacity = IntegerField(
        L_("Active people"),
        [InputRequired(L_("A whole number of people, from 1 to 1,000,000."))],
        description=L_("How many people it can count on: places in the rating are per person."),
        render_kw={"min": 1, "max": 1_000_000, "inputmode": "numeric"},
    )
    game_on = BooleanField(L_("Takes part in the rating"), default=True)

    def to_entry(self) -> OrganisationEntry:
        """Give what was entered; raises Refused("capacity") for no number."""
        if self.capacity.data is None:
            raise capacity_wrong()
        return OrganisationEntry(
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            capacity=self.capacity.data,
            game_on=bool(self.game_on.data),
        )


def _role_choices(roles: Iterable[Role]) -> list[SelectChoice]:
    named = (SelectChoice(role.value, L_(ROLE_NAMES[role])) for role in roles)
    return [SelectChoice("", L_("Choose …")), *named]
