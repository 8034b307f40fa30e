"""Handing files in, looking through what they hold, taking it in and out again."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Refused
from app.files.names import sent_name
from app.files.storage import FileStore
from app.sealing import Seal
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other
from app.web.templating import use_zone
from canvassing.contacts.rules import ContactEntry
from canvassing.doors.describing import address, counted_doors, counted_entrances
from canvassing.imports.commands import (
    apply_import,
    begin_map,
    drop_import,
    stage_houses,
    undo_import,
)
from canvassing.imports.forms import HousesForm, MapForm
from canvassing.imports.pages import ImportLine, ImportPage, ImportsPage
from canvassing.imports.queries import ImportRow, get_import, imports_of, new_houses
from canvassing.imports.staging import unpack_contacts, unpack_houses
from canvassing.sections import FIELD, MANAGES, field
from canvassing.territory.rules import read_houses

MOST_SAMPLES = 8
KINDS = {
    "table": N_("Buildings from a table"),
    "map": N_("Buildings from a map"),
    "contacts": N_("Contacts"),
}
STATES = {
    "reading": (N_("being read"), "info"),
    "staged": (N_("to be looked through"), "warn"),
    "failed": (N_("could not be read"), "danger"),
    "applied": (N_("taken in"), "done"),
    "undone": (N_("taken out again"), "plain"),
    "dropped": (N_("thrown away"), "plain"),
}
PROBLEMS = {
    "too_large": N_("This extract is too large: cut out the district only."),
    "too_heavy": N_("Reading it took too much time or memory: cut out the district only."),
    "too_many_houses": N_("There are more houses in it than a district has: cut out less."),
    "too_many_doors": N_("There are more doors in it than a district has: cut out less."),
    "no_addresses": N_("No building in it has a street and a number."),
    "broken": N_("This is not an extract of OpenStreetMap, or it is damaged."),
}
SUMS = {
    "buildings": N_("Buildings"),
    "doors": N_("Doors"),
    "contacts": N_("Contacts"),
    "added": N_("New"),
    "known": N_("There already"),
}


@field.get(f"{FIELD}/imports", access=MANAGES)
def imports(campaign_id: int) -> Response:
    """Show where files are handed in."""
    return render(_imports_page(campaign_id, HousesForm(None), MapForm(None, prefix="map-")))


@field.post(f"{FIELD}/imports/buildings", access=MANAGES)
def hand_in_houses(campaign_id: int) -> Response:
    """Read a table of buildings and stage it."""
    form = HousesForm()
    page = _imports_page(campaign_id, form, MapForm(None, prefix="map-"))
    if not form.validate_on_submit():
        return render(page, 422)
    try:
        read = read_houses(form.to_rows())
        with writing() as session:
            campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
            number = stage_houses(
                session,
                viewer(),
                campaign,
                read,
                file_name=sent_name(form.file.data.filename or ""),
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(Refused(error.field or "file", error.message, **error.params))
        return render(page, 422)
    return to_import(campaign_id, number)


@field.post(f"{FIELD}/imports/map", access=MANAGES)
def hand_in_map(campaign_id: int) -> Response:
    """Keep an extract of a map and have it read."""
    form = MapForm(prefix="map-")
    page = _imports_page(campaign_id, HousesForm(None), form)
    if not form.validate_on_submit():
        return render(page, 422)
    try:
        sha256 = part(FileStore).put(form.to_bytes())
    except Refused as error:
        form.refuse(error)
        return render(page, 422)
    with writing() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        number = begin_map(
            session,
            viewer(),
            campaign,
            sha256=sha256,
            file_name=sent_name(form.file.data.filename or ""),
            now=clock.now(),
        )
    return to_import(campaign_id, number)


def to_import(campaign_id: int, import_id: int) -> Response:
    """Send the browser to an import's page."""
    return see_other(url_for("field.show_import", campaign_id=campaign_id, import_id=import_id))


