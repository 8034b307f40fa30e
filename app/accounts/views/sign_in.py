"""Signing in and out."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.accounts import passwords
from app.accounts.commands.sessions import end_session
from app.accounts.commands.sign_in import Attempt, braked, conclude_sign_in, find_account
from app.accounts.forms.accounts import SignInForm
from app.accounts.pages.accounts import SignInPage
from app.accounts.views.section import device, network, section
from app.errors import Refused
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.pages import render, see_other
from app.web.shell import safe_next

FOR_ALL = Public(because="whoever is not signed in must be able to sign in")


def wanted() -> str:
    """Give where the person was going, an address inside this program."""
    return safe_next(request.args.get("next"))


@section.get("/sign-in", access=FOR_ALL)
def sign_in() -> Response:
    """Show the form; those who are in already go on."""
    if viewer().signed_in:
        return see_other(wanted())
    return render(SignInPage(form=SignInForm(), wanted=wanted()))


@section.post("/sign-in", access=FOR_ALL)
def sign_in_now() -> Response:
    """Compare the password outside the transaction, then start a session or count a failure."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render(SignInPage(form=form, wanted=wanted()), 422)
    outcome = _try(Attempt(login=form.login.data, network=network(), device=device()), form)
    if isinstance(outcome, Refused):
        form.refuse(outcome)
        return render(SignInPage(form=form, wanted=wanted()), 422)
    cookie.begin(outcome)
    if not viewer().second_factor:
        return see_other(url_for("accounts.second_factor", next=wanted()))
    return see_other(wanted())


@section.post("/sign-out", access=Public(because="signing out twice is no mistake"))
def sign_out() -> Response:
    """End this session."""
    token = cookie.token()
    if token is not None:
        with writing() as session:
            end_session(session, token, now=clock.now())
    cookie.end()
    return see_other("/")


def _try(attempt: Attempt, form: SignInForm) -> str | Refused:
    now = clock.now()
    with reading() as session:
        brake = braked(session, attempt.keys, now=now)
        account = find_account(session, attempt.login)
    if brake is not None:
        return brake
    matched = passwords.matches(account.password_hash if account else None, form.password.data)
    with writing() as session:
        return conclude_sign_in(session, attempt, account, matched=matched, now=now)
