"""How long the press takes for a flyer, for ``mandat bench``."""

from __future__ import annotations

import io
import time
from datetime import date
from hashlib import sha256

from PIL import Image

from app.packs import Pack
from documents.flyers.layout import Flyer, print_sheet
from documents.flyers.pack import load_flyers
from documents.flyers.rules.content import Content, Photo
from documents.press.client import Press

ROUNDS = 5
PHOTO_SIZE = (2000, 1600)
SENTENCE = "Осмотр вместе с жителями в октябре, ремонт до конца зимы. "


def flyer_render_ms(pack: Pack) -> float:
    """Give the best time of a two-sided flyer with a photo in a warm press, preview included."""
    kept = io.BytesIO()
    Image.effect_noise(PHOTO_SIZE, 40).convert("RGB").save(kept, "JPEG")
    photo = kept.getvalue()
    name = sha256(photo).hexdigest()
    flyers = load_flyers(pack)
    template = flyers.templates["a5"]
    slots = {slot.key: (SENTENCE * 12)[: slot.max] for slot in template.slot}
    flyer = Flyer(
        identifier="bench",
        content=Content(
            template="a5",
            slots={**slots, "link": "https://example.org/anna"},
            imprint={field.key: "Образец" for field in flyers.imprint.field},
            photo=Photo(sha256=name, width=PHOTO_SIZE[0], height=PHOTO_SIZE[1]),
        ),
        template=template,
        imprint=flyers.imprint,
        polling_day=date(2026, 9, 13),
    )
    press = Press()
    try:
        press.typeset(print_sheet(flyer), {name: photo})
        return min(_once(press, flyer, name, photo) for _ in range(ROUNDS))
    finally:
        press.close()


def _once(press: Press, flyer: Flyer, name: str, photo: bytes) -> float:
    began = time.perf_counter()
    press.typeset(print_sheet(flyer), {name: photo})
    return (time.perf_counter() - began) * 1000
