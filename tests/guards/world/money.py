"""Money of a place: a public page with a version being checked, a held gift with its receipt."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.accounts.models import Election
from app.ids import new_token
from documents.typesetting.models import TypesetSheet
from fundraising.commands import gifts
from fundraising.commands.gifts import GiftAsked
from fundraising.commands.payments import note_page, note_payment
from fundraising.gateways.protocol import HostedPage, Payment
from fundraising.links import gift_token
from fundraising.models import DemoPayment, Donation, StatedLimit
from fundraising.rules.states import PaymentState
from tests.fund_world import ANSWERS, a_public_page, fund_packs
from tests.guards.world.shape import OPEN_STEP, PACK, Ground, Sown

AMOUNT = 100_000


def plant_money(ground: Ground) -> Sown:
    """Plant the page and the gift."""
    slug, review_id = _page(ground)
    donation_id, page = _gift(ground)
    _receipt(ground, donation_id)
    ground.added(
        StatedLimit(
            campaign_id=ground.campaign.id,
            check_key="limit",
            amount_minor=1_000_000,
            source=ground.say("limit_source"),
            at=ground.now,
        )
    )
    return Sown(
        ids={"donation_id": donation_id, "support_page_review_id": review_id},
        tokens={"support": gift_token(ground.seal, donation_id), "demo": page},
        names={"support.slug": slug},
    )


def _page(ground: Ground) -> tuple[str, int]:
    """Plant the page. Its state is not that of its review, so that its form can be tried too."""
    page = a_public_page(ground.session, ground.campaign, fund_packs())
    assert page.shown is not None
    page.shown = {**page.shown, "title": ground.say("support_page")}
    page.words = ground.say("support_draft")
    page.handed_in = {**page.shown, "words": ground.say("support_handed_in")}
    page.state = "draft"
    ground.session.flush()
    review = ground.review("support_page", page.id, step=OPEN_STEP, queue="organisation")
    return page.slug, review.id


def _receipt(ground: Ground, donation_id: int) -> None:
    """Plant the file that the giver's own link leads to."""
    content = f"%PDF-1.4 {ground.say('receipt_bytes')}".encode()
    sheet = ground.added(
        TypesetSheet(
            campaign_id=ground.campaign.id,
            digest=ground.seal.mark("receipt", donation_id),
            purpose="issue",
            state="ready",
            sha256=ground.store.put(content),
            rasters=[],
            fitted=[],
            pages=1,
            wanted_at=ground.now,
            ready_at=ground.now,
        )
    )
    gift = ground.session.get_one(Donation, donation_id)
    gift.receipt_digest = sheet.digest
    # A gift is held or has a receipt; this one has both, so that every address leads somewhere.
    gift.cleared_minor = AMOUNT
    ground.session.flush()


def _gift(ground: Ground) -> tuple[int, str]:
    """Begin a gift and have it paid; what the provider then says is as it would say it."""
    fund, session, now = fund_packs()[PACK], ground.session, ground.now
    asked = GiftAsked(
        amount_minor=AMOUNT,
        language="en",
        email=f"{ground.say('giver_mail')}@example.org",
        answers={
            **ANSWERS[PACK],
            "full_name": ground.say("giver"),
            "passport": ground.say("giver_passport"),
        },
        once=new_token(),
    )
    number = gifts.start(
        session, fund, ground.seal, ground.campaign.id, asked, gateway="demo", now=now
    )
    token = new_token()
    note_page(session, number, HostedPage(reference=token, address=f"/demo/pay/{token}"), now=now)
    zone = session.get_one(Election, ground.campaign.election_id).timezone
    paid = Payment(
        state=PaymentState.PAID,
        charge=f"charge-{token}",
        captured_minor=AMOUNT,
        currency=fund.currency,
        received_at=now,
    )
    note_payment(session, number, paid, clock=fund.rules.return_clock, zone=ZoneInfo(zone), now=now)
    ground.added(
        DemoPayment(
            token=token,
            once_key=f"gift-{number}",
            reference=f"gift-{number}",
            title=ground.say("support_page"),
            amount_minor=AMOUNT,
            currency=fund.currency,
            return_address="http://localhost/",
            state="open",
            created_at=now,
        )
    )
    return number, token
