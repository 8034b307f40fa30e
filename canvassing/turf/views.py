"""Giving out turfs."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.errors import Refused
from app.texts import N_
from app.web import wording
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import current_language
from app.web.pages import flash_done, render, see_other
from canvassing.doors.describing import counted_doors, entrance_title
from canvassing.sections import FIELD, MANAGES, field
from canvassing.territory.queries import entrances_of
from canvassing.turf.commands import assign_turf, end_turf
from canvassing.turf.forms import TurfForm
from canvassing.turf.pages import GivenView, TurfPage
from canvassing.turf.queries import canvassers, turfs


@field.get(f"{FIELD}/turfs", access=MANAGES)
def turf(campaign_id: int) -> Response:
    """Show who walks where, and the form."""
    return render(_page(campaign_id, TurfForm(None)))


@field.post(f"{FIELD}/turfs", access=MANAGES)
def assign(campaign_id: int) -> Response:
    """Give entrances to somebody."""
    form = TurfForm()
    page = _page(campaign_id, form)
    if not form.validate_on_submit():
        return render(page, 422)
    try:
        with writing() as session:
            assign_turf(session, viewer(), campaign_id, form.to_entry(), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(page, 422)
    flash_done(N_("The turf is given out."))
    return see_other(url_for("field.turf", campaign_id=campaign_id))


@field.post(f"{FIELD}/turfs/<int:turf_id>/end", access=MANAGES)
def end(campaign_id: int, turf_id: int) -> Response:
    """Take a turf back."""
    with writing() as session:
        end_turf(session, viewer(), campaign_id, turf_id, now=clock.now())
    flash_done(N_("The turf is taken back. Answers that are still on the way will arrive."))
    return see_other(url_for("field.turf", campaign_id=campaign_id))


def _page(campaign_id: int, form: TurfForm) -> TurfPage:
    who, now = viewer(), clock.now()
    with reading() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.FIELD_MANAGE)
        people = canvassers(session, campaign)
        entrances = entrances_of(session, campaign.id)
        given = turfs(session, who, campaign_id, now=now)
    form.offer(
        people,
        [(row.id, f"{entrance_title(row)} · {counted_doors(n)}") for row, n in entrances],
    )
    return TurfPage(
        form=form,
        turfs=tuple(
            GivenView(
                name=one.name,
                person=one.person_name,
                until=wording.moment(
                    one.expires_at, current_language(), campaign.timezone, this_year=now.year
                ),
                doors=one.doors,
                end_action=url_for("field.end", campaign_id=campaign.id, turf_id=one.id),
            )
            for one in given
        ),
        choices=len(entrances),
        action=url_for("field.assign", campaign_id=campaign.id),
        back=url_for("field.territory", campaign_id=campaign.id),
    )
