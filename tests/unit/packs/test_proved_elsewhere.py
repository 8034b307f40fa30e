"""Papers, flyers, pages, gifts and doors prove their steps, and nobody is asked a second time."""

from __future__ import annotations

import pytest

from documents.flyers.pack import load_flyer_packs
from documents.packets.pack import load_all_packets
from documents.paperwork.pack import load_all_documents
from fundraising.pack import load_funds
from quests.route.features import DOORS, FILED, FLYER, GIFTS, PAPER, SUPPORT_PAGE
from quests.route.library import PackLibrary, load_library
from quests.route.shape import Step

RU, EN = "ru-spb-municipal", "gb-eng-local"
PROVED = [
    (RU, "b2_consent", {f"{PAPER}consent": 1}),
    (RU, "d2_leaflet", {FLYER: 1}),
    (RU, "d4_doors", {DOORS: 100}),
    (RU, "d6_money", {SUPPORT_PAGE: 1, GIFTS: 1}),
    (EN, "donate_page", {SUPPORT_PAGE: 1}),
    (EN, "subscribers", {f"{PAPER}nomination_paper": 1}),
    (EN, "leaflet_canvass", {FLYER: 1, DOORS: 20}),
]


@pytest.fixture(scope="module")
def library() -> PackLibrary:
    return load_library()


def facts_of(step: Step) -> dict[str, int]:
    return {one.fact: one.at_least for one in step.evidence if one.fact is not None}


@pytest.mark.parametrize(("pack_id", "key", "facts"), PROVED)
def test_the_step_is_proved_by_what_was_made_and_by_no_form(
    library: PackLibrary, pack_id: str, key: str, facts: dict[str, int]
) -> None:
    step = library[pack_id].step_by_key[key]
    assert facts_of(step) == facts
    assert not step.field and not step.item and not step.file


def test_the_signed_notice_of_the_agent_is_sent_once(library: PackLibrary) -> None:
    """Once as a paper: a step that asked for a photo of it as well would have it checked twice."""
    step = library[EN].step_by_key["choose_agent"]
    assert facts_of(step) == {f"{PAPER}agent_notice": 1}
    assert {one.kind for one in step.evidence} == {"form", "fact"}
    assert step.field and not step.file


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_what_is_reviewed_elsewhere_names_the_step_it_proves(
    library: PackLibrary, pack_id: str
) -> None:
    route = library[pack_id]
    packs = {pack_id: route.pack}
    documents = load_all_documents(packs).find(pack_id)
    assert documents is not None
    named = {f"{PAPER}{kind.key}": kind.step for kind in documents.kinds.values()}
    named[FLYER] = load_flyer_packs(packs.values())[pack_id].imprint.step
    named[SUPPORT_PAGE] = load_funds(packs).packs[pack_id].rules.step
    for pack, key, facts in PROVED:
        for fact in facts.keys() & named.keys() if pack == pack_id else ():
            assert named[fact] == key, fact


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_the_step_of_a_packet_waits_for_its_receipt_and_for_no_other(
    library: PackLibrary, pack_id: str
) -> None:
    route = library[pack_id]
    packets = load_all_packets(load_all_documents({pack_id: route.pack})).find(pack_id)
    assert packets is not None
    waiting = {
        one.fact: step.key
        for step in route.steps
        for one in step.evidence
        if (one.fact or "").startswith(FILED)
    }
    assert waiting == {f"{FILED}{key}": rule.step for key, rule in packets.packets.items()}


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_text_forbids_to_send_the_paper_that_the_step_waits_for(
    library: PackLibrary, pack_id: str, language: str
) -> None:
    words = library[pack_id].words_in(language).step
    for pack, key, _ in PROVED:
        if pack == pack_id:
            said = words[key].what + words[key].proof
            assert "не загружайте" not in said and "not upload" not in said


ASKED_BY_PAPERS = [
    ("choose_agent", "agent_notice", {"agent_who", "agent_name", "agent_office"}),
    ("consent_sign", "consent_to_nomination", {"witness_name"}),
]
"""What these papers of the English pack ask; the step asks only what stands on no paper."""
ASKED_BY_STEPS = {
    "choose_agent": ("office_in_area", "post_box", "office_is_home", "shared"),
    "consent_sign": ("signed_on", "witness_saw", "witness_same"),
}


@pytest.mark.parametrize(("key", "kind", "answers"), ASKED_BY_PAPERS)
def test_a_step_does_not_ask_what_its_paper_asks(
    library: PackLibrary, key: str, kind: str, answers: set[str]
) -> None:
    documents = load_all_documents({EN: library[EN].pack}).find(EN)
    assert documents is not None
    paper = documents.kinds[kind]
    assert paper.step == key
    assert answers <= {field.answer for field in paper.field}
    asked = tuple(field.key for field in library[EN].step_by_key[key].field)
    assert asked == ASKED_BY_STEPS[key]
