"""Names that files from outside come with are made harmless before anybody sees them."""

from __future__ import annotations

import pytest

from app.files.names import sent_name, shown_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Паспорт (скан).PDF", "Паспорт (скан).jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fakepath\\a.exe", "a.jpg"),
        ("evil\u202egpj.exe", "evil gpj.jpg"),
        ("\r\nSet-Cookie: x.png", "Set-Cookie x.jpg"),
        ("....", "scan.jpg"),
        ("x" * 400 + ".jpg", "x" * 100 + ".jpg"),
    ],
)
def test_a_file_is_shown_under_a_harmless_name_of_what_it_is(given: str, shown: str) -> None:
    assert shown_name(given, "image/jpeg", fallback="scan") == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Адреса, дом 42.csv", "Адреса, дом 42.csv"),
        ("C:\\fakepath\\houses.osm.pbf", "houses osm.pbf"),
        ("../../etc/passwd", "passwd"),
        ("evil\u202egpj.csv", "evil gpj.csv"),
        ("....", ""),
        ("", ""),
    ],
)
def test_a_table_keeps_the_name_it_came_with(given: str, shown: str) -> None:
    assert sent_name(given) == shown


def test_a_very_long_name_is_cut_to_what_its_column_holds() -> None:
    assert len(sent_name("x" * 999 + "." + "y" * 999)) == 120
