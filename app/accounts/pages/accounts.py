"""Pages about one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.forms.accounts import (
    CodeForm,
    EmailForm,
    NewPasswordForm,
    PasswordForm,
    ProfileForm,
    ResetForm,
    SignInForm,
)
from app.accounts.queries import MyCampaign
from app.accounts.sign_in_queries import SessionRow
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Signing in; ``wanted`` is where the person was going."""

    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorPage(Page):
    """Asking for a code."""

    template: ClassVar[str] = "accounts/second_factor.html"
    form: CodeForm
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorSetUpPage(Page):
    """Setting the second factor up; without a secret it offers to begin."""

    template: ClassVar[str] = "accounts/second_factor_set_up.html"
    form: CodeForm
    obliged: bool
    secret: str | None
    picture: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesPage(Page):
    """The recovery codes, shown once."""

    template: ClassVar[str] = "accounts/recovery_codes.html"
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPage(Page):
    """Asking for a reset link; ``sent`` after that, whoever it was."""

    template: ClassVar[str] = "accounts/reset.html"
    form: ResetForm
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasswordPage(Page):
    """Choosing a new password by link."""

    template: ClassVar[str] = "accounts/new_password.html"
    form: NewPasswordForm
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(Page):
    """Proving an address; ``kind`` is plain, password, join or sign_in."""

    template: ClassVar[str] = "accounts/confirm.html"
    form: NewPasswordForm
    kind: str
    email: str
    action: str
    sign_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage(Page):
    """Everything a person can change about their account."""

    template: ClassVar[str] = "accounts/settings.html"
    email: str
    email_confirmed: bool
    profile: ProfileForm
    new_email: EmailForm
    password: PasswordForm
    code: CodeForm
    second_factor: bool
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsPage(Page):
    """The campaigns a person belongs to."""

    template: ClassVar[str] = "accounts/campaigns.html"
    campaigns: tuple[MyCampaign, ...]
    state_names: dict[str, str]
    role_names: dict[str, str]
    email_confirmed: bool
    email: str
