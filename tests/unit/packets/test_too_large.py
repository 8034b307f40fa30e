"""Files that are too much for one packet are refused before they are bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.files.storage import FileStore
from app.sealing import Seal
from documents.packets.binding.client import MOST_BYTES, BindingFailed
from documents.packets.handlers import Bindery
from documents.packets.ordering import PDF, Order, OrderFile, OrderLine
from documents.sheets import Sheet
from tests.readable_press import ReadablePress


def test_a_packet_of_too_many_bytes_is_refused_with_its_own_word(tmp_path: Path) -> None:
    files = FileStore(folder=tmp_path)
    half = OrderFile(sha256=files.put(bytes(MOST_BYTES // 2)), media_type=PDF, pages=1)
    rest = OrderFile(sha256=files.put(bytes(MOST_BYTES // 2 + 1)), media_type=PDF, pages=1)
    lines = [
        OrderLine(title="Ё", name="01.pdf", files=(file,), copies=1, first=1, stamped=False)
        for file in (half, rest)
    ]
    order = Order(
        title="Опись",
        language="ru",
        inventory=Sheet(html="<p>", language="ru").as_json(),
        inventory_name="00.pdf",
        stamps="",
        lines=tuple(lines),
    )
    bindery = Bindery(press=ReadablePress(), files=files, seal=Seal.from_secret("x" * 32))
    with pytest.raises(BindingFailed) as refused:
        bindery.put_together(order, lambda done: None)
    assert refused.value.code == "too_large"
