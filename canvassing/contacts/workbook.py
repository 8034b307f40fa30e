"""Having a workbook read in a process of its own, once its packing has been looked at."""

from __future__ import annotations

import io
import json
import zipfile

from app.errors import Refused
from app.files.apart import TooHeavy, read_apart
from app.texts import N_
from canvassing.imports.rules import Row

LARGEST_WORKBOOK = 5 * 1024 * 1024
MOST_PARTS = 400
LARGEST_UNPACKED = 60 * 1024 * 1024
LARGEST_PART = 40 * 1024 * 1024
LONGEST_S = 30
SIGNATURE = b"PK\x03\x04"
BROKEN = N_("This workbook can’t be read. Save the sheet as CSV and try again.")
TOO_HEAVY = N_("This workbook is too large inside. Save only the needed sheet, or a CSV.")


def read_workbook(data: bytes) -> list[Row]:
    """Give the rows of a workbook's first sheet as text. Raises Refused(None)."""
    _look_at_packing(data)
    try:
        answer = json.loads(
            read_apart("canvassing.contacts.workbook_reader", data, longest_s=LONGEST_S)
        )
    except TooHeavy:
        raise Refused(None, TOO_HEAVY) from None
    if answer["problem"]:
        raise Refused(None, TOO_HEAVY if answer["problem"] == "too_heavy" else BROKEN)
    return [(line, cells) for line, cells in answer["rows"]]


def _look_at_packing(data: bytes) -> None:
    """Refuse what unpacks into more than a table: 4 KB can hold gigabytes."""
    if len(data) > LARGEST_WORKBOOK:
        raise Refused(None, TOO_HEAVY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused(None, BROKEN) from None
    sizes = [part.file_size for part in parts]
    if (
        len(parts) > MOST_PARTS
        or sum(sizes) > LARGEST_UNPACKED
        or max(sizes, default=0) > LARGEST_PART
    ):
        raise Refused(None, TOO_HEAVY)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(None, BROKEN)
