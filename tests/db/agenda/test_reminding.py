"""Reminders: one letter a person and day, each reminder once, whatever is interrupted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, event, func, select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.models import Campaign
from app.accounts.queries import find_campaign
from app.config import Settings
from app.db import Database
from app.jobs.models import Job
from app.jobs.worker import JobContext
from app.mail.models import StoredLetter
from quests.agenda import commands
from quests.agenda.handlers import REMIND, ReminderOffice, agenda_handlers
from quests.agenda.links import Links
from quests.agenda.models import ReminderSent
from quests.agenda.reminding import Reminding
from tests.builders import a_member, a_person, the_viewer
from tests.db.agenda.given import (
    CLOSE,
    a_library,
    a_spb_campaign,
    a_spb_election,
    is_answered,
    is_proved,
)


def morning(days_before: int, close: date = CLOSE) -> datetime:
    day = close - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def run(database: Database, now: datetime, *, batch: int = 100) -> None:
    reminding = Reminding(library=a_library(), links=Links(base_url="https://example.org"))
    context = JobContext(database=database, now=now, job_id=1, attempt=1)
    ReminderOffice(reminding=reminding, batch=batch).remind(context, {})


def letters(database: Database, to: str | None = None) -> list[StoredLetter]:
    with database.reading() as session:
        found = session.scalars(select(StoredLetter).order_by(StoredLetter.id)).all()
    return [letter for letter in found if to is None or letter.to_address == to]


def planted(database: Database, plant: Callable[[Session], Campaign]) -> tuple[int, str]:
    with database.writing() as session:
        campaign = plant(session)
        found = find_campaign(session, campaign.id)
        assert found is not None
        person = session.get_one(type(a_person(session)), found.candidate_id)
        return campaign.id, person.email


def test_one_letter_combines_all_that_is_due(database: Database) -> None:
    _, email = planted(database, a_spb_campaign)
    run(database, morning(3))
    [letter] = letters(database, email)
    assert letter.subject.startswith("Через 3 дня: ")
    assert "10 июля, пятница, до 18:00" in letter.text.replace("\u00a0", " ")
    assert letter.text.count("Окончание выдвижения") == 1
    assert "Первый финансовый отчёт" in letter.text


def test_the_letter_gives_reason_source_and_how_sure_we_are(database: Database) -> None:
    campaign_id, _ = planted(database, a_spb_campaign)
    run(database, morning(7))
    [letter] = letters(database)
    assert "20-й календарный день после публикации решения" in letter.text
    assert "объявления 2024 года (проверено)" in letter.text
    assert f"https://example.org/campaigns/{campaign_id}/steps/b3_submit" in letter.text
    assert f"https://example.org/campaigns/{campaign_id}/calendar" in letter.text
    assert "{" not in letter.text and "%(" not in letter.text


def test_every_person_reads_it_in_their_own_language(database: Database) -> None:
    with database.writing() as session:
        campaign = a_spb_campaign(session)
        manager = a_person(session, language="en")
        a_member(session, campaign, person=manager, role=Role.MANAGER)
        canvasser = a_person(session)
        a_member(session, campaign, person=canvasser, role=Role.CANVASSER)
        addresses = manager.email, canvasser.email
    run(database, morning(1))
    [letter] = letters(database, addresses[0])
    assert letter.subject.startswith("Tomorrow: ")
    assert letters(database, addresses[1]) == []
    assert len(letters(database)) == 2


def test_a_second_run_of_the_same_day_writes_nothing(database: Database) -> None:
    planted(database, a_spb_campaign)
    run(database, morning(3))
    run(database, morning(3) + timedelta(hours=5))
    assert len(letters(database)) == 1


def test_a_reminder_that_went_out_is_not_repeated_the_next_day(database: Database) -> None:
    planted(database, a_spb_campaign)
    run(database, morning(7))
    run(database, morning(6))
    assert len(letters(database)) == 1


@pytest.mark.parametrize("days", [8, 20])
def test_nothing_is_written_long_before(database: Database, days: int) -> None:
    planted(database, a_spb_campaign)
    run(database, morning(days))
    assert letters(database) == []


def test_a_deadline_that_moved_is_reminded_of_again(database: Database) -> None:
    with database.writing() as session:
        election = a_spb_election(session)
        a_spb_campaign(session, election=election)
    run(database, morning(3))
    with database.writing() as session:
        session.merge(election).published_on = date(2026, 6, 22)
    run(database, morning(3, CLOSE + timedelta(days=2)))
    assert len(letters(database)) == 2


def test_an_interrupted_run_is_finished_by_the_next_without_a_second_letter(
    database: Database,
) -> None:
    with database.writing() as session:
        election = a_spb_election(session)
        for _ in range(5):
            a_spb_campaign(session, election=election)

    def power_cut(session: Session) -> None:
        if session.scalar(select(func.count()).select_from(ReminderSent)) and len(cut) < 1:
            sent = session.scalar(select(func.count()).select_from(StoredLetter)) or 0
            if sent > 2:
                cut.append("now")
                raise SystemExit

    cut: list[str] = []
    database.before_commit.append(power_cut)
    with pytest.raises(SystemExit):
        run(database, morning(3), batch=2)
    assert len(letters(database)) == 2
    run(database, morning(3), batch=2)
    written = [letter.to_address for letter in letters(database)]
    assert len(written) == 5
    assert len(set(written)) == 5


def test_a_finished_step_takes_its_deadline_out_of_the_letter(database: Database) -> None:
    with database.writing() as session:
        campaign = a_spb_campaign(session)
        is_answered(session, campaign, "a1_can_i", "nomination", "party_exempt")
        is_answered(session, campaign, "b4_account", "fund", "no_fund")
        is_proved(session, campaign, *_before("c7_report1"))
    run(database, morning(3))
    [letter] = letters(database)
    assert "Первый финансовый отчёт" not in letter.text
    assert "Сдача документов на регистрацию" in letter.text


def test_a_step_that_is_not_needed_takes_its_deadline_out_too(database: Database) -> None:
    with database.writing() as session:
        campaign = a_spb_campaign(session)
        is_answered(session, campaign, "a1_can_i", "nomination", "party_exempt")
    run(database, morning(3))
    [letter] = letters(database)
    assert "Окончание сбора подписей" not in letter.text
    assert "Окончание выдвижения" in letter.text


def _before(last: str) -> list[str]:
    keys = list(a_library()["ru-spb-municipal"].step_by_key)
    return keys[: keys.index(last) + 1]


@pytest.mark.parametrize("state", ["applied", "declined", "withdrawn", "closed"])
def test_only_active_campaigns_are_reminded(database: Database, state: str) -> None:
    planted(database, lambda session: a_spb_campaign(session, state=state))
    run(database, morning(3))
    assert letters(database) == []


def test_a_suspended_person_and_an_unconfirmed_address_get_nothing(database: Database) -> None:
    with database.writing() as session:
        campaign = a_spb_campaign(session, candidate=a_person(session, suspended=True))
        a_member(session, campaign, person=a_person(session, confirmed=False))
    run(database, morning(3))
    assert letters(database) == []


def test_a_person_who_switched_reminders_off_gets_none_and_may_come_back(
    database: Database,
) -> None:
    with database.writing() as session:
        candidate = a_person(session)
        campaign = a_spb_campaign(session, candidate=candidate)
        viewer = the_viewer(session, candidate)
        row = find_campaign(session, campaign.id)
        assert row is not None
        commands.set_reminders(session, viewer, row, wanted=False, now=morning(9))
        commands.set_reminders(session, viewer, row, wanted=False, now=morning(9))
    run(database, morning(3))
    assert letters(database) == []
    with database.writing() as session:
        commands.set_reminders(session, viewer, row, wanted=True, now=morning(2))
    run(database, morning(1))
    assert len(letters(database)) == 1


def test_one_bad_address_does_not_stop_the_others(database: Database) -> None:
    with database.writing() as session:
        election = a_spb_election(session)
        a_spb_campaign(
            session, election=election, candidate=a_person(session, email="nobody at example")
        )
        a_spb_campaign(session, election=election)
    run(database, morning(3))
    assert len(letters(database)) == 1


def test_a_pack_that_is_gone_is_passed_over(database: Database) -> None:
    with database.writing() as session:
        a_spb_campaign(session, election=a_spb_election(session))
        gone = a_spb_campaign(session)
        election = session.get_one(type(a_spb_election(session)), gone.election_id)
        election.pack_id = "gone"
    run(database, morning(3))
    assert len(letters(database)) == 1


def test_the_letter_is_queued_for_sending_in_the_same_transaction(database: Database) -> None:
    planted(database, a_spb_campaign)
    run(database, morning(3))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_queries_do_not_grow_with_the_campaigns_of_a_batch(database: Database) -> None:
    with database.writing() as session:
        election = a_spb_election(session)
        a_spb_campaign(session, election=election)
    first = _reads(database)
    with database.writing() as session:
        session.execute(delete(StoredLetter))
        for _ in range(6):
            a_spb_campaign(session, election=session.merge(election))
    assert _reads(database) == first


def _reads(database: Database) -> int:
    """Count the SELECTs of a run on a day on which nothing is due."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    engine: Engine = database.read_engine
    event.listen(engine, "before_cursor_execute", note)
    run(database, morning(15))
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_program_can_name_the_job(settings: Settings) -> None:
    assert set(agenda_handlers(settings, a_library())) == {REMIND}
