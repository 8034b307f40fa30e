"""Setting up elections and districts in a browser."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import Campaign, Election
from app.accounts.rules.elections import PackChoice, PackChoices
from app.web.kernel import EXTENSION
from tests.page import CheckingClient, Page
from tests.web.accounts.conftest import World
from tests.web.accounts.test_russian import ENGLISH

PACKS = PackChoices(
    choices=(
        PackChoice(
            id="ru-spb-municipal",
            timezone="Europe/Moscow",
            titles={"en": "St Petersburg", "ru": "Петербург"},
        ),
        PackChoice(
            id="gb-eng-local",
            timezone="Europe/London",
            titles={"en": "England", "ru": "Англия"},
        ),
    )
)
ELECTION = {
    "name": "Spring",
    "pack_id": "gb-eng-local",
    "polling_day": "2027-05-06",
    "sign_up_open": "y",
}
TABLE = "совет;номер;мандаты;улицы\nТихая Гавань;7;6;\nТихая Гавань;8;5;Ель\nТихая Гавань;9;x;\n"


@pytest.fixture
def chief(world: World) -> CheckingClient:
    world.app.extensions[EXTENSION].provide(PACKS)
    return world.browser_of("chief")


def add_path(world: World) -> str:
    return f"/desk/coalitions/{world.ids['coalition']}/elections/add"


def edit_path(world: World) -> str:
    return f"/desk/elections/{world.ids['election']}"


def districts(world: World) -> str:
    return f"{edit_path(world)}/districts"


def hand_in(client: CheckingClient, world: World, status: int = 200, **data: Any) -> Page:
    path = f"{districts(world)}/table"
    multipart = {"content_type": "multipart/form-data"}
    return client.send(path, data, status=status, start=path, **multipart)


def confirm(client: CheckingClient, world: World, preview: Page, status: int = 303) -> Page:
    path = f"{districts(world)}/table/confirm"
    return client.send(path, preview.form("/confirm"), status=status, start=districts(world))


def test_a_chief_adds_an_election_which_then_takes_candidates(
    world: World, chief: CheckingClient
) -> None:
    done = chief.send(add_path(world), ELECTION, start=add_path(world))
    page = chief.page(done.response.headers["Location"])
    assert page.says("No districts yet")
    assert chief.page("/desk/elections").says("England")
    assert world.visitor().page("/join").says("Spring")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("pack_id", ""),
        ("pack_id", "no-such-pack"),
        ("polling_day", ""),
        ("polling_day", "31.02.2027"),
        ("polling_day", "0001-01-01"),
        ("polling_day", "9999-12-31"),
        ("first_polling_day", "2027-05-07"),
        ("first_polling_day", "soon"),
        ("published_on", "2027-05-06"),
        ("published_on", "9" * 40),
    ],
)
def test_what_is_wrong_with_an_election_is_said_beside_the_field(
    world: World, chief: CheckingClient, field: str, value: str
) -> None:
    sent = {**ELECTION, field: value}
    page = chief.send(add_path(world), sent, status=422, start=add_path(world))
    element = page.soup.find(id=f"{field}-error")
    assert element is not None, page.text
    kept = page.form("/elections/add")
    assert (
        kept["polling_day" if field == "name" else "name"]
        == sent["polling_day" if field == "name" else "name"]
    )


def test_moving_the_days_says_how_many_campaigns_move(world: World, chief: CheckingClient) -> None:
    page = chief.page(edit_path(world))
    assert page.says("4 campaigns follow these days")
    sent = {**page.form("/desk/elections/"), "polling_day": "2027-05-06"}
    chief.send(edit_path(world), sent, start=edit_path(world))
    assert "Campaigns whose deadlines moved: 4" in chief.get("/desk/elections").get_data(
        as_text=True
    )


def test_the_pack_can_not_change_under_campaigns(world: World, chief: CheckingClient) -> None:
    sent = {**chief.page(edit_path(world)).form("/desk/elections/"), "pack_id": "gb-eng-local"}
    page = chief.send(edit_path(world), sent, status=422, start=edit_path(world))
    assert page.soup.find(id="pack_id-error")


def test_sign_up_is_closed_and_the_day_of_publication_entered_later(
    world: World, chief: CheckingClient
) -> None:
    sent = chief.page(edit_path(world)).form("/desk/elections/")
    day = (clock.now().date() - timedelta(days=3)).isoformat()
    sent = {key: value for key, value in sent.items() if key != "sign_up_open"}
    chief.send(edit_path(world), {**sent, "published_on": day}, start=edit_path(world))
    with world.database.reading() as session:
        stored = session.get_one(Election, world.ids["election"])
        assert (stored.sign_up_open, stored.published_on.isoformat()) == (False, day)


def test_a_table_is_looked_through_before_it_is_taken_in(
    world: World, chief: CheckingClient
) -> None:
    preview = hand_in(
        chief, world, file=(io.BytesIO(TABLE.encode("windows-1251")), "districts.csv")
    )
    assert preview.says("New districts: 1")
    assert preview.says("Districts that change: 1")
    assert preview.says("Line 4 : Seats: Write the number in digits only.") or preview.says(
        "Line 4: Seats: Write the number in digits only."
    )
    assert not chief.page(f"{districts(world)}?q=8").says("No. 8")
    confirm(chief, world, preview)
    page = chief.page(f"{districts(world)}?q=ель")
    assert page.says("No. 8")


def test_a_pasted_table_longer_than_other_texts_is_taken(
    world: World, chief: CheckingClient
) -> None:
    lines = "".join(f"Quiet Harbour\t{n}\t{'Oak Street ' * 20}\n" for n in range(400))
    preview = hand_in(chief, world, pasted=f"council\tnumber\tplaces\n{lines}")
    assert preview.says("New districts: 400")
    confirm(chief, world, preview)
    assert chief.page(f"{districts(world)}?q=oak&page=8").says("Page 8 / 8")


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("file", {}),
        ("file", {"file": (io.BytesIO(b""), "a.csv")}),
        ("file", {"file": "no file at all"}),
        ("pasted", {"pasted": "name\nNorth\n"}),
        ("pasted", {"pasted": "council\n<script>alert(1)</script>\x00"}),
    ],
)
def test_what_is_no_table_is_refused_and_kept(
    world: World, chief: CheckingClient, field: str, data: dict[str, Any]
) -> None:
    page = hand_in(chief, world, 422, **data)
    assert page.soup.find(id=f"{field}-error")
    if "pasted" in data:
        assert page.form("/table")["pasted"].split()[0] == data["pasted"].split()[0]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04" + b"\0" * 99, b"\x98", b"council\n" + b"x\n" * 5_001],
)
def test_a_bad_file_is_refused_beside_its_field(
    world: World, chief: CheckingClient, content: bytes
) -> None:
    page = hand_in(chief, world, 422, file=(io.BytesIO(content), "a.csv"))
    assert page.soup.find(id="file-error")


@pytest.mark.parametrize("packed", ["", "x", "AAAA", "щ", "eJwDAAAAAAE=", "9" * 400])
def test_a_table_that_comes_back_broken_is_refused(
    world: World, chief: CheckingClient, packed: str
) -> None:
    path = f"{districts(world)}/table/confirm"
    page = chief.send(path, {"packed": packed}, status=422, start=districts(world) + "/table")
    assert page.says("did not arrive whole")


def test_a_district_is_added_edited_and_deleted(world: World, chief: CheckingClient) -> None:
    path = f"{districts(world)}/add"
    good = {"council": "Quiet Harbour", "number": "31", "seats": "5", "places": "Oak Street"}
    for field, value in (
        ("council", ""),
        ("number", "9" * 21),
        ("seats", "9" * 40),
        ("seats", "0"),
        ("electors", "-1"),
        ("electors", "many"),
        ("places", "a\x00b"),
    ):
        page = chief.send(path, {**good, field: value}, status=422, start=path)
        assert page.soup.find(id=f"{field}-error"), field
    chief.send(path, good, start=path)
    again = chief.send(path, good, status=422, start=path)
    assert again.soup.find(id="number-error")
    found = chief.page(f"{districts(world)}?q=oak")
    link = found.soup.select_one(f"td a[href^='{districts(world)}/']")
    assert link is not None
    chief.send(str(link["href"]), {**good, "name": "North"}, start=str(link["href"]))
    assert chief.page(f"{districts(world)}?q=north").says("North")
    chief.send(f"{link['href']}/delete", start=str(link["href"]))
    chief.page(str(link["href"]), 404)


def test_a_district_with_a_campaign_is_not_deleted(world: World, chief: CheckingClient) -> None:
    with world.database.reading() as session:
        taken = session.get_one(Campaign, world.ids["own_campaign"]).district_id
    path = f"{districts(world)}/{taken}"
    assert not chief.page(path).says("Delete the district")
    page = chief.send(f"{path}/delete", status=422, start=path)
    assert page.says("it has to stay")


PATHS = (
    "/desk/elections/{election}",
    "/desk/elections/{election}/districts",
    "/desk/elections/{election}/districts/add",
    "/desk/elections/{election}/districts/{district}",
    "/desk/elections/{election}/districts/table",
    "/desk/coalitions/{coalition}/elections/add",
)


@pytest.mark.parametrize("path", PATHS)
def test_only_the_coalitions_own_chief_gets_there(
    world: World, chief: CheckingClient, path: str
) -> None:
    with world.database.writing() as session:
        home = session.get_one(Campaign, world.ids["foreign_campaign"])
        foreign = {
            "election": home.election_id,
            "district": home.district_id,
            "coalition": home.coalition_id,
        }
    chief.page(path.format(**world.ids))
    chief.page(path.format(**foreign), 404)
    if not path.endswith("/districts"):
        chief.send(path.format(**foreign), status=404, start="/settings")
    world.browser_of("coordinator").page(path.format(**world.ids), 403)
    assert "/sign-in" in world.visitor().get(path.format(**world.ids)).headers["Location"]


def test_a_foreign_election_is_not_listed_and_its_districts_not_deleted(
    world: World, chief: CheckingClient
) -> None:
    assert len(chief.page("/desk/elections").soup.select("tbody tr")) == 1
    with world.database.reading() as session:
        home = session.get_one(Campaign, world.ids["foreign_campaign"])
    for election in (home.election_id, world.ids["election"]):
        path = f"/desk/elections/{election}/districts/{home.district_id}/delete"
        chief.send(path, status=404, start="/settings")
    path = f"/desk/elections/{home.election_id}/districts/table/confirm"
    chief.send(path, {"packed": "x"}, status=404, start="/settings")


@pytest.mark.parametrize("path", ["/desk/elections", *PATHS])
def test_no_english_is_left(world: World, chief: CheckingClient, path: str) -> None:
    chief.get("/language/ru")
    page = chief.page(path.format(**world.ids))
    for code in page.soup.find_all("code"):
        code.extract()
    assert not ENGLISH.findall(page.text.lower().replace("good neighbours", ""))
