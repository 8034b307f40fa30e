"""A page with nothing on it, for ``mandat bench``: what a request costs before it says anything.

It goes the whole way of every page: access, session, viewer, the frame with its menu. What a real
page takes beyond this is its own; the rest belongs to the framework and the frame.
"""

from __future__ import annotations

from flask import Flask

from app.access import Public

EMPTY_PAGE = "/bench/empty"
EMPTY = (
    '{% extends "shell.html" %}'
    '{% block title %}{{ _("Mandat") }}{% endblock %}'
    '{% block content %}<h1>{{ _("Mandat") }}</h1>{% endblock %}'
)


def add_empty_page(app: Flask) -> None:
    """Add the page to a program that has not answered anything yet."""
    template = app.jinja_env.from_string(EMPTY)
    app.add_url_rule(
        EMPTY_PAGE,
        "bench_empty",
        lambda: template.render(),
        methods=["GET"],
        access=Public(because="there is nothing on it; only the bench has it"),
    )
