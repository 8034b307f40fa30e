"""Russian names put into a case: always an offer, because only its owner knows a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as PetrovichCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from documents.paperwork.shape import Case

_CASES: Mapping[Case, PetrovichCase] = {
    Case.GENITIVE: PetrovichCase.GENITIVE,
    Case.DATIVE: PetrovichCase.DATIVE,
    Case.ACCUSATIVE: PetrovichCase.ACCUSATIVE,
    Case.INSTRUMENTAL: PetrovichCase.INSTRUMENTAL,
    Case.PREPOSITIONAL: PetrovichCase.PREPOSITIONAL,
}
_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)


def declined(names: Sequence[str], case: Case) -> str:
    """Give a name in a case; empty when it can't be told how.

    ``names``: surname, first name and, when there is one, patronymic; or one text with all of
    them in that order. Nothing is offered for a name of one part, or of unknown gender.
    """
    parts = names[0].split() if len(names) == 1 else [name for name in names if name]
    if not 2 <= len(parts) <= len(_PARTS):
        return ""
    gender = _gender(parts)
    if gender is None:
        return ""
    try:
        return " ".join(
            _maker().make(part, gender, _CASES[case], name)
            for part, name in zip(_PARTS, parts, strict=False)
        )
    except (KeyError, ValueError, IndexError):
        # The rules of the library do not cover every name; then nothing is offered.
        return ""


def _gender(parts: Sequence[str]) -> Gender | None:
    try:
        found = _detector().detect(  # type: ignore[no-untyped-call]
            firstname=parts[1], middlename=parts[2] if len(parts) > 2 else None
        )
    except (KeyError, ValueError, AttributeError):
        return None
    return found if found in (Gender.MALE, Gender.FEMALE) else None


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()
