"""Flyers of a place: one that came back and is being changed, one on a designer's desk."""

from __future__ import annotations

from typing import Any

from documents.flyers.models import Flyer, FlyerVersion
from tests.guards.world.papers import a_sheet
from tests.guards.world.shape import OPEN_STEP, Ground, Sown


def plant_flyers(ground: Ground) -> Sown:
    """Plant both flyers, each with the version that was handed in."""
    digest = a_sheet(ground, "flyer_page").digest
    draft = _flyer(ground, "draft", state="returned", digest=digest)
    sent = _flyer(ground, "sent", state="submitted", digest="")
    # Of the first its review is over; what is left of it is the version.
    _version(ground, draft, "draft", review_id=-draft.id)
    review = ground.review("flyer", sent.id, step=OPEN_STEP, queue="designer")
    _version(ground, sent, "sent", review_id=review.id)
    return Sown(
        ids={
            "flyer_id": draft.id,
            "sent_flyer_id": sent.id,
            "flyer_review_id": review.id,
        },
        names={"flyers.digest": digest},
    )


def _content(ground: Ground, what: str) -> dict[str, Any]:
    return {
        "slots": {"headline": ground.say(f"flyer_{what}"), "name": "Anna"},
        "imprint": {"printer": ground.say(f"imprint_{what}")},
        "photo": None,
    }


def _flyer(ground: Ground, what: str, *, state: str, digest: str) -> Flyer:
    return ground.added(
        Flyer(
            campaign_id=ground.campaign.id,
            template="a5",
            state=state,
            colour="documents",
            version=1,
            print_digest=digest,
            saved_at=ground.now,
            note=ground.say("flyer_note") if state == "returned" else "",
            **_content(ground, what),
        )
    )


def _version(ground: Ground, flyer: Flyer, what: str, *, review_id: int) -> None:
    picture = ground.store.put(f"PNG {ground.say('flyer_bytes')}".encode())
    ground.added(
        FlyerVersion(
            campaign_id=ground.campaign.id,
            flyer_id=flyer.id,
            number=1,
            review_id=review_id,
            content={"template": "a5", "colour": "documents", **_content(ground, what)},
            pack_version="2026-06-01",
            warnings=[],
            print_sha256=picture,
            front_sha256=picture,
            back_sha256=picture,
            card_sha256=picture,
            handed_in_at=ground.now,
        )
    )
