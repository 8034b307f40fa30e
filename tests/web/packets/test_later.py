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
    assert link["href"] == step and link.get_text().startswith("No total is known.")
    assert link.find(class_="badge").get_text(strip=True) == "opens later"
    note = stops.find(class_="links-note").get_text(strip=True)
    assert note == "First see what opens this paper."


def test_a_packet_whose_step_is_locked_offers_nothing_that_would_be_refused(
    russian: Portal,
) -> None:
    make_ready(russian)
    anna, where = russian.browser("anna"), path(russian)
    actions = [form["action"] for form in anna.page(where).soup.select("main form")]
    assert where + "/receipt" in actions and where + "/assemble/print" in actions
    lock(russian)
    page = anna.page(where)
    offered = [str(form["action"]) for form in page.soup.select("main form")]
    assert [action for action in offered if "/tick" not in action] == []
    step = desk_of(russian).packs.packet(RU, "nomination")[1].step
    (way,) = page.soup.find(id="receipt").select("a")
    assert way["href"] == russian.at(f"steps/{step}")
