"""From rules to words: how doors, answers and coverage look to the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from flask import url_for

from app.texts import N_
from app.web.language import current_language, gettext, ngettext
from canvassing.contacts.queries import Resident
from canvassing.doors.pages import (
    AnswerForm,
    BarView,
    CellView,
    CoverageView,
    FloorView,
    PickView,
)
from canvassing.doors.rules import (
    DO_NOT_CONTACT,
    LEAN_LOOKS,
    LOOKS,
    Coverage,
    DoorState,
    cell_of,
    is_worth_a_knock,
)
from canvassing.pack import DoorRules, Keep, OutcomeKind, Words
from canvassing.territory.queries import DoorRow, EntranceRow

FLAG_WORDS = {
    "do_not_contact": N_("Asked us not to come"),
    "moved": N_("Moved away"),
    "deceased": N_("Has died"),
}
FLAG_SHORT = {
    "do_not_contact": N_("keep away"),
    "moved": N_("moved"),
    "deceased": N_("no visits"),
}


def words(texts: Words) -> str:
    """Give a pack's text in the reader's language, or in whatever it has."""
    return texts.get(current_language()) or next(iter(texts.values()), "")


def address(street: str, house: str) -> str:
    """Give an address as it stands on an envelope."""
    if current_language() == "ru":
        return f"{street}, {house}"
    return f"{house} {street}"


def counted_doors(count: int) -> str:
    """Give a number of doors in words."""
    return ngettext("%(num)s door", "%(num)s doors", count)


def counted_entrances(count: int) -> str:
    """Give a number of entrances in words."""
    return ngettext("%(num)s entrance", "%(num)s entrances", count)


def entrance_title(entrance: EntranceRow) -> str:
    """Give an entrance's address."""
    where = address(entrance.street, entrance.house)
    if not entrance.label:
        return where
    return gettext(N_("{address}, entrance {label}"), address=where, label=entrance.label)


def door_name(door: DoorRow) -> str:
    """Give how a door is called in a sentence."""
    return gettext(N_("flat {label}"), label=door.label) if door.label else gettext(N_("house"))


def word_of(key: str, rules: DoorRules) -> str:
    """Give the word of a cell."""
    table, _, name = key.partition(":")
    if table == "flag":
        return gettext(FLAG_SHORT[name])
    if table == "mark":
        return next((words(one.short) for one in rules.mark if one.key == name), "")
    if table == "level":
        level = rules.find_level(int(name))
        return words(level.short) if level else ""
    outcome = rules.find_outcome(name)
    return words(outcome.short) if outcome else ""


def flags_at(flags: Collection[str], known: Sequence[Resident]) -> frozenset[str]:
    """Give the flags of a door, those its residents asked for in the contacts included."""
    asked = {DO_NOT_CONTACT} if any(one.do_not_contact for one in known) else set()
    return frozenset({*flags, *asked})


def resident_lines(known: Sequence[Resident]) -> tuple[tuple[str, str], ...]:
    """Give first names, each with what there is to know before knocking."""
    return tuple(
        (
            one.first_name,
            gettext(N_("do not contact"))
            if one.do_not_contact
            else one.note or gettext(N_("no talk noted yet")),
        )
        for one in known
    )


def cell_view(
    campaign_id: int,
    door: DoorRow,
    state: DoorState,
    flags: frozenset[str],
    known: Sequence[Resident],
    rules: DoorRules,
) -> CellView:
    """Give a door as it looks in the grid."""
    cell = cell_of(state, flags, rules)
    word = word_of(cell.key, rules) if cell.key else ""
    if not word and known:
        word = gettext(N_("{count} known"), count=len(known))
    return CellView(
        id=door.id,
        href=url_for("field.door", campaign_id=campaign_id, door_id=door.id),
        name=door_name(door),
        label=door.label or gettext(N_("house")),
        look=cell.look,
        word=word,
        next=False,
        residents=resident_lines(known),
        visited=state.visited,
        flagged=not state.visited and not is_worth_a_knock(state, flags),
    )


def floor_views(doors: Sequence[DoorRow], cells: Mapping[int, CellView]) -> tuple[FloorView, ...]:
    """Give the rows of the grid: the top floor first, as one sees a house."""
    by_floor: dict[int | None, list[CellView]] = {}
    for door in doors:
        by_floor.setdefault(door.floor, []).append(cells[door.id])
    known = sorted((floor for floor in by_floor if floor is not None), reverse=True)
    ordered: list[int | None] = [*known, *([None] if None in by_floor else [])]
    return tuple(
        FloorView(label="" if floor is None else str(floor), cells=tuple(by_floor[floor]))
        for floor in ordered
    )


def next_door(doors: Iterable[DoorRow], cells: Mapping[int, CellView], after: int = 0) -> int:
    """Give the next door nobody was at, after this one and then from the start; 0 for none."""
    open_ones = [
        door.id for door in doors if not cells[door.id].visited and not cells[door.id].flagged
    ]
    order = [door.id for door in doors]
    if after in order:
        later = order[order.index(after) + 1 :]
        for number in later:
            if number in open_ones:
                return number
    return next((number for number in open_ones if number != after), 0)


def answer_form(
    rules: DoorRules,
    *,
    outcome: str = "",
    level: int | None = None,
    marks: Collection[str] = (),
    agreed: bool = False,
    error: str = "",
) -> AnswerForm:
    """Give what can be answered at a door, with what is chosen already."""
    return AnswerForm(
        outcomes=tuple(
            PickView(
                value=one.key,
                label=words(one.label),
                look=LOOKS[one.kind],
                word=words(one.short),
                chosen=one.key == outcome,
                answered=one.kind is OutcomeKind.ANSWERED,
            )
            for one in rules.outcome
        ),
        levels=tuple(
            PickView(
                value=str(one.code),
                label=words(one.label),
                look=LEAN_LOOKS[one.lean],
                word=words(one.short),
                chosen=one.code == level,
            )
            for one in rules.level
        ),
        marks=tuple(
            PickView(
                value=one.key,
                label=words(one.label),
                look="for" if one.short else "",
                word=words(one.short) if one.short else "",
                chosen=one.key in marks,
            )
            for one in rules.mark
        ),
        ask=words(rules.opinion.ask),
        agreed=words(rules.opinion.agreed),
        agreed_chosen=agreed,
        why=words(rules.opinion.why),
        kept=rules.opinion.keep is not Keep.AGGREGATE_ONLY,
        error=error,
    )


def coverage_view(found: Coverage, rules: DoorRules) -> CoverageView:
    """Give coverage in words, in the order of the pack."""
    return CoverageView(
        doors=found.doors,
        visited=found.visited,
        talked=found.talked,
        marks=tuple((words(mark.label), found.marks.get(mark.key, 0)) for mark in rules.mark),
        levels=tuple(
            BarView(
                label=f"{level.code} · {words(level.label)}",
                count=found.levels.get(level.code, 0),
                lean=level.lean.value,
            )
            for level in rules.level
        ),
    )
