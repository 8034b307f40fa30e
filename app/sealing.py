"""Sealing what must not lie open in the database, in a backup or in a reviewer's list."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken

SHOWN_AT_END = 2
PURPOSE = b"mandat sealed answers v1"
MARK_PURPOSE = b"mandat marks v2"


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(
        purpose, key=hashlib.sha512(secret_key.encode()).digest(), digest_size=32
    ).digest()


@dataclass(frozen=True, slots=True)
class Seal:
    """Closes and opens text with a key derived from the program's secret."""

    _fernet: Fernet = field(repr=False)
    _mark_key: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, secret_key: str) -> Seal:
        """Derive the keys; the same secret opens what it closed."""
        key = base64.urlsafe_b64encode(_derived(secret_key, PURPOSE))
        return cls(Fernet(key), _derived(secret_key, MARK_PURPOSE))

    def close(self, text: str) -> str:
        """Give the sealed text."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Give the text; empty when the secret has been changed since, so that it is asked anew."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            return ""

    def hint(self, sealed: str) -> str:
        """Give the end of the text behind dots, enough for its owner to recognise it."""
        text = self.open(sealed)
        return f"••••{text[-SHOWN_AT_END:]}" if len(text) > 2 * SHOWN_AT_END else "••••"

    def mark(self, purpose: str, *parts: str | int) -> str:
        """Give 64 hex digits by which texts are recognised and not guessed without the secret.

        For texts short enough to be tried out one after the other, which a plain hash betrays.
        Every purpose has a key of its own: a page that tells the mark of what one types into it
        would else tell the marks of everything else. ``parts`` say of what and where it is.
        """
        key = hashlib.blake2b(purpose.encode(), key=self._mark_key, digest_size=32).digest()
        told = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, key=key, digest_size=32).hexdigest()
