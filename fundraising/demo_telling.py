"""The demo provider's message on its way: a signed POST to the program's own address."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from fundraising.gateways.demo import HEADER, NAME, DemoGateway, decided, message
from fundraising.gateways.protocol import GatewayAway, GatewayRefused, Gateways
from fundraising.gateways.signing import signature

TIMEOUT_S = 5


def tell(gateways: Gateways, base_url: str, token: str, state: str, *, now: datetime) -> None:
    """Send the message that a payment was decided.

    Raises GatewayAway when nobody takes it, so that it is sent again.
    """
    gateway = gateways.find(NAME)
    if not isinstance(gateway, DemoGateway):
        raise GatewayRefused("no_demo_provider")
    body = message(decided(token, state))
    headers = {"Content-Type": "application/json", HEADER: signature(body, gateway.secret, now)}
    request = Request(f"{base_url}/hooks/{NAME}", data=body, headers=headers, method="POST")  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - our own address.
            status = answer.status
    except HTTPError as error:
        raise GatewayAway(f"http_{error.code}") from None
    except (URLError, OSError):
        raise GatewayAway("connection") from None
    if status != HTTPStatus.OK:
        raise GatewayAway(f"http_{status}")
