"""The demo provider's hosted page: it says that no money moves, and asks what should happen."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.errors import Conflict, Missing
from app.jobs.commands import enqueue
from app.reach import everything
from app.texts import N_
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.pages import render, see_other
from app.web.routing import Section
from fundraising.gateways.demo import NAME, decide, find_payment
from fundraising.gateways.protocol import Gateways
from fundraising.jobs import DEMO_TELL
from fundraising.pages import DemoPayPage
from fundraising.rules.states import PaymentState

PROVIDER = Public(because="the demo’s provider plays a payment page, which has no accounts")
BOOKS = everything("the demo’s provider keeps the books of all campaigns, as a real one does")
CHOICES = {
    "pay": PaymentState.PAID,
    "decline": PaymentState.FAILED,
    "cancel": PaymentState.CANCELLED,
}
OVER = N_("This payment has been decided already.")

section = Section("demo_pay", "fundraising")


@section.get("/demo/pay/<token>", access=PROVIDER)
def show(token: str) -> Response:
    """Show the payment."""
    _require_demo()
    with reading(reach=BOOKS) as session:
        payment = find_payment(session, token)
        if payment is None:
            raise Missing
        if payment.state != PaymentState.OPEN.value:
            return see_other(payment.return_address)
        return render(
            DemoPayPage(
                title=payment.title,
                amount_minor=payment.amount_minor,
                currency=payment.currency,
                action=url_for("demo_pay.choose", token=token),
            )
        )


@section.post("/demo/pay/<token>", access=PROVIDER)
def choose(token: str) -> Response:
    """Decide, and let a job tell the program over HTTP."""
    _require_demo()
    wanted = CHOICES.get(request.form.get("choice", ""))
    if wanted is None:
        raise Conflict(OVER)
    now = clock.now()
    with writing(reach=BOOKS) as session:
        payment = decide(session, token, state=wanted, now=now)
        if payment is None:
            raise Missing
        address, state = payment.return_address, payment.state
        message = {"token": token, "state": state}
        key = f"{DEMO_TELL}:{payment.id}"
        enqueue(session, DEMO_TELL, message, run_at=now, unique_key=key)
    return see_other(address)


def _require_demo() -> None:
    """Be nowhere to be found where money is real."""
    if part(Gateways).find(NAME) is None:
        raise Missing
