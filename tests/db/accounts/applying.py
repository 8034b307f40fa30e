"""An application as somebody sends it, and the letters that follow."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.accounts.commands.accounts import (
    NewPerson,
)
from app.accounts.commands.candidates import Application
from app.accounts.models import (
    District,
)
from app.db import recorded
from app.mail.letters import Letter


def new_person(email: str = "anna@example.org") -> NewPerson:
    return NewPerson(name="Anna Test", email=email, phone="", language="en", password_hash="hash")


def application(district: District, organisation_id: int | None = None) -> Application:
    return Application(
        election_id=district.election_id,
        district_id=district.id,
        organisation_id=organisation_id,
        consent=True,
        consent_words="I agree.",
        language="en",
    )


def letters(session: Session) -> list[Letter]:
    return [event for event in recorded(session) if isinstance(event, Letter)]


def link_of(letter: Letter) -> str:
    return letter.path.rsplit("/", 1)[1]
