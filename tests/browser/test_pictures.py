"""The pictures of the README: taken from the demo coalition by ``pytest --screenshots``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser
from sqlalchemy import text

from app import clock
from app.demo import plant
from quests.route.library import PackLibrary
from tests.browser.conftest import DESK, PATIENCE_MS, PHONE, cookie_of
from tests.browser.live import ROOT, LiveServer

FOLDER = ROOT / "docs" / "screenshots"
BIGGEST_BYTES = 200_000
CANDIDATE, COORDINATOR = "middle@example.org", "chief@example.org"
CANVASSER = "canvasser@example.org"
COLLECTING = "collecting"
"""The candidate to whom the most sheets came back, whoever that is."""
PICTURES = (
    ("route", CANDIDATE, DESK, 1000, "/campaigns/{campaign}/route"),
    ("step", CANDIDATE, DESK, 1000, "/campaigns/{campaign}/steps/b5_first_money"),
    ("review", COORDINATOR, DESK, 1000, "/desk/reviews/{review}"),
    ("campaigns", COORDINATOR, DESK, 1000, "/desk/campaigns"),
    ("dispatch", COORDINATOR, DESK, 1000, "/desk"),
    ("paper", CANDIDATE, DESK, 860, "/campaigns/{campaign}/documents/consent"),
    ("clerk", CANDIDATE, DESK, 900, "/campaigns/{campaign}/clerk"),
    ("packet", CANDIDATE, DESK, 900, "/campaigns/{campaign}/packets/nomination"),
    ("signatures", COLLECTING, DESK, 1000, "/campaigns/{collecting}/signatures"),
    ("papers-desk", COORDINATOR, DESK, 900, "/desk/papers"),
    ("studio", CANDIDATE, DESK, 800, "/campaigns/{campaign}/flyers/{flyer}"),
    ("support", None, DESK, 1000, "/support/{page}"),
    ("league", CANDIDATE, DESK, 800, "/league?scope=organisations"),
    ("doors-phone", CANVASSER, PHONE, 780, "/campaigns/{campaign}/field/entrances/{entrance}"),
    ("door-phone", CANVASSER, PHONE, 780, "/campaigns/{campaign}/field/doors/{door}"),
    ("landing-phone", None, PHONE, 780, "/"),
    ("route-phone", CANDIDATE, PHONE, 780, "/campaigns/{campaign}/route"),
)


@pytest.fixture(scope="module")
def demo(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    empty_sqlite: Path,
    library: PackLibrary,
) -> Iterator[LiveServer]:
    """The whole demo coalition in a portal of its own."""
    if not request.config.getoption("--screenshots"):
        pytest.skip("pictures are taken with --screenshots")
    data = tmp_path_factory.mktemp("demo")
    shutil.copyfile(empty_sqlite, data / "mandat.db")
    server = LiveServer(data, library)
    plant(server.database, server.settings, now=clock.now())
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "login", "width", "height", "path"), PICTURES)
def test_a_picture_is_taken(
    demo: LiveServer,
    browser: Browser,
    name: str,
    login: str | None,
    width: int,
    height: int,
    path: str,
) -> None:
    context = browser.new_context(
        base_url=demo.url,
        viewport={"width": width, "height": height},
        device_scale_factor=2 if width == PHONE else 1,
        locale="ru-RU",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    filled = places(demo)
    context.add_cookies([cookie_of(demo, viewer_of(demo, login, filled), "ru")])
    page = context.new_page()
    answered = page.goto(path.format(**filled))
    assert answered is not None and answered.status == 200
    write(name, page.screenshot())
    context.close()


def viewer_of(demo: LiveServer, login: str | None, filled: Mapping[str, object]) -> int | None:
    """Give who looks at a page; None: nobody is signed in."""
    if login == COLLECTING:
        whose = "select candidate_id from campaign where id = :of"
        return number(demo, whose, str(filled["collecting"]))
    return number(demo, "select id from person where login = :of", login) if login else None


def places(demo: LiveServer) -> dict[str, object]:
    """Give what the addresses are filled with: of one candidate, of a canvasser, of a reviewer.

    The review is one of a second round, where there is a change to be seen.
    """
    campaign = (
        "select campaign.id from campaign join person on person.id = campaign.candidate_id"
        " where person.login = :of"
    )
    again = (
        "select review.id from review join campaign on campaign.id = review.campaign_id"
        " join election on election.id = campaign.election_id"
        " join evidence on evidence.review_id = review.id and evidence.kind = 'form'"
        " where review.state = 'submitted' and election.pack_id = :of"
        " order by review.round desc, review.id limit 1"
    )
    flyer = (
        "select max(flyer.id) from flyer join campaign on campaign.id = flyer.campaign_id"
        " join person on person.id = campaign.candidate_id"
        " where person.login = :of and flyer.state = 'approved'"
    )
    page = (
        "select support_page.slug from support_page"
        " join campaign on campaign.id = support_page.campaign_id"
        " join person on person.id = campaign.candidate_id where person.login = :of"
    )
    entrance = (
        "select min(turf_entrance.entrance_id) from turf_entrance"
        " join turf on turf.id = turf_entrance.turf_id"
        " join person on person.id = turf.person_id where person.login = :of"
    )
    door = f"select min(door.id) from door where door.entrance_id = ({entrance})"
    collecting = (
        "select campaign_id from signature_sheet where state = :of"
        " group by campaign_id order by sum(good) desc, campaign_id limit 1"
    )
    return {
        "campaign": number(demo, campaign, CANDIDATE),
        "collecting": number(demo, collecting, "returned"),
        "review": number(demo, again, "ru-spb-municipal"),
        "flyer": number(demo, flyer, CANDIDATE),
        "page": found(demo, page, CANDIDATE),
        "entrance": number(demo, entrance, CANVASSER),
        "door": number(demo, door, CANVASSER),
    }


def number(demo: LiveServer, sql: str, of: str) -> int:
    """Give the number a query finds."""
    return int(found(demo, sql, of))


def found(demo: LiveServer, sql: str, of: str) -> str:
    """Give what a query finds, as text."""
    with demo.database.reading() as session:
        return str(session.execute(text(sql), {"of": of}).scalar_one())


def write(name: str, picture: bytes) -> None:
    """Write a picture as small as it gets without losing a colour."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    Image.open(BytesIO(picture)).convert("RGB").save(path, optimize=True)
    assert path.stat().st_size <= BIGGEST_BYTES, f"{path.name}: {path.stat().st_size} bytes"
