"""The screens of who leads the field: the territory and how far it is covered."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.errors import Missing
from app.texts import N_
from app.web import wording
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other
from canvassing.contacts.queries import count_contacts
from canvassing.doors.commands.lifting import Disbelief, lift_flag, lift_flags_of
from canvassing.doors.describing import FLAG_WORDS, address, coverage_view, entrance_title
from canvassing.doors.pages import (
    BuildingLine,
    BuildingPage,
    FieldPage,
    FlagsLine,
    FlagsPage,
    StopView,
)
from canvassing.doors.queries.counts import (
    CampaignCover,
    building_cover,
    campaign_cover,
)
from canvassing.doors.queries.flags import FlagsOf, flags_by_person
from canvassing.doors.rules import DoorState, coverage
from canvassing.doors.views import desk_device
from canvassing.pack import DoorPacks
from canvassing.sections import FIELD, MANAGES, READS, field
from canvassing.territory.queries import buildings, entrances_of, get_building
from canvassing.turf.queries import TurfRow, turfs

MOST_BUILDINGS = 400


@field.get(FIELD, access=READS)
def territory(campaign_id: int) -> Response:
    """Show the buildings of the district, what was reached, and who walks where."""
    who, now = viewer(), clock.now()
    with reading() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.FIELD_READ)
        rules = part(DoorPacks)[campaign.pack_id]
        houses = buildings(session, campaign.id)
        cover = campaign_cover(session, campaign.id, rules)
        walks = [
            _turf_line(turf, cover, campaign.timezone)
            for turf in turfs(session, who, campaign.id, now=now)
        ]
        contacts = count_contacts(session, campaign.id)
    counted: dict[int, int] = {}
    for heard in cover.tallies.values():
        for level, count in heard.items():
            counted[level] = counted.get(level, 0) + count
    return render(
        FieldPage(
            district=f"{campaign.council}, {campaign.district_number} {campaign.district_name}",
            coverage=coverage_view(
                coverage(sum(house.doors for house in houses), cover.states.values(), counted),
                rules,
            ),
            buildings=tuple(
                BuildingLine(
                    href=url_for("field.building", campaign_id=campaign.id, building_id=house.id),
                    address=address(house.street, house.house),
                    doors=house.doors,
                    visited=sum(state.visited for state in cover.of_building(house.id)),
                    talked=sum(state.talked for state in cover.of_building(house.id)),
                )
                for house in houses[:MOST_BUILDINGS]
            ),
            turfs=tuple(walks),
            contacts=contacts,
            odd=cover.odd,
            quarantined=cover.quarantined,
            strangers=cover.strangers,
            links=_links(campaign.id),
        )
    )


def _links(campaign_id: int) -> tuple[tuple[str, str, str | None], ...]:
    who = viewer()
    wanted = [(N_("My doors"), "field.walk", N_("The entrances that are yours to walk"))]
    if who.holds(Permission.FIELD_MANAGE):
        wanted += [
            (N_("Give out a turf"), "field.turf", N_("Entrances for somebody, for some days")),
            (N_("Imports"), "field.imports", N_("Buildings and contacts from a file")),
            (N_("Flags at doors"), "field.flags", N_("Who has set them")),
            (N_("Contacts"), "field.contacts", N_("Who agreed to be kept")),
        ]
    return tuple(
        (gettext(label), url_for(endpoint, campaign_id=campaign_id), gettext(note))
        for label, endpoint, note in wanted
    )


def _turf_line(
    turf: TurfRow, cover: CampaignCover, timezone: str
) -> tuple[str, str, str, int, int]:
    until = wording.moment(
        turf.expires_at, current_language(), timezone, this_year=clock.now().year
    )
    visited = sum(state.visited for state in cover.of_turf(turf.id))
    return turf.name, turf.person_name, until, turf.doors, visited


@field.get(f"{FIELD}/buildings/<int:building_id>", access=READS)
def building(campaign_id: int, building_id: int) -> Response:
    """Show a building with its entrances."""
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_READ)
        rules = part(DoorPacks)[campaign.pack_id]
        house = get_building(session, campaign.id, building_id)
        entrances = entrances_of(session, campaign.id, building_id)
        cover = building_cover(session, campaign.id, building_id, rules)
    return render(
        BuildingPage(
            address=address(house.street, house.house),
            back=url_for("field.territory", campaign_id=campaign.id),
            coverage=coverage_view(
                coverage(house.doors, cover.states.values(), cover.heard), rules
            ),
            entrances=tuple(
                StopView(
                    href=url_for("field.entrance", campaign_id=campaign.id, entrance_id=row.id),
                    title=entrance_title(row),
                    doors=doors,
                    visited=_visited(cover.of_entrance(row.id)),
                )
                for row, doors in entrances
            ),
        )
    )


def _visited(states: Iterable[DoorState]) -> int:
    return sum(state.visited for state in states)


@field.post(f"{FIELD}/doors/<int:door_id>/lift/<flag>", access=MANAGES)
def lift(campaign_id: int, door_id: int, flag: str) -> Response:
    """Lift a standing flag, with a reason."""
    if flag not in FLAG_WORDS:
        raise Missing
    with writing() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        lift_flag(
            session,
            viewer(),
            campaign,
            door_id,
            flag,
            reason=request.form.get("reason", ""),
            now=clock.now(),
        )
    flash_done(N_("Noted. This door may be visited again."))
    return see_other(url_for("field.door", campaign_id=campaign_id, door_id=door_id))


@field.get(f"{FIELD}/flags", access=MANAGES)
def flags(campaign_id: int) -> Response:
    """Show who has set the flags that stand."""
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        found = flags_by_person(session, campaign.id)
    return render(
        FlagsPage(
            lines=tuple(_flags_line(campaign.id, one) for one in found),
            back=url_for("field.territory", campaign_id=campaign.id),
        )
    )


def _flags_line(campaign_id: int, found: FlagsOf) -> FlagsLine:
    return FlagsLine(
        id=found.person_id,
        name=found.name,
        total=found.total,
        counts=tuple(f"{gettext(FLAG_WORDS[key])}: {found.counts[key]}" for key in found.counts),
        action=url_for("field.lift_all", campaign_id=campaign_id, person_id=found.person_id),
    )


@field.post(f"{FIELD}/flags/<int:person_id>/lift", access=MANAGES)
def lift_all(campaign_id: int, person_id: int) -> Response:
    """Lift everything that one person's visits have set, with one reason."""
    who, sent = viewer(), request.form
    disbelief = Disbelief(
        person_id=person_id,
        reason=sent.get("reason", ""),
        device=desk_device() if sent.get("visits") == "1" else None,
    )
    with writing() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.FIELD_MANAGE)
        rules = part(DoorPacks)[campaign.pack_id]
        lift_flags_of(session, who, campaign, disbelief, rules, now=clock.now())
    flash_done(N_("Lifted. These doors may be visited again."))
    return see_other(url_for("field.flags", campaign_id=campaign_id))
