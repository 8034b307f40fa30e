"""One log line a request, and the id that ties a person's complaint to it."""

from __future__ import annotations

import logging
import time

from flask import Flask, g, request
from werkzeug.wrappers import Response

from app.ids import new_token
from app.logs import REQUEST_ID, REQUEST_ID_HEADER, accepted_request_id

log = logging.getLogger("mandat.web")
_UNLOGGED = frozenset({"static", "operations.show_health"})


def log_requests(app: Flask, *, trust_proxy: bool = False) -> None:
    """Give every request an id, answer with it, and write a line when it is over.

    ``trust_proxy`` takes over the id a reverse proxy has sent along.
    """

    @app.before_request
    def begin() -> None:
        offered = request.headers.get(REQUEST_ID_HEADER) if trust_proxy else None
        g.request_id = accepted_request_id(offered) or new_token()[:16]
        g.request_began = time.perf_counter()
        g.request_context = REQUEST_ID.set(g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        if "request_id" in g:
            response.headers[REQUEST_ID_HEADER] = g.request_id
            if request.endpoint not in _UNLOGGED:
                _write(response.status_code)
        return response

    @app.teardown_request
    def forget(error: BaseException | None) -> None:
        token = g.pop("request_context", None)
        if token is not None:
            REQUEST_ID.reset(token)


def _write(status: int) -> None:
    log.info(
        "request",
        extra={
            "method": request.method,
            # The template of the address: an address itself may hold a secret or a name.
            "route": request.url_rule.rule if request.url_rule else None,
            "status": status,
            "ms": round((time.perf_counter() - g.request_began) * 1000, 1),
        },
    )
