"""What is wrong with a flyer is found, named by its rule, and placed at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.packs import load_pack
from documents.flyers.pack import load_flyers
from documents.flyers.rules.content import (
    Content,
    Photo,
    parse_count,
    tidy,
    tidy_line,
    unprintable,
)
from documents.flyers.rules.lint import Asked, blocking, findings, is_web_address
from documents.flyers.rules.numbers import has_postcode, is_inn
from documents.flyers.rules.wording import imprint_text
from documents.sheets import Fitted
from tests.web.flyers.studio_program import EN, IMPRINTS, PACKS, RU, WORDS

FLYERS = {pack: load_flyers(load_pack(Path(PACKS) / pack)) for pack in (RU, EN)}


def asked(pack: str = RU, **changes: object) -> Asked:
    """Give a flyer on which nothing is to mend."""
    found = Asked(
        content=Content(template="a5", slots=WORDS, imprint=IMPRINTS[pack]),
        template=FLYERS[pack].templates["a5"],
        imprint=FLYERS[pack].imprint,
        candidate="Anna",
        today=date(2026, 6, 24),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def stops(given: Asked) -> set[tuple[str, str]]:
    """Give what blocks, as field and rule."""
    return {(finding.field, finding.rule) for finding in blocking(findings(given))}


def without(given: Asked, field: str, value: str = "") -> Asked:
    """Give the same flyer with one field of the imprint changed."""
    imprint = {**given.content.imprint, field: value}
    return replace(given, content=replace(given.content, imprint=imprint))


@pytest.mark.parametrize("pack", [RU, EN])
def test_a_complete_flyer_is_not_held_up(pack: str) -> None:
    assert stops(asked(pack)) == set()


@pytest.mark.parametrize(
    ("pack", "field"),
    [
        (pack, rule.field)
        for pack in (RU, EN)
        for rule in FLYERS[pack].imprint.rule
        if rule.blocks and rule.field
    ],
)
def test_each_part_of_the_imprint_that_the_law_wants_blocks_when_it_is_missing(
    pack: str, field: str
) -> None:
    given = asked(pack)
    photo = replace(given, content=replace(given.content, photo=a_photo()))
    assert field in {found for found, _ in stops(without(photo, field))}


def a_photo(width: int = 2000, height: int = 1700) -> Photo:
    """Give a photo that is large enough."""
    return Photo(sha256="a" * 64, width=width, height=height)


def test_what_nobody_has_verified_warns_and_never_blocks() -> None:
    for pack in (RU, EN):
        unsure = {r.key for r in FLYERS[pack].imprint.rule if r.status in ("M", "?")}
        assert unsure
        assert not unsure & {rule for _, rule in stops(asked(pack))}


def test_no_address_can_stand_for_the_taxpayers_number() -> None:
    assert ("printer_inn", "printer_inn") in stops(without(asked(), "printer_inn", "7830002294"))


def test_the_printed_imprint_goes_on_the_side_with_most_of_the_text() -> None:
    given = asked(EN)
    slots = {**given.content.slots, "lead": "a long word " * 40, "body": "short"}
    long_front = replace(given, content=replace(given.content, slots=slots))
    assert ("", "imprint_side") in stops(long_front)


def test_an_empty_place_blocks_and_names_itself() -> None:
    given = asked()
    slots = {**given.content.slots, "headline": ""}
    found = blocking(findings(replace(given, content=replace(given.content, slots=slots))))
    assert [finding.field for finding in found] == ["headline"]


def test_a_text_that_the_press_could_not_fit_blocks_and_names_its_place() -> None:
    fitted = (
        Fitted(name="body", percent=76, overflows=True),
        Fitted(name="lead", percent=88, overflows=False),
    )
    assert stops(replace(asked(), fitted=fitted)) == {("body", "")}


def test_an_imprint_that_does_not_fit_blocks() -> None:
    fitted = (Fitted(name="imprint", percent=91, overflows=True),)
    assert stops(replace(asked(), fitted=fitted)) == {("printer", "")}


def test_a_small_photo_warns_with_its_points_an_inch() -> None:
    given = asked()
    content = replace(given.content, photo=a_photo(600, 500))
    warned = [f for f in findings(replace(given, content=content)) if f.field == "photo"]
    assert [dict(finding.params)["ppi"] for finding in warned] == [98]
    assert not warned[0].blocks


def test_children_and_other_faces_are_only_asked_about_with_a_photo() -> None:
    given = asked()
    rules = {
        rule for _, rule in stops(replace(given, content=replace(given.content, photo=a_photo())))
    }
    assert rules == {"children", "faces"}


@pytest.mark.parametrize("sign", ["😀", "ש", "\u202e", "中"])
def test_a_sign_that_cannot_be_printed_blocks(sign: str) -> None:
    given = asked()
    slots = {**given.content.slots, "headline": f"Двор {sign}"}
    assert ("headline", "") in stops(replace(given, content=replace(given.content, slots=slots)))


def test_a_date_of_issue_still_to_come_only_warns() -> None:
    given = without(asked(), "issued_on", "2026-12-01")
    assert "issued_later" in {finding.rule for finding in findings(given)}
    assert stops(given) == set()


def test_the_imprint_is_said_in_the_words_of_the_pack() -> None:
    imprint = FLYERS[RU].imprint
    said = imprint_text(imprint, imprint.printed, IMPRINTS[RU])
    assert "ИНН 7830002293" in said and "Тираж: 5\u00a0000 экз." in said
    assert "Дата выпуска: 01.06.2026" in said
    assert "из средств избирательного фонда" in said


def test_a_candidate_who_promotes_alone_is_named_once() -> None:
    imprint = FLYERS[EN].imprint
    alone = {**IMPRINTS[EN], "promoter": "Anna", "on_behalf": " anna "}
    assert "on behalf" not in imprint_text(imprint, imprint.card, alone)
    assert "on behalf of Anna" in imprint_text(imprint, imprint.card, IMPRINTS[EN])


@pytest.mark.parametrize("text", ["{printer.__class__}", "{0}", "%(x)s", "{{7*7}}"])
def test_braces_in_a_name_stay_what_they_are(text: str) -> None:
    imprint = FLYERS[RU].imprint
    assert text in imprint_text(imprint, imprint.printed, {**IMPRINTS[RU], "printer": text})


def test_numbers_and_addresses_prove_themselves() -> None:
    assert is_inn("7830002293") and is_inn("500100732259")
    assert not is_inn("7830002294") and not is_inn("") and not is_inn("٧٨٣٠٠٠٢٢٩٣")
    assert not is_inn("0000000000") and not is_inn("000000000000")
    assert has_postcode("1 Mill Lane, AB12 3CD") and not has_postcode("1 Mill Lane")
    assert parse_count("5 000") == 5000 and parse_count("0") is None and parse_count("5.5") is None
    assert is_web_address("https://example.org/a") and is_web_address("example.org")
    assert not is_web_address("javascript:alert(1)") and not is_web_address("two words.org")


def test_typed_text_is_tidied_once_and_stays() -> None:
    assert tidy("a\x00b\r\nc") == "a b\nc"
    assert tidy_line(" a \n b ") == "a b"
    assert tidy(tidy("e\u0301\x07")) == tidy("e\u0301\x07")
    assert unprintable("Ёлка № 5 — «да» ₽") == ""
