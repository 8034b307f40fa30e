"""The demo's flyers are made by the same commands as people's."""

from __future__ import annotations

from app import clock
from app.demo.plant_flyers import DemoFlyer, DemoPress, plant_flyers
from app.files.storage import FileStore
from app.sealing import Seal
from documents.flyers.facts import FLYER_APPROVED, flyer_facts
from documents.typesetting.previews import Previews
from tests.web.flyers.studio_program import IMPRINTS, RU, WORDS, StudioWorld


def test_an_approved_and_a_draft_flyer_are_planted_with_their_files(studio: StudioWorld) -> None:
    settings = studio.settings
    tools = DemoPress(
        press=studio.press,
        seal=Seal.from_secret(settings.secret_key),
        files=FileStore(folder=settings.files),
        previews=Previews.of(settings),
    )
    with studio.database.writing() as session:
        flyers = [
            DemoFlyer(
                campaign_id=studio.campaign_id,
                candidate=studio.viewer(session, "anna"),
                designer=studio.viewer(session, "designer"),
                state=state,
                slots=WORDS,
                imprint=IMPRINTS[RU],
                colour="field",
                begun_at=clock.now(),
            )
            for state in ("approved", "draft")
        ]
        plant_flyers(session, studio.packs[RU], flyers, tools)
    with studio.database.reading() as session:
        assert flyer_facts(session, None)[studio.campaign_id][FLYER_APPROVED].count == 1
    browser = studio.browser("anna")
    assert browser.get(studio.at("/1/versions/1/print")).mimetype == "application/pdf"
    assert len(browser.page(studio.at("/2")).soup.select(".flyer-page img")) == 3
