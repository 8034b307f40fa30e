"""The studio as people use it: fill in, look, mend, send, print."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.config import Settings
from app.errors import Missing
from app.facts import FactState
from app.jobs.models import Job
from documents.flyers.facts import FLYER_APPROVED, flyer_facts
from documents.flyers.models import Flyer, FlyerVersion
from documents.flyers.reviewing import FlyerSubjects
from documents.flyers.rules.standing import MOST_FLYERS
from documents.press.client import Press
from documents.typesetting.commands import forget_previews
from documents.typesetting.models import TypesetSheet
from tests.page import CheckingClient, Page
from tests.page import _values as values_of
from tests.web.flyers.studio_program import EN, RU, StudioWorld, a_photo, a_studio


def _begin(
    studio: StudioWorld, who: str = "anna", language: str = "en"
) -> tuple[CheckingClient, str]:
    browser = studio.browser(who, language)
    page = browser.send(studio.at(), {}, start=studio.at())
    return browser, page.response.headers["Location"]


def _as_shown(page: Page) -> dict[str, str]:
    """Give what the studio's form says: all of it goes along when the flyer is sent."""
    form = page.soup.find("form", id="studio")
    assert isinstance(form, Tag)
    assert form.find("button", formaction=re.compile("/send$"))
    return values_of(form)


def _part(browser: CheckingClient, path: str, data: dict[str, str] | None = None) -> str:
    """Give a part of a page as htmx asks for it; it is no page that could be inspected."""
    how = {"method": "GET"} if data is None else {"method": "POST", "data": data}
    answer = FlaskClient.open(browser, path, headers={"HX-Request": "true"}, **how)
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_flyer_goes_from_the_empty_form_to_the_approved_file(
    settings: Settings, press: Press, pack_id: str, language: str
) -> None:
    with a_studio(settings, press, pack_id=pack_id) as studio:
        browser, at = _begin(studio, language=language)
        page = browser.page(at)
        browser.send(at, studio.filled(page))
        studio.run_press()
        seen = browser.page(at)
        assert len(seen.soup.select(".flyer-page img")) == 3
        for image in seen.soup.select(".flyer-page img"):
            drawn = browser.get(image["src"])
            assert drawn.status_code == 200 and drawn.mimetype == "image/png"
        browser.send(f"{at}/send", _as_shown(seen))
        designer = studio.browser("designer", language)
        front = designer.get(f"{at}/versions/1/front")
        assert front.status_code == 200
        assert browser.get(f"{at}/versions/1/print").status_code == 404
        assert designer.get(f"{at}/versions/1/print").status_code == 200
        studio.decide("designer", 1)
        file = browser.get(f"{at}/versions/1/print")
        assert file.mimetype == "application/pdf"
        assert hashlib.sha256(file.data).hexdigest() in browser.page(at).text
        with studio.database.reading() as session:
            fact = flyer_facts(session, None)[studio.campaign_id][FLYER_APPROVED]
        assert (fact.state, fact.count) == (FactState.PRESENT, 1)


def test_while_the_press_is_at_work_the_studio_says_so_and_asks_again(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    page = browser.page(at)
    assert page.says("The press is at work.")
    check = page.soup.find(id="flyer-check")
    assert check["hx-get"] == f"{at}/preview"
    studio.run_press()
    fragment = _part(browser, f"{at}/preview")
    assert fragment.count("<img") == 3
    assert "<html" not in fragment


def test_a_missing_part_of_the_imprint_is_said_with_its_source_and_leads_to_its_field(
    studio: StudioWorld,
) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at), **{"i-print_run": ""}))
    studio.run_press()
    page = browser.page(at)
    found = page.soup.select_one(".flyer-stop li")
    assert found is not None
    assert found.find("a")["href"] == "#i-print_run"
    assert page.soup.find(id="i-print_run") is not None
    words = " ".join(found.get_text(" ").split()).replace("\u00a0", " ")
    assert "The flyer must give the print run." in words
    assert "verified" in words and "art. 54" in words.lower().replace("article", "art.")
    refused = browser.send(f"{at}/send", _as_shown(page), status=422)
    assert refused.says("this many things still have to be mended: 1.")


