"""The calendar page and its feed, in the reader's words and for those who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, url_for
from icalendar import Calendar
from sqlalchemy.orm import Session

from app import clock
from app.access import Role
from app.accounts.loader import SessionLoader
from app.accounts.models import Coalition, Person
from app.config import Settings
from app.db import Database
from app.ui.gallery import section as gallery
from app.web.kernel import Kernel
from app.web.program import assemble
from app.web.shell import section as shell
from quests.agenda.links import Links
from quests.agenda.views import section as agenda
from quests.route.views import section as route
from tests.builders import a_member, a_person, a_session_token, a_staff
from tests.db.agenda.given import a_library, a_spb_campaign, a_spb_election
from tests.page import CheckingClient, Page, client_of
from tests.web.small_program import the_doors

TODAY = clock.now().astimezone(ZoneInfo("Europe/Moscow")).date()
SPACES = str.maketrans({"\u00a0": " "})


@pytest.fixture
def program(settings: Settings, database: Database) -> Flask:
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    sections = [shell, gallery, the_doors(), route, agenda]
    return assemble(kernel, sections, parts=(a_library(),))


@pytest.fixture
def client(program: Flask) -> Iterator[CheckingClient]:
    with client_of(program) as found:
        yield found


class Planted:
    """A campaign whose nomination closes in ten days, and the people around it."""

    def __init__(self, database: Database, language: str = "ru") -> None:
        with database.writing() as session:
            election = a_spb_election(
                session,
                published_on=TODAY - timedelta(days=10),
                polling_day=TODAY + timedelta(days=80),
            )
            candidate = a_person(session, name="Вера Лугова", language=language)
            campaign = a_spb_campaign(session, election=election, candidate=candidate)
            canvasser = a_person(session, language=language)
            a_member(session, campaign, person=canvasser, role=Role.CANVASSER)
            stranger = a_person(session, language=language)
            a_member(session, a_spb_campaign(session), person=stranger)
            coalition = session.get_one(Coalition, campaign.coalition_id)
            chief = a_staff(session, role=Role.CHIEF, coalition=coalition).person_id
            self.id = campaign.id
            self.people = {
                "candidate": self._token(session, candidate.id),
                "canvasser": self._token(session, canvasser.id),
                "stranger": self._token(session, stranger.id),
                "chief": self._token(session, chief),
            }
            self.candidate_id = candidate.id

    @staticmethod
    def _token(session: Session, person_id: int) -> str:
        return a_session_token(session, person_id, now=clock.now())

    @property
    def path(self) -> str:
        return f"/campaigns/{self.id}/calendar"

    def sign_in(self, client: CheckingClient, who: str) -> None:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = self.people[who]


@pytest.fixture
def planted(database: Database) -> Planted:
    return Planted(database)


def section_of(page: Page, heading: str) -> str:
    found = page.soup.find(attrs={"aria-labelledby": heading})
    assert found is not None, heading
    return " ".join(found.get_text(" ").translate(SPACES).split())


def test_a_deadline_says_when_what_why_and_how_sure(
    client: CheckingClient, planted: Planted
) -> None:
    planted.sign_in(client, "candidate")
    said = section_of(client.page(planted.path), "coming")
    assert "до 18:00 осталось 10 дней Окончание выдвижения" in said
    assert "20-й календарный день после публикации решения о назначении выборов" in said
    assert "проверено Закон Санкт-Петербурга № 303-46" in said


def test_every_coming_deadline_carries_a_tag(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "candidate")
    page = client.page(planted.path)
    lines = page.soup.select(".timeline li")
    dated = [line for line in lines if line.find_parent(id="advice") is None]
    assert dated
    assert all(line.select(".rule-tag") for line in dated)


def test_past_days_are_folded_away(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "candidate")
    page = client.page(planted.path)
    folded = page.soup.find("details", class_="article")
    assert folded is not None
    assert "Начало выдвижения" in folded.get_text()
    assert "Начало выдвижения" not in section_of(page, "coming")


def test_an_unknown_day_says_what_must_be_known_first_and_where_to_tell_it(
    client: CheckingClient, planted: Planted
) -> None:
    planted.sign_in(client, "candidate")
    page = client.page(planted.path)
    said = section_of(page, "undated")
    assert "Пока не известен день сдачи документов на регистрацию" in said
    links = {a["href"] for a in page.soup.select("[aria-labelledby=undated] a")}
    assert f"/campaigns/{planted.id}/steps/c8_register" in links


def test_advice_shows_the_days_to_spare(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "candidate")
    advice = client.page(planted.path).soup.find(id="advice")
    assert advice is not None
    assert f"/campaigns/{planted.id}/steps/" in str(advice)


def test_the_filter_leaves_only_the_campaigns_own_days(
    client: CheckingClient, planted: Planted
) -> None:
    planted.sign_in(client, "candidate")
    everything = client.page(planted.path)
    ours = client.page(f"{planted.path}?whose=campaign")
    assert everything.says("Места для плакатов определены")
    assert not ours.says("Места для плакатов определены")
    assert ours.says("Окончание выдвижения")


def test_a_filter_nobody_knows_shows_everything(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "candidate")
    assert client.page(f"{planted.path}?whose=%00x").says("Места для плакатов определены")


def test_the_page_speaks_english_too(client: CheckingClient, database: Database) -> None:
    planted = Planted(database, language="en")
    planted.sign_in(client, "candidate")
    page = client.page(planted.path)
    assert page.h1 == "Calendar"
    assert page.says("10 days left")
    assert page.says("verified")


def test_others_find_no_such_page(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "stranger")
    client.page(planted.path, status=404)
    client.page("/campaigns/999999/calendar", status=404)


def test_a_coordinator_reads_it_without_the_switches(
    client: CheckingClient, planted: Planted
) -> None:
    planted.sign_in(client, "chief")
    page = client.page(planted.path)
    assert page.soup.find(id="subscribe") is None
    client.send(f"{planted.path}/feed", start="/gallery", status=403)


def test_a_canvasser_may_subscribe_but_gets_no_letters_to_switch(
    client: CheckingClient, planted: Planted
) -> None:
    planted.sign_in(client, "canvasser")
    page = client.page(planted.path)
    assert page.soup.find(id="subscribe") is not None
    assert page.soup.find(id="reminders") is None


def link_of(page: Page) -> str | None:
    found = page.soup.select_one("#subscribe input[readonly]")
    return str(found["value"]) if found else None


def made_link(client: CheckingClient, planted: Planted, who: str = "candidate") -> str:
    planted.sign_in(client, who)
    client.send(f"{planted.path}/feed", start=planted.path)
    link = link_of(client.page(planted.path))
    assert link is not None
    return link.removeprefix("http://localhost")


def test_a_new_link_is_shown_once(client: CheckingClient, planted: Planted) -> None:
    made_link(client, planted)
    again = client.page(planted.path)
    assert link_of(again) is None
    assert again.says("Показать её снова мы не можем")


def test_a_new_link_is_shown_on_its_own_campaign_only(
    client: CheckingClient, planted: Planted, database: Database
) -> None:
    planted.sign_in(client, "candidate")
    with database.writing() as session:
        second = a_spb_campaign(session, candidate=session.get_one(Person, planted.candidate_id))
        other = f"/campaigns/{second.id}/calendar"
    client.send(f"{planted.path}/feed", start=planted.path)
    assert link_of(client.page(other)) is None
    assert link_of(client.page(planted.path)) is not None


def test_the_feed_is_a_calendar_without_names(
    client: CheckingClient, planted: Planted, program: Flask
) -> None:
    link = made_link(client, planted)
    answer = program.test_client().get(link)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    assert "Вера" not in answer.get_data(as_text=True)
    events = {str(each["uid"]): each for each in Calendar.from_ical(answer.data).walk("VEVENT")}
    closing = events[f"nomination_closes-{planted.id}@localhost"]
    assert str(closing["summary"]) == "Окончание выдвижения"
    assert str(closing["description"]).endswith("(проверено)")
    assert closing.decoded("dtstart").date() == TODAY + timedelta(days=10)
    assert any(uid.startswith("goal-") for uid in events)


def test_the_feed_answers_a_program_that_has_it_already(
    client: CheckingClient, planted: Planted, program: Flask
) -> None:
    link, visitor = made_link(client, planted), program.test_client()
    tag = visitor.get(link).headers["ETag"]
    again = visitor.get(link, headers={"If-None-Match": tag})
    # The stamp inside is the hour's, so at a full hour the second answer may be a new one.
    assert again.status_code == 304 or again.headers["ETag"] != tag


def test_unknown_and_void_links_look_the_same(
    client: CheckingClient, planted: Planted, program: Flask
) -> None:
    old = made_link(client, planted)
    made_link(client, planted)
    client.send(f"{planted.path}/feed/off", start=planted.path)
    visitor = client_of(program)
    answers = [visitor.get(path) for path in (old, "/calendar/invented.ics", "/calendar/%00.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert {Page(answer).text for answer in answers} == {Page(answers[0]).text}


def test_switching_the_link_off_twice_is_no_accident(
    client: CheckingClient, planted: Planted
) -> None:
    made_link(client, planted)
    for _ in range(2):
        client.send(f"{planted.path}/feed/off", start=planted.path)
    assert client.page(planted.path).says("Создать ссылку")


def test_reminders_are_switched_off_and_on(client: CheckingClient, planted: Planted) -> None:
    planted.sign_in(client, "candidate")
    path = f"{planted.path}/reminders"
    client.send(path, {"wanted": "no"}, start=planted.path)
    assert client.page(planted.path).says("Включить напоминания")
    client.send(path, {"wanted": "yes"}, start=planted.path)
    assert client.page(planted.path).says("Выключить напоминания")


def test_addresses_in_letters_are_those_of_the_program(program: Flask, planted: Planted) -> None:
    links = Links(base_url="http://localhost")
    with program.test_request_context():
        assert links.calendar(7) == url_for("agenda.calendar", campaign_id=7, _external=True)
        assert links.feed("t") == url_for("agenda.feed", token="t", _external=True)
        step = url_for("route.step", campaign_id=7, key="k", _external=True)
        assert links.step(7, "k") == step


def test_a_visitor_is_sent_to_sign_in(client: CheckingClient, planted: Planted) -> None:
    answer = client.get(planted.path)
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]
