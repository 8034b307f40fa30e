"""Every paper of the Petersburg pack as it reads with the demo's answers, word by word."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import pypdf
import pytest

from app.demo.papers_ru import ANSWERED, LISTED, NOTHING_LISTED
from documents.paperwork.printing import Copies, compose
from documents.press.client import Press
from tests.paperwork_world import RU, composed, documents_of, form_of, issued_text, text_of

Typed = Mapping[str, str | Sequence[Mapping[str, str]]]
WHOLE: Typed = {**ANSWERED, **LISTED, **dict.fromkeys(NOTHING_LISTED, "none")}
NO_FUND = {"fund_way": "no_fund", "district_voters": "4870"}
OF_A_PARTY = {
    "district_kind": "single",
    "nominator": "association",
    "association": "политической партии «Лавочки»",
    "party_stated": "yes",
    "party": "политическая партия «Лавочки»",
    "party_status": "член партии",
    "deputy": "yes",
    "deputy_body": "Муниципальный совет муниципального образования Тихая Гавань",
    "education_stated": "no",
    "work_kind": "occupation",
    "occupation": "временно неработающая",
    "conviction": "has",
    "conviction_text": "часть 1 статьи 167 УК, погашена 3 мая 2011 года",
}
CHANGED = {
    "changes": [
        {
            "what": "Основное место работы",
            "was": "ГБОУ школа № 500",
            "became": "ГБОУ лицей № 1",
            "document": "справка от 02.07.2026 № 14",
        }
    ]
}
OTHERWISE: Mapping[str, tuple[str, Typed]] = {
    "consent_party": ("consent", OF_A_PARTY),
    "income_nothing": ("income", dict.fromkeys(LISTED, "none") | {"inn": ""}),
    "changes_some": ("changes", CHANGED),
    "withdrawal_forced": ("withdrawal", {"withdrawal_reason": "Тяжёлая болезнь."}),
    "complaint_whole": ("complaint", {"complaint_law": "Статья 38.", "complaint_enclosed": "none"}),
    "materials_notice_no_consents": ("materials_notice", {"materials_consents": ""}),
}
"""Papers that read otherwise with other answers: the golden file, the kind, the answers."""
PRINTED = [key for key, kind in documents_of(RU).listed.items() if kind.is_printed]
CERTIFICATION = "certification"


def answers_for(kind: str) -> Typed:
    return {**WHOLE, **NO_FUND} if kind == "no_fund_notice" else WHOLE


def certification() -> str:
    """Give the page of the lines that certify a copy of two pages."""
    copies = Copies(title="Копия паспорта", pages=2)
    form = form_of(documents_of(RU), CERTIFICATION)
    return compose(form, {}, None, copies=copies).sheet.html


@pytest.mark.parametrize("kind", PRINTED)
def test_the_paper_reads_as_it_did(kind: str, golden: Callable[[str, str], None]) -> None:
    golden(f"papers/{RU}/{kind}.txt", issued_text(RU, kind, answers_for(kind)))


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_paper_reads_otherwise_as_it_did(name: str, golden: Callable[[str, str], None]) -> None:
    kind, other = OTHERWISE[name]
    golden(f"papers/{RU}/{name}.txt", issued_text(RU, kind, {**WHOLE, **other}))


def test_the_certifying_lines_read_as_they_did(golden: Callable[[str, str], None]) -> None:
    golden(f"papers/{RU}/{CERTIFICATION}.txt", text_of(certification()))


@pytest.mark.parametrize("kind", PRINTED)
def test_the_printed_file_says_every_word_of_it(kind: str, press: Press) -> None:
    made = composed(documents_of(RU), kind, answers_for(kind))
    reader = pypdf.PdfReader(io.BytesIO(press.typeset(made.sheet).pdf))
    printed = "".join(page.extract_text() for page in reader.pages)
    assert "\x00" not in printed
    wanted = text_of(made.sheet.html)
    assert [
        line for line in wanted.splitlines()[1:] if squeezed(line) not in squeezed(printed)
    ] == []


def test_every_sheet_of_property_has_a_line_to_sign_on(press: Press) -> None:
    answers = {**WHOLE, "accounts": list(LISTED["accounts"]) * 20}
    made = composed(documents_of(RU), "income", answers)
    reader = pypdf.PdfReader(io.BytesIO(press.typeset(made.sheet).pdf))
    assert len(reader.pages) > 3
    for page in reader.pages:
        assert "(подпись кандидата на этом листе)" in page.extract_text()


@pytest.mark.parametrize("kind", PRINTED)
def test_every_paper_can_be_laid_out_before_anybody_has_answered(kind: str) -> None:
    text = text_of(composed(documents_of(RU), kind, {}).sheet.html)
    assert documents_of(RU).kinds[kind].words.draft in text


def squeezed(text: str) -> str:
    """Give a text without spaces, hyphens of line ends and the bars between cells."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "|\u2010\u00ad")