def test_a_flyer_that_is_not_typeset_yet_can_not_be_sent(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    page = browser.page(at)
    refused = browser.send(f"{at}/send", _as_shown(page), status=409)
    assert "still being made" in refused.html


def test_what_was_typed_last_is_saved_and_not_left_out_of_what_is_sent(
    studio: StudioWorld,
) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    studio.run_press()
    last = {**_as_shown(browser.page(at)), "s-headline": "The last words", "colour": "voice"}
    browser.send(f"{at}/send", last)
    page = browser.page(at)
    assert page.soup.find(id="s-headline")["value"] == "The last words"
    assert page.says("being made") or page.says("at work")
    with studio.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FlyerVersion)) == 0
    studio.run_press()
    browser.send(f"{at}/send", _as_shown(browser.page(at)))
    with studio.database.reading() as session:
        frozen = session.scalars(select(FlyerVersion)).one().content
    assert (frozen["slots"]["headline"], frozen["colour"]) == ("The last words", "voice")


def test_a_page_that_somebody_else_has_changed_is_not_sent(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at), **{"s-headline": "Mine"}))
    mine = {**_as_shown(browser.page(at)), "colour": "money"}
    browser.send(at, studio.filled(browser.page(at), **{"s-headline": "Theirs"}))
    studio.run_press()
    page = browser.send(f"{at}/send", mine, status=409)
    assert page.soup.find(id="s-headline")["value"] == "Mine"
    assert page.soup.select_one("[name=colour][checked]")["value"] == "money"
    with studio.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FlyerVersion)) == 0


