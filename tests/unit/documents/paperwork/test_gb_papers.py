"""Papers of the English pack: who needs which, and what their forms may never do."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from documents.paperwork.rules.interview import is_needed
from documents.paperwork.shape import AnswerType
from documents.press.client import Press
from tests.golden.test_gb_papers import OF_A_PARTY, PRINTED, WHOLE, answers_for
from tests.paperwork_world import EN, composed, documents_of, given_of, interview_of, text_of

BY_HAND = re.compile(r"signature|date|officer|before", re.IGNORECASE)
HOME = str(WHOLE["home_address"])


def words_of(text: str) -> str:
    """A line break inside a long word or address is of the page, not of the text."""
    return re.sub(r"[\s\u2010\u00ad]+", "", text)


def needed(**answers: str) -> set[str]:
    documents = documents_of(EN)
    given = given_of(documents, answers)
    listed = documents.listed.items()
    return {key for key, kind in listed if not kind.optional and is_needed(kind, given)}


def test_an_independent_needs_no_certificate() -> None:
    independent = needed(description="independent", certificate_by="delegate")
    assert {"nomination_paper", "home_address", "consent_to_nomination"} <= independent
    assert not independent & {"certificate", "certificate_second", "delegate_authority"}


def test_a_party_description_needs_a_certificate_and_a_joint_one_two() -> None:
    assert "certificate" in needed(description="party")
    assert "certificate_second" not in needed(description="party", joint_description="no")
    assert "certificate_second" in needed(description="party", joint_description="yes")
    assert "delegate_authority" in needed(description="party", certificate_by="delegate")


def test_who_is_their_own_agent_makes_one_declaration() -> None:
    assert "candidate_declaration" not in needed(agent_who="self")
    assert {"candidate_declaration", "personal_statement"} <= needed(agent_who="other")


def test_only_who_was_elected_accepts_office_and_everybody_makes_a_return() -> None:
    assert "acceptance_of_office" not in needed(elected="no")
    assert "acceptance_of_office" in needed(elected="yes")
    assert {"expenses_return", "agent_declaration"} <= needed(elected="no", expenses="none")
    assert "return_receipts" not in needed(expenses="none")


def test_every_qualifying_address_is_repeated_in_full() -> None:
    text = text_of(composed(documents_of(EN), "home_address", WHOLE).sheet.html)
    assert text.count(" ".join(HOME.split())) == 3
    assert "as above" not in text.lower()


def test_the_area_is_asked_only_of_who_wants_the_address_kept_private() -> None:
    public = {**WHOLE, "keep_private": "no"}
    printed = interview_of(documents_of(EN), "home_address", public).printed()
    assert printed["private_place"] == "" and printed["relevant_area"] == ""
    html = composed(documents_of(EN), "home_address", public).sheet.html
    assert "Borough of Engleston" not in html and "signature" not in text_of(html)


def test_who_is_their_own_agent_is_not_asked_for_another_persons_address() -> None:
    own = {**WHOLE, "agent_who": "self"}
    text = text_of(composed(documents_of(EN), "agent_notice", own).sheet.html)
    assert "Ruth Ann Calder" not in text and "Saddler’s Yard" not in text
    assert "I act as my own election agent." in text and "14 Cooper Lane" in text


def test_what_is_not_asked_itself_makes_nothing_else_be_asked() -> None:
    # The agent was named for another paper; the candidate signs this one.
    signed = {**WHOLE, "appointed_by": "candidate", "agent_who": "other", "agent_name": ""}
    found = interview_of(documents_of(EN), "polling_agents_notice", signed)
    assert [question.answer.key for question in found.in_the_way] == []
    named = {**signed, "agent_name": "Ruth Ann Calder"}
    assert interview_of(documents_of(EN), "polling_agents_notice", named).printed() == (
        found.printed()
    )
    # The address was given before the qualification was taken back.
    back = {**WHOLE, "qual_b": "no", "qual_b_where": "other"}
    assert interview_of(documents_of(EN), "home_address", back).printed()["qual_b_address"] == ""


@pytest.mark.parametrize("number", ["EW1", "214"])
def test_the_elector_number_stands_on_the_nomination_paper(number: str) -> None:
    assert number in composed(documents_of(EN), "nomination_paper", WHOLE).sheet.html


def test_no_ticked_qualification_is_said_on_the_paper_itself() -> None:
    none = {**WHOLE, **{f"qual_{key}": "no" for key in "abcd"}}
    for kind in ("home_address", "consent_to_nomination"):
        text = text_of(composed(documents_of(EN), kind, none).sheet.html)
        assert "No qualification is ticked." in text


def test_expenses_stand_under_their_heading_and_as_they_were_settled() -> None:
    text = text_of(composed(documents_of(EN), "expenses_return", WHOLE).sheet.html)
    assert "B | Unsolicited material to electors | 472.50" in text
    assert "C | Transport | 0.00" in text
    agents, early = text.index("2. Payments made by"), text.index("3. Payments made by")
    assert agents < text.index("Quill Press") < early < text.index("Market Stationers")
    assert "Total | 784.30" in text and "Total | 508.50" in text


@pytest.mark.parametrize("kind", PRINTED)
def test_what_a_hand_writes_is_never_asked_or_filled_in(kind: str) -> None:
    found = documents_of(EN).kinds[kind]
    assert found.hand and all(BY_HAND.search(place.key) for place in found.hand)
    days = {
        place.answer
        for place in found.field
        if documents_of(EN).answers[place.answer].type is AnswerType.DATE
    }
    assert days <= {"poll_date", "birth_date", "declared_on"}


@pytest.mark.parametrize("kind", PRINTED)
def test_the_printed_page_says_all_that_was_composed(kind: str, press: Press) -> None:
    sheet = composed(documents_of(EN), kind, answers_for(kind)).sheet
    reader = PdfReader(io.BytesIO(press.typeset(sheet).pdf))
    printed = words_of("".join(page.extract_text() for page in reader.pages))
    assert "\x00" not in printed
    for line in text_of(sheet.html).splitlines():
        for cell in line.split("|"):
            assert words_of(cell) in printed, cell


@pytest.mark.parametrize("kind", PRINTED)
def test_the_longest_answers_are_printed_whole(kind: str) -> None:
    documents = documents_of(EN)
    texts = {
        place.answer: ("Broadwatermeadow " * 60)[: documents.answers[place.answer].longest].strip()
        for place in documents.kinds[kind].field
        if documents.answers[place.answer].type in (AnswerType.LINE, AnswerType.TEXT)
        and kind != "nomination_paper"
    }
    made = composed(documents, kind, {**answers_for(kind), **OF_A_PARTY, **texts})
    assert made.too_long == ()
    assert "(continued on the added sheet)" not in text_of(made.sheet.html)
