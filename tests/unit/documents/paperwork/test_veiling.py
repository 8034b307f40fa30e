"""Which answers let somebody learn what a sealed one says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.paperwork.queries.papers import PaperRow
from documents.paperwork.rules.standing import Stage, State
from documents.paperwork.rules.veiling import is_need_telling, telling_keys
from documents.paperwork.shape import Answer, AnswerType, When
from documents.paperwork.standing import Standing, all_as_read
from tests.paperwork_world import EN, RU, documents_of, interview_of

AFFILIATED = When(answer="foreign_agent", among=("affiliated",))


def test_a_sealed_answer_tells_and_so_does_what_is_asked_because_of_it() -> None:
    documents = documents_of(RU)
    kind = documents.kinds["consent"]
    plain = telling_keys(kind, documents.answers)
    assert {"passport", "conviction", "conviction_text"} <= plain
    assert not {"surname", "council", "workplace"} & plain
    asked = documents.answers["workplace"].model_copy(update={"when": AFFILIATED})
    answers = {**documents.answers, "workplace": asked}
    assert telling_keys(kind, answers) == plain | {"workplace"}


def test_what_is_asked_because_of_such_an_answer_tells_as_well() -> None:
    documents = documents_of(RU)
    first = documents.answers["workplace"].model_copy(update={"when": AFFILIATED})
    after = When(answer="workplace", among=("yes",))
    second = documents.answers["position"].model_copy(update={"when": after})
    answers = {**documents.answers, "workplace": first, "position": second}
    assert {"workplace", "position"} <= telling_keys(documents.kinds["consent"], answers)


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_no_paper_of_a_pack_is_asked_for_by_a_sealed_answer(pack_id: str) -> None:
    documents = documents_of(pack_id)
    telling = [
        kind.key for kind in documents.kinds.values() if is_need_telling(kind, documents.answers)
    ]
    assert telling == []


def test_a_paper_that_a_sealed_answer_asks_for_is_known() -> None:
    documents = documents_of(RU)
    kind = documents.kinds["diploma_copy"].model_copy(update={"needed_when": (AFFILIATED,)})
    assert is_need_telling(kind, documents.answers)
    through = Answer(key="middle", type=AnswerType.YESNO, when=AFFILIATED)
    chained = kind.model_copy(update={"needed_when": (When(answer="middle", among=("yes",)),)})
    assert is_need_telling(chained, {**documents.answers, "middle": through})


def test_a_paper_that_a_sealed_answer_asks_for_is_told_of_once_it_was_begun() -> None:
    documents = documents_of(RU)
    kind = documents.kinds["diploma_copy"].model_copy(update={"needed_when": (AFFILIATED,)})
    found = interview_of(documents, "diploma_copy", {})
    for needed in (True, False):
        standing = Standing(kind=kind, stage=Stage.WANTED, interview=found, is_needed=needed)
        assert all_as_read([standing], documents.answers) == ()
        sent = PaperRow(
            id=1,
            kind=kind.key,
            state=State.WAITING,
            review_id=None,
            handed_issue_id=None,
            accepted_day=None,
            note="",
        )
        (told,) = all_as_read([replace(standing, paper=sent)], documents.answers)
        assert told.is_wanted and told.is_needed
