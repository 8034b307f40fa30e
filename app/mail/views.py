"""The demo's mailbox: what the portal would have sent. Only registered in a demo."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.errors import Missing
from app.mail import queries
from app.mail.pages import LetterPage, MailboxPage
from app.mail.rules import parts_of
from app.web.database import reading
from app.web.kernel import kernel
from app.web.pages import render
from app.web.routing import Section

PAGE = 50
section = Section("mail", __name__, url_prefix="/demo/mailbox")
_ANYBODY = Public(because="a demo has invented people only, and its links arrive here")


@section.get("", access=_ANYBODY)
def mailbox() -> Response:
    """List the letters, the latest first."""
    _only_in_a_demo()
    to = request.args.get("to", "").strip()[:254]
    before = request.args.get("before", type=int)
    with reading() as session:
        rows = queries.mailbox(session, to=to, before=before, limit=PAGE)
    older_than = rows[-1].id if len(rows) == PAGE else None
    return render(MailboxPage(letters=tuple(rows), to=to, older_than=older_than, now=clock.now()))


@section.get("/<int:letter_id>", access=_ANYBODY)
def letter(letter_id: int) -> Response:
    """Show one letter."""
    _only_in_a_demo()
    with reading() as session:
        row, outgoing = queries.get_letter(session, letter_id)
    return render(LetterPage(letter=row, parts=parts_of(outgoing.text)))


def _only_in_a_demo() -> None:
    if not kernel().settings.demo:
        raise Missing()
