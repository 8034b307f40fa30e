"""Catalogues and the language of the current request."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations
from flask import g, has_request_context, request, session

from app.errors import MandatError
from app.web.access import viewer

LANGUAGES = {"ru": "Русский", "en": "English"}
DEFAULT = "ru"
FOLDER = Path(__file__).resolve().parent.parent / "translations"
_present = g._get_current_object
"""What ``g`` stands for just now: to ask ``g`` itself takes as long as all the rest."""


@cache
def catalogue(language: str) -> NullTranslations:
    """Give the merged catalogue of a language; English is the source and needs none."""
    merged: Translations | None = None
    for path in sorted((FOLDER / language).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        loaded = Translations(compiled)
        merged = loaded if merged is None else merged.merge(loaded)
    return merged or NullTranslations()


def current_language() -> str:
    """Give the language of this request: chosen, the person's own, or the browser's."""
    try:
        return _present().language  # type: ignore[no-any-return]
    except (AttributeError, RuntimeError):
        # Chosen only now: a page asks hundreds of times.
        if not has_request_context():
            return DEFAULT
        g.language = _choose()
        return g.language  # type: ignore[no-any-return]


def _choose() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    who = viewer()
    if who.signed_in and who.language in LANGUAGES:
        return who.language
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def fill(message: str, params: dict[str, object]) -> str:
    """Put named parameters into a translated sentence of either style."""
    if not params:
        return message
    return message % params if "%(" in message else message.format(**params)


@lru_cache(maxsize=4096)
def _raw(language: str, message: str) -> str:
    return catalogue(language).ugettext(message)


def translate(language: str, message: str, **params: object) -> str:
    """Translate into a named language (for mails and jobs, which have no request)."""
    return fill(_raw(language, message), params)


@lru_cache(maxsize=4096)
def _raw_plural(language: str, one: str, many: str, n: int) -> str:
    return catalogue(language).ungettext(one, many, n)


def translate_plural(language: str, one: str, many: str, n: int, **params: object) -> str:
    """Translate a counted sentence into a named language; ``num`` is the count."""
    return fill(_raw_plural(language, one, many, n), {"num": n, **params})


def gettext(message: str, **params: object) -> str:
    """Translate for the current reader."""
    return translate(current_language(), message, **params)


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """Translate a counted sentence for the current reader."""
    return translate_plural(current_language(), one, many, n, **params)


def L_(message: str, **params: object) -> str:  # noqa: N802 - a marker like N_.
    """Give a sentence that is translated when it is shown; for labels made at import."""
    return LazyProxy(gettext, message, enable_cache=False, **params)  # type: ignore[return-value]


def say(error: MandatError) -> str:
    """Let a refusal say itself in the reader's language."""
    return gettext(error.message, **error.params)


def raw_translate(language: str, message: str) -> str:
    """Translate into a named language without filling."""
    return _raw(language, message)


def raw_gettext(message: str) -> str:
    """Translate without filling: what Jinja's own gettext extension expects."""
    return _raw(current_language(), message)


def raw_ngettext(one: str, many: str, n: int) -> str:
    """Translate a counted sentence without filling."""
    return _raw_plural(current_language(), one, many, n)
