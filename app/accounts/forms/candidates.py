"""Forms of applying as a candidate and of deciding about it."""

from __future__ import annotations

from dataclasses import replace

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.accounts.commands.candidates import Application
from app.accounts.consents import SIGN_UP_WORDS
from app.accounts.errors import consent_missing
from app.accounts.forms.accounts import REQUIRED, NewPersonForm, refuse_field
from app.accounts.queries import DistrictRow, OrganisationRow
from app.accounts.rules.identity import login_of
from app.ids import new_token
from app.web.forms import Form
from app.web.language import L_, current_language, gettext

PLACE_ME = ""


class ApplicationForm(Form):
    """What somebody with an account applies with."""

    organisation = SelectField(
        L_("Organisation"),
        description=L_("Not sure yet? Choose “Place me”: the coalition will suggest one."),
        validators=[],
    )
    consent = BooleanField(L_("I agree to the text above"), render_kw={"required": True})

    def offer(self, organisations: tuple[OrganisationRow, ...]) -> None:
        """Set the organisations to choose from; none means that it is settled already."""
        self.organisation.choices = [
            SelectChoice(PLACE_ME, L_("Place me")),
            *(SelectChoice(str(row.id), row.name) for row in organisations),
        ]

    def validate_consent(self, field: BooleanField) -> None:
        """Say it together with whatever else is wrong, not one page later."""
        if not field.data:
            refuse_field(consent_missing())

    def to_application(self, district: DistrictRow, invitation: str | None) -> Application:
        """Give the application; raises Refused("consent")."""
        if not self.consent.data:
            raise consent_missing()
        chosen = self.organisation.data
        return Application(
            election_id=district.election_id,
            district_id=district.id,
            organisation_id=int(chosen) if chosen else None,
            consent=True,
            consent_words=gettext(SIGN_UP_WORDS),
            language=current_language(),
            invitation_token=invitation,
        )


class NewCandidateForm(NewPersonForm, ApplicationForm):
    """What a visitor applies with: an account and an application at once."""

    once = HiddenField(default=new_token)

    def to_application(self, district: DistrictRow, invitation: str | None) -> Application:
        """Give the application with the form's own token; raises Refused("consent")."""
        application = super().to_application(district, invitation)
        if not self.once.data:
            return application
        # Whoever comes upon the token alone must not be given the account that it made.
        same = "\n".join(
            (self.once.data, login_of(self.email.data or ""), self.password.data or "")
        )
        return replace(application, once=same)


class AdmitForm(Form):
    """Where the candidate goes."""

    organisation = SelectField(L_("Organisation"), [InputRequired(REQUIRED)])

    def offer(self, organisations: tuple[OrganisationRow, ...]) -> None:
        """Set the organisations this coordinator may choose from."""
        self.organisation.choices = [
            SelectChoice("", L_("Choose …")),
            *(SelectChoice(str(row.id), row.name) for row in organisations),
        ]


class DeclineForm(Form):
    """Why not."""

    reason = TextAreaField(
        L_("Reason"),
        [InputRequired(REQUIRED), Length(max=2000)],
        description=L_("The candidate reads it in the letter."),
        render_kw={"rows": 4, "maxlength": 2000},
    )
