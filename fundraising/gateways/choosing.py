"""Which providers a program has, from its settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.config import SettingsError
from app.db import Database
from app.reach import everything
from app.sealing import Seal
from fundraising.gateways.demo import DemoGateway
from fundraising.gateways.protocol import Gateway, Gateways
from fundraising.gateways.stripe_checkout import StripeGateway

DEMO_BOOKS = everything("the demo's provider keeps the books of all campaigns, as a real one does")
DEMO_PURPOSE = "demo payment messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings:
    """What the settings say about providers; ``gateway`` is none, demo or stripe."""

    gateway: str
    base_url: str
    production: bool
    stripe_secret_key: str = field(default="", repr=False)
    stripe_webhook_secret: str = field(default="", repr=False)
    stripe_api_base: str = ""
    """Another address of Stripe's interface, for tests."""


def open_gateways(settings: GatewaySettings, *, database: Database, seal: Seal) -> Gateways:
    """Give the program's providers.

    Raises SettingsError for the demo's provider in production, and for Stripe without its keys.
    """
    known: dict[str, Gateway] = {}
    if settings.gateway == "demo":
        if settings.production:
            raise SettingsError("MANDAT_GATEWAY: the demo’s provider is refused in production")
        known["demo"] = DemoGateway(
            database=database.reaching(DEMO_BOOKS),
            secret=seal.mark(DEMO_PURPOSE),
            base_url=settings.base_url,
        )
    if settings.gateway == "stripe":
        known["stripe"] = _stripe(settings)
    return Gateways(chosen=settings.gateway, known=known)


def _stripe(settings: GatewaySettings) -> StripeGateway:
    key, live = settings.stripe_secret_key, settings.production
    if not key or not settings.stripe_webhook_secret:
        raise SettingsError(
            "MANDAT_STRIPE_SECRET_KEY and MANDAT_STRIPE_WEBHOOK_SECRET: Stripe needs both"
        )
    if live != ("_live_" in key):
        raise SettingsError(
            "MANDAT_STRIPE_SECRET_KEY: a live key belongs to MANDAT_PRODUCTION, a test key does not"
        )
    return StripeGateway.connect(
        key, settings.stripe_webhook_secret, live=live, api_base=settings.stripe_api_base
    )
