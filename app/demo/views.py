"""The page on which a visitor of the demo becomes one of its people. Only in a demo."""

from __future__ import annotations

from flask import request
from sqlalchemy import select
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.accounts.commands.sessions import start_session
from app.accounts.models import Person
from app.accounts.rules.sign_in import device_of
from app.demo.pages import DemoSignInsPage, SignInGroup, SignInLine
from app.demo.plot import Plot
from app.demo.plot_en import ENGLISH
from app.demo.plot_ru import RUSSIAN
from app.demo.sign_ins import DEMO_SIGN_INS, code_at, find_sign_in, seconds_left
from app.demo.size import PASSWORD
from app.errors import Missing
from app.web import session as cookie
from app.web.database import writing
from app.web.kernel import kernel
from app.web.pages import render, see_other
from app.web.routing import Section

section = Section("demo", __name__, url_prefix="/demo/sign-ins")
_ANYBODY = Public(because="the demo's people are invented and everybody may be any of them")


@section.get("", access=_ANYBODY)
def sign_ins() -> Response:
    """List who one can be, with the password and the codes of this half minute."""
    _only_in_a_demo()
    now = clock.now()
    page = DemoSignInsPage(
        groups=(_group(RUSSIAN), _group(ENGLISH)),
        password=PASSWORD,
        seconds=seconds_left(now),
    )
    response = render(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@section.post("", access=_ANYBODY)
def sign_in_as() -> Response:
    """Sign in as one of the listed people, as if password and code had been entered."""
    _only_in_a_demo()
    known = find_sign_in(request.form.get("login", "")[:254])
    if known is None:
        raise Missing
    now = clock.now()
    with writing() as session:
        person_id = session.scalar(
            select(Person.id).where(Person.login == known.login, Person.suspended_at.is_(None))
        )
        if person_id is None:
            raise Missing
        token = start_session(
            session,
            person_id,
            device=device_of(request.headers.get("User-Agent")),
            now=now,
            second_factor_at=now if known.totp_secret else None,
        )
    cookie.begin(token)
    return see_other("/")


def _group(plot: Plot) -> SignInGroup:
    now = clock.now()
    return SignInGroup(
        title=plot.name,
        lines=tuple(
            SignInLine(
                login=one.login,
                who=one.who,
                sees=one.sees,
                language=one.language,
                code=code_at(one.totp_secret, now) if one.totp_secret else "",
            )
            for one in DEMO_SIGN_INS
            if one.pack_id == plot.pack_id
        ),
    )


def _only_in_a_demo() -> None:
    settings = kernel().settings
    if settings.production or not settings.demo:
        raise Missing
