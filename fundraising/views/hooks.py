"""Where payment providers send their messages: kept at once, acted on by a job."""

from __future__ import annotations

from flask import Flask, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.errors import Missing
from app.reach import everything
from app.web.database import writing
from app.web.kernel import part
from app.web.routing import Section
from fundraising.commands.payments import keep_event
from fundraising.gateways.protocol import BadMessage, Gateways

SIGNED = Public(because="a payment provider has no account here; its messages are signed")
ANYBODYS = everything("a provider’s message does not say whose gift it is about")
LARGEST_BODY = 512 * 1024

section = Section("hooks", "fundraising")


@section.post("/hooks/<gateway>", access=SIGNED)
def receive(gateway: str) -> Response:
    """Take a message: checked over its raw bytes, kept once, answered after the commit."""
    found = part(Gateways).find(gateway)
    if found is None:
        raise Missing
    if (request.content_length or 0) > LARGEST_BODY:
        return Response("too large", 413, mimetype="text/plain")
    now = clock.now()
    try:
        hint = found.read(request.get_data(cache=False), dict(request.headers), now=now)
    except BadMessage:
        # Nothing about why: whoever forges messages need not learn it.
        return Response("refused", 400, mimetype="text/plain")
    with writing(reach=ANYBODYS) as session:
        keep_event(session, gateway, hint, now=now)
    return Response("kept", 200, mimetype="text/plain")


@section.record
def _open_to_machines(state: BlueprintSetupState) -> None:
    """Let messages in without a form's token and without the brake of visitors.

    They are proved by their signature, and a provider sends many from one address.
    """
    app = state.app
    assert isinstance(app, Flask)
    app.extensions["csrf"].exempt(f"{receive.__module__}.{receive.__name__}")
    for limiter in app.extensions.get("limiter", ()):
        limiter.exempt(receive)