def test_an_address_too_long_for_a_code_is_kept_and_to_be_mended(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    long = "example.org/" + "a" * 3_900
    browser.send(at, studio.filled(browser.page(at), **{"s-link": long}))
    assert browser.page(at).soup.select_one(".flyer-stop a[href='#s-link']") is not None


def test_saving_as_one_types_answers_with_what_is_to_mend_and_the_new_version(
    studio: StudioWorld,
) -> None:
    browser, at = _begin(studio)
    form = studio.filled(browser.page(at), **{"s-headline": ""})
    answer = _part(browser, at, form)
    assert 'id="version" name="version" value="2"' in answer
    assert "#s-headline" in answer


def test_what_a_stale_page_sends_is_not_saved_and_not_lost(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    old = studio.filled(browser.page(at), **{"s-headline": "Mine"})
    browser.send(at, studio.filled(browser.page(at), **{"s-headline": "Theirs"}))
    page = browser.send(at, old, status=409)
    assert page.soup.find(id="s-headline")["value"] == "Mine"
    assert browser.page(at).soup.find(id="s-headline")["value"] == "Theirs"
    assert "Not saved" in _part(browser, at, old)


def test_a_photo_is_looked_at_kept_without_its_notes_and_asks_two_questions(
    studio: StudioWorld,
) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    browser.send(
        f"{at}/photo",
        {"file": (a_photo(), "me.jpg")},
        start=at,
        content_type="multipart/form-data",
    )
    studio.run_press()
    page = browser.page(at)
    assert page.says("1500 × 1300 points")
    stops = " ".join(found.get_text() for found in page.soup.select(".flyer-stop li"))
    assert "No child may appear" in stops
    browser.send(f"{at}/photo/remove", page.form("/photo/remove"))
    assert not browser.page(at).says("1500 × 1300 points")


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", ""), (b"", "x.jpg"), (b"%PDF-1.4 broken", "x.pdf"), (b"<svg/>", "x.svg")],
)
def test_what_is_no_photo_is_refused_in_words(studio: StudioWorld, data: bytes, name: str) -> None:
    browser, at = _begin(studio)
    sent = {"file": (io.BytesIO(data), name)}
    kind = "multipart/form-data"
    page = browser.send(f"{at}/photo", sent, start=at, status=422, content_type=kind)
    assert page.soup.select(".notice")


def test_a_flyer_sent_back_carries_the_reason_and_can_be_sent_again(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    studio.run_press()
    browser.send(f"{at}/send", _as_shown(browser.page(at)))
    assert browser.post(at, data={}).status_code in (403, 409)
    studio.decide("designer", 1, reason="The headline is too long.")
    page = browser.page(at)
    assert page.says("The headline is too long.")
    browser.send(f"{at}/send", _as_shown(page))
    with studio.database.reading() as session:
        fact = flyer_facts(session, [studio.campaign_id])[studio.campaign_id][FLYER_APPROVED]
    assert fact.state is FactState.WAITING


def test_a_flyer_taken_back_can_be_changed(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    studio.run_press()
    browser.send(f"{at}/send", _as_shown(browser.page(at)))
    page = browser.page(at)
    assert page.soup.find(id="studio") is None
    browser.send(f"{at}/withdraw/1", page.form("/withdraw/"))
    assert browser.page(at).soup.find(id="studio") is not None


def test_an_approved_flyer_can_not_be_changed_but_another_begun_from_it(
    studio: StudioWorld,
) -> None:
    browser, at = _begin(studio)
    form = studio.filled(browser.page(at), **{"i-issued_on": "2999-01-01"})
    browser.send(at, form)
    studio.run_press()
    browser.send(f"{at}/send", _as_shown(browser.page(at)))
    studio.decide("designer", 1)
    browser.send(at, form, start=at, status=409)
    page = browser.page(at)
    with pikepdf.open(io.BytesIO(browser.get(f"{at}/versions/1/print").data)) as file:
        assert len(file.pages) == 2
    pictures = [image["src"] for image in page.soup.select(".flyer-page img")]
    assert [found.rsplit("/", 1)[1] for found in pictures] == ["front", "back", "card"]
    assert not page.says("thrown away")
    # What is borne in mind names its field, and leads nowhere: there is no form any more.
    assert page.says("Date of issue:") and not page.soup.select("a[href^='#i-']")
    browser.send(f"{at}/copy", page.form("/copy"))
    assert browser.page(studio.at("/2")).soup.find(id="s-headline")["value"].startswith("Двор")


def test_approved_flyers_leave_room_for_another(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    for _ in range(MOST_FLYERS - 1):
        browser.send(studio.at(), {}, start=studio.at())
    refused = browser.send(studio.at(), {}, start=studio.at(), status=422)
    assert refused.says("not approved yet")
    with studio.database.writing() as session:
        session.get_one(Flyer, 1).state = "approved"
    browser.send(f"{at}/copy", browser.page(at).form("/copy"))


def test_somebody_elses_flyer_is_not_there(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    studio.run_press()
    picture = browser.page(at).soup.select_one(".flyer-page img")["src"]
    stranger = studio.browser("pavel")
    for path in (studio.at(), at, picture, f"{at}/preview", f"{at}/versions/1/front"):
        assert stranger.get(path).status_code == 404
    for path in (at, f"{at}/send", f"{at}/photo", f"{at}/copy", f"{at}/again"):
        assert stranger.send(path, {}, start="/", status=404)


def test_hostile_words_in_every_place_are_kept_and_printed_as_words(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    bad = "<script>alert(1)</script><img src=file:///etc/passwd>\x00\u202e"
    page = browser.page(at)
    form = {name: bad if name[:2] in ("s-", "i-") else v for name, v in studio.filled(page).items()}
    browser.send(at, form)
    studio.run_press()
    page = browser.page(at)
    assert page.soup.find(id="s-headline")["value"].startswith("<script>")
    assert len(page.soup.select(".flyer-page img")) == 3
    browser.send(f"{at}/send", _as_shown(page), status=422)


def test_pages_thrown_away_are_made_again(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    studio.run_press()
    with studio.database.writing() as session:
        gone = forget_previews(session, before=clock.now() + timedelta(days=2))
    assert len(gone) == 5
    page = browser.page(at)
    assert page.says("The pages have been thrown away")
    browser.send(f"{at}/again", page.form("/again"))
    studio.run_press()
    assert len(browser.page(at).soup.select(".flyer-page img")) == 3


def test_no_words_of_a_flyer_are_left_in_jobs_or_sheets(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    with studio.database.reading() as session:
        waiting = session.scalars(select(TypesetSheet.sheet)).all()
        payloads = str(session.scalars(select(Job.payload)).all())
    assert all("Двор" not in str(sheet) and sheet for sheet in waiting)
    assert "Двор" not in payloads
    studio.run_press()
    with studio.database.reading() as session:
        assert set(session.scalars(select(TypesetSheet.sheet)).all()) == {None}


def test_the_reviewer_is_told_what_changed_and_given_both_sides(studio: StudioWorld) -> None:
    browser, at = _begin(studio)
    browser.send(at, studio.filled(browser.page(at)))
    studio.run_press()
    browser.send(f"{at}/send", _as_shown(browser.page(at)))
    subjects = FlyerSubjects(packs=studio.packs)
    with studio.database.reading() as session:
        viewer = studio.viewer(session, "designer")
        found = subjects.handed_in(session, viewer, review_id=1, language="en")
        assert [file.name for file in found.files] == [
            "front.png",
            "back.png",
            "card.png",
            "print.pdf",
        ]
        with pytest.raises(Missing):
            stranger = studio.viewer(session, "pavel")
            subjects.handed_in(session, stranger, review_id=1, language="en")
    assert any("commission" in change.after for change in found.changes)
    designer = studio.browser("designer")
    assert all(designer.get(file.address).status_code == 200 for file in found.files)
