"""The screens of who goes from door to door: the walk, the grid of an entrance, a door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Refused
from app.texts import N_
from app.web import wording
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, render, see_other
from app.web.templating import use_zone
from canvassing.contacts.queries import Resident, residents
from canvassing.doors.commands.noting import NotedHere, note_visit, retract_visit
from canvassing.doors.describing import (
    FLAG_WORDS,
    answer_form,
    cell_view,
    door_name,
    entrance_title,
    flags_at,
    floor_views,
    next_door,
    resident_lines,
    words,
)
from canvassing.doors.pages import (
    AnswerForm,
    CellView,
    DoorPage,
    GridPage,
    StopView,
    SyncView,
    TurfView,
    WalkPage,
)
from canvassing.doors.queries.observations import flags_of, observations_of_doors
from canvassing.doors.rules import NOBODY_CAME, DoorState, Observation, fold_all
from canvassing.pack import DoorPacks, DoorRules
from canvassing.sections import FIELD, WALKS, field
from canvassing.territory.queries import (
    DoorRow,
    EntranceRow,
    doors_of_entrance,
    get_door,
    get_entrance,
)
from canvassing.turf.queries import TurfRow, own_turfs, stops, turf_of_entrance

DESK_DEVICES = UUID("6f0c6c52-0d0a-4f39-9a55-6d616e646174")
"""Makes the device under which a person's answers without a script are counted."""
MOST_HISTORY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """An entrance with everything that is known about its doors."""

    campaign: CampaignRow
    rules: DoorRules
    entrance: EntranceRow
    turf: TurfRow | None
    doors: list[DoorRow]
    states: dict[int, DoorState]
    flags: dict[int, frozenset[str]]
    known: dict[int, list[Resident]]
    observations: list[Observation]
    place: tuple[int, int]
    """Which entrance of the turf this is, and of how many; zeros outside a turf."""

    @property
    def cells(self) -> dict[int, CellView]:
        """Give the cells of the grid, the next door marked."""
        found = {
            door.id: cell_view(
                self.campaign.id,
                door,
                self.states.get(door.id, NOBODY_CAME),
                self.flags[door.id],
                self.known.get(door.id, []),
                self.rules,
            )
            for door in self.doors
        }
        following = next_door(self.doors, found)
        if following:
            found[following] = replace(found[following], next=True)
        return found


@field.get(f"{FIELD}/walk", access=WALKS)
def walk(campaign_id: int) -> Response:
    """Show whose turn it is where: the viewer's turfs and their entrances."""
    now = clock.now()
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.DOORS_WORK)
        rules = part(DoorPacks)[campaign.pack_id]
        use_zone(campaign.timezone)
        turfs = tuple(
            _turf_view(session, campaign, rules, turf)
            for turf in own_turfs(session, viewer(), campaign_id, now=now)
        )
    reads = viewer().may(Permission.FIELD_READ, campaign.scope)
    return render(
        WalkPage(
            turfs=turfs,
            rules=tuple(words(rule.text) for rule in rules.rule),
            field_href=url_for("field.territory", campaign_id=campaign_id) if reads else "",
            sync=_sync(campaign_id, None),
        )
    )


def _sync(campaign_id: int, turf: TurfRow | None) -> SyncView:
    return SyncView(
        url=url_for("doors.sync", campaign_id=campaign_id),
        owner=f"{campaign_id}:{viewer().person_id}",
        turf_id=turf.id if turf else None,
    )


def _turf_view(
    session: Session, campaign: CampaignRow, rules: DoorRules, turf: TurfRow
) -> TurfView:
    lines = []
    for stop in stops(session, campaign.id, turf.id):
        doors = doors_of_entrance(session, campaign.id, stop.entrance_id)
        states = _states(session, campaign.id, doors, rules)[0]
        entrance = EntranceRow(
            id=stop.entrance_id,
            label=stop.label,
            building_id=stop.building_id,
            street=stop.street,
            house=stop.house,
        )
        lines.append(
            StopView(
                href=url_for("field.entrance", campaign_id=campaign.id, entrance_id=entrance.id),
                title=entrance_title(entrance),
                doors=len(doors),
                visited=sum(state.visited for state in states.values()),
            )
        )
    return TurfView(
        name=turf.name,
        until=wording.moment(
            turf.expires_at, current_language(), campaign.timezone, this_year=clock.now().year
        ),
        doors=sum(line.doors for line in lines),
        visited=sum(line.visited for line in lines),
        stops=tuple(lines),
    )


