"""Building the same address once: every page asks for the same dozen of the menu again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context
from flask.globals import request_ctx

REMEMBERED_ADDRESSES = 8192
_KEYED_BY = frozenset({int, str})
"""Types whose equal values are written alike in an address; ``True`` equals 1 and is not."""

_present = request_ctx._get_current_object  # type: ignore[attr-defined]
"""What ``request_ctx`` stands for just now: to ask itself takes as long as all the rest."""

_Place = tuple[str, str, str | None]


class Program(Flask):
    """Flask that remembers the addresses it has built; the map of routes never changes."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._remembered = lru_cache(maxsize=REMEMBERED_ADDRESSES)(self._build)

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """Give the address of an endpoint, exactly as Flask does."""
        adapter = _present().url_adapter if has_request_context() else None
        is_plain = endpoint[:1] != "." and not (_anchor or _method or _scheme or _external)
        if (
            adapter is None
            or not is_plain
            or not all(type(v) in _KEYED_BY for v in values.values())
        ):
            return super().url_for(
                endpoint,
                _anchor=_anchor,
                _method=_method,
                _scheme=_scheme,
                _external=_external,
                **values,
            )
        # All that an address inside the program takes from the request.
        place = (adapter.script_name, adapter.default_method, adapter.subdomain)
        return self._remembered(place, endpoint, tuple(values.items()))

    def _build(self, place: _Place, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))
