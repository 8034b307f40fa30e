"""What the program plugs into the kernel: from a session's token to its viewer."""

from __future__ import annotations

from datetime import datetime

from app.access import Viewer
from app.accounts.commands.sessions import touch_session
from app.accounts.sign_in_queries import find_session
from app.db import Database
from app.ids import token_hash
from app.reach import everything


class SessionLoader:
    """Loads viewers by token; notes a session's last visit at most every ten minutes."""

    def __init__(self, database: Database) -> None:
        self.database = database.reaching(everything("a token says who looks, and not before"))

    def __call__(self, token: str, now: datetime) -> Viewer | None:
        """Give the viewer of a token, None when its session is over."""
        hashed = token_hash(token)
        with self.database.reading() as session:
            found = find_session(session, hashed, now)
        if found is None:
            return None
        if found.touch_due:
            with self.database.writing() as session:
                touch_session(session, hashed, now=now)
        return found.viewer
