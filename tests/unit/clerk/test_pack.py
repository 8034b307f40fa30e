"""The rules of a pack: what is wrong with the file is told with its line and a remedy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from app.packs import PackError, load_pack
from documents.clerk.checking import SAID
from documents.clerk.pack import load_clerk
from documents.clerk.shape import Severity
from documents.paperwork.pack import load_documents
from tests.paperwork_world import EN, PACKS, RU
from tests.unit.clerk.world import clerk_of


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_only_verified_rules_and_our_own_stop(pack_id: str) -> None:
    rules = clerk_of(pack_id).rules.values()
    assert {rule.status for rule in rules if rule.severity is Severity.STOP} <= {"V", "D"}
    assert len(clerk_of(pack_id).rules) > 50


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_every_rule_is_said_in_both_languages_as_whole_sentences(pack_id: str) -> None:
    for language, words in clerk_of(pack_id).words.items():
        for key, said in words.rule.items():
            for sentence in (said.rule, said.what, said.mend):
                assert sentence.endswith("."), (language, key, sentence)
            assert set(re.findall(r"\{(\w+)\}", said.what + said.mend)) <= SAID


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('answers = ["council"]', 'answers = ["counsel"]', "there is no answer counsel"),
        ('of = "published"', 'of = "publishing"', "calendar.toml has no publishing"),
        ('source_keys = ["S55"]', 'source_keys = ["S555"]', "pack.toml has no source S555"),
        ('later = "hand:consent.date"', 'later = "hand:consent.dote"', "there is no hand:"),
        ('kinds = ["consent"]', 'kinds = ["consents"]', "there is no kind consents"),
        ('key = "yo"', 'key = "council_name"', "stands twice"),
        ('key = "yo"', 'key = "yoyo"', "rule yoyo has no words"),
        ("pattern = '^40810'", "pattern = '^40810('", "the pattern can’t be read"),
        (
            'answer = "birth_date"\nat_least = 18\n',
            'answer = "birth_date"\nat_least = 18\nseverity = "stop"\n',
            "only a verified rule",
        ),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    folder = tmp_path / RU
    shutil.copytree(PACKS / RU, folder)
    path = folder / "documents" / "clerk.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_clerk(load_documents(load_pack(folder)))
    told = [problem for problem in refused.value.problems if said in problem.message]
    assert told
    assert all(problem.remedy and problem.line for problem in told)


@pytest.mark.parametrize(
    ("language", "was", "becomes"),
    [
        (
            "en",
            "In “{answer}” the candidate’s",
            "In “{answer}”, where it says “{other}”, the candidate’s",
        ),
        ("ru", "В ответе «{answer}» имя", "В ответе «{answer}» слово «{other}»: имя"),
    ],
)
def test_words_that_would_show_dots_for_a_sealed_answer_are_refused(
    tmp_path: Path, language: str, was: str, becomes: str
) -> None:
    folder = tmp_path / RU
    shutil.copytree(PACKS / RU, folder)
    path = folder / "documents" / f"clerk.{language}.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_clerk(load_documents(load_pack(folder)))
    (told,) = refused.value.problems
    assert "would be dots" in told.message and told.line and told.remedy
