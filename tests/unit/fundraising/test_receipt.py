"""The sheet of a receipt: words stay words."""

from __future__ import annotations

from fundraising.receipts import Receipt, receipt_sheet


def test_a_receipt_says_everything_and_escapes_it() -> None:
    sheet = receipt_sheet(
        Receipt(
            number=7,
            language="ru",
            giver="<b>Пётр</b> {x}",
            candidate="Анна",
            amount="1 000 ₽",
            day="12 июля",
            where="На счёт.",
        )
    )
    assert "Квитанция №\u00a07" in sheet.html
    assert "&lt;b&gt;Пётр&lt;/b&gt; {x}" in sheet.html
    assert (
        sheet.html
        == receipt_sheet(
            Receipt(
                number=7,
                language="ru",
                giver="<b>Пётр</b> {x}",
                candidate="Анна",
                amount="1 000 ₽",
                day="12 июля",
                where="На счёт.",
            )
        ).html
    )
