"""The gallery: every component in every state on one page, so that none is written twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.access import Public
from app.ui.carriages import Platform
from app.ui.gallery_map import sample_map
from app.ui.gallery_platform import sample_platform
from app.ui.metro import MetroMap
from app.web.forms import Form
from app.web.language import L_, gettext
from app.web.pages import Page, render
from app.web.routing import Section

section = Section("gallery", __name__)

TEMPLATES = Path(__file__).parent / "templates"
COMPONENTS = tuple(sorted(path.stem for path in (TEMPLATES / "ui").glob("*.html")))
"""The names of all components: each is a macro file and has a sample of the same name."""


class SampleForm(Form):
    """One field of every kind that Mandat uses."""

    name = StringField(L_("Surname, first name, patronymic"), [InputRequired()])
    mail = EmailField(L_("E-mail"), description=L_("We write only about your campaign."))
    password = PasswordField(L_("Password"), [InputRequired()])
    age = IntegerField(L_("How many years have you lived in the district?"))
    born = DateField(L_("Date of birth"), [InputRequired()])
    about = TextAreaField(L_("What do you want to change?"))
    council = SelectField(
        L_("Council"),
        [InputRequired()],
        choices=[SelectChoice("1", "Ozernoye"), SelectChoice("2", "Sosnovka")],
    )
    sure = RadioField(
        L_("Do you have a second citizenship?"),
        [InputRequired()],
        choices=[SelectChoice("yes", L_("Yes")), SelectChoice("no", L_("No"))],
    )
    days = SelectMultipleField(
        L_("When are you free?"),
        choices=[SelectChoice("sat", L_("Saturday")), SelectChoice("sun", L_("Sunday"))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    scan = FileField(L_("A scan or a photo"))
    agree = BooleanField(L_("I agree that my data are used for this campaign"), [InputRequired()])


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePages:
    """What the pager needs to know of a list."""

    number: int
    last: int
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage(Page):
    """All samples with the values they show."""

    template: ClassVar[str] = "ui_gallery/gallery.html"
    components: tuple[str, ...]
    form: SampleForm
    refused: SampleForm
    map: MetroMap
    platform: Platform
    pages: SamplePages


def refused_form() -> SampleForm:
    """The sample form after a refusal of two fields and of the whole."""
    form = SampleForm(formdata=None, prefix="refused-")
    form.process(formdata=None)
    form.name.errors = [gettext("Write the name as it stands in the passport.")]
    form.sure.errors = [gettext("Choose one answer.")]
    form.agree.errors = [gettext("Without your consent we may not keep your data.")]
    form.form_errors.append(gettext("Registration for this district is closed."))
    return form


@section.get("/gallery", access=Public(because="it shows components, not data"))
def gallery() -> Response:
    """Show every component."""
    return render(
        GalleryPage(
            components=COMPONENTS,
            form=SampleForm(formdata=None),
            refused=refused_form(),
            map=sample_map(),
            platform=sample_platform(),
            pages=SamplePages(number=2, last=7, earlier="?page=1", later="?page=3"),
        )
    )
