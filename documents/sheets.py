"""What is handed to the press and what comes back: primitive data, nothing that can be loaded.

Everybody who wants something printed imports this module; only the press's own process imports
``documents.rendering``, which loads the engine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

ENGINE = "1"
"""Part of every digest: raise it when the same sheet would give other bytes than before."""
PICTURE_SCHEME = "picture:"


class Variant(StrEnum):
    """What kind of file is wanted."""

    UA = "ua"
    """PDF/UA-1: for everything that a person reads on a screen."""
    ARCHIVE = "archive"
    """PDF/A-2u: for issued documents that must open in thirty years."""
    ISSUED = "issued"
    """Both in one file: for papers that are read on a screen and kept for years."""
    PRINT = "print"
    """For a printer: exact bleed, and photos in CMYK."""
    SCREEN = "screen"
    """A picture's page: only its raster is used."""


class Crop(StrEnum):
    """Which part of a page its raster shows."""

    TRIM = "trim"
    MEDIA = "media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One thing to print.

    An element of ``html`` with ``data-fit="NAME"`` has a fixed height in CSS; its text is made
    smaller, step by step of ``data-fit-steps`` (percent, first 100), until it fits.
    ``<img src="picture:SHA256">`` shows one of ``pictures``.
    """

    html: str
    """A whole page; every word from a person is escaped in it already."""
    styles: tuple[str, ...] = ()
    """Bundled style sheets, named "package/file.css" (see ``documents.bundled``)."""
    variant: Variant = Variant.UA
    identifier: str = ""
    """What makes the file this file; the same sheet gives the same bytes."""
    language: str
    pictures: tuple[str, ...] = ()
    """SHA-256 names of pictures in the file store."""
    profile: str = ""
    """Path of the printer's ICC profile for photos; empty: plain arithmetic."""
    raster_width_px: int = 0
    """Width of the PNG that is made of each page; 0 for none."""
    raster_crop: Crop = Crop.MEDIA

    def digest(self) -> str:
        """Give the SHA-256 in hex by which the same sheet is recognised."""
        return hashlib.sha256(f"{ENGINE}\n{self.as_json()}".encode()).hexdigest()

    def as_json(self) -> str:
        """Give the sheet as text that ``from_json`` reads."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Sheet:
        """Read a sheet. Raises ValueError, TypeError or KeyError when it is none."""
        found = json.loads(text)
        return cls(
            **{
                **found,
                "styles": tuple(found["styles"]),
                "pictures": tuple(found["pictures"]),
                "variant": Variant(found["variant"]),
                "raster_crop": Crop(found["raster_crop"]),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """How a text came into its place."""

    name: str
    percent: int
    """Of its designed size."""
    overflows: bool
    """Whether it is too long even at the smallest size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A sheet typeset."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    """What the engine complained of; an honest sheet gives none."""
    fitted: tuple[Fitted, ...] = ()
    rasters: tuple[bytes, ...] = ()
    """PNG of each page when they were asked for."""
