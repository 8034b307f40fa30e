"""The receipt of a gift: a sheet of primitive values, made once, when the gift counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.rules.elections import day_there
from app.db import Hook, recorded
from app.jobs.commands import enqueue
from app.sealing import Seal
from app.texts import N_
from app.web.language import translate
from app.web.wording import day, money
from documents.sheets import Sheet, Variant
from documents.typesetting.commands import want
from documents.typesetting.events import SheetFailed
from documents.typesetting.rules import Purpose
from fundraising.commands.judging import opened
from fundraising.describing import SHOWN_NAME
from fundraising.events import GiftCleared, GiftRefunded
from fundraising.jobs import RECEIPT
from fundraising.models import Donation
from fundraising.pack import FundPacks
from fundraising.queries.giving import OwnGift, find_gift_of_receipt, find_own_gift

PRESS_AGAIN = timedelta(hours=1)
"""After how long the press is asked again for a receipt that it could not print."""
TITLE = N_("Receipt № {number}")
GIVER, FOR, AMOUNT, DAY = N_("Giver"), N_("For"), N_("Amount"), N_("Counts since")
PROMISE = N_("The gift was checked by the rules of this election and counts. Thank you.")
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>@page {{ size: A5; margin: 18mm 16mm }} body {{ font: 11pt/1.45 Tinos; margin: 0 }}"
    " h1 {{ font-size: 20pt; margin: 0 0 8mm }} dt {{ font-size: 9pt; margin-top: 4mm }}"
    " dd {{ margin: 0; font-size: 13pt }} p {{ margin: 8mm 0 0; font-size: 10pt }}</style></head>"
    "<body><h1>{title}</h1><dl>{rows}</dl><p>{promise}</p><p>{where}</p></body></html>"
)
_ROW = Markup("<dt>{}</dt><dd>{}</dd>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything a receipt says; sums and days in words already."""

    number: int
    language: str
    giver: str
    candidate: str
    amount: str
    day: str
    where: str


def receipt_sheet(receipt: Receipt) -> Sheet:
    """Give the sheet; the same gift gives the same bytes."""

    def said(sentence: str, **params: object) -> str:
        return translate(receipt.language, sentence, **params)

    rows = (
        (said(GIVER), receipt.giver),
        (said(FOR), receipt.candidate),
        (said(AMOUNT), receipt.amount),
        (said(DAY), receipt.day),
    )
    return Sheet(
        html=_PAGE.format(
            language=receipt.language,
            title=said(TITLE, number=receipt.number),
            rows=Markup("").join(_ROW.format(name, value) for name, value in rows if value),
            promise=said(PROMISE),
            where=receipt.where,
        ),
        variant=Variant.UA,
        identifier=f"receipt-{receipt.number}",
        language=receipt.language,
    )


def receipts_hook(packs: FundPacks, seal: Seal) -> Hook:
    """Give the hook for ``database.before_commit`` that asks for the receipt of what counts."""

    def ask(session: Session) -> None:
        for event in tuple(recorded(session)):
            match event:
                case GiftCleared() | GiftRefunded():
                    # After a part has gone back the receipt is of what still counts.
                    ask_again(session, packs, seal, event.donation_id, now=event.at)
                case SheetFailed(purpose=Purpose.ISSUE):
                    _plan_another_try(session, event)

    return ask


def ask_again(
    session: Session, packs: FundPacks, seal: Seal, donation_id: int, *, now: datetime
) -> None:
    """Ask the press for the receipt of a gift that counts; the same receipt is made once."""
    gift = find_own_gift(session, donation_id)
    if gift is not None and gift.cleared_minor and gift.cleared_at is not None:
        cleared_on = day_there(gift.cleared_at, gift.timezone)
        _ask(session, packs, seal, gift, cleared_on, now=now)


def _plan_another_try(session: Session, event: SheetFailed) -> None:
    """Try a receipt again later: its giver was promised it, and nobody sees that it failed."""
    donation_id = find_gift_of_receipt(session, event.campaign_id, event.digest)
    if donation_id is not None:
        enqueue(session, RECEIPT, {"donation": donation_id}, run_at=event.at + PRESS_AGAIN)


def _ask(
    session: Session,
    packs: FundPacks,
    seal: Seal,
    gift: OwnGift,
    cleared_on: date,
    *,
    now: datetime,
) -> None:
    fund = packs[gift.pack_id]
    sheet = receipt_sheet(
        Receipt(
            number=gift.id,
            language=gift.language,
            giver=opened(seal, gift.sealed)[1].get(SHOWN_NAME, ""),
            candidate=gift.candidate,
            amount=money(gift.cleared_minor, gift.currency, gift.language),
            day=day(cleared_on, gift.language, this_year=0),
            where=fund.words_in(gift.language).where_money_goes,
        )
    )
    digest = want(session, seal, gift.campaign_id, sheet, purpose=Purpose.ISSUE, now=now)
    session.execute(update(Donation).where(Donation.id == gift.id).values(receipt_digest=digest))