@field.get(f"{FIELD}/entrances/<int:entrance_id>", access=WALKS)
def entrance(campaign_id: int, entrance_id: int) -> Response:
    """Show the doors of an entrance as a grid."""
    with reading() as session:
        standing = _standing(session, campaign_id, entrance_id)
    return render(_grid(standing))


def _grid(standing: _Standing) -> GridPage:
    cells, campaign = standing.cells, standing.campaign
    following = next((cell for cell in cells.values() if cell.next), None)
    shown = next((mark for mark in standing.rules.mark if mark.short), None)
    marked = sum(
        shown is not None and shown.key in state.marks for state in standing.states.values()
    )
    reads = viewer().may(Permission.FIELD_READ, campaign.scope)
    back = (
        url_for(
            "field.building", campaign_id=campaign.id, building_id=standing.entrance.building_id
        )
        if reads and standing.turf is None
        else url_for("field.walk", campaign_id=campaign.id)
    )
    return GridPage(
        title=entrance_title(standing.entrance),
        kicker=_kicker(standing),
        back=back,
        floors=floor_views(standing.doors, cells),
        total=len(cells),
        visited=sum(cell.visited for cell in cells.values()),
        talked=sum(state.talked for state in standing.states.values()),
        marks=marked,
        mark_word=words(shown.short) if shown else "",
        next=following,
        form=answer_form(standing.rules),
        sync=_sync(campaign.id, standing.turf),
        rules=tuple(words(rule.text) for rule in standing.rules.rule),
    )


def _kicker(standing: _Standing) -> str:
    if standing.turf is None:
        return standing.campaign.title
    place, of = standing.place
    return gettext(N_("{turf} · entrance {n} of {of}"), turf=standing.turf.name, n=place, of=of)


def _standing(session: Session, campaign_id: int, entrance_id: int) -> _Standing:
    now, who = clock.now(), viewer()
    campaign = get_campaign(session, who, campaign_id, Permission.DOORS_WORK)
    turf = turf_of_entrance(session, who, campaign, entrance_id, now=now)
    found = get_entrance(session, campaign.id, entrance_id)
    rules = part(DoorPacks)[campaign.pack_id]
    doors = doors_of_entrance(session, campaign.id, entrance_id)
    numbers = [door.id for door in doors]
    states, observations = _states(session, campaign.id, doors, rules)
    flags = flags_of(session, campaign.id, numbers)
    known = residents(session, campaign.id, numbers)
    walk_list = [stop.entrance_id for stop in stops(session, campaign.id, turf.id)] if turf else []
    use_zone(campaign.timezone)
    return _Standing(
        campaign=campaign,
        rules=rules,
        entrance=found,
        turf=turf,
        doors=doors,
        states=states,
        flags={
            number: flags_at(flags.get(number, ()), known.get(number, [])) for number in numbers
        },
        known=known,
        observations=observations,
        place=(walk_list.index(entrance_id) + 1, len(walk_list)) if walk_list else (0, 0),
    )


def _states(
    session: Session, campaign_id: int, doors: list[DoorRow], rules: DoorRules
) -> tuple[dict[int, DoorState], list[Observation]]:
    observations = observations_of_doors(session, campaign_id, [door.id for door in doors])
    return fold_all(observations, rules), observations


@field.get(f"{FIELD}/doors/<int:door_id>", access=WALKS)
def door(campaign_id: int, door_id: int) -> Response:
    """Show a door: who is known there, and the form."""
    with reading() as session:
        standing = _at_door(session, campaign_id, door_id)
    return render(_door_page(standing, door_id, answer_form(standing.rules)))


def _at_door(session: Session, campaign_id: int, door_id: int) -> _Standing:
    campaign = get_campaign(session, viewer(), campaign_id, Permission.DOORS_WORK)
    return _standing(session, campaign_id, get_door(session, campaign.id, door_id).entrance_id)


