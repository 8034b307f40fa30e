"""The demo is what the features themselves would have written, and the same every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Campaign, Coalition, Election, Person, Staff
from app.accounts.passwords import matches
from app.accounts.queries import find_campaign
from app.audit.models import AuditEntry
from app.audit.queries import verify_chain
from app.config import Settings, secret_key
from app.db import Base, Database
from app.demo import DEMO_SIGN_INS, PASSWORD, Size, is_planted, plant
from app.facts import FactState
from app.files.storage import FileStore
from app.jobs.models import Job
from app.mail.models import StoredLetter
from app.papers import load_paper_packs, paper_desks
from app.reviews.models import Review
from app.sealing import Seal
from canvassing.contacts.models import Contact
from canvassing.doors.models import Visit
from canvassing.turf.models import Turf
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import examine
from documents.flyers.models import Flyer
from documents.packets.models import Packet, PacketReceipt
from documents.paperwork.models import Paper, PaperIssue, PaperScan
from documents.signatures.facts import signature_facts
from fundraising.models import Donation
from fundraising.pack import load_funds
from fundraising.verification import LedgerSound
from quests.dispatch.keeping import wrong_standings
from quests.dispatch.queries import campaign_lines, standings
from quests.dispatch.rules import SILENT_AFTER
from quests.evidence.models import Answer, AnswerSheet, Evidence, HandedInRound, UploadedFile
from quests.evidence.rules.answers import check_answers
from quests.help.models import Article, Question
from quests.ranking.models import PointEntry
from quests.ranking.verification import PointsVerification
from quests.route.library import PackLibrary, load_library
from quests.route.milestones import settle_campaign
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, Status
from quests.route.shape import EvidenceKind
from quests.route.standing import position_of
from tests.builders import the_viewer
from tests.demo_once import lay, plant_once

NOW = datetime(2026, 6, 24, 14, 20, tzinfo=UTC)
SMALL = Size(
    campaigns=70,
    reviews_waiting=16,
    applicants=6,
    english_campaigns=20,
    english_reviews_waiting=4,
    english_applicants=2,
    doors=600,
    funds=6,
    printed=False,
)
PRINTED = replace(SMALL, printed=True)


@pytest.fixture(scope="module")
def library() -> PackLibrary:
    return load_library()


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Settings:
    return plant_once(tmp_path_factory.mktemp("demo"), empty_sqlite, now=NOW, size=SMALL)


@pytest.fixture
def planted(
    request: pytest.FixtureRequest, database: Database, settings: Settings
) -> Iterator[Session]:
    if database.is_sqlite:
        lay(request.getfixturevalue("small_demo"), database, settings)
    else:
        plant(database, settings, now=NOW, size=SMALL)
    with database.reading() as session:
        yield session


def the_chief(session: Session) -> Viewer:
    chief = session.scalars(select(Person.id).where(Person.login == "chief@example.org")).one()
    return the_viewer(session, chief)


def active(session: Session) -> list[int]:
    return list(session.scalars(select(Campaign.id).where(Campaign.state == "active")))


def statuses_of_sound_routes(session: Session, library: PackLibrary) -> Counter[tuple[str, Status]]:
    """Count the steps by status; what is done and what has a milestone are the same everywhere."""
    counted: Counter[tuple[str, Status]] = Counter()
    for campaign_id in active(session):
        campaign = find_campaign(session, campaign_id)
        assert campaign is not None
        route = position_of(session, library, campaign, now=NOW, role=CANDIDATE).route
        reached = set(
            session.scalars(select(Milestone.step_key).where(Milestone.campaign_id == campaign_id))
        )
        assert reached == {key for key, step in route.by_key.items() if step.status is Status.DONE}
        counted.update((key, step.status) for key, step in route.by_key.items())
    return counted


def test_nothing_was_ever_done_on_a_step_that_is_still_locked(
    planted: Session, library: PackLibrary
) -> None:
    for campaign_id in active(planted):
        campaign = find_campaign(planted, campaign_id)
        assert campaign is not None
        route = position_of(planted, library, campaign, now=NOW, role=CANDIDATE).route
        worked = planted.scalars(
            select(Evidence.step_key).where(Evidence.campaign_id == campaign_id)
        )
        for key in worked:
            assert route.by_key[key].status not in (Status.LOCKED, Status.NOT_APPLICABLE), key


def test_every_step_that_is_done_has_its_milestone_and_no_other_has(
    database: Database, planted: Session, library: PackLibrary
) -> None:
    ids = active(planted)
    statuses_of_sound_routes(planted, library)
    planted.rollback()
    with database.writing() as session:
        assert not any(settle_campaign(session, library, each, now=NOW) for each in ids)


def test_reviews_and_evidence_tell_the_same(planted: Session) -> None:
    rows = planted.execute(
        select(Evidence.state, Evidence.note, Review.state, Review.reason)
        .join(Review, Review.id == Evidence.review_id)
        .where(Review.campaign_id == Evidence.campaign_id, Review.subject_kind == "evidence")
    ).all()
    assert rows
    for state, note, decided, reason in rows:
        assert state == decided
        assert note == (reason if state == "returned" else "")
    waiting = planted.scalar(select(func.count()).where(Evidence.state == "submitted"))
    assert waiting == SMALL.reviews_waiting + SMALL.english_reviews_waiting


def test_as_many_reviews_wait_as_were_asked_for(planted: Session) -> None:
    found = dict(
        planted.execute(
            select(Review.pack_id, func.count())
            .where(Review.state == "submitted", Review.subject_kind == "evidence")
            .group_by(Review.pack_id)
        ).all()
    )
    assert found == {
        "ru-spb-municipal": SMALL.reviews_waiting,
        "gb-eng-local": SMALL.english_reviews_waiting,
    }


def test_nothing_happened_in_the_future_or_out_of_order(planted: Session) -> None:
    for review in planted.scalars(select(Review)):
        assert review.submitted_at <= (review.decided_at or NOW) <= NOW
    for column in (Evidence.changed_at, Milestone.reached_at, AnswerSheet.saved_at):
        latest = planted.scalar(select(func.max(column)))
        assert latest is not None
        assert latest <= NOW
    for campaign in planted.scalars(select(Campaign)):
        assert campaign.created_at <= campaign.last_active_at <= NOW


def test_every_form_that_counts_would_have_been_taken(
    planted: Session, settings: Settings, library: PackLibrary
) -> None:
    seal = Seal.from_secret(secret_key(settings))
    sheets = planted.execute(
        select(AnswerSheet.step_key, AnswerSheet.typed, Election.pack_id)
        .join(Campaign, Campaign.id == AnswerSheet.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .join(
            Evidence,
            (Evidence.campaign_id == AnswerSheet.campaign_id)
            & (Evidence.step_key == AnswerSheet.step_key),
        )
        .where(Evidence.kind == "form", Evidence.state != "draft")
    )
    for step_key, typed, pack_id in sheets:
        fields = library[pack_id].step_by_key[step_key].field
        opened = {
            field.key: seal.open(typed[field.key]) if field.seal else typed[field.key]
            for field in fields
        }
        checked = check_answers(fields, opened)
        assert checked.prove, (pack_id, step_key, checked.problems, checked.stops)


def test_every_upload_has_the_files_its_step_asks_for(
    planted: Session, settings: Settings, library: PackLibrary
) -> None:
    store = FileStore(folder=settings.files)
    uploads = planted.execute(
        select(Evidence.id, Evidence.step_key, Evidence.count, Review.pack_id)
        .join(Review, Review.id == Evidence.review_id)
        .where(Evidence.kind == EvidenceKind.UPLOAD.value)
    ).all()
    assert uploads
    for evidence_id, step_key, count, pack_id in uploads:
        files = planted.scalars(
            select(UploadedFile).where(
                UploadedFile.evidence_id == evidence_id, UploadedFile.removed_at.is_(None)
            )
        ).all()
        step = library[pack_id].step_by_key[step_key]
        assert len(files) == count
        assert {item.key for item in step.file if item.required} <= {f.item_key for f in files}
        assert all(len(store.get(file.sha256)) == file.size_bytes for file in files)


def test_campaigns_are_spread_over_the_route_as_in_a_real_coalition(
    planted: Session, library: PackLibrary
) -> None:
    viewer = the_chief(planted)
    assert viewer.holds(Permission.CAMPAIGNS_READ)
    lines = campaign_lines(planted, viewer)
    assert len(lines) == SMALL.campaigns
    found = standings(planted, library, lines, now=NOW)
    ages = [NOW - line.last_active_at for line in lines]
    assert sum(age >= SILENT_AFTER for age in ages) > 3
    assert sum(age < timedelta(days=3) for age in ages) > 15
    slacks = [found.by_campaign[line.id].slack_days or 0 for line in lines]
    assert min(slacks) < 0 < max(slacks)
    assert len({found.by_campaign[line.id].done for line in lines}) >= 6


def test_the_middle_candidate_has_something_done_waiting_and_returned(
    planted: Session, library: PackLibrary
) -> None:
    for login in ("middle@example.org", "en-middle@example.org"):
        campaign_id = planted.scalars(
            select(Campaign.id)
            .join(Person, Person.id == Campaign.candidate_id)
            .where(Person.login == login)
        ).one()
        campaign = find_campaign(planted, campaign_id)
        assert campaign is not None
        route = position_of(planted, library, campaign, now=NOW, role=CANDIDATE).route
        statuses = Counter(step.status for step in route.steps)
        assert statuses[Status.DONE] >= 4
        assert statuses[Status.WAITING] == 1
        assert statuses[Status.RETURNED] == 1


def test_everybody_listed_can_sign_in_and_stands_in_the_right_place(planted: Session) -> None:
    for sign_in in DEMO_SIGN_INS:
        person = planted.scalars(select(Person).where(Person.login == sign_in.login)).one()
        assert (person.totp_confirmed_at is not None) == (sign_in.totp_secret is not None)
        viewer = the_viewer(planted, person)
        assert sign_in.role in {grant.role for grant in viewer.grants}, sign_in.login
    assert matches(person.password_hash, PASSWORD)


def test_the_days_leave_the_middle_of_both_routes_alive(planted: Session) -> None:
    for pack_id, weekday in (("ru-spb-municipal", 6), ("gb-eng-local", 3)):
        election = planted.scalars(select(Election).where(Election.pack_id == pack_id)).one()
        assert election.polling_day.weekday() == weekday
        assert timedelta(days=35) < election.polling_day - NOW.date() < timedelta(days=80)


def test_there_are_questions_articles_and_letters(planted: Session) -> None:
    states = Counter(planted.scalars(select(Question.state)))
    assert states["open"] > 3
    assert states["answered"] > 10
    assert planted.scalar(select(func.count(Article.id))) == 4
    assert planted.scalar(select(func.count(StoredLetter.id)))


def test_the_same_moment_gives_the_same_demo(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    # The ledger lets nobody empty it, so the second demo gets a database of its own.
    other = Database(f"sqlite+pysqlite:///{tmp_path / 'other.db'}")
    Base.metadata.create_all(other.write_engine)
    plant(database, settings, now=NOW, size=SMALL)
    plant(other, settings, now=NOW, size=SMALL)
    assert contents(other) == contents(database)
    other.dispose()


def test_the_books_of_planted_gifts_are_sound_and_tell_every_kind(
    planted: Session, library: PackLibrary
) -> None:
    packs = {key: entry.route.pack for key, entry in library.entries.items()}
    assert not list(LedgerSound(packs=load_funds(packs)).findings(planted, now=NOW))
    states = Counter(planted.scalars(select(Donation.state)))
    assert states["cleared"] and states["paid_held"] and states["refunded"]
    held = planted.scalars(select(Donation.reasons).where(Donation.state == "paid_held"))
    assert all(held)


def test_points_and_standings_are_what_the_rules_say(
    planted: Session, library: PackLibrary
) -> None:
    assert not list(PointsVerification().findings(planted, now=NOW))
    assert wrong_standings(planted, library, now=NOW) == ()
    earned = set(planted.scalars(select(PointEntry.rule).distinct()))
    assert {"milestone", "gift", "door", "paper"} <= earned


def test_there_are_doors_to_walk_for_whoever_signs_in_as_a_canvasser(planted: Session) -> None:
    for login in ("canvasser@example.org", "en-canvasser@example.org"):
        walker = planted.scalars(select(Person.id).where(Person.login == login)).one()
        assert planted.scalar(select(func.count(Turf.id)).where(Turf.person_id == walker))
    assert planted.scalar(select(func.count(Visit.id)))
    assert planted.scalar(select(func.count(Contact.id)))


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


def test_some_count_their_signatures_here_and_have_enough_and_some_on_paper(
    planted: Session, library: PackLibrary
) -> None:
    said = dict(
        planted.execute(
            select(Answer.campaign_id, Answer.value).where(
                Answer.name == "answer:c4_collect:counted"
            )
        ).all()
    )
    assert set(said.values()) == {"portal", "paper"}
    done = planted.scalars(
        select(Milestone.campaign_id).where(Milestone.step_key == "c4_collect")
    ).all()
    here = [campaign for campaign in done if said[campaign] == "portal"]
    facts = signature_facts(planted, here)
    assert here
    assert all(facts[one]["signatures.collected"].state is FactState.PRESENT for one in here)


def test_nothing_is_left_for_jobs_to_do(planted: Session) -> None:
    assert not planted.scalar(select(func.count(Job.id)))


def assert_one_is_stopped(session: Session, settings: Settings, library: PackLibrary) -> None:
    """See that of each pack one packet is begun and held up by what the clerk finds."""
    packs = load_paper_packs({key: entry.route.pack for key, entry in library.entries.items()})
    desks = paper_desks(settings, library, packs)
    clerk = next(desk for desk in desks if isinstance(desk, ClerkDesk))
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
    database: Database, settings: Settings, library: PackLibrary
) -> None:
    plant(database, settings, now=NOW, size=PRINTED)
    store = FileStore(folder=settings.files)
    with database.reading() as session:
        flyers = Counter(session.scalars(select(Flyer.state)))
        issued = session.scalars(select(PaperIssue.sha256)).all()
        papers = Counter(session.scalars(select(Paper.state)))
        statuses = statuses_of_sound_routes(session, library)
        assert wrong_standings(session, library, now=NOW) == ()
        scans = session.scalars(select(PaperScan.sha256)).all()
        packets = session.scalars(select(Packet)).all()
        filed = session.scalars(
            select(PacketReceipt.packet_id).where(PacketReceipt.packet_id.is_not(None))
        ).all()
        assert_one_is_stopped(session, settings, library)
    assert flyers["approved"] > 2 and flyers["submitted"] > 2 and flyers["returned"]
    assert issued and all(store.get(name).startswith(b"%PDF") for name in issued)
    assert [packet.state for packet in packets] == ["ready", "ready"]
    assert len(filed) == 1 and filed[0] in {packet.id for packet in packets}
    for packet in packets:
        assert store.get(packet.pdf_sha256).startswith(b"%PDF")
        assert store.get(packet.zip_sha256).startswith(b"PK")
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


@pytest.mark.slow
def test_the_whole_demo_stands_as_its_rows_say_and_some_are_late(
    database: Database, settings: Settings, library: PackLibrary
) -> None:
    plant(database, settings, now=NOW, size=Size())
    with database.reading() as session:
        statuses = statuses_of_sound_routes(session, library)
        assert wrong_standings(session, library, now=NOW) == ()
        papers = Counter(session.scalars(select(Paper.state)))
        found = standings(session, library, campaign_lines(session, the_chief(session)), now=NOW)
    assert statuses["d3_notice", Status.OVERDUE] >= 1
    assert statuses["d4_doors", Status.DONE]
    assert papers["waiting"] + papers["returned"] > 3
    slacks = [one.slack_days for one in found.by_campaign.values() if one.slack_days is not None]
    assert sum(slack >= 0 for slack in slacks) * 3 > len(slacks)


def test_some_who_wait_were_sent_back_once_and_have_changed_what_they_said(
    planted: Session,
) -> None:
    waiting = planted.execute(
        select(Review.subject_id, Review.round).where(
            Review.state == "submitted", Review.round > 1, Review.subject_kind == "evidence"
        )
    ).all()
    assert waiting
    changed = 0
    for evidence_id, last in waiting:
        handed_in = planted.scalars(
            select(HandedInRound.snapshot)
            .where(HandedInRound.evidence_id == evidence_id)
            .order_by(HandedInRound.round)
        ).all()
        assert len(handed_in) == last
        changed += handed_in[-1] != handed_in[-2]
    assert changed * 2 > len(waiting)


def test_the_log_tells_what_happened_in_an_unbroken_chain(planted: Session) -> None:
    actions = Counter(planted.scalars(select(AuditEntry.action)))
    assert actions["review.accepted"] > actions["review.returned"] > 0
    assert actions["campaign.admitted"] and actions["staff.joined"] and actions["election.added"]
    assert verify_chain(planted) is None
    moments = planted.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
    assert moments == sorted(moments) and moments[-1] <= NOW


def test_planting_again_changes_nothing(database: Database, settings: Settings) -> None:
    assert not is_planted(database)
    plant(database, settings, now=NOW, size=SMALL)
    assert is_planted(database)
    plant(database, settings, now=NOW + timedelta(days=1), size=SMALL)
    with database.reading() as session:
        assert session.scalar(select(func.count(Coalition.id))) == 2


def test_planting_that_was_cut_short_leaves_nothing(database: Database, settings: Settings) -> None:
    def die(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plant(database, settings, now=NOW, size=SMALL, progress=die)
    assert not is_planted(database)
    plant(database, settings, now=NOW, size=SMALL)
    assert is_planted(database)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2027, 4, 18), date(2028, 2, 29)])
def test_it_can_be_planted_on_any_day(database: Database, settings: Settings, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 2, 5, tzinfo=UTC)
    plant(database, settings, now=at, size=SMALL)
    with database.reading() as session:
        waiting = session.scalar(
            select(func.count()).where(
                Review.state == "submitted", Review.subject_kind == "evidence"
            )
        )
    assert waiting == SMALL.reviews_waiting + SMALL.english_reviews_waiting


UNLIKE = frozenset({"password_hash", "typed", "snapshot", "token", "totp_secret", "sealed"})
"""Salted, sealed or drawn at random: different each time by design."""


def contents(database: Database) -> dict[str, list[dict[str, object]]]:
    with database.reading() as session:
        return {
            table.name: [
                {key: value for key, value in row._mapping.items() if key not in UNLIKE}
                for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in Base.metadata.sorted_tables
            if table.name != "audit_entry"
        }


MADE_OF = {
    "meeting": ("о чём вы говорили", "with whom"),
    "upload": ("снимок", "страниц", "photo", "page", "подписи и даты"),
    "checklist": ("отмечено", "список", "ticked", "the list"),
}


def test_a_reason_speaks_of_the_proof_it_sends_back(planted: Session, library: PackLibrary) -> None:
    returned = planted.execute(
        select(Evidence.kind, Review.step_key, Review.reason)
        .join(Review, Review.subject_id == Evidence.id)
        .where(Review.state == "returned")
    ).all()
    assert len(returned) > 10
    for kind, step_key, reason in returned:
        for other, words in MADE_OF.items():
            if other != kind:
                assert not any(word in reason.lower() for word in words), (step_key, kind, reason)


def test_few_campaigns_that_move_are_weeks_behind(planted: Session, library: PackLibrary) -> None:
    for coalition_id in planted.scalars(select(Coalition.id)):
        chief = planted.scalars(
            select(Staff.person_id).where(
                Staff.coalition_id == coalition_id, Staff.role == Role.CHIEF.value
            )
        ).first()
        lines = campaign_lines(planted, the_viewer(planted, chief), search="")
        found = standings(planted, library, lines, now=NOW).by_campaign
        moving = [one for one in lines if NOW - one.last_active_at < timedelta(days=7)]
        behind = [one for one in moving if (found[one.id].slack_days or 0) < -21]
        assert len(moving) > 5 and len(behind) * 5 < len(moving)
