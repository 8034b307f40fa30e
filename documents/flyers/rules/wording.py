"""The imprint's own sentences, and days as the flyer says them, in the election's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.calendar import wording_en, wording_ru
from documents.flyers.rules.content import parse_count, parse_day
from documents.flyers.shape import FieldKind, Imprint, ImprintWording

GAP = "…"
_MONTHS = {"ru": wording_ru.MONTHS, "en": wording_en.MONTHS}


def imprint_text(imprint: Imprint, wording: ImprintWording, values: Mapping[str, str]) -> str:
    """Give the imprint in its sentences; what is missing shows as a gap."""
    told = {field.key: _told(field.kind, values.get(field.key, "")) for field in imprint.field}
    for field in imprint.field:
        told[field.key] = told[field.key] or GAP
    sentences = wording.alone if wording.alone and _alone(imprint, values) else wording.text
    return sentences.format(**told).replace("..", ".")


def _alone(imprint: Imprint, values: Mapping[str, str]) -> bool:
    named = {" ".join(values.get(key, "").casefold().split()) for key in imprint.same}
    return len(named) == 1 and "" not in named


def _told(kind: FieldKind, value: str) -> str:
    if kind is FieldKind.DATE:
        day = parse_day(value)
        return f"{day:%d.%m.%Y}" if day else ""
    if kind is FieldKind.COUNT:
        count = parse_count(value)
        return f"{count:,}".replace(",", "\u00a0") if count else ""
    return value.rstrip(".")


def day_in_words(day: date, language: str) -> str:
    """Give a day as the flyer says it: "13 сентября", "7 May"."""
    return f"{day.day}\u00a0{_MONTHS[language][day.month - 1]}"
