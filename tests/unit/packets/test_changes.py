"""What has changed since a packet was put together: each paper by its own reason."""

from __future__ import annotations

from documents.packets.rules.changes import Change, Put, Why, changes
from documents.packets.rules.contents import Lack, Line, Paper, Piece, Purpose, bind

PDF = "application/pdf"


def issued(name: str, number: str = "A-1", sha256: str = "a") -> Line:
    paper = Paper(
        name=name,
        made_here=True,
        needed=True,
        optional=False,
        begun=True,
        issue="ready",
        number=number,
        issued=Piece(sha256=sha256, media_type=PDF, pages=1),
    )
    return Line(name=name, hand_in="signed", copies=1, paper=paper)


def brought(name: str, *files: str, hand_in: str = "copy") -> Line:
    scans = tuple(Piece(sha256=file, media_type=PDF, pages=1) for file in files)
    paper = Paper(name=name, made_here=False, needed=True, optional=False, begun=True, scans=scans)
    return Line(name=name, hand_in=hand_in, copies=1, paper=paper)


def put(name: str, *files: str, number: str = "") -> Put:
    return Put(name=name, number=number, files=files)


def found(before: list[Put], now: list[Line], lacks: dict[str, Lack] | None = None) -> list[Change]:
    return list(changes(before, bind(now, Purpose.PRINT), lacks or {}, Purpose.PRINT))


def test_the_same_papers_have_not_changed() -> None:
    before = [put("consent", "a", number="A-1"), put("copy", "x", "y"), put("sheets")]
    by_hand = Line(name="sheets", hand_in="signed", copies=1, paper=None)
    assert found(before, [issued("consent"), brought("copy", "x", "y"), by_hand]) == []


def test_each_change_has_its_own_reason() -> None:
    before = [put("consent", "a", number="A-1"), put("copy", "x", "y"), put("gone", "z")]
    now = [issued("consent", "A-2"), brought("copy", "y", "x"), brought("more")]
    assert found(before, now) == [
        Change(name="consent", why=Why.ISSUED),
        Change(name="copy", why=Why.PHOTOS),
        Change(name="more", why=Why.NEEDED),
        Change(name="gone", why=Why.NOT_NEEDED),
    ]


def test_pages_that_were_taken_away_are_a_change() -> None:
    assert found([put("copy", "x")], [brought("copy")]) == [Change(name="copy", why=Why.PHOTOS)]


def test_other_answers_are_told_though_the_version_is_the_same() -> None:
    before = [put("consent", "a", number="A-1")]
    told = found(before, [issued("consent")], {"consent": Lack.STALE})
    assert told == [Change(name="consent", why=Why.ANSWERS)]


def test_the_photo_of_what_is_handed_in_itself_may_be_taken_anew() -> None:
    assert found([put("letter")], [brought("letter", "new", hand_in="original")]) == []
