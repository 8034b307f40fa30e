"""The forms of the packs: wording letter by letter, sandboxed layouts, texts in their places."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from jinja2.exceptions import SecurityError, UndefinedError

from app.packs import PackError, load_pack
from documents.paperwork.layout import Layout
from documents.paperwork.pack import PackDocuments, load_documents
from documents.paperwork.printing import Form, Identity, Snapshot, compose, long_date
from documents.paperwork.rules.answers import read_date
from documents.paperwork.rules.fitting import SIZES_PT, fit
from documents.paperwork.rules.texts import printable_signs
from documents.paperwork.shape import Overflow

ROOT = Path(__file__).resolve().parents[4]
PACKS = ROOT / "quests" / "packs"
RU, EN = "ru-spb-municipal", "gb-eng-local"
UNDERTAKING = (
    "В случае моего избрания обязуюсь прекратить деятельность, несовместимую со статусом депутата"
)
CONSENT = (
    "даю согласие баллотироваться кандидатом в депутаты {council} "
    "по {district_kind} избирательному округу № {district_no}"
)
IDENTITY = Identity(number="D1-000001-1", check_address="https://example.org/check/" + "a" * 24)


@cache
def documents(pack_id: str) -> PackDocuments:
    return load_documents(load_pack(PACKS / pack_id))


def a_form(pack_id: str) -> Form:
    found = documents(pack_id)
    kind = next(iter(found.kinds.values()))
    version = kind.version[-1]
    return Form(
        kind=kind, version=version, layout=found.layouts[version.layout], answers=found.answers
    )


def test_the_undertaking_is_the_laws_letter_by_letter() -> None:
    phrases = {phrase.key: phrase.text for phrase in a_form(RU).kind.phrase}
    assert phrases["undertaking"] == UNDERTAKING
    assert phrases["consent"] == CONSENT


def test_the_undertaking_stands_on_the_paper() -> None:
    assert UNDERTAKING in compose(a_form(RU), {}, IDENTITY).sheet.html


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_a_form_whose_wording_is_not_verified_says_so_on_itself(pack_id: str) -> None:
    form = a_form(pack_id)
    assert not form.version.official
    assert form.kind.words.draft in compose(form, {}, IDENTITY).sheet.html


@pytest.mark.parametrize("pack_id", [RU, EN])
def test_text_in_every_place_stays_text(pack_id: str) -> None:
    form = a_form(pack_id)
    hostile = "</p><img src='file:///etc/passwd'>{{ 7*7 }}<style>"
    printed = {
        key: answer.options[0] if answer.options else hostile
        for key, answer in form.answers.items()
    }
    html = compose(form, printed, IDENTITY).sheet.html
    assert "<img src='file" not in html and "file:///etc" in html
    assert "{{ 7*7 }}" in html and html.count("<style>") == 1


def test_nothing_is_printed_where_a_hand_has_to_write() -> None:
    html = compose(a_form(RU), {}, IDENTITY).sheet.html
    assert html.count('class="blank-line">\u00a0<') == len(a_form(RU).kind.hand)


def test_a_day_is_written_as_documents_write_it() -> None:
    day = read_date("17.06.1970")
    assert day is not None
    assert long_date(day, "ru") == "17 июня 1970 года"
    assert long_date(day, "en") == "17 June 1970"


def test_a_preview_has_neither_number_nor_code() -> None:
    found = compose(a_form(RU), {}, None).sheet.html
    assert "data:image" not in found and "ПРЕДПРОСМОТР" in found


def test_a_long_text_grows_smaller_down_to_the_floor() -> None:
    sizes = [
        fit("x" * length, room=100, overflow=Overflow.REFUSE, continued="…").size_pt
        for length in (100, 105, 115, 130, 150)
    ]
    assert sizes == list(SIZES_PT)


def test_a_text_too_long_goes_on_whole_on_the_added_sheet() -> None:
    text = "слово " * 60
    found = fit(text, room=100, overflow=Overflow.CONTINUE, continued="(далее)")
    assert found.rest == text and found.text.endswith("(далее)") and len(found.text) <= 150


def test_a_text_too_long_for_a_place_without_continuation_is_refused_by_name() -> None:
    composed = compose(a_form(RU), {"commission": "а" * 400}, IDENTITY)
    assert composed.too_long == ("commission",)


@pytest.mark.parametrize(
    "source", ["{{ a.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}"]
)
def test_a_layout_reaches_nothing_but_its_values(source: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        Layout(name="x.html", source=source).fill({"a": {}, "p": {}, "hand": {}, "paper": {}})


def test_a_layout_that_leaves_an_answer_out_is_a_problem(tmp_path: Path) -> None:
    pack = tmp_path / EN
    pack.mkdir()
    for path in (PACKS / EN).rglob("*"):
        if path.is_file() and (path.parent.name == "documents" or path.parent.name == EN):
            copy = pack / path.relative_to(PACKS / EN)
            copy.parent.mkdir(exist_ok=True)
            text = path.read_text(encoding="utf-8")
            text = text.replace("a.common_surname)", "a.surnam)")
            copy.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as problem:
        load_documents(load_pack(pack))
    assert "nothing fills a.surnam" in str(problem.value)
    assert "a.common_surname is not printed" in str(problem.value)


def test_a_snapshot_is_read_back_as_it_was() -> None:
    snapshot = Snapshot(answers={"surname": "Ёлкина"}, sheet="{}")
    assert Snapshot.from_json(snapshot.as_json()) == snapshot


def test_the_typeface_draws_every_sign_that_may_be_printed() -> None:
    fonts = ROOT / "static" / "dist" / "print-fonts"
    for name in ("Tinos_400Regular.ttf", "Tinos_700Bold.ttf"):
        drawn = set(TTFont(fonts / name).getBestCmap())
        missing = [chr(code) for code in printable_signs() if code not in drawn]
        assert not missing, f"{name}: {missing}"


@pytest.mark.parametrize(("said", "head"), [("", "№"), (', number="No."', "No.")])
def test_the_column_that_counts_the_rows_is_headed_in_the_language_of_the_paper(
    said: str, head: str
) -> None:
    source = '{% from "parts.html" import grid %}{{ grid(t, [("what", "What")]' + said + ") }}"
    table = {"rows": [], "none": "", "total": {}, "count": 0}
    heads = Layout(name="a.html", source=source).fill({"t": table})
    assert f'<th scope="col" class="narrow">{head}</th>' in heads


def test_no_english_paper_counts_in_russian() -> None:
    found = documents(EN)
    assert not [name for name, layout in found.layouts.items() if "№" in layout.source]
    # The shared table's own heading is Russian: an English form that used it would have to say so.
    sources = {name: layout.source for name, layout in found.layouts.items()}
    assert not [n for n, said in sources.items() if "grid(" in said and "No." not in said]
