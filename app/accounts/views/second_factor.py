"""The second factor: set-up, the code at sign-in, taking it away."""

from __future__ import annotations

import pyotp
import segno
from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import SignedIn
from app.accounts.commands import sign_in as commands
from app.accounts.forms.accounts import CodeForm
from app.accounts.pages.accounts import (
    RecoveryCodesPage,
    SecondFactorPage,
    SecondFactorSetUpPage,
)
from app.accounts.sign_in_queries import OwnAccount, own_account
from app.accounts.views.section import section
from app.accounts.views.sign_in import wanted
from app.errors import Refused
from app.sealing import Seal
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.pages import render, see_other

HALF = SignedIn(half=True)
ISSUER = "Mandat"


@section.get("/second-factor", access=HALF)
def second_factor() -> Response:
    """Ask for a code, or lead to the set-up."""
    if viewer().second_factor:
        return see_other(wanted())
    if not _account().second_factor:
        return see_other(url_for("accounts.second_factor_set_up"))
    return render(SecondFactorPage(form=CodeForm(), wanted=wanted()))


@section.post("/second-factor", access=HALF)
def second_factor_now() -> Response:
    """Take the code and rotate the session."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render(SecondFactorPage(form=form, wanted=wanted()), 422)
    with writing() as session:
        outcome = commands.pass_second_factor(
            session,
            viewer(),
            cookie.token() or "",
            form.code.data,
            seal=part(Seal),
            now=clock.now(),
        )
    if isinstance(outcome, Refused):
        form.refuse(outcome)
        return render(SecondFactorPage(form=form, wanted=wanted()), 422)
    cookie.begin(outcome)
    return see_other(wanted())


@section.get("/second-factor/set-up", access=HALF)
def second_factor_set_up() -> Response:
    """Show the picture and the secret, or offer to begin."""
    account = _account()
    if account.second_factor:
        return see_other(url_for("accounts.settings"))
    return render(_set_up_page(CodeForm(), account))


@section.post("/second-factor/begin", access=HALF)
def second_factor_begin() -> Response:
    """Make a secret for whoever wants a second factor."""
    with writing() as session:
        commands.begin_second_factor(session, viewer(), seal=part(Seal))
    return see_other(url_for("accounts.second_factor_set_up"))


@section.post("/second-factor/set-up", access=HALF)
def second_factor_set_up_now() -> Response:
    """Take the first code; show the recovery codes, which are stored as hashes only."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render(_set_up_page(form, _account()), 422)
    with writing() as session:
        outcome = commands.set_up_second_factor(
            session,
            viewer(),
            cookie.token() or "",
            form.code.data,
            seal=part(Seal),
            now=clock.now(),
        )
    if isinstance(outcome, Refused):
        form.refuse(outcome)
        return render(_set_up_page(form, _account()), 422)
    token, codes = outcome
    cookie.begin(token)
    return render(RecoveryCodesPage(codes=codes))


def _account() -> OwnAccount:
    with reading() as session:
        return own_account(session, viewer())


def _set_up_page(form: CodeForm, account: OwnAccount) -> SecondFactorSetUpPage:
    picture = None
    secret = part(Seal).open(account.totp_secret or "") or None
    if secret is not None:
        totp = pyotp.TOTP(secret)
        address = totp.provisioning_uri(name=account.email, issuer_name=ISSUER)
        picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return SecondFactorSetUpPage(
        form=form,
        obliged=not viewer().second_factor,
        secret=secret,
        picture=picture,
    )
