"""Secrets that travel in links and cookies, and the hashes of them that are stored."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Give 256 random bits as URL-safe text (43 characters)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Give the SHA-256 of a token in hex: the only form in which a token is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
