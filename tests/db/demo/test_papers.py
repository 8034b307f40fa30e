"""The papers and packets of the demo, with the files they had in life."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.queries import find_campaign
from app.audit.models import AuditEntry
from app.config import Settings
from app.demo import DEMO_SIGN_INS
from app.files.storage import FileStore
from app.papers import load_paper_packs, paper_desks
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import examine, gate_of
from documents.flyers.models import Flyer
from documents.packets.models import Packet, PacketItem, PacketReceipt
from documents.paperwork.models import Paper, PaperIssue, PaperScan
from documents.paperwork.pack import load_all_documents
from quests.dispatch.keeping import wrong_standings
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, Status
from quests.route.standing import position_of
from tests.db.demo.reading import candidate_of, statuses_of_sound_routes
from tests.demo_once import NOW


def the_clerk(settings: Settings, library: PackLibrary) -> ClerkDesk:
    packs = load_paper_packs({key: entry.route.pack for key, entry in library.entries.items()})
    desks = paper_desks(settings, library, packs)
    return next(desk for desk in desks if isinstance(desk, ClerkDesk))


def assert_one_is_stopped(session: Session, settings: Settings, library: PackLibrary) -> None:
    """See that of each pack one packet is begun and held up by what the clerk finds."""
    clerk = the_clerk(settings, library)
    stopped = Counter[str]()
    for campaign_id in session.scalars(select(PaperIssue.campaign_id).distinct()):
        campaign = find_campaign(session, campaign_id)
        assert campaign is not None
        found = examine(session, clerk, campaign, now=NOW)
        assert found is not None
        rules = {each.rule for each in found.stopping}
        stopped.update({campaign.pack_id} if "stale" in rules else ())
    assert stopped == {"ru-spb-municipal": 1, "gb-eng-local": 1}


def test_papers_and_flyers_come_from_the_real_press(
    printed: Session, settings: Settings, library: PackLibrary
) -> None:
    store = FileStore(folder=settings.files)
    flyers = Counter(printed.scalars(select(Flyer.state)))
    issued = printed.scalars(select(PaperIssue.sha256)).all()
    papers = Counter(printed.scalars(select(Paper.state)))
    statuses = statuses_of_sound_routes(printed, library)
    assert wrong_standings(printed, library, now=NOW) == ()
    scans = printed.scalars(select(PaperScan.sha256)).all()
    assert flyers["approved"] > 2 and flyers["submitted"] > 2 and flyers["returned"]
    assert issued and all(store.get(name).startswith(b"%PDF") for name in issued)
    assert papers["waiting"] and papers["returned"] and papers["accepted"]
    assert len(scans) >= papers["waiting"] + papers["returned"]
    for key, status in (
        ("b2_consent", Status.DONE),
        ("b2_consent", Status.WAITING),
        ("b2_consent", Status.RETURNED),
        ("d2_leaflet", Status.DONE),
        ("d2_leaflet", Status.WAITING),
        ("d6_money", Status.DONE),
    ):
        assert statuses[key, status], (key, status)


def test_both_coalitions_have_a_packet_filed_one_ready_and_one_stopped(
    printed: Session, settings: Settings, library: PackLibrary
) -> None:
    store = FileStore(folder=settings.files)
    packets = printed.scalars(select(Packet)).all()
    assert [packet.state for packet in packets] == ["ready"] * 4
    for packet in packets:
        assert store.get(packet.pdf_sha256).startswith(b"%PDF")
        assert store.get(packet.zip_sha256).startswith(b"PK")
    filed = printed.scalars(
        select(PacketReceipt.packet_id).where(PacketReceipt.packet_id.is_not(None))
    ).all()
    assert len(filed) == 2 and set(filed) < {packet.id for packet in packets}
    clerk, told = the_clerk(settings, library), Counter[tuple[str, bool]]()
    for packet in packets:
        campaign = find_campaign(printed, packet.campaign_id)
        assert campaign is not None
        examined = examine(printed, clerk, campaign, now=NOW)
        names = items_of(printed, packet)
        assert examined is not None
        assert not gate_of(examined, names, before_signing=True), campaign.council
        told[campaign.pack_id, packet.id in filed] += 1
    assert set(told.values()) == {1} and len(told) == 4
    assert_one_is_stopped(printed, settings, library)


def items_of(session: Session, packet: Packet) -> list[str]:
    """Give the kinds of paper in a packet."""
    return list(session.scalars(select(PacketItem.name).where(PacketItem.packet_id == packet.id)))


def test_nominations_are_open_for_whoever_has_the_packet_ready(
    printed: Session, library: PackLibrary
) -> None:
    campaign = candidate_of(printed, "en-nominations@example.org")
    position = position_of(printed, library, campaign, now=NOW, role=CANDIDATE)
    assert position.route.by_key["submit"].status is Status.OPEN
    first, last = (
        position.days.dates[key] for key in ("notice_of_election_latest", "nominations_close")
    )
    assert first is not None and last is not None and first < NOW.date() < last
    assert printed.scalars(select(Packet.key).where(Packet.campaign_id == campaign.id)).all()


def test_every_accepted_paper_has_the_signed_pages_that_were_looked_at(
    printed: Session, settings: Settings
) -> None:
    store = FileStore(folder=settings.files)
    accepted = set(printed.scalars(select(Paper.id).where(Paper.state == "accepted")))
    scans = printed.execute(select(PaperScan.paper_id, PaperScan.sha256, PaperScan.size_bytes))
    there = {}
    for paper_id, sha256, size in scans:
        there[paper_id] = len(store.get(sha256)) == size
    assert accepted and accepted <= there.keys()
    assert all(there.values())


def test_of_every_paper_that_was_issued_and_accepted_all_pages_came_back(printed: Session) -> None:
    newest = (
        select(PaperIssue.paper_id, PaperIssue.pages, func.sum(PaperScan.pages))
        .join(Paper, Paper.id == PaperIssue.paper_id)
        .join(PaperScan, PaperScan.issue_id == PaperIssue.id)
        .where(Paper.state == "accepted")
        .group_by(PaperIssue.id, PaperIssue.paper_id, PaperIssue.pages)
    )
    found = printed.execute(newest).all()
    assert max(issued for _, issued, _ in found) > 1
    assert all(issued == came_back for _, issued, came_back in found)


def test_nobody_one_can_sign_in_as_shares_a_scan_of_a_printed_paper(
    printed: Session, library: PackLibrary
) -> None:
    logins = [one.login for one in DEMO_SIGN_INS if one.role is Role.CANDIDATE]
    own = {candidate_of(printed, login).id for login in logins}
    kinds = load_all_documents({key: entry.route.pack for key, entry in library.entries.items()})
    made_here = {
        kind.key
        for known in kinds.packs.values()
        for kind in known.kinds.values()
        if kind.is_printed
    }
    rows = printed.execute(
        select(PaperScan.campaign_id, PaperScan.sha256, PaperScan.issue_id, Paper.kind)
        .join(Paper, Paper.id == PaperScan.paper_id)
        .where(Paper.kind.in_(made_here))
    ).all()
    shown = [row for row in rows if row.campaign_id in own]
    held = Counter(row.sha256 for row in rows)
    assert shown and all(row.issue_id is not None for row in shown)
    assert all(held[row.sha256] == 1 for row in shown)
    waiting = printed.scalars(select(Paper.id).where(Paper.state.in_(("waiting", "returned"))))
    issued = set(printed.scalars(select(PaperScan.paper_id).where(PaperScan.issue_id.is_not(None))))
    assert set(waiting) <= issued


def test_whoever_was_at_the_desk_has_noted_the_receipt_and_the_log_tells_of_it(
    planted: Session, library: PackLibrary
) -> None:
    receipts = planted.scalars(select(PacketReceipt)).all()
    noted = {(one.campaign_id, one.key) for one in receipts}
    keys = {"b3_submit": "nomination", "c8_register": "registration", "submit": "nomination"}
    past = planted.execute(
        select(Milestone.campaign_id, Milestone.step_key).where(Milestone.step_key.in_(keys))
    ).all()
    assert past and {(campaign, keys[step]) for campaign, step in past} <= noted
    assert all(one.received_on <= one.recorded_at.date() <= NOW.date() for one in receipts)
    told = planted.scalars(
        select(AuditEntry.subject_id).where(AuditEntry.action == "packet.filed")
    ).all()
    assert sorted(told) == sorted(one.id for one in receipts)