def _door_page(standing: _Standing, door_id: int, form: AnswerForm) -> DoorPage:
    campaign, cells = standing.campaign, standing.cells
    row = next(one for one in standing.doors if one.id == door_id)
    following = next_door(standing.doors, cells, after=door_id)
    kicker = entrance_title(standing.entrance)
    if row.floor is not None:
        kicker = gettext(N_("{address} · floor {floor}"), address=kicker, floor=row.floor)
    leads = viewer().may(Permission.FIELD_MANAGE, campaign.scope)
    name = door_name(row)
    return DoorPage(
        title=name[:1].upper() + name[1:],
        kicker=kicker,
        back=url_for("field.entrance", campaign_id=campaign.id, entrance_id=standing.entrance.id),
        action=url_for("field.note", campaign_id=campaign.id, door_id=door_id),
        observation=str(uuid4()),
        residents=resident_lines(standing.known.get(door_id, [])),
        word=cells[door_id].word,
        flags=tuple(
            (
                gettext(FLAG_WORDS[flag]),
                url_for("field.lift", campaign_id=campaign.id, door_id=door_id, flag=flag)
                if leads
                else "",
            )
            for flag in sorted(standing.flags[door_id])
        ),
        history=_history(standing, door_id, leads=leads),
        form=form,
        button=gettext(N_("Save, then {door}"), door=cells[following].name)
        if following
        else gettext(N_("Save")),
    )


def _history(standing: _Standing, door_id: int, *, leads: bool) -> tuple[tuple[str, str, str], ...]:
    """Give what was noted here: to who leads all of it, to others what is their own."""
    gone = {one.of for one in standing.observations if one.kind == "retraction"}
    lines = []
    for one in reversed(standing.observations):
        own = one.person_id == viewer().person_id
        if one.door_id != door_id or one.of is not None or not (leads or own):
            continue
        outcome = standing.rules.find_outcome(one.outcome)
        said = words(outcome.label) if outcome else one.outcome
        if one.observation in gone:
            said = gettext(N_("{outcome} (taken back)"), outcome=said)
        lines.append(
            (
                wording.moment(
                    one.at,
                    current_language(),
                    standing.campaign.timezone,
                    this_year=clock.now().year,
                ),
                said,
                url_for(
                    "field.retract",
                    campaign_id=standing.campaign.id,
                    door_id=door_id,
                    observation=str(one.observation),
                )
                if one.observation not in gone
                else "",
            )
        )
    return tuple(lines[:MOST_HISTORY])


@field.post(f"{FIELD}/doors/<int:door_id>", access=WALKS)
def note(campaign_id: int, door_id: int) -> Response:
    """Note a visit without a script, and go on to the next door."""
    now, who = clock.now(), viewer()
    noted = _noted(door_id)
    try:
        with writing() as session:
            standing = _at_door(session, campaign_id, door_id)
            note_visit(session, who, standing.campaign, noted, standing.rules, now=now)
    except Refused as error:
        with reading() as session:
            standing = _at_door(session, campaign_id, door_id)
        form = answer_form(
            standing.rules,
            outcome=noted.outcome,
            level=noted.support,
            marks=noted.marks,
            agreed=noted.agreed,
            error=say(error),
        )
        return render(_door_page(standing, door_id, form), 422)
    following = next_door(standing.doors, standing.cells, after=door_id)
    if following:
        return see_other(url_for("field.door", campaign_id=campaign_id, door_id=following))
    return see_other(
        url_for("field.entrance", campaign_id=campaign_id, entrance_id=standing.entrance.id)
    )


def _noted(door_id: int) -> NotedHere:
    sent = request.form
    return NotedHere(
        observation=sent.get("observation", ""),
        device=desk_device(),
        door_id=door_id,
        outcome=sent.get("outcome", ""),
        support=sent.get("support", type=int),
        marks=tuple(sent.getlist("marks")),
        agreed=sent.get("agreed") == "1",
    )


def desk_device() -> UUID:
    """Give the device under which what the viewer notes here without a script is counted."""
    return uuid5(DESK_DEVICES, f"{(request.view_args or {})['campaign_id']}:{viewer().person_id}")


@field.post(f"{FIELD}/doors/<int:door_id>/retract/<uuid:observation>", access=WALKS)
def retract(campaign_id: int, door_id: int, observation: UUID) -> Response:
    """Take a visit back: one's own, or anybody's for who leads."""
    with writing() as session:
        standing = _at_door(session, campaign_id, door_id)
        retract_visit(
            session,
            viewer(),
            standing.campaign,
            door_id,
            observation,
            standing.rules,
            device=desk_device(),
            now=clock.now(),
        )
    flash_done(N_("The visit is taken back. It stays in the history."))
    return see_other(url_for("field.door", campaign_id=campaign_id, door_id=door_id))
