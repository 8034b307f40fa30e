"""Whatever is typed: a refusal that names its field, or a page that says every word of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.paperwork_world import EN, RU, documents_of
from tests.unit.documents.paperwork.fuzz_answers import Mood, answers_of
from tests.unit.documents.paperwork.fuzz_examples import examples
from tests.unit.documents.paperwork.fuzz_outcomes import missing, outcome_of

PRINTED = [
    (pack, key)
    for pack in (RU, EN)
    for key, kind in documents_of(pack).listed.items()
    if kind.is_printed
]
few = examples(4)


@pytest.mark.parametrize("mood", list(Mood))
@pytest.mark.parametrize(("pack", "kind"), PRINTED)
@few
@given(data=st.data())
def test_no_answer_breaks_a_paper_or_vanishes(
    pack: str, kind: str, mood: Mood, data: st.DataObject
) -> None:
    documents = documents_of(pack)
    answers = data.draw(answers_of(documents, kind, mood))
    found = outcome_of(documents, kind, answers)
    assert missing(found.preview, found.wanted) == []
    if found.issued is not None:
        assert missing(found.issued, found.wanted) == []
