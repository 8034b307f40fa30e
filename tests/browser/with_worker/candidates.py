"""What the candidates of several journeys answer alike: one in Petersburg and one in England."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Whom a journey is told of."""

    language: str
    answers: Mapping[str, str]
    """What conditions of the route ask about, by step and field."""
    typed: Mapping[str, str]
    """The answers of the interview by key; what the portal suggests by itself is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted(Candidate):
    """A candidate who has not signed up on the way but was let in before it begins."""

    name: str
    days_ahead: int
    """Days to the poll: what comes before the papers is open by now, and it is not too late."""


FIRST_STEPS: Mapping[str, tuple[str, ...]] = {
    "ru": ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch"),
    "en": (
        "pick_ward",
        "eligibility",
        "independent_or_party",
        "meet_ro",
        "candidate_day",
        "forms_fill",
        "register_get",
    ),
}
"""Ordinary steps that lead to the papers."""

PROVED_BY_PAPERS: Mapping[str, tuple[str, ...]] = {"ru": (), "en": ("choose_agent",)}
"""Steps on this way that a paper proves, which these journeys take as accepted."""

PETERSBURG = {
    "commission": "Избирательную комиссию муниципального округа Тихая Гавань",
    "council": "Муниципального совета муниципального округа Тихая Гавань",
    "district_kind": "multi",
    "district_no": "7",
    "nominator": "self",
    "patronymic": "Павловна",
    "birth_date": "1980-05-17",
    "birth_place": "гор. Ленинград",
    "citizenship": "rf",
    "reg_subject": "город Санкт-Петербург",
    "reg_street": "улица Берёзовая",
    "reg_house": "5",
    "reg_flat": "12",
    "passport": "40 05 123456",
    "passport_issued_on": "2005-02-01",
    "passport_issuer": "ОВД Тихогаванского района Санкт-Петербурга",
    "passport_unit": "780-001",
    "inn": "500100732259",
    "conviction": "none",
    "foreign_agent": "no",
}
"""The consent of somebody whose name and work are told beside it."""

INCOME = {"snils": "112-233-445 95", "income_year": "2025", "property_on": "2026-06-01"}
"""What the list of income and property asks besides."""

ENGLAND = {
    "ward": "Mill ward",
    "surname": "Hill",
    "forenames": "Rose Mary",
    "description": "independent",
    "proposer": "Mary Brown",
    "proposer_prefix": "AB",
    "proposer_number": "17",
}
"""The nomination paper."""
