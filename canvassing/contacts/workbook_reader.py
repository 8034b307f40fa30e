"""The worker that opens workbooks: a short-lived process that can do nothing else.

Reads a workbook from its input and writes one JSON object: a problem's code, or the rows of the
first sheet as text, none beyond the caps.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
import zipfile
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from app.files.limits import limit_myself

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 15
MOST_ROWS = 5_001
MOST_BLANK = 200
MOST_COLUMNS = 40
LONGEST_CELL = 1_000


def rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    """Give the rows that are not blank; many blank ones in a row end the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: list[tuple[int, list[str]]] = []
    blank = 0
    sheet = book.worksheets[0]
    # What the sheet says of its own size may be a lie, and openpyxl believes it.
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        texts = ["" if cell is None else str(cell)[:LONGEST_CELL] for cell in cells]
        if any(text.strip() for text in texts):
            found.append((line, texts))
            blank = 0
        else:
            blank += 1
        if len(found) > MOST_ROWS or blank > MOST_BLANK:
            break
    return found


def main() -> None:
    """Read the one workbook on the input."""
    warnings.simplefilter("ignore")
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any] = {"problem": "", "rows": []}
    try:
        answer["rows"] = rows_of(data)
    except MemoryError:
        answer["problem"] = "too_heavy"
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        EOFError,
        OSError,
        RecursionError,
    ):
        answer["problem"] = "broken"
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
