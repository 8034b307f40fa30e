"""The filters of the overview: read from the address or a form, and kept in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from app.texts import N_
from app.web.language import gettext
from documents.overview.pages import Choice
from documents.overview.queries import AnySurvey
from documents.overview.rules import Place

LONGEST = 100
DUES: Mapping[str, tuple[str, int]] = {
    # For each choice: its words, and how many days ahead it looks; -1: what is past.
    "past": (N_("legal day is past"), -1),
    "7": (N_("within 7 days"), 7),
    "14": (N_("within 14 days"), 14),
    "30": (N_("within 30 days"), 30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of all papers is looked at, as the address says."""

    pack: str
    kind: str
    place: Place
    organisation_id: int | None
    due: str

    def kinds(self, found: AnySurvey) -> frozenset[str]:
        """Give the kinds of paper that the filters leave."""
        return frozenset(
            kind
            for kind in found.kinds
            if (not self.kind or kind == self.kind) and self._is_due(found, kind)
        )

    def _is_due(self, found: AnySurvey, kind: str) -> bool:
        if not self.due:
            return True
        ahead = DUES[self.due][1]
        left = found.days_left(kind)
        if ahead < 0:
            return any(days < 0 for days in left)
        return any(0 <= days <= ahead for days in left)

    def narrowed(self, **changes: object) -> dict[str, object]:
        """Give the filters as the address has them, some of them changed."""
        return {
            "pack": self.pack,
            "kind": self.kind,
            "organisation": self.organisation_id or "",
            "due": self.due,
            **changes,
        }


def wanted() -> Wanted:
    """Read the filters; what can't be one is left out."""
    place, due, organisation = _text("state"), _text("due"), _text("organisation")
    is_number = organisation.isascii() and organisation.isdigit() and len(organisation) < 16
    return Wanted(
        pack=_text("pack"),
        kind=_text("kind"),
        place=Place(place) if place in set(Place) else Place.MISSING,
        organisation_id=int(organisation) if is_number else None,
        due=due if due in DUES else "",
    )


def _text(name: str) -> str:
    return request.values.get(name, "")[:LONGEST].strip()


def address(endpoint: str, values: Mapping[str, object]) -> str:
    """Give an address with these filters; empty ones are left out."""
    query = urlencode({key: str(value) for key, value in values.items() if value})
    return url_for(endpoint) + (f"?{query}" if query else "")


def organisation_choices(names: Mapping[int, str], chosen: int | None) -> tuple[Choice, ...]:
    """Give the entries of the filter by organisation."""
    return _choices(
        ((str(number), name) for number, name in names.items()),
        str(chosen or ""),
        gettext("all organisations"),
    )


def due_choices(chosen: str) -> tuple[Choice, ...]:
    """Give the entries of the filter by legal day."""
    return _choices(
        ((key, gettext(words)) for key, (words, _) in DUES.items()), chosen, gettext("any day")
    )


def kind_choices(titles: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    """Give the entries of the filter by kind of paper."""
    return _choices(titles.items(), chosen, gettext("all papers"))


def _choices(entries: Iterable[tuple[str, str]], chosen: str, every: str) -> tuple[Choice, ...]:
    found = [Choice(value="", label=every, chosen=not chosen)]
    found += [Choice(value=key, label=label, chosen=key == chosen) for key, label in entries]
    return tuple(found)
