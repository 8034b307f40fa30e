"""Jinja as we use it: strict, translated, with our filters and without Flask's own globals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import Flask, g, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from app import clock
from app.web import wording
from app.web.access import SIGN_IN, SIGN_OUT, viewer
from app.web.assets import asset
from app.web.compiled import CompiledOnce
from app.web.kernel import kernel, part
from app.web.language import LANGUAGES, current_language, raw_gettext, raw_ngettext
from app.web.navigation import Navigation, NavItem
from app.web.quick import use_quick_drawing
from app.web.way_back import page_of_the_form

NavEntry = tuple[str, str, bool, str | None, int | None]
"""Label, address, whether it is the present one, icon, count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What every page shows around its content."""

    language: str
    languages: tuple[tuple[str, str, str], ...]
    theme: str
    viewer_name: str | None
    owner: str
    """Whose texts a browser may put back on the page; empty for a visitor."""
    viewer_note: str | None
    home: str
    nav: tuple[NavEntry, ...]
    personal: tuple[tuple[str, str, str], ...]
    sign_in: str
    sign_out: str
    demo: bool
    flashes: tuple[tuple[str, str], ...]


def shell() -> Shell:
    """Give the shell of the current page; flashes are taken, so call it once a page."""
    who = viewer()
    # Asked once for both menus: the providers build addresses.
    entries = part(Navigation).entries(who)
    return Shell(
        language=current_language(),
        languages=tuple(
            (code, name, url_for("shell.language", code=code, next=_here()))
            for code, name in LANGUAGES.items()
        ),
        theme=who.theme,
        viewer_name=who.name if who.signed_in else None,
        owner=str(who.person_id) if who.signed_in else "",
        viewer_note=None,
        home="/",
        nav=_nav(tuple(item for item in entries if not item.personal)),
        personal=tuple(
            (raw_gettext(item.label), item.href, item.icon or "")
            for item in entries
            if item.personal
        ),
        sign_in=url_for(SIGN_IN),
        sign_out=url_for(SIGN_OUT),
        demo=kernel().settings.demo,
        flashes=tuple(_flashes()),
    )


def _here() -> str:
    """Give the address to come back to; a refused form's own address takes no GET."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return page_of_the_form() or "/"


def _flashes() -> list[tuple[str, str]]:
    return cast(list[tuple[str, str]], get_flashed_messages(with_categories=True))


def _nav(items: tuple[NavItem, ...]) -> tuple[NavEntry, ...]:
    here = request.path
    matching = [
        (len(address), item.href)
        for item in items
        for address in item.addresses
        if f"{here}/".startswith(f"{address}/")
    ]
    current = max(matching, default=(0, ""))[1]
    return tuple(
        (raw_gettext(item.label), item.href, item.href == current, item.icon, item.count)
        for item in items
    )


def csrf_field() -> Markup:
    """Give the hidden field that every form carries."""
    # Once made it stands there, and a page has many forms.
    token = escape(g.get("csrf_token") or generate_csrf())
    return Markup(f'<input type="hidden" name="csrf_token" value="{token}">')  # noqa: S704


def use_zone(zone: str) -> None:
    """Show the times of this request in an election's zone."""
    g.zone = zone


def current_zone() -> str:
    """Give the zone of this request."""
    return str(g.get("zone") or kernel().settings.timezone)


def _today() -> date:
    return clock.now().date()


FILTERS: dict[str, Callable[..., object]] = {
    "day": lambda v: wording.day(v, current_language(), this_year=_today().year),
    "day_short": lambda v: wording.day_short(v, current_language()),
    "moment": lambda v, zone=None: wording.moment(
        v, current_language(), zone or current_zone(), this_year=_today().year
    ),
    "clock": lambda v, zone=None: wording.clock_time(v, current_language(), zone or current_zone()),
    "money": lambda v, currency: wording.money(v, currency, current_language()),
    "number": lambda v: wording.number(v, current_language()),
    "ago": lambda v, now: wording.span(now - v, current_language()),
    "days_left": lambda v, today: wording.days_left(v, today, current_language()),
    "days": lambda v: wording.days(v, current_language()),
    "iso": lambda v: v.isoformat() if isinstance(v, date | datetime) else escape(v),
}


def use_templating(app: Flask) -> None:
    """Set Jinja up."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(raw_gettext, raw_ngettext, newstyle=True)  # type: ignore[attr-defined]
    use_quick_drawing(env)
    env.bytecode_cache = CompiledOnce()
    for name in ("config", "request", "session", "g", "get_flashed_messages"):
        env.globals.pop(name, None)
    env.globals.update(asset=asset, shell=shell, csrf_field=csrf_field)
    env.filters.update(FILTERS)
