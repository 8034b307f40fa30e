"""The letters accounts send; commands record them, the hook of app.mail.letters writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.mail.letters import Letter
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSignUp(Letter):
    """To a new candidate: confirm the address."""

    subject: ClassVar[str] = N_("Confirm your address")
    lines: ClassVar[tuple[str, ...]] = (
        N_("We have received your application to stand as a candidate."),
        N_("Confirm that this address is yours. The link works once, for 72 hours:"),
        "{link}",
        N_("After that a coordinator will call or write to arrange an interview."),
        N_("If you did not apply, do nothing: without confirmation nobody can sign in."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyRegistered(Letter):
    """To somebody with an account, when an application arrives with the same address."""

    subject: ClassVar[str] = N_("You already have an account")
    lines: ClassVar[tuple[str, ...]] = (
        N_("Somebody, perhaps you, applied as a candidate with this address."),
        N_("You already have an account with us; its password was not changed."),
        N_(
            "If it was you, add the application to your account. The link works once, for 72 hours:"
        ),
        "{link}",
        N_("If it was not you, do nothing."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Letter):
    """A link to choose a new password."""

    subject: ClassVar[str] = N_("A new password")
    lines: ClassVar[tuple[str, ...]] = (
        N_("Somebody, perhaps you, asked for a new password."),
        N_("Choose it here. The link works once, for 30 minutes:"),
        "{link}",
        N_("If it was not you, do nothing: the old password stays."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordWasChanged(Letter):
    """A notice after the password changed."""

    subject: ClassVar[str] = N_("Your password was changed")
    lines: ClassVar[tuple[str, ...]] = (
        N_("Your password was changed and all other browsers were signed out."),
        N_("If it was not you, choose a new one at once:"),
        "{link}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmNewAddress(Letter):
    """To a new address a signed-in person wants to use."""

    subject: ClassVar[str] = N_("Confirm your new address")
    lines: ClassVar[tuple[str, ...]] = (
        N_("You asked us to write to this address from now on."),
        N_("Confirm it here. The link works once, for 72 hours:"),
        "{link}",
        N_("If it was not you, do nothing."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLetter(Letter):
    """An invitation by link."""

    subject: ClassVar[str] = N_("You are invited: {role}, {place}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("{inviter} invites you to join as: {role}, {place}."),
        N_("Accept here. The link works once, for 7 days:"),
        "{link}",
        N_("If you do not know what this is about, do nothing."),
    )
    translated: ClassVar[frozenset[str]] = frozenset({"role"})
    inviter: str
    place: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted(Letter):
    """The route is open."""

    subject: ClassVar[str] = N_("You are in: your route is open")
    lines: ClassVar[tuple[str, ...]] = (
        N_("After the interview the coalition admitted you as a candidate."),
        N_("Your organisation: {organisation}."),
        N_("Your first step is waiting here:"),
        "{link}",
    )
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Letter):
    """Not this time, and why."""

    subject: ClassVar[str] = N_("About your application")
    lines: ClassVar[tuple[str, ...]] = (
        N_("The coalition can’t take you on as a candidate this time."),
        N_("The coordinator writes: {reason}"),
        N_("Your application and its state are kept here:"),
        "{link}",
    )
    reason: str
