"""What accounts refuse, in the words the reader sees."""

from __future__ import annotations

from app.errors import Conflict, Over, Refused
from app.texts import N_


def name_missing(longest: int) -> Refused:
    """A name without a letter, or too long for any form."""
    return Refused("name", N_("Write your name in letters, {longest} at most."), longest=longest)


def phone_unreadable() -> Refused:
    """A phone number nobody could call."""
    return Refused("phone", N_("Write the phone number in digits, with the country code."))


def password_too_short(least: int) -> Refused:
    """A password that is quickly guessed."""
    return Refused(
        "password", N_("At least {least} characters; several words are best."), least=least
    )


def password_too_long(most: int) -> Refused:
    """A password too long to be hashed safely."""
    return Refused("password", N_("At most {most} characters."), most=most)


def password_is_login() -> Refused:
    """A password that everybody knows."""
    return Refused("password", N_("The address itself is not a password."))


def passwords_differ() -> Refused:
    """The present password was not the right one."""
    return Refused("current", N_("This is not your present password."))


def sign_in_refused() -> Refused:
    """The same words for an unknown address, a wrong password and a suspended account."""
    return Refused(None, N_("Address and password do not match."))


def sign_in_locked(minutes: int) -> Refused:
    """Too many failures; says nothing about whether the account exists."""
    return Refused(
        None, N_("Too many tries. The next one is taken in {minutes} min."), minutes=minutes
    )


def code_refused() -> Refused:
    """A second-factor code that is wrong, old or already used."""
    return Refused("code", N_("This code does not fit. Wait for the next one and try again."))


def link_over() -> Over:
    """A one-use link that is used, too old, revoked or never existed."""
    return Over(N_("It was used, replaced or is too old. Ask for a new one."))


def consent_missing() -> Refused:
    """Without consent no data may be kept."""
    return Refused("consent", N_("Without your consent we may not keep this application."))


def district_missing() -> Refused:
    """No district of the chosen election was chosen."""
    return Refused("district", N_("Choose one district from the list."))


def organisation_missing() -> Refused:
    """The chosen organisation is not in the coalition."""
    return Refused("organisation", N_("Choose an organisation from the list, or “Place me”."))


def organisation_needed() -> Refused:
    """A candidate who asked to be placed must be placed when admitted."""
    return Refused("organisation", N_("Choose the organisation that takes this candidate in."))


def organisation_name_taken() -> Refused:
    """Two organisations of one coalition may not share a name."""
    return Refused("name", N_("The coalition already has an organisation of this name."))


def reason_missing() -> Refused:
    """A refusal without a reason helps nobody."""
    return Refused("reason", N_("Write the reason: the candidate reads it in the letter."))


def already_decided() -> Conflict:
    """Somebody else decided about this application first."""
    return Conflict(N_("This application has been decided already. Reload the page to see how."))


def already_running() -> Conflict:
    """A person runs once in an election."""
    return Conflict(N_("This person already runs in this election."))


def already_member() -> Conflict:
    """The person has a role there already."""
    return Conflict(N_("You are in this team already; ask for another role instead."))


def candidate_stays() -> Refused:
    """A campaign without its candidate is no campaign."""
    return Refused(None, N_("The candidate can’t be removed from the team or given another role."))


def not_yourself() -> Refused:
    """People do not suspend or demote themselves by mistake."""
    return Refused(None, N_("This can’t be done to your own account."))


def role_unknown() -> Refused:
    """A role that does not exist or may not be given here."""
    return Refused("role", N_("Choose a role from the list."))


def email_taken() -> Refused:
    """Another account has this address; told to a signed-in person only after proof."""
    return Refused("email", N_("This address can’t be used; write to your coordinator."))


def capacity_wrong() -> Refused:
    """The index divides by it."""
    return Refused("capacity", N_("A whole number of people, from 1 to 1,000,000."))
