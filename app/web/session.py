"""The session's cookie, for the feature that signs people in and out."""

from __future__ import annotations

from app.web.access import begin_session as begin
from app.web.access import end_session as end
from app.web.access import session_token as token

__all__ = ["begin", "end", "token"]
