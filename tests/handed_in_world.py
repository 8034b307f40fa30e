"""Sheets of signatures, their protocol and inventories for tests: handed in beside papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from app.accounts.models import Campaign, District, Person
from app.cli.signature_figures import GIVEN
from app.packs import load_pack
from documents.packets.ordering import Order, order_of
from documents.packets.pack import PackPackets, load_packets
from documents.packets.rules.contents import Line, Paper, Piece, Purpose, bind
from documents.packets.shape import PacketItem
from documents.paperwork.heading import Heading
from documents.sheets import Sheet
from documents.signatures.pack import load_signatures
from documents.signatures.printing import (
    Cover,
    Head,
    cover_sheet,
    head_of,
    protocol_sheet,
    signature_sheet,
)
from documents.signatures.rules.folders import sums_of
from documents.signatures.rules.heading import Gender, Wording
from documents.signatures.shape import SignaturesShape
from tests.paperwork_world import EN, PACKS, RU, documents_of, text_of

POLLING_DAY = date(2026, 9, 20)
ONE_MEMBER = {**GIVEN, "district_kind": "single"}
SEVERAL_MEMBERS = {
    **ONE_MEMBER,
    "district_kind": "multi",
    "nominator": "association",
    "association": "политической партии «Лавочки»",
    "surname": "Ёлкин",
    "first_name": "Пётр",
    "patronymic": "Ильич",
    "reg_subject": "Ленинградская область",
    "reg_district": "Всеволожский район",
    "reg_city": "город Мурино",
    "work_kind": "job",
    "workplace": "ГБОУ школа № 500",
    "position": "учитель географии",
    "deputy_body": "Муниципальный совет муниципального округа Дальняя Роща",
    "party": "политическая партия «Лавочки»",
    "party_status": "член партии",
    "conviction": "has",
    "conviction_text": "имелась судимость: часть 1 статьи 167 УК, погашена 3 мая 2011 года",
    "foreign_agent": "affiliated",
}
SHE = Wording(name="Ёлкиной Анны Петровны", gender=Gender.FEMALE)
HE = Wording(name="Ёлкина Петра Ильича", gender=Gender.MALE)
COVER = Cover(
    first=5,
    last=17,
    sides=2,
    candidate="Ёлкина Анна Петровна",
    council="Муниципальный совет муниципального округа Тихая Гавань",
    district_no="3",
    collector="Громов Илья Олегович",
    official=False,
    address="https://example.org/campaigns/1/signatures/batches/2",
)
HEADINGS = {
    RU: Heading(
        candidate="Ёлкина Анна Петровна",
        council="Муниципальный совет муниципального округа Тихая Гавань",
        district="3",
    ),
    EN: Heading(
        candidate="Anna Elkins", council="Engleston Borough Council", district="Harbour ward"
    ),
}
FOLDERS = (("1", 4), ("1", 4), ("2", 4), ("2", 3), ("3а", 7))
PACKETS = [(RU, "nomination"), (RU, "registration"), (EN, "nomination")]


@cache
def shape() -> SignaturesShape:
    """Give the signatures of the Petersburg pack."""
    return load_signatures(load_pack(PACKS / RU)).shape


def head(given: Mapping[str, str] = ONE_MEMBER, wording: Wording = SHE) -> Head:
    """Give the head of a sheet for these answers."""
    return head_of(shape().sheet, given, wording, polling_day=POLLING_DAY)


def sheet(
    given: Mapping[str, str] = ONE_MEMBER,
    wording: Wording = SHE,
    *,
    sides: int = 1,
    official: bool = True,
) -> Sheet:
    """Give the sheet on which voters sign."""
    return signature_sheet(shape().sheet, head(given, wording), sides=sides, official=official)


def protocol(
    given: Mapping[str, str] = ONE_MEMBER,
    folders: Sequence[tuple[str, int]] = FOLDERS,
    *,
    official: bool = True,
) -> Sheet:
    """Give the protocol of folders, each sheet in them given as (folder, signatures)."""
    return protocol_sheet(
        shape().protocol,
        shape().sheet.printed,
        sums_of(folders),
        given,
        polling_day=POLLING_DAY,
        official=official,
    )


def cover(about: Cover = COVER) -> Sheet:
    """Give the page that goes with a batch."""
    return cover_sheet(shape().sheet, about)


@cache
def packets_of(pack: str) -> PackPackets:
    """Give the packets of a pack of the program."""
    return load_packets(documents_of(pack))


def order(
    pack: str,
    key: str,
    heading: Heading | None = None,
    *,
    purpose: Purpose = Purpose.PRINT,
    title: Callable[[str], str] = str,
) -> Order:
    """Give the order of a packet with every paper of it; the first has one page, the next two."""
    packets = packets_of(pack)
    rule, language = packets.packets[key], packets.shape.language
    lines = [_line(packets, item, pages) for pages, item in enumerate(rule.item, 1)]
    return order_of(
        bind(lines, purpose),
        [title(packets.item_title(key, line.name, language)) for line in lines],
        packets.shape.inventory,
        heading or HEADINGS[pack],
        purpose=purpose,
        language=language,
    )


def inventory(found: Order) -> Sheet:
    """Give the inventory of an order."""
    return Sheet.from_json(found.inventory)


def called_otherwise(
    session: Session, campaign_id: int, model: type[Person | District], name: str, text: str
) -> None:
    """Write the name of a campaign's candidate, or of its district, otherwise."""
    campaign = session.get_one(Campaign, campaign_id)
    if model is Person:
        session.get_one(Person, campaign.candidate_id).name = text
        return
    district = session.get_one(District, campaign.district_id)
    # All of them: what a district is searched by is made of what is written.
    written = {"council": district.council, "number": district.number, "name": district.name}
    session.query(District).filter_by(id=district.id).update({**written, name: text})


def read_out(sheet: Sheet) -> str:
    """Give what a sheet says, a line a paragraph or row; places of a line apart by “ | ”."""
    parted = sheet.html.replace("</span><span", "</span> | <span")
    return text_of(parted.replace('<span class="how">', " | "))


def _line(packets: PackPackets, item: PacketItem, pages: int) -> Line:
    paper = _paper(packets, item.kind, pages) if item.kind else None
    return Line(name=item.name, hand_in=item.hand_in.value, copies=item.copies, paper=paper)


def _paper(packets: PackPackets, kind: str, pages: int) -> Paper:
    piece = Piece(sha256="0" * 64, media_type="application/pdf", pages=pages)
    printed = packets.documents.kinds[kind].is_printed
    return Paper(
        name=kind,
        made_here=printed,
        needed=True,
        optional=False,
        begun=True,
        issue="ready" if printed else "",
        number=f"D{pages}-000001-2" if printed else "",
        accepted=True,
        issued=piece if printed else None,
        scans=(piece,),
    )
