"""Refusals: what a command raises when it will not do what was asked.

A message is an English sentence marked with ``N_``; its named ``{params}`` are filled in after
translation, so rules never need to know the reader's language.
"""

from __future__ import annotations

from app.texts import N_

Param = str | int


class MandatError(Exception):
    """A refusal that can say itself in the reader's language."""

    def __init__(self, message: str, **params: Param) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class Missing(MandatError):
    """The thing is not there, or is not this viewer's to see; the two read the same (404)."""

    def __init__(self, message: str = N_("There is no such page."), **params: Param) -> None:
        super().__init__(message, **params)


class Refused(MandatError):
    """What was entered cannot be taken; ``field`` names a form's field, None all of it (422)."""

    def __init__(self, field: str | None, message: str, **params: Param) -> None:
        super().__init__(message, **params)
        self.field = field


class Forbidden(MandatError):
    """The viewer is known and may not do this (403)."""

    def __init__(
        self,
        message: str = N_("Your role does not include this."),
        **params: Param,
    ) -> None:
        super().__init__(message, **params)


class SignedOut(Forbidden):
    """Whoever sent this is not signed in any more; they are sent to sign in (303)."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "You were signed out when you sent the form: nothing was saved. Sign in and send "
                "it once more."
            )
        )


class Conflict(MandatError):
    """Somebody was faster, or the page is stale (409)."""


class Locked(Conflict):
    """Something is not open yet (409); ``opened_by`` is the address that says what opens it."""

    def __init__(self, message: str, *, opened_by: str, **params: Param) -> None:
        super().__init__(message, **params)
        self.opened_by = opened_by


class Over(Conflict):
    """A link that no longer works; nobody was faster, and nothing was entered (409)."""


class Unavailable(MandatError):
    """Something outside does not answer just now; trying again may help (503)."""
