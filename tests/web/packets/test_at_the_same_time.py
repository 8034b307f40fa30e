"""Two transactions on one campaign: what is written of packets and papers is right after both."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts.events import DistrictsChanged
from app.accounts.models import Campaign, District
from app.accounts.queries import find_campaign
from app.config import Settings
from app.db import record
from documents.overview.keeping import due_campaigns, keep
from documents.packets.commands import assembling
from documents.packets.holding import hold_campaigns, look_again, wrong_packets
from documents.packets.models import Packet
from documents.packets.rules.contents import Purpose
from documents.packets.standing import Contents, contents_of
from documents.paperwork.models import PaperScan
from documents.press.client import Press
from tests import builders
from tests.meanwhile import begin
from tests.web.packets.program import ask, desk_of, issue, make_ready, papers_of, work
from tests.web.portal import Portal


def look(session: Session, portal: Portal) -> Contents:
    """Read what the packet would be made of, as the view does."""
    campaign = find_campaign(session, portal.campaigns["anna"])
    assert campaign is not None
    desk = desk_of(portal)
    pack, rule = desk.packs.packet(portal.pack_id, "nomination")
    return contents_of(session, desk, campaign, pack, rule, clock.now())


def put_together(session: Session, portal: Portal, contents: Contents) -> None:
    assembling.assemble(
        session,
        builders.the_viewer(session, portal.people["anna"]),
        contents,
        Purpose.PRINT,
        desk=desk_of(portal),
        stopped=False,
        now=clock.now(),
    )


def assert_it_is_said_to_be_out_of_date(portal: Portal) -> None:
    with portal.database.reading() as session:
        assert session.scalars(select(Packet.outdated_at)).one() is not None
        assert not list(wrong_packets(session, desk_of(portal), None, now=clock.now()))


def test_a_version_issued_while_a_packet_is_being_asked_for_makes_it_out_of_date(
    russian: Portal,
) -> None:
    make_ready(russian)
    with russian.database.writing() as session:
        put_together(session, russian, look(session, russian))
        session.flush()
        end = begin(russian.database, lambda: issue(russian, "consent", version=2))
    end()
    assert_it_is_said_to_be_out_of_date(russian)


def test_a_version_issued_after_the_papers_were_looked_at_makes_their_packet_out_of_date(
    russian: Portal,
) -> None:
    make_ready(russian)
    with russian.database.writing() as session:
        contents = look(session, russian)
        end = begin(russian.database, lambda: issue(russian, "consent", version=2))
        put_together(session, russian, contents)
    end()
    assert_it_is_said_to_be_out_of_date(russian)


def while_its_papers_change(portal: Portal, act: Callable[[], object]) -> None:
    """Do something to a packet while the hook of a change of its papers is at work."""
    campaign_id = portal.campaigns["anna"]
    with portal.database.writing() as session:
        hold_campaigns(session, Campaign.id == campaign_id)
        end = begin(portal.database, act)
        look_again(session, desk_of(portal), [campaign_id], now=clock.now())
    end()


def test_a_packet_that_is_ready_while_its_papers_change_waits_for_them(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    ask(russian, russian.browser("anna"))
    with russian.database.writing() as session:
        session.execute(delete(PaperScan))
    while_its_papers_change(russian, lambda: work(russian, settings, press))
    with russian.database.reading() as session:
        assert session.scalars(select(Packet.state)).one() == "ready"
    assert_it_is_said_to_be_out_of_date(russian)


def test_a_packet_asked_for_again_while_its_papers_change_waits_for_them(russian: Portal) -> None:
    make_ready(russian)
    ask(russian, russian.browser("anna"))
    with russian.database.writing() as session:
        session.execute(update(Packet).values(outdated_at=clock.now()))

    def ask_again() -> None:
        with russian.database.writing() as session:
            put_together(session, russian, look(session, russian))

    while_its_papers_change(russian, ask_again)
    with russian.database.reading() as session:
        assert session.scalars(select(Packet.outdated_at)).one() is None


def test_what_was_kept_while_a_council_was_being_renamed_is_kept_anew(russian: Portal) -> None:
    campaigns = [russian.campaigns[name] for name in ("anna", "pavel")]

    def rename() -> None:
        with russian.database.writing() as session:
            campaign = session.get_one(Campaign, campaigns[0])
            session.execute(update(District).values(council="Другой совет", search_text="другой"))
            moved = DistrictsChanged(
                by=None,
                at=clock.now(),
                coalition_id=campaign.coalition_id,
                election_id=campaign.election_id,
                changed=1,
            )
            record(session, moved)

    with russian.database.writing() as session:
        keep(session, papers_of(russian), campaigns, now=clock.now())
        session.flush()
        end = begin(russian.database, rename)
    end()
    with russian.database.reading() as session:
        due = due_campaigns(session, papers_of(russian), now=clock.now())
    assert due == tuple(campaigns)
