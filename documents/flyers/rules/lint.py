"""What is wrong with a flyer: the imprint the law wants, places that overflow, signs without type.

Each finding names the field it is mended in. A finding that blocks keeps the flyer from review.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.texts import N_
from documents.flyers.rules.content import Content, parse_count, parse_day, unprintable
from documents.flyers.rules.numbers import has_postcode, is_inn
from documents.flyers.shape import Check, FlyerTemplate, Imprint, ImprintRule
from documents.sheets import Fitted

LEAST_PPI = 200
PHOTO_INCHES = (154 / 25.4, 125 / 25.4)
"""How large the photo is printed, bleed included."""
PRINTED_PPI = 300
PHOTO_PX = (
    math.ceil(PHOTO_INCHES[0] * PRINTED_PPI),
    math.ceil(PHOTO_INCHES[1] * PRINTED_PPI),
)
"""As many points as paper shows: a photo is kept no larger than it takes to cover these."""
MOST_ON_FRONT = 0.6
YES = "yes"
PHOTO = "photo"
IMPRINT_PLACE = "imprint"
CARD_PLACE = "card_imprint"

SLOT_EMPTY = N_("This place is empty; the flyer needs it.")
SLOT_TOO_LONG = N_("Too long: {count} signs, at most {most}.")
SLOT_OVERFLOWS = N_("This text does not fit its place, even in small type.")
SLOT_SIGN = N_("The fonts for print do not have the sign “{sign}”.")
PHOTO_SMALL = N_("The photo has too few points: printed, they are {ppi} an inch.")
IMPRINT_OVERFLOWS = N_("The imprint does not fit its place.")
LINK_WRONG = N_("This is not a web address.")
MEND_EMPTY = N_("Fill it in.")
MEND_SHORTER = N_("Shorten it.")
MEND_SIGN = N_("Take the sign out or write it in words.")
MEND_PHOTO = N_("Take the original photo, not one from a messenger: at least {width} × {height}.")
MEND_IMPRINT = N_("Shorten the names and addresses in the imprint.")
MEND_LINK = N_("Write it as https://example.org or example.org.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: where, what, and how; ``rule`` names the law's rule if it is one."""

    field: str
    blocks: bool
    says: str = ""
    mend: str = ""
    params: tuple[tuple[str, str | int], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that findings depend on."""

    content: Content
    template: FlyerTemplate
    imprint: Imprint
    candidate: str
    today: date
    fitted: Sequence[Fitted] = ()
    """How the press fitted the texts; empty while it is at work."""


def findings(asked: Asked) -> tuple[Finding, ...]:
    """Give everything to mend: what blocks first, each part in the order of the form."""
    found = (*_slots(asked), *_photo(asked), *_rules(asked), *_places(asked))
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def blocking(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that keep a flyer from review."""
    return tuple(finding for finding in found if finding.blocks)


def _slots(asked: Asked) -> Iterator[Finding]:
    for slot in asked.template.slot:
        text = asked.content.slot(slot.key)
        if not text and slot.required:
            yield _own(slot.key, SLOT_EMPTY, MEND_EMPTY)
        if len(text) > slot.max:
            yield _own(slot.key, SLOT_TOO_LONG, MEND_SHORTER, count=len(text), most=slot.max)
        if sign := unprintable(text):
            yield _own(slot.key, SLOT_SIGN, MEND_SIGN, sign=sign)
        if slot.kind == "link" and text and not is_web_address(text):
            yield _own(slot.key, LINK_WRONG, MEND_LINK)
    for field in asked.imprint.field:
        text = asked.content.imprint.get(field.key, "")
        if sign := unprintable(text):
            yield _own(field.key, SLOT_SIGN, MEND_SIGN, sign=sign)
        if len(text) > field.max:
            yield _own(field.key, SLOT_TOO_LONG, MEND_SHORTER, count=len(text), most=field.max)


def is_web_address(text: str) -> bool:
    """Say whether a text can be printed and read as a web address."""
    bare = text.removeprefix("https://").removeprefix("http://")
    host = bare.split("/", 1)[0]
    return (
        "." in host.strip(".")
        and not any(sign.isspace() or sign in '<>"\\@:' for sign in bare)
        and ".." not in host
    )


def _photo(asked: Asked) -> Iterator[Finding]:
    photo = asked.content.photo
    if photo is None:
        return
    width, height = PHOTO_INCHES
    # The photo covers its place: the side that is short of points decides.
    ppi = int(min(photo.width / width, photo.height / height))
    if ppi < LEAST_PPI:
        yield Finding(
            field=PHOTO,
            blocks=False,
            says=PHOTO_SMALL,
            mend=MEND_PHOTO,
            params=(
                ("ppi", ppi),
                ("width", round(width * LEAST_PPI)),
                ("height", round(height * LEAST_PPI)),
            ),
        )


def _places(asked: Asked) -> Iterator[Finding]:
    keys = {slot.key for slot in asked.template.slot}
    for place in asked.fitted:
        if not place.overflows:
            continue
        if place.name in keys:
            yield _own(place.name, SLOT_OVERFLOWS, MEND_SHORTER)
        elif place.name in (IMPRINT_PLACE, CARD_PLACE):
            yield _own(asked.imprint.field[0].key, IMPRINT_OVERFLOWS, MEND_IMPRINT)


def _own(field: str, says: str, mend: str, **params: str | int) -> Finding:
    return Finding(field=field, blocks=True, says=says, mend=mend, params=tuple(params.items()))


def _rules(asked: Asked) -> Iterator[Finding]:
    for rule in asked.imprint.rule:
        if rule.photo and asked.content.photo is None:
            continue
        if not CHECKS[rule.check](asked, rule):
            yield Finding(field=rule.field, blocks=rule.blocks, rule=rule.key)


def _value(asked: Asked, rule: ImprintRule) -> str:
    return asked.content.imprint.get(rule.field, "")


def _filled(asked: Asked, rule: ImprintRule) -> bool:
    return any(sign.isalnum() for sign in _value(asked, rule))


def _inn(asked: Asked, rule: ImprintRule) -> bool:
    return is_inn(_value(asked, rule))


def _count(asked: Asked, rule: ImprintRule) -> bool:
    return parse_count(_value(asked, rule)) is not None


def _date(asked: Asked, rule: ImprintRule) -> bool:
    return parse_day(_value(asked, rule)) is not None


def _not_future(asked: Asked, rule: ImprintRule) -> bool:
    day = parse_day(_value(asked, rule))
    return day is None or day <= asked.today


def _ticked(asked: Asked, rule: ImprintRule) -> bool:
    return _value(asked, rule) == YES


def _postcode(asked: Asked, rule: ImprintRule) -> bool:
    value = _value(asked, rule)
    return not value or has_postcode(value)


def _names_candidate(asked: Asked, rule: ImprintRule) -> bool:
    value = _value(asked, rule).casefold()
    return not value or all(word in value for word in asked.candidate.casefold().split())


def _imprint_side(asked: Asked, rule: ImprintRule) -> bool:
    """Say whether most of the text is on the back, where the layout puts the imprint."""
    sides = {"front": 0, "back": 0}
    for slot in asked.template.slot:
        sides[slot.side] += len(asked.content.slot(slot.key))
    return sides["front"] <= MOST_ON_FRONT * (sides["front"] + sides["back"])


def _reminder(asked: Asked, rule: ImprintRule) -> bool:
    return False


CHECKS: Mapping[Check, Callable[[Asked, ImprintRule], bool]] = {
    Check.FILLED: _filled,
    Check.INN: _inn,
    Check.COUNT: _count,
    Check.DATE: _date,
    Check.NOT_FUTURE: _not_future,
    Check.TICKED: _ticked,
    Check.POSTCODE: _postcode,
    Check.NAMES_CANDIDATE: _names_candidate,
    Check.IMPRINT_SIDE: _imprint_side,
    Check.REMINDER: _reminder,
}
