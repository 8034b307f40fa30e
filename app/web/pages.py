"""Pages: a template's context is a frozen dataclass, and nothing else reaches the template."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from flask import current_app, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from app.web.language import gettext


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The base of all pages; ``template`` names the file that shows exactly these fields."""

    template: ClassVar[str]


def fields_of(page: Page) -> dict[str, object]:
    """Give the page's fields by name, values untouched."""
    return {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}


def markup(page: Page) -> str:
    """Give the page as HTML."""
    return current_app.jinja_env.get_template(page.template).render(fields_of(page))


def render(page: Page, status: int = 200) -> Response:
    """Answer with a page."""
    return make_response(markup(page), status)


def see_other(location: str) -> Response:
    """Send the browser on after a POST."""
    return redirect(location, 303)


def flash_done(message: str, **params: object) -> None:
    """Say on the next page that something was done; ``message`` is marked with N_."""
    flash(gettext(message, **params), "done")


def flash_warn(message: str, **params: object) -> None:
    """Say on the next page that something needs attention."""
    flash(gettext(message, **params), "warn")


def is_fragment() -> bool:
    """Say whether htmx asks for a part of a page; the responder sets Vary for it."""
    return request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted")
