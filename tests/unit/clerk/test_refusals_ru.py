"""Each test is a refusal in St Petersburg that the clerk prevents, or no false alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from documents.paperwork.rules.scans import CodeVerdict
from documents.paperwork.rules.standing import Difference, IssueState, State
from tests.paperwork_world import RU
from tests.unit.clerk.world import Desk, a_scan, stop, warning
from tests.web.paperwork.program import ANSWERS

CONSENT = {key: text for page in ANSWERS[RU].values() for key, text in page.items()}
COUNCIL = "Муниципальный совет муниципального округа Тихая Гавань"


@pytest.fixture
def desk() -> Desk:
    return Desk(pack_id=RU, answers=dict(CONSENT), known={"council": COUNCIL})


def test_a_wrong_council_name_as_in_peterhof_in_2019_is_found(desk: Desk) -> None:
    desk.answers["council"] = "Муниципального совета города Тихая Гавань"
    assert warning(desk.findings("council_name"))


def test_the_council_in_another_case_of_russian_is_the_same_council(desk: Desk) -> None:
    assert desk.findings("council_name") == ()


@pytest.mark.parametrize(
    "known", ["Тихая Гавань", "МО Тихая Гавань", "муниципальный округ Тихая Гавань"]
)
def test_the_full_name_of_the_council_is_no_other_than_its_short_one(
    desk: Desk, known: str
) -> None:
    desk.known["council"] = known
    assert desk.findings("council_name") == ()


@pytest.mark.parametrize("known", ["Сосновый Мыс", "Гавань", "Тихая", "Тихая Пристань"])
def test_another_council_is_found_by_its_short_name(desk: Desk, known: str) -> None:
    desk.known["council"] = known
    assert warning(desk.findings("council_name"))


def test_a_full_name_that_the_portal_knows_is_compared_word_by_word(desk: Desk) -> None:
    desk.answers["council"] = "Муниципального совета муниципального округа города Тихая Гавань"
    assert warning(desk.findings("council_name"))


def test_a_party_conference_whose_name_is_not_that_of_the_charter_is_asked_about(
    desk: Desk,
) -> None:
    desk.answers |= {"nominator": "association", "association": "Партия Тихой Гавани"}
    (told,) = desk.findings("party_body")
    assert told.answers == ("association",)
    desk.answers["nominator"] = "self"
    assert desk.findings("party_body") == ()


def test_a_name_written_with_e_where_the_passport_has_yo_is_found(desk: Desk) -> None:
    desk.answers["birth_place"] = "деревня Елкина"
    (found,) = desk.findings("yo")
    assert (found.pairs[0].one, found.pairs[0].other) == ("Ёлкина", "Елкина")


def test_another_name_in_the_portal_than_on_the_papers_is_found(desk: Desk) -> None:
    desk.known["candidate_name"] = "Анна Петровна Елкина"
    assert warning(desk.findings("candidate_name"))
    desk.known["candidate_name"] = "Анна Петровна Ёлкина"
    assert desk.findings("candidate_name") == ()


def test_a_statement_without_the_undertaking_is_found(desk: Desk) -> None:
    desk.issue("consent")
    assert desk.findings("undertaking") == ()
    desk.issue("consent", html="<p>даю согласие баллотироваться</p>")
    missing = {found.params["text"] for found in desk.findings("undertaking")}
    assert missing == {
        "обязуюсь",
        "прекратить деятельность, несовместимую со статусом депутата",
    }


def test_a_day_that_is_printed_where_a_hand_must_write_it_is_found(desk: Desk) -> None:
    desk.issue("consent")
    assert desk.findings("blank") == ()
    desk.issue("consent", html="<p>Дата: 24 июня 2026 года</p>")
    assert warning(desk.findings("blank"))
    desk.issue("consent", html="<p>Дата: 24.06.2026</p>")
    assert warning(desk.findings("blank"))


def test_a_sheet_that_nobody_has_signed_is_found(desk: Desk) -> None:
    desk.issue("consent", scans=())
    assert stop(desk.findings("unsigned"))


def test_a_page_that_is_missing_is_found(desk: Desk) -> None:
    desk.issue("income", pages=3)
    assert stop(desk.findings("pages"))


def test_the_same_page_photographed_twice_is_no_second_page(desk: Desk) -> None:
    desk.issue("income", pages=2, scans=(a_scan(1, page=1), a_scan(2, page=1)))
    assert stop(desk.findings("pages"))
    desk.issue("income", pages=2, scans=(a_scan(1, page=2), a_scan(2, page=1)))
    assert not desk.findings("pages")


def test_a_photo_of_an_older_version_is_found(desk: Desk) -> None:
    old = a_scan(code=CodeVerdict.OLDER)
    desk.issue("consent", scans=(old,))
    assert stop(desk.findings("code"))


def test_a_paper_issued_before_an_answer_changed_is_found(desk: Desk) -> None:
    change = Difference(key="reg_house", before="5", after="7")
    desk.issue("consent", stale=True, changed=(change,))
    (found,) = desk.findings("stale")
    assert (found.pairs[0].one, found.pairs[0].other) == ("5", "7")


def test_a_paper_that_was_never_issued_is_found(desk: Desk) -> None:
    desk.kinds = ("consent",)
    assert stop(desk.findings("unissued"))


def test_a_file_that_could_not_be_made_is_found(desk: Desk) -> None:
    desk.issue("consent", issue=IssueState.FAILED)
    assert stop(desk.findings("unmade"))


def test_a_missing_certificate_of_work_is_found(desk: Desk) -> None:
    assert "work_certificate" in {found.kind for found in desk.findings("unbrought")}


def test_unanswered_questions_are_told_page_by_page(desk: Desk) -> None:
    desk.kinds = ("consent",)
    del desk.answers["surname"], desk.answers["birth_place"], desk.answers["reg_house"]
    told = [found.answers for found in desk.findings("unanswered")]
    assert ("surname", "birth_place") in told
    assert ("reg_house",) in told


def test_a_workplace_that_differs_from_the_certificate_by_a_hyphen_is_found(desk: Desk) -> None:
    desk.answers |= {
        "work_kind": "job",
        "workplace": "ООО «Север-Строй»",
        "position": "инженер",
        "work_proof_place": "ООО «Север–Строй»",
        "work_proof_position": "инженер",
    }
    assert warning(desk.findings("workplace"))
    assert desk.findings("position") == ()


def test_education_without_a_copy_of_the_diploma_is_found(desk: Desk) -> None:
    desk.answers |= {"education_stated": "yes", "education": "СПбГУ, 1994"}
    assert warning(desk.findings("diploma"))


def test_a_changed_name_without_a_paper_about_it_is_found(desk: Desk) -> None:
    desk.answers["renamed"] = "yes"
    assert [found.kind for found in desk.findings("renamed")] == ["name_change_copy"]


def test_convictions_that_papers_tell_differently_are_found(desk: Desk) -> None:
    first = desk.issue("consent")
    other = desk.issue("income")
    desk.seen["income"] = replace(other, said={**other.said, "conviction": "has"})
    assert first.said["conviction"] == "none"
    assert stop(desk.findings("status_across"))


def test_a_name_that_two_papers_spell_differently_is_found(desk: Desk) -> None:
    desk.issue("consent")
    income = desk.issue("income")
    desk.seen["income"] = replace(income, said={**income.said, "surname": "Елкина"})
    (found,) = desk.findings("name_across")
    assert (found.kind, found.params["other"]) == ("income", "consent")


def test_a_conviction_without_an_article_is_found(desk: Desk) -> None:
    desk.answers |= {"conviction": "has", "conviction_text": "судили в 1999 году"}
    assert warning(desk.findings("conviction_article"))
    desk.answers["conviction_text"] = "часть 1 статьи 158 УК РСФСР «Кража», погашена 01.02.2003"
    assert desk.findings("conviction_article") == desk.findings("conviction_spent") == ()


def test_a_foreign_agents_status_without_a_paper_about_its_end_is_found(desk: Desk) -> None:
    desk.answers["foreign_agent"] = "affiliated"
    assert warning(desk.findings("foreign_agent_ended"))


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2026, 6, 1), "consent_opens"),
        (date(2026, 7, 20), "consent_closes"),
        (date(2026, 7, 20), "ahead"),
        (date(2026, 6, 20), "early"),
    ],
)
def test_a_statement_signed_too_early_or_too_late_is_found(
    desk: Desk, day: date, rule: str
) -> None:
    desk.days |= {"nomination_opens": date(2026, 6, 21), "nomination_closes": date(2026, 7, 10)}
    desk.issue("consent", dates={"date": day})
    assert len(desk.findings(rule)) == 1


def test_a_statement_signed_in_time_is_fine(desk: Desk) -> None:
    desk.days |= {"nomination_opens": date(2026, 6, 21), "nomination_closes": date(2026, 7, 10)}
    desk.issue("consent", dates={"date": date(2026, 6, 24)})
    rules = ("consent_opens", "consent_closes", "ahead", "early")
    assert [found for rule in rules for found in desk.findings(rule)] == []


def test_property_as_of_another_day_than_the_first_of_the_month_is_found(desk: Desk) -> None:
    desk.days["published"] = date(2026, 6, 20)
    desk.answers |= {"property_on": "20.06.2026", "income_year": "2026"}
    assert warning(desk.findings("property_day"))
    assert warning(desk.findings("income_year"))
    desk.answers |= {"property_on": "01.06.2026", "income_year": "2025"}
    assert desk.findings("property_day") == desk.findings("income_year") == ()


def test_a_large_district_without_a_fund_is_found(desk: Desk) -> None:
    desk.kinds = ("no_fund_notice",)
    desk.answers |= {"fund_way": "no_fund", "district_voters": "5001"}
    assert stop(desk.findings("no_fund_size"))
    desk.answers["district_voters"] = "5000"
    assert desk.findings("no_fund_size") == ()


def test_a_report_that_spends_more_than_came_in_is_found(desk: Desk) -> None:
    desk.kinds = ("first_report",)
    desk.answers |= {"first_30": "1000", "first_200": "1000,01"}
    assert warning(desk.findings("first_balance"))


def test_a_paper_that_is_not_there_after_the_last_day_is_found(desk: Desk) -> None:
    desk.days["nomination_closes"] = date(2026, 6, 23)
    desk.issue("consent")
    assert "consent" in {found.kind for found in desk.findings("nomination_deadline")}
    desk.issue("consent", state=State.ACCEPTED)
    assert "consent" not in {found.kind for found in desk.findings("nomination_deadline")}


@pytest.mark.parametrize(
    "odd",
    ["гор.  Ленинград", "Cанкт-Петербург", "Санкт‑Петербург"],
)
def test_an_answer_pasted_with_strange_signs_is_found(desk: Desk, odd: str) -> None:
    desk.kinds = ("consent",)
    desk.answers["reg_subject"] = odd.replace("  ", " \u2009 ") if "  " in odd else odd
    found = desk.findings("tidy")
    # Blanks are tidied when an answer is kept; what looks like a letter is not.
    assert bool(found) is ("  " not in odd)


def test_a_paper_that_is_out_of_date_is_issued_again_before_anybody_signs_it(desk: Desk) -> None:
    desk.issue("consent", stale=True, scans=())
    assert desk.findings("stale") and not desk.findings("unsigned")
    desk.issue("income", scans=())
    rules = [found.rule for found in desk.findings() if found.rule in ("stale", "unsigned")]
    assert rules == ["stale", "unsigned"]
