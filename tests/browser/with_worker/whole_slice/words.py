"""What the people of the whole slice write: an election in Petersburg and one in England."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.browser.conftest import DESK, PHONE
from tests.browser.with_worker.candidates import ENGLAND as ENGLISH
from tests.browser.with_worker.candidates import FIRST_STEPS, Candidate
from tests.browser.with_worker.candidates import PETERSBURG as RUSSIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Candidate):
    """One pack's journey: its steps, and everything that is typed on the way."""

    width: int
    before: tuple[str, ...]
    """Ordinary steps that lead to the paper."""
    between: tuple[str, ...]
    """Ordinary steps from the paper to the money and the flyer."""
    paper: str
    paper_desk: str
    """Who decides about the signed paper."""
    paper_step: str
    after_paper: str
    """A step that the accepted paper opens; empty when other steps hold it as well."""
    money_step: str
    flyer_step: str
    after_flyer: tuple[str, ...]
    """Ordinary steps from the flyer to the doors."""
    doors_step: str
    after_doors: str
    moves: str
    """What moves the candidate on Dispatch, which shows the most urgent step: paper or doors."""
    typed_live: tuple[str, ...]
    """Texts on the first page of the interview, at its head and further down."""
    support: Mapping[str, str]
    giver: Mapping[str, str]
    receipt: str
    """How the subject of the receipt begins."""
    flyer: Mapping[str, str]
    street: str
    talked: str
    more_doors: int = 0
    """Doors that the step wants beyond the twenty of the browser."""
    filing_step: str = ""
    """The step that waits for the receipt of the desk; empty: it is not on the way."""
    packet: str = ""
    limit: Mapping[str, str] = field(default_factory=dict)
    """What the treasurer states when the pack knows no limit."""


ALONG_THE_WAY = {
    "language": ("ru", "en"),
    "paper": ("consent", "nomination_paper"),
    "paper_desk": ("lawyer", "coordinator"),
    "paper_step": ("b2_consent", "subscribers"),
    "after_paper": ("b3_submit", ""),
    "money_step": ("d6_money", "donate_page"),
    "flyer_step": ("d2_leaflet", "leaflet_canvass"),
    "doors_step": ("d4_doors", "leaflet_canvass"),
    "after_doors": ("d5_meet", "polling_day"),
    "moves": ("paper", "doors"),
    "receipt": ("Квитанция", "Receipt"),
    "street": ("Берёзовая", "Birch Lane"),
    "talked": ("talked", "answered"),
}
"""What each place on the way is called in Petersburg, and what in England."""


def along(column: int) -> dict[str, str]:
    """Give one column of these names."""
    return {what: called[column] for what, called in ALONG_THE_WAY.items()}


PETERSBURG = Told(
    **along(0),
    width=PHONE,
    before=FIRST_STEPS["ru"],
    between=("b3_submit", "b4_account", "b5_first_money", "d1_message"),
    answers={
        "a1_can_i.nomination": "self",
        "b4_account.fund": "account",
        "b5_first_money.gifts": "yes",
    },
    after_flyer=("d3_notice",),
    typed={
        **RUSSIAN,
        "surname": "Соколова",
        "first_name": "Анна",
        "work_kind": "occupation",
        "occupation": "учитель",
    },
    typed_live=("commission", "council"),
    support={
        "title": "Скамейки, деревья и честный бюджет двора",
        "words": "Я живу здесь двадцать лет.\n\nДвор можно сделать лучше.",
        "slug": "sokolova",
        "goal": "80 000",
        "mark_1": "20 000",
        "mark_1_words": "подписные листы",
    },
    giver={
        "other": "1500",
        "ask_full_name": "Пушкин Пётр Ильич",
        "ask_birth_date": "1980-05-17",
        "ask_address": "Тихая Гавань, Садовая ул., 5",
        "ask_passport": "4000 123456",
        "ask_citizenship": "ru",
        "ask_own_money": "yes",
    },
    limit={"amount": "10 000", "source": "Памятка комиссии № 3 от 1 июня"},
    flyer={
        "s-headline": "Двор без ям и фонари, которые горят",
        "s-name": "Анна Соколова",
        "s-office": "Кандидат в депутаты муниципального совета",
        "s-body": "Я живу здесь двадцать лет.\n\nИ работаю учителем в этой школе.",
        "s-promise_1": "Освещение во всех дворах",
        "s-promise_2": "Открытый бюджет",
        "s-promise_3": "Приём каждую субботу",
        "i-printer": "ООО «Образцовая печатня»",
        "i-printer_inn": "7830002293",
        "i-printer_address": "190000, Санкт-Петербург, Примерная ул., д. 1",
        "i-customer": "Соколова Анна Павловна",
        "i-print_run": "5000",
        "i-issued_on": "2026-06-01",
        "i-paid_from": "кандидата Соколовой Анны Павловны",
    },
    more_doors=80,
    filing_step="b3_submit",
    packet="nomination",
)

ENGLAND = Told(
    **along(1),
    width=DESK,
    before=(*FIRST_STEPS["en"], "bank_ledger", "privacy_setup", "imprint_ready", "limit"),
    between=(),
    answers={
        "independent_or_party.route": "independent",
        "bank_ledger.gifts": "yes",
        "sopn.contested": "contested",
    },
    # Weeks later, and locked until then; that somebody else stands too is what polling day asks.
    after_flyer=("sopn",),
    typed={
        **ENGLISH,
        "council": "Elmbridge Borough",
    },
    typed_live=("council", "ward"),
    support={
        "title": "Benches, trees and a library that opens",
        "words": "I have lived here for twenty years.\n\nOur street can be better.",
        "slug": "rose-hill",
        "goal": "2000",
        "mark_1": "500",
        "mark_1_words": "leaflets",
        "imprint": "Promoted by Rose Hill, 1 High Street, AB12 3CD",
    },
    giver={
        "other": "75",
        "ask_full_name": "Jane Doe",
        "ask_postcode": "AB12 3CD",
        "ask_address": "1 High Street",
        "ask_on_register": "yes",
        "ask_own_money": "yes",
        "ask_not_organisation": "yes",
    },
    flyer={
        "s-headline": "Safe crossings and a library that opens",
        "s-name": "Rose Hill",
        "s-office": "Candidate for Elmbridge Council",
        "s-body": "I have lived here for twenty years.\n\nI teach at the school.",
        "s-promise_1": "Light in every street",
        "s-promise_2": "An open budget",
        "s-promise_3": "A surgery every Saturday",
        "i-printer": "Example Print Ltd",
        "i-printer_address": "1 Mill Lane, Engleston AB12 3CD",
        "i-promoter": "John Smith",
        "i-promoter_address": "110 High Street, Engleston AB12 3CD",
        "i-on_behalf": "Rose Hill",
        "i-on_behalf_address": "110 High Street, Engleston AB12 3CD",
    },
)
