"""Reset by mail and the proof of an address."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.accounts.commands.accounts import Confirmed, confirm_email, request_reset, reset_password
from app.accounts.errors import link_over
from app.accounts.forms.accounts import NewPasswordForm, ResetForm
from app.accounts.pages.accounts import ConfirmPage, NewPasswordPage, ResetPage
from app.accounts.passwords import hash_password
from app.accounts.sign_in_queries import confirmation_kind, find_confirmation, find_reset
from app.accounts.views.section import device, section
from app.errors import Refused
from app.reach import everything
from app.texts import N_
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.pages import flash_done, render, see_other

WITH_LETTER = everything("confirming an address may join two accounts and their campaigns")
BY_LETTER = Public(because="the link in a letter is the proof")


@section.get("/reset", access=Public(because="whoever forgot the password is not signed in"))
def reset() -> Response:
    """Ask for the address."""
    return render(ResetPage(form=ResetForm(), sent=False))


@section.post("/reset", access=Public(because="whoever forgot the password is not signed in"))
def reset_now() -> Response:
    """Send the letter if there is such an account; the answer is the same if there is not."""
    form = ResetForm()
    if not form.validate_on_submit():
        return render(ResetPage(form=form, sent=False), 422)
    with writing() as session:
        request_reset(session, form.email.data, now=clock.now())
    return see_other(url_for("accounts.reset_sent"))


@section.get("/reset/sent", access=Public(because="whoever forgot the password is not signed in"))
def reset_sent() -> Response:
    """Say what happens next."""
    return render(ResetPage(form=ResetForm(), sent=True))


@section.get("/reset/<token>", access=BY_LETTER)
def new_password(token: str) -> Response:
    """Ask for the new password; an old link says so at once."""
    with reading() as session:
        if find_reset(session, token, clock.now()) is None:
            raise link_over()
    return render(_new_password_page(NewPasswordForm(), token))


@section.post("/reset/<token>", access=BY_LETTER)
def new_password_now(token: str) -> Response:
    """Set the new password and sign in."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render(_new_password_page(form, token), 422)
    try:
        hashed = hash_password(form.password.data)
    except Refused as error:
        form.refuse(error)
        return render(_new_password_page(form, token), 422)
    with writing() as session:
        started = reset_password(
            session, token, password_hash=hashed, device=device(), now=clock.now()
        )
    cookie.begin(started)
    flash_done(N_("The new password is set. All other browsers were signed out."))
    return see_other("/")


@section.get("/confirm/<token>", access=BY_LETTER)
def confirm(token: str) -> Response:
    """Show what opening the link will do; mail scanners that fetch it change nothing."""
    return render(_confirm_page(NewPasswordForm(), token))


@section.post("/confirm/<token>", access=BY_LETTER)
def confirm_now(token: str) -> Response:
    """Accept the proof."""
    form, page = NewPasswordForm(), _confirm_page(NewPasswordForm(), token)
    try:
        hashed = _password_for(page.kind, form)
        with writing(reach=WITH_LETTER) as session:
            done = confirm_email(
                session,
                viewer(),
                token,
                password_hash=hashed,
                device=device(),
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(error)
        return render(_confirm_page(form, token), 422)
    return _after_confirming(done)


def _after_confirming(done: Confirmed) -> Response:
    if done.joined:
        # The session that typed the address belongs to an account that no longer exists.
        cookie.end()
        flash_done(N_("The application is in your account now. Sign in with your own password."))
        return see_other(url_for("accounts.sign_in"))
    if done.token is not None:
        cookie.begin(done.token)
    flash_done(N_("Your address is confirmed."))
    return see_other("/")


def _password_for(kind: str, form: NewPasswordForm) -> str | None:
    return hash_password(form.password.data or "") if kind == "password" else None


def _new_password_page(form: NewPasswordForm, token: str) -> NewPasswordPage:
    return NewPasswordPage(form=form, action=url_for("accounts.new_password_now", token=token))


def _confirm_page(form: NewPasswordForm, token: str) -> ConfirmPage:
    with reading(reach=WITH_LETTER) as session:
        link = find_confirmation(session, token, clock.now())
        if link is None:
            raise link_over()
        kind = confirmation_kind(session, viewer(), link)
    return ConfirmPage(
        form=form,
        kind=kind,
        email=link.email,
        action=url_for("accounts.confirm_now", token=token),
        sign_in=url_for("accounts.sign_in", next=url_for("accounts.confirm", token=token)),
    )
