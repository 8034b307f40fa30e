"""A person's own settings: profile, address, password, second factor, sessions."""

from __future__ import annotations

from flask import session as cookie_values
from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import SignedIn
from app.accounts import passwords
from app.accounts.commands import accounts as commands
from app.accounts.commands.sessions import end_one_session, end_sessions_of
from app.accounts.commands.sign_in import remove_second_factor
from app.accounts.errors import passwords_differ
from app.accounts.forms.accounts import CodeForm, EmailForm, PasswordForm, ProfileForm
from app.accounts.pages.accounts import SettingsPage
from app.accounts.rules.identity import login_of
from app.accounts.sign_in_queries import own_account, sessions_of
from app.accounts.views.section import section
from app.errors import Missing, Refused
from app.ids import token_hash
from app.sealing import Seal
from app.texts import N_
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.forms import Form
from app.web.kernel import part
from app.web.pages import flash_done, render, see_other

MINE = SignedIn()


@section.get("/settings", access=MINE)
def settings() -> Response:
    """Show everything."""
    return render(_page())


@section.post("/settings", access=MINE)
def save_profile() -> Response:
    """Save name, phone, language and theme."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return render(_page(form), 422)
    try:
        with writing() as session:
            commands.update_profile(
                session,
                viewer(),
                name=form.name.data,
                phone=form.phone.data,
                language=form.language.data,
                theme=form.theme.data,
            )
    except Refused as error:
        form.refuse(error)
        return render(_page(form), 422)
    cookie_values["language"] = form.language.data
    return _saved(N_("Saved."))


@section.post("/settings/email", access=MINE)
def change_email() -> Response:
    """Send a letter to the new address."""
    form = EmailForm(prefix="new-")
    if not form.validate_on_submit():
        return render(_page(form), 422)
    try:
        with writing() as session:
            commands.request_email_change(session, viewer(), form.email.data, now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(form), 422)
    return _saved(N_("We sent a letter to the new address. Open its link to use the address."))


@section.post("/settings/password", access=MINE)
def change_password() -> Response:
    """Compare the present password and set a new one, outside and inside the transaction."""
    form = PasswordForm(prefix="pw-")
    if not form.validate_on_submit():
        return render(_page(form), 422)
    try:
        hashed = _checked_password(form)
    except Refused as error:
        form.refuse(error)
        return render(_page(form), 422)
    with writing() as session:
        token = cookie.token() or ""
        commands.change_password(session, viewer(), token, password_hash=hashed, now=clock.now())
    return _saved(N_("The new password is set. All other browsers were signed out."))


@section.post("/settings/second-factor/remove", access=MINE)
def second_factor_remove() -> Response:
    """Take the second factor away after one more code."""
    form = CodeForm(prefix="sf-")
    if not form.validate_on_submit():
        return render(_page(form), 422)
    with writing() as session:
        refusal = remove_second_factor(
            session, viewer(), form.code.data, seal=part(Seal), now=clock.now()
        )
    if refusal is not None:
        form.refuse(refusal)
        return render(_page(form), 422)
    return _saved(N_("The second factor is off."))


@section.post("/settings/sessions/<int:sign_in_id>/end", access=MINE)
def session_end(sign_in_id: int) -> Response:
    """Sign one browser out."""
    with writing() as session:
        end_one_session(session, viewer(), sign_in_id, now=clock.now())
    return _saved(N_("That browser is signed out."))


@section.post("/settings/sessions/end-others", access=MINE)
def sessions_end_others() -> Response:
    """Sign all other browsers out."""
    person_id = viewer().person_id
    if person_id is None:
        raise Missing
    with writing() as session:
        end_sessions_of(session, person_id, now=clock.now(), except_token=cookie.token())
    return _saved(N_("All other browsers are signed out."))


def _saved(message: str) -> Response:
    flash_done(message)
    return see_other(url_for("accounts.settings"))


def _checked_password(form: PasswordForm) -> str:
    with reading() as session:
        account = own_account(session, viewer())
    if not passwords.matches(account.password_hash, form.current.data):
        raise passwords_differ()
    return passwords.hash_password(form.password.data, login=login_of(account.email))


def _page(sent: Form | None = None) -> SettingsPage:
    now, token = clock.now(), cookie.token()
    with reading() as session:
        account = own_account(session, viewer())
        sessions = sessions_of(
            session, viewer(), current_hash=token_hash(token) if token else None, now=now
        )
    profile = ProfileForm(
        formdata=None,
        name=account.name,
        phone=account.phone,
        language=account.language,
        theme=account.theme,
    )
    return SettingsPage(
        email=account.email,
        email_confirmed=account.email_confirmed,
        profile=sent if isinstance(sent, ProfileForm) else profile,
        new_email=sent if isinstance(sent, EmailForm) else EmailForm(None, prefix="new-"),
        password=sent if isinstance(sent, PasswordForm) else PasswordForm(None, prefix="pw-"),
        code=sent if isinstance(sent, CodeForm) else CodeForm(None, prefix="sf-"),
        second_factor=account.second_factor,
        sessions=sessions,
    )
