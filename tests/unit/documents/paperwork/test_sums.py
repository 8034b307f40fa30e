"""What a form works out from answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packs import PackError, load_pack
from documents.paperwork.pack import load_documents
from documents.paperwork.rules.answers import Row
from documents.paperwork.rules.interview import Table
from documents.paperwork.rules.numbers import grouped
from documents.paperwork.rules.sums import form_sums
from documents.paperwork.shape import AnswerType, FormSum, When
from quests.route.library import PACKS
from tests.paperwork_world import EN, RU


def spending(*rows: tuple[str, str]) -> dict[str, Table]:
    return {
        "spent": Table(
            rows=tuple(
                Row(id=str(place), values={"kind": kind, "amount": amount}, position=place)
                for place, (kind, amount) in enumerate(rows)
            ),
            none=False,
        )
    }


def test_a_sum_adds_answers_columns_and_sums_before_it() -> None:
    sums = (
        FormSum(key="came", plus=("own", "given")),
        FormSum(key="went", plus=("spent.amount",)),
        FormSum(key="left", plus=("came",), minus=("went",)),
    )
    found = form_sums(
        sums, {"own": "0.10", "given": "0.20"}, spending(("a", "0.30"), ("b", "1000.05"))
    )
    assert found == {"came": "0.30", "went": "1000.35", "left": "-1000.05"}


def test_only_the_rows_that_are_meant_count() -> None:
    sums = (FormSum(key="a", plus=("spent.amount",), where=When(answer="kind", among=("a",))),)
    tables = spending(("a", "1.00"), ("b", "2.00"), ("a", "3.00"))
    assert form_sums(sums, {}, tables) == {"a": "4.00"}


def test_what_is_empty_or_no_number_counts_for_nothing() -> None:
    sums = (FormSum(key="all", plus=("own", "given", "spent.amount")),)
    assert form_sums(sums, {"own": "", "given": "much"}, {}) == {"all": "0.00"}


def test_a_balance_below_zero_is_printed_with_its_sign() -> None:
    assert grouped(AnswerType.MONEY, "-1234.50", "ru") == "–1\u00a0234,50"
    assert grouped(AnswerType.MONEY, "-1234.50", "en") == "–1,234.50"


@given(st.lists(st.integers(0, 10**14), max_size=40))
def test_no_penny_is_lost(pence: list[int]) -> None:
    rows = spending(*(("a", f"{each // 100}.{each % 100:02}") for each in pence))
    found = form_sums((FormSum(key="all", plus=("spent.amount",)),), {}, rows)["all"]
    assert int(found.replace(".", "")) == sum(pence)


@pytest.mark.parametrize(
    ("pack_id", "kind", "old", "new", "said"),
    [
        (RU, "first_report", 'plus = ["first_30"', 'plus = ["first_on"', "can't add first_on"),
        (RU, "first_report", '"line_20", "line_70"', '"line_20", "line_300"', "add line_300"),
        (RU, "first_report", 'key = "line_300"', 'key = "line_301"', "fills sum.line_300"),
        (EN, "personal_statement", 'among = ["candidate"]', 'among = ["aunt"]', "is never"),
        (EN, "personal_statement", '"expenses.amount"', '"expenses.what"', "add expenses.what"),
    ],
)
def test_a_wrong_sum_is_named(
    tmp_path: Path, pack_id: str, kind: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / pack_id
    shutil.copytree(PACKS / pack_id, folder)
    file = folder / "documents" / f"{kind}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=said.replace(".", r"\.")):
        load_documents(load_pack(folder))


def test_what_layouts_share_is_looked_through_too(tmp_path: Path) -> None:
    folder = tmp_path / EN
    shutil.copytree(PACKS / EN, folder)
    shared = folder / "documents" / "_agents_notice.html"
    text = shared.read_text(encoding="utf-8")
    shared.write_text(text.replace("p.appoint", "p.appointed"), encoding="utf-8")
    with pytest.raises(PackError, match=r"nothing fills p\.appointed"):
        load_documents(load_pack(folder))
