"""Going through the rules: whatever was answered, nothing breaks and all is told once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.clerk.rules.judging import concerns, is_about_issuing, judge, stops
from documents.clerk.shape import Severity
from documents.paperwork.shape import AnswerType
from tests.paperwork_world import EN, RU, documents_of
from tests.unit.clerk.test_refusals_gb import ANSWERS as GB_ANSWERS
from tests.unit.clerk.test_refusals_ru import CONSENT
from tests.unit.clerk.world import Desk, clerk_of

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["<b>x</b>", "0", "-1", "9" * 40, "1/0", "31.02.2026", "\u202eабв", "none"]),
)


@pytest.mark.parametrize("pack_id", [RU, EN])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_answers_break_the_clerk(pack_id: str, data: st.DataObject) -> None:
    documents = documents_of(pack_id)
    keys = [key for key, answer in documents.answers.items() if not answer.is_table]
    tables = [answer for answer in documents.answers.values() if answer.is_table]
    typed: dict[str, object] = dict(data.draw(st.dictionaries(st.sampled_from(keys), HOSTILE)))
    for key in keys:
        answer = documents.answers[key]
        if answer.type in (AnswerType.CHOICE, AnswerType.YESNO) and data.draw(st.booleans()):
            typed[key] = data.draw(st.sampled_from(answer.choices))
    for answer in tables:
        names = st.sampled_from([column.key for column in answer.column])
        typed[answer.key] = data.draw(
            st.lists(st.dictionaries(names, HOSTILE, max_size=3), max_size=3)
        )
    desk = Desk(
        pack_id=pack_id,
        answers=typed,
        kinds=tuple(documents.listed),
        days={"published": data.draw(st.none() | st.dates())},
        known={"council": data.draw(HOSTILE), "candidate_name": data.draw(HOSTILE)},
    )
    case = desk.case()
    rules = clerk_of(pack_id).rules
    judged = judge(rules.values(), case)
    assert judged.looked >= len(judged.findings)
    order = [
        (found.severity is not Severity.STOP, is_about_issuing(rules[found.rule]))
        for found in judged.findings
    ]
    assert order == sorted(order), "answers are mended before a paper is issued with them"
    substances = [found.substance for found in judged.findings]
    assert len(substances) == len(set(substances))
    stopping = stops(judged.findings, set(documents.listed), case)
    assert all(found.severity is Severity.STOP for found in stopping)


def test_what_stops_comes_before_what_warns() -> None:
    desk = Desk(pack_id=RU, answers={}, kinds=tuple(documents_of(RU).listed))
    severities = [found.severity for found in desk.findings()]
    assert severities == sorted(severities, key=[Severity.STOP, Severity.WARN].index)
    assert severities[0] is Severity.STOP


def test_a_packet_is_stopped_by_its_own_papers_and_answers_only() -> None:
    answers = {**GB_ANSWERS, "qual_a_where": "other", "qual_a_address": "as above"}
    desk = Desk(pack_id=EN, answers=dict(answers))
    case, (found,) = desk.case(), desk.findings("as_above")
    assert concerns(found, {"home_address"}, case)
    assert not concerns(found, {"expenses_return"}, case)
    assert stops((found,), {"home_address"}, case) == (found,)


def test_another_value_is_another_finding() -> None:
    desk = Desk(pack_id=RU, answers=dict(CONSENT), known={"council": "Совет другого округа"})
    (before,) = desk.findings("council_name")
    desk.answers["council"] = "Совета ещё одного округа здесь"
    (after,) = desk.findings("council_name")
    assert before.substance != after.substance


def test_a_day_nobody_knows_is_not_looked_at() -> None:
    desk = Desk(pack_id=RU, answers=dict(CONSENT), days={"nomination_opens": None})
    desk.issue("consent", dates={"date": date(1999, 1, 1)})
    assert desk.findings("consent_opens") == ()


def test_a_missing_paper_is_told_once_and_by_the_rule_that_stops() -> None:
    answers = {**GB_ANSWERS, "description": "party", "description_text": "Harbour First"}
    answers |= {"certificate_by": "delegate"}
    desk = Desk(pack_id=EN, answers=dict(answers), kinds=tuple(documents_of(EN).listed))
    told = {found.kind: found.rule for found in desk.findings() if found.severity == "stop"}
    assert told["delegate_authority"] == "unbrought"
    assert "delegate" not in {found.rule for found in desk.findings()}
    assert [found.rule for found in desk.findings() if found.rule == "certificate"]
