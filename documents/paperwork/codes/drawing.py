"""Drawing the codes of a paper: pictures that stand in the page itself."""

from __future__ import annotations

import base64
import struct
import zlib

import segno

from documents.paperwork.rules.scans import PAGES_CODED, page_address

DOTS = 3
"""Of a picture to each side of one square of a code: more than a printer needs at its size."""
BORDER = 2
"""Squares left white around a code; the page around it is white too."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _AS_IT_IS, _AS_ABOVE = 0, b"\0", b"\2"
_SQUARES = (b"\xff" * DOTS, b"\0" * DOTS)


def code_picture(address: str) -> str:
    """Give the code of an address as a picture, to be put into a page as its address."""
    return _picture(_code(address))


def paper_pictures(address: str) -> tuple[str, list[str]]:
    """Give the code of a paper, and those of its first pages that say which page they stand on.

    How many pages there will be is known only to the press, so every sheet carries all of them.
    """
    whole = _code(address)
    # Most of the work of making a code is to find its mask. These differ from one another in
    # their last sign alone, and what suits one of them suits the others.
    pages = (page_address(address, page) for page in range(1, PAGES_CODED + 1))
    return _picture(whole), [_picture(_code(page, whole.mask)) for page in pages]


def _code(address: str, mask: int | None = None) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, mask=mask)


def _picture(code: segno.QRCode) -> str:
    """Give a code as dots: a drawing is five times as long, and a sheet is kept for ever."""
    side = (len(code.matrix) + 2 * BORDER) * DOTS
    edge = _AS_IT_IS + b"\xff" * side + (_AS_ABOVE + bytes(side)) * (BORDER * DOTS - 1)
    margin, again = _SQUARES[0] * BORDER, (_AS_ABOVE + bytes(side)) * (DOTS - 1)
    rows = (
        _AS_IT_IS + margin + b"".join(_SQUARES[square] for square in row) + margin + again
        for row in code.matrix
    )
    head = struct.pack(">IIBBBBB", side, side, 8, _GREY, 0, 0, 0)
    dots = zlib.compress(edge + b"".join(rows) + edge, 9)
    png = _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", dots) + _chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
