"""A photo's colours in inks: black takes its part, and what is left of each ink is exact."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from documents.press.pictures import cmyk_jpeg

SIDE = 32
SLIGHTLY = 4
"""How far a JPEG lets a flat colour stray."""
COLOURS = (
    (0, 0, 0),
    (255, 255, 255),
    (128, 128, 128),
    (12, 10, 8),
    (200, 30, 30),
    (20, 90, 160),
    (250, 240, 10),
)


def in_inks(red: int, green: int, blue: int) -> tuple[int, ...]:
    """Reckon it one point at a time."""
    inks = (255 - red, 255 - green, 255 - blue)
    black = round(min(inks) ** 2 / 255)
    left = tuple((ink - black) * 255 // max(255 - black, 1) for ink in inks)
    return (*left, black)


@pytest.mark.parametrize("colour", COLOURS)
def test_black_takes_its_part_of_every_ink(colour: tuple[int, int, int]) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), colour).save(photo, "PNG")
    turned = Image.open(io.BytesIO(cmyk_jpeg(photo.getvalue(), "")))
    assert turned.mode == "CMYK"
    found = turned.getpixel((SIDE // 2, SIDE // 2))
    assert isinstance(found, tuple)
    for ink, wanted in zip(found, in_inks(*colour), strict=True):
        assert abs(ink - wanted) <= SLIGHTLY
