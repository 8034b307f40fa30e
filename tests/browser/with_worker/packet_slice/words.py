"""What the candidates of the packets answer: one in Petersburg, one in England."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.browser.with_worker.candidates import ENGLAND as ENGLISH
from tests.browser.with_worker.candidates import FIRST_STEPS, INCOME, Planted
from tests.browser.with_worker.candidates import PETERSBURG as RUSSIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One paper of the packet."""

    kind: str
    desk: str
    """Who decides about it once it is signed."""
    made_here: bool = True
    bound: bool = True
    """An original is put in by hand: the file for the printer has a place for it, and no copy."""
    printed: tuple[str, ...] = ()
    """What the issued paper has to say."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What is typed here otherwise than the papers before have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A difference between two papers, and how it is mended."""

    what: str
    """How the clerk says it; the packet stops for it only where ``stops``."""
    stops: bool
    marked: tuple[str, str]
    """Pieces of the two texts that the clerk marks."""
    key: str
    """The answer to which the finding leads."""
    right: str
    then: str
    """What the clerk says while the right one is typed."""
    stale: str
    """The paper that has to be issued anew, and how its page says what has changed."""
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Planted):
    """One candidate's way to the desk."""

    steps: tuple[str, ...]
    """What is taken as done on the steps' own pages."""
    papers: tuple[Brought, ...]
    """In the order of the inventory, in which they are answered too."""
    known: tuple[str, str, str]
    """A page of the second paper, what it asks, and how the first paper has answered it."""
    slip: Slip
    sheet: str
    """What is stamped on the sheets of copies; empty where the packet has none."""
    received: Mapping[str, str]
    noted: str
    """How the step says that the papers were handed in."""


SCHOOL = "ГБОУ «Школа № 1 Тихой Гавани»"

PETERSBURG = Told(
    language="ru",
    name="Семёнова Вера Павловна",
    days_ahead=80,
    steps=FIRST_STEPS["ru"],
    answers={"a1_can_i.nomination": "self"},
    typed={
        **RUSSIAN,
        **INCOME,
        "surname": "Семёнова",
        "first_name": "Вера",
        "work_kind": "job",
        "workplace": SCHOOL,
        "position": "учёный секретарь",
        "renamed": "no",
        "work_proof": "certificate",
        "work_proof_place": SCHOOL,
        "work_proof_position": "ученый секретарь",
    },
    papers=(
        Brought(kind="consent", desk="lawyer", printed=("Семёнова", "учёный секретарь")),
        Brought(kind="income", desk="coordinator", printed=("Семёнова", "не имею")),
        Brought(kind="passport_copy", desk="coordinator", made_here=False),
        Brought(kind="work_certificate", desk="coordinator", made_here=False, bound=False),
    ),
    known=("person", "surname", "Семёнова"),
    slip=Slip(
        what="должность записана по-разному",
        stops=False,
        marked=("ё", "е"),
        key="position",
        right="ученый секретарь",
        then="Секретарь здесь больше ничего не находит",
        stale="consent",
        before="учёный секретарь",
        after="ученый секретарь",
    ),
    sheet="лист {number}",
    received={"received_time": "11:40", "received_by": "Член комиссии с правом решающего голоса"},
    noted="Подтверждение записано.",
)

ENGLAND = Told(
    language="en",
    name="Rose Mary Hill",
    days_ahead=45,
    steps=(*FIRST_STEPS["en"], "consent_sign", "informal_check"),
    answers={"independent_or_party.route": "independent"},
    typed={
        **ENGLISH,
        "home_address": "1 High Street, Elmbridge AB12 3CD",
        "keep_private": "no",
        "qual_a": "yes",
        "qual_b": "no",
        "qual_c": "no",
        "qual_d": "yes",
        "qual_a_where": "home",
        "qual_d_where": "home",
        "witness_name": "Jane Doe",
        "witness_address": "2 High Street, Elmbridge AB12 3CD",
        "birth_date": "1980-05-17",
        "agent_who": "self",
        "agent_office": "12 Market Square, Elmbridge AB12 3CD",
    },
    papers=(
        Brought(kind="nomination_paper", desk="coordinator", printed=("Elmbridge", "Hill")),
        Brought(kind="home_address", desk="coordinator", printed=("1 High Street", "Hill")),
        Brought(kind="consent_to_nomination", desk="coordinator", printed=("Rose Mary Hill",)),
        Brought(
            kind="agent_notice",
            desk="coordinator",
            printed=("Elmbridge Borough", "12 Market Square"),
            typed={"council": "Elmbridge Borough"},
        ),
    ),
    known=("who", "surname", "Hill"),
    slip=Slip(
        what="“Council” is not the same on",
        stops=True,
        marked=("", "Borough"),
        key="council",
        right="Elmbridge",
        # The answer is right by now, and an issued paper still says it otherwise.
        then="The clerk still finds",
        stale="agent_notice",
        before="Elmbridge Borough",
        after="Elmbridge",
    ),
    sheet="",
    received={"received_time": "11:40", "received_by": "Deputy returning officer"},
    noted="The receipt is noted.",
)
