"""A marker for sentences that are translated later, where the reader's language is known."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for.
    """Mark an English sentence for the catalogues and give it back unchanged."""
    return message
