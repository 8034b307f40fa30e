"""Names in the archive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packets.rules.names import file_name, plain


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Заявление о согласии баллотироваться", "zayavlenie-o-soglasii-ballotirovatsya"),
        ("Сведения: доходы / имущество", "svedeniya-dokhody-imushchestvo"),
        ("Home address form", "home-address-form"),
        ("Ёлка — щит", "elka-shchit"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎉", ""),
    ],
)
def test_a_title_becomes_a_plain_name(title: str, name: str) -> None:
    assert plain(title) == name


@given(st.text(max_size=300))
def test_no_title_makes_a_name_that_some_system_refuses(title: str) -> None:
    name = file_name(3, title, ".pdf")
    assert name.startswith("03-") and name.endswith(".pdf") and len(name) < 100
    assert name.isascii() and not set(name) & set('/\\:*?"<>| ')
