"""A packet leads to the papers that are open, and to what opens the others."""

from __future__ import annotations

from documents.packets.desk import Stop
from tests.web.packets.program import AClerk, desk_of, lock, make_ready, path
from tests.web.portal import RU, Portal

KEY = "registration"


def step_of(portal: Portal) -> str:
    return portal.at(f"steps/{desk_of(portal).packs.packet(RU, KEY)[1].step}")


def test_every_line_of_a_packet_leads_where_one_can_go(russian: Portal) -> None:
    anna, where = russian.browser("anna"), path(russian, key=KEY)
    open_lines = anna.page(where).soup.select("#lines tbody a")
    assert all("/documents/" in str(link["href"]) for link in open_lines)
    lock(russian, KEY)
    rows = [row for row in anna.page(where).soup.select("#lines tbody tr") if row.select("a")]
    later = [row for row in rows if row.select(f"a[href='{step_of(russian)}']")]
    assert later
    for row in later:
        assert row.select_one(".badge").get_text(strip=True) == "opens later"
    for row in rows:
        (link,) = row.select("a")
        if row not in later:
            assert anna.get(str(link["href"])).status_code == 200


def test_what_is_in_the_way_and_opens_later_leads_to_what_opens_it(
    russian: Portal, clerk: AClerk
) -> None:
    make_ready(russian)
    step = russian.at("steps/e2_final")
    clerk.found.append(
        Stop(what="No total is known.", mend="Answer it.", href=step, opens_later=True)
    )
    stops = russian.browser("anna").page(path(russian)).soup.find(id="stops")
    (link,) = stops.find_all("a")
    assert link["href"] == step and link.get_text().startswith("what opens it")
    assert stops.find(class_="badge").get_text(strip=True) == "opens later"