@field.get(f"{FIELD}/imports/<int:import_id>", access=MANAGES)
def show_import(campaign_id: int, import_id: int) -> Response:
    """Show how far an import is, and what it would bring."""
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        use_zone(campaign.timezone)
        row = get_import(session, campaign.id, import_id)
        known = 0
        samples: tuple[str, ...] = ()
        if row.state == "staged" and row.staged:
            if row.kind == "contacts":
                found = unpack_contacts(row.staged, part(Seal))
                samples = tuple(_contact(one) for one in found[:MOST_SAMPLES])
            else:
                houses = unpack_houses(row.staged)
                new, known = new_houses(session, campaign.id, houses)
                samples = tuple(
                    f"{address(one.street, one.house)} · "
                    f"{counted_entrances(len(one.entrances))}, {counted_doors(one.doors)}"
                    for one in new[:MOST_SAMPLES]
                )
    return render(_import_page(campaign, row, samples, known))


def _contact(one: ContactEntry) -> str:
    flat = gettext(N_("flat {label}"), label=one.flat)
    return f"{one.first_name}, {flat}"


def _import_page(
    campaign: CampaignRow, row: ImportRow, samples: tuple[str, ...], known: int
) -> ImportPage:
    def at(endpoint: str) -> str:
        return url_for(endpoint, campaign_id=campaign.id, import_id=row.id)

    counts = {**row.counts, **({"known": known} if known else {})}
    return ImportPage(
        title=gettext(KINDS[row.kind]),
        what=row.file_name,
        state=row.state,
        state_words=gettext(STATES[row.state][0]),
        problem=gettext(PROBLEMS.get(row.problem, PROBLEMS["broken"])) if row.problem else "",
        sums=tuple((gettext(SUMS[name]), n) for name, n in counts.items() if name in SUMS),
        samples=samples,
        wrong=tuple((line, gettext(message, **params)) for line, _, message, params in row.wrong),
        wrong_total=row.wrong_total,
        apply_action=at("field.apply") if row.state == "staged" and row.good else "",
        drop_action=at("field.drop") if row.state in ("staged", "reading") else "",
        undo_action=at("field.undo") if row.state == "applied" else "",
        here=at("field.show_import"),
        back=url_for("field.imports", campaign_id=campaign.id),
    )


@field.post(f"{FIELD}/imports/<int:import_id>/apply", access=MANAGES)
def apply(campaign_id: int, import_id: int) -> Response:
    """Take in what was looked through."""
    with writing() as session:
        added = apply_import(session, viewer(), campaign_id, import_id, part(Seal), now=clock.now())
    flash_done(N_("Taken in. New: {added}."), added=added)
    return to_import(campaign_id, import_id)


@field.post(f"{FIELD}/imports/<int:import_id>/drop", access=MANAGES)
def drop(campaign_id: int, import_id: int) -> Response:
    """Throw away what was handed in."""
    with writing() as session:
        drop_import(session, viewer(), campaign_id, import_id, now=clock.now())
    flash_done(N_("Thrown away. Nothing was taken in."))
    return see_other(url_for("field.imports", campaign_id=campaign_id))


@field.post(f"{FIELD}/imports/<int:import_id>/undo", access=MANAGES)
def undo(campaign_id: int, import_id: int) -> Response:
    """Take out again what an import brought."""
    with writing() as session:
        undo_import(session, viewer(), campaign_id, import_id, now=clock.now())
    flash_done(N_("Undone: what this import brought is gone."))
    return to_import(campaign_id, import_id)


def _imports_page(campaign_id: int, houses: HousesForm, map_form: MapForm) -> ImportsPage:
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        rows = imports_of(session, campaign.id)
    use_zone(campaign.timezone)
    return ImportsPage(
        houses=houses,
        houses_action=url_for("field.hand_in_houses", campaign_id=campaign.id),
        map_form=map_form,
        map_action=url_for("field.hand_in_map", campaign_id=campaign.id),
        contacts_href=url_for("field.import_contacts", campaign_id=campaign.id),
        lines=tuple(
            ImportLine(
                href=url_for("field.show_import", campaign_id=campaign.id, import_id=row.id),
                what=gettext(KINDS[row.kind]),
                state=gettext(STATES[row.state][0]),
                tone=STATES[row.state][1],
                by=row.handed_in_by,
                at=row.handed_in_at,
                note=row.file_name,
            )
            for row in rows
        ),
        back=url_for("field.territory", campaign_id=campaign.id),
    )
