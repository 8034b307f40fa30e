"""The contacts of a campaign: list, import, export, forgetting."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.accounts.rules.elections import day_there
from app.errors import Refused
from app.files.names import sent_name
from app.sealing import Seal
from app.texts import N_
from app.web import wording
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other
from canvassing.contacts.commands import export_contacts, forget_contact
from canvassing.contacts.queries import ContactRow, contacts_of, count_contacts, exports_of
from canvassing.contacts.rules import (
    EXPORTS_WITHIN,
    MOST_EXPORTS,
    check_provenance,
    next_export_at,
    read_contacts,
)
from canvassing.doors.describing import address, words
from canvassing.imports.commands import stage_contacts
from canvassing.imports.forms import ContactsForm
from canvassing.imports.pages import ContactLine, ContactsImportPage, ContactsPage
from canvassing.imports.rules import neutral
from canvassing.imports.views import to_import
from canvassing.pack import DoorPacks, DoorRules
from canvassing.sections import FIELD, MANAGES, field

ON_A_PAGE = 50
MOST_PAGES = 100_000
EXPORTED = (
    "address",
    "flat",
    "first_name",
    "phone",
    "note",
    "do_not_contact",
    "obtained_from",
    "consent_basis",
    "consent_scope",
    "consent_source",
    "consent_on",
)


@field.get(f"{FIELD}/contacts", access=MANAGES)
def contacts(campaign_id: int) -> Response:
    """Show who is kept, where each comes from and what each agreed to."""
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    now = clock.now()
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
        total = count_contacts(session, campaign.id)
        rows = contacts_of(session, campaign.id, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        exported = exports_of(session, viewer().person_id, since=now - EXPORTS_WITHIN)
    free_at = next_export_at(exported, now=now)
    rules = part(DoorPacks)[campaign.pack_id]

    def at(number: int) -> str:
        return url_for("field.contacts", campaign_id=campaign.id, page=number)

    return render(
        ContactsPage(
            lines=tuple(_line(campaign.id, row, rules) for row in rows),
            total=total,
            import_href=url_for("field.import_contacts", campaign_id=campaign.id),
            export_action=url_for("field.export", campaign_id=campaign.id),
            next_export=_moment(free_at, campaign.timezone) if free_at is not None else "",
            most_exports=MOST_EXPORTS,
            earlier=at(page - 1) if page > 1 else "",
            later=at(page + 1) if page * ON_A_PAGE < total else "",
            back=url_for("field.territory", campaign_id=campaign.id),
        )
    )


def _moment(at: datetime, zone: str) -> str:
    return wording.moment(at, current_language(), zone, this_year=clock.now().year)


def _line(campaign_id: int, row: ContactRow, rules: DoorRules) -> ContactLine:
    scope = [words(one.label) for one in rules.scope if one.key in row.consent_scope.split(",")]
    flat = gettext(N_("flat {label}"), label=row.flat) if row.flat else ""
    return ContactLine(
        name=row.first_name,
        address=", ".join(filter(None, (address(row.street, row.house), flat))),
        phone=part(Seal).hint(row.phone_sealed) if row.phone_sealed else "",
        note=row.note,
        keep_away=row.do_not_contact,
        origin=row.obtained_from,
        consent=", ".join(scope),
        consent_on=row.consent_on,
        forget_action=url_for("field.forget", campaign_id=campaign_id, contact_id=row.id),
    )


@field.get(f"{FIELD}/contacts/import", access=MANAGES)
def import_contacts(campaign_id: int) -> Response:
    """Show where contacts are handed in."""
    return render(_import_page(campaign_id, ContactsForm(None)))


@field.post(f"{FIELD}/contacts/import", access=MANAGES)
def hand_in_contacts(campaign_id: int) -> Response:
    """Read contacts and stage them; without their provenance they are refused."""
    form, now = ContactsForm(), clock.now()
    page = _import_page(campaign_id, form)
    if not form.validate_on_submit():
        return render(page, 422)
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
    packs = part(DoorPacks)
    try:
        provenance = form.to_provenance()
        today = day_there(now, campaign.timezone)
        check_provenance(provenance, packs[campaign.pack_id], today=today)
        read = read_contacts(form.to_rows(), country=packs.countries[campaign.pack_id])
    except Refused as error:
        form.refuse(Refused(error.field or "file", error.message, **error.params))
        return render(page, 422)
    with writing() as session:
        number = stage_contacts(
            session,
            viewer(),
            campaign,
            read,
            provenance,
            part(Seal),
            file_name=sent_name(form.file.data.filename or ""),
            now=now,
        )
    return to_import(campaign_id, number)


def _import_page(campaign_id: int, form: ContactsForm) -> ContactsImportPage:
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.FIELD_MANAGE)
    form.offer(part(DoorPacks)[campaign.pack_id])
    return ContactsImportPage(
        form=form,
        action=url_for("field.hand_in_contacts", campaign_id=campaign.id),
        back=url_for("field.contacts", campaign_id=campaign.id),
    )


@field.post(f"{FIELD}/contacts/<int:contact_id>/forget", access=MANAGES)
def forget(campaign_id: int, contact_id: int) -> Response:
    """Delete a contact who does not want to be kept."""
    with writing() as session:
        forget_contact(session, viewer(), campaign_id, contact_id, now=clock.now())
    flash_done(N_("The contact is deleted."))
    return see_other(url_for("field.contacts", campaign_id=campaign_id))


@field.post(f"{FIELD}/contacts/export", access=MANAGES)
def export(campaign_id: int) -> Response:
    """Give the contacts as a table whose cells a spreadsheet never runs."""
    with writing() as session:
        rows = export_contacts(session, viewer(), campaign_id, now=clock.now())
    seal, out = part(Seal), StringIO(newline="")
    table = csv.writer(out)
    table.writerow(EXPORTED)
    for row in rows:
        table.writerow(map(neutral, _cells(row, seal)))
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="contacts.csv"'},
    )


def _cells(row: ContactRow, seal: Seal) -> tuple[str, ...]:
    return (
        f"{row.street}, {row.house}",
        row.flat,
        row.first_name,
        seal.open(row.phone_sealed) if row.phone_sealed else "",
        row.note,
        "yes" if row.do_not_contact else "",
        row.obtained_from,
        row.consent_basis,
        row.consent_scope,
        row.consent_source,
        row.consent_on.isoformat(),
    )
