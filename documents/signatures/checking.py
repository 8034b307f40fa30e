"""Whether the wording of a pack's sheet and protocol can be filled from the answers it asks for.

A word that is spelt wrongly would otherwise be found when somebody orders sheets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.packs import Problem, TomlFile
from app.toml_lines import TomlPath
from documents.places import places_in
from documents.signatures.printing import (
    COUNTING_WORDS,
    COVER_PLACES,
    COVER_WORDS,
    HEAD_ANSWERS,
    HEAD_PLACES,
    NAME,
    PROTOCOL_PLACES,
)
from documents.signatures.shape import Genders, HeadWords, SheetForm, SignaturesShape

KNOWN = "correct its spelling, or add it to needs"


def form_problems(file: TomlFile, shape: SignaturesShape) -> Iterator[Problem]:
    """Give what the forms say that ``needs`` does not give them."""
    sheet, protocol = shape.sheet, shape.protocol
    needs = {need.answer for need in sheet.needs}
    for key in sorted({*HEAD_ANSWERS, *NAME} - needs):
        yield file.problem(("sheet", "needs"), f"the head needs the answer {key}", f"add {key}")
    for key in sheet.address:
        if key not in needs:
            yield file.problem(("sheet", "address"), f"needs has no answer {key}", KNOWN)
    for number, need in enumerate(sheet.needs):
        if need.when is not None and need.when.answer not in needs:
            where = ("sheet", "needs", number)
            yield file.problem(where, f"needs has no answer {need.when.answer}", KNOWN)
    for key in ("head", "support"):
        yield from _unknown(file, ("sheet", key), getattr(sheet, key), needs | HEAD_PLACES)
    for name in HeadWords.model_fields:
        said = getattr(sheet.printed, name)
        yield from _unknown(file, ("sheet", "printed", name), said, needs)
    for key in sorted(COVER_WORDS - set(sheet.cover)):
        yield file.problem(("sheet", "cover"), f"the cover has no words for {key}", f"add {key}")
    for key in sorted(COUNTING_WORDS & set(sheet.cover)):
        yield from _unknown(file, ("sheet", "cover", key), sheet.cover[key], COVER_PLACES)
    # An answer that somebody may leave out is no place of the protocol: it would stay open.
    for key in ("head", "candidate"):
        known = _always_given(sheet) | PROTOCOL_PLACES
        yield from _unknown(file, ("protocol", key), getattr(protocol, key), known)


def answer_problems(
    file: TomlFile, shape: SignaturesShape, answers: Collection[str]
) -> Iterator[Problem]:
    """Give the answers of ``needs`` that the papers of the pack do not ask for."""
    for number, need in enumerate(shape.sheet.needs):
        if need.answer not in answers:
            yield file.problem(
                ("sheet", "needs", number),
                f"documents/answers.toml has no answer {need.answer}",
                "correct its spelling, or add it there",
            )


def _always_given(sheet: SheetForm) -> set[str]:
    return {need.answer for need in sheet.needs if need.required and need.when is None}


def _unknown(
    file: TomlFile, where: TomlPath, said: object, known: Collection[str]
) -> Iterator[Problem]:
    for text in _texts(said):
        try:
            places = places_in(text)
        except ValueError as error:
            yield file.problem(where, f"a place is written wrongly: {error}", "write {name}")
            continue
        for place in places:
            if place not in known:
                yield file.problem(where, f"there is no place {{{place}}} here", KNOWN)


def _texts(said: object) -> Iterator[str]:
    """Give every text of a wording, of a list of them or of a table."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, tuple):
        yield from said
    elif isinstance(said, Mapping):
        yield from said.values()
    elif isinstance(said, Genders):
        yield from (said.male, said.female)
