"""What belongs into a packet, how its sheets are counted, what is in the way."""

from __future__ import annotations

import pytest

from documents.packets.rules.contents import (
    Bound,
    Lack,
    Line,
    Paper,
    Piece,
    Purpose,
    belongs,
    bind,
    lack_of,
)

PDF = "application/pdf"


def a_paper(name: str = "consent", **more: object) -> Paper:
    given = {"made_here": True, "needed": True, "optional": False, "begun": False}
    return Paper(name=name, **{**given, **more})  # type: ignore[arg-type]


def a_line(paper: Paper | None, *, copies: int = 1, hand_in: str = "signed") -> Line:
    name = paper.name if paper else "sheets"
    return Line(name=name, hand_in=hand_in, copies=copies, paper=paper)


def a_piece(pages: int = 1, mark: str = "a") -> Piece:
    return Piece(sha256=mark * 64, media_type=PDF, pages=pages)


@pytest.mark.parametrize(
    ("paper", "purpose", "lack"),
    [
        (a_paper(), Purpose.PRINT, Lack.NOT_ISSUED),
        (a_paper(issue="wanted"), Purpose.PRINT, Lack.BEING_MADE),
        (a_paper(issue="failed"), Purpose.PRINT, Lack.FAILED),
        (a_paper(issue="ready", stale=True), Purpose.PRINT, Lack.STALE),
        (a_paper(issue="ready"), Purpose.PRINT, None),
        (a_paper(issue="ready"), Purpose.ARCHIVE, Lack.NOT_ACCEPTED),
        (a_paper(issue="ready", accepted=True), Purpose.ARCHIVE, Lack.NOT_ACCEPTED),
        (a_paper(accepted=True, scans=(a_piece(),)), Purpose.ARCHIVE, None),
        (a_paper(made_here=False), Purpose.PRINT, Lack.NOT_BROUGHT),
        (a_paper(made_here=False, scans=(a_piece(),)), Purpose.PRINT, None),
        (None, Purpose.PRINT, None),
        (None, Purpose.ARCHIVE, None),
    ],
)
def test_what_is_in_the_way_has_a_name(
    paper: Paper | None, purpose: Purpose, lack: Lack | None
) -> None:
    assert lack_of(a_line(paper), purpose) is lack


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        (a_paper(), True),
        (a_paper(needed=False), False),
        (a_paper(optional=True), False),
        (a_paper(optional=True, begun=True), True),
        (a_paper(needed=False, begun=True), True),
    ],
)
def test_a_paper_belongs_when_it_is_needed_or_there(paper: Paper, wanted: bool) -> None:
    assert belongs(paper) is wanted


def places(bound: tuple[Bound, ...]) -> list[tuple[int, int]]:
    return [(each.first, each.last) for each in bound]


def test_sheets_are_counted_one_after_another_with_every_copy() -> None:
    form = a_paper(issue="ready", issued=a_piece(2))
    copy = a_paper("passport", made_here=False, scans=(a_piece(1), a_piece(3, "b")))
    lines = [a_line(form, copies=2), a_line(None), a_line(copy, hand_in="copy")]
    bound = bind(lines, Purpose.PRINT)
    assert places(bound) == [(1, 4), (0, 0), (5, 8)]
    assert [each.is_stamped for each in bound] == [False, False, True]
    assert [each.is_in(Purpose.PRINT) for each in bound] == [True, False, True]


def test_an_original_is_counted_and_not_printed_once_more() -> None:
    paper = a_paper("work", made_here=False, scans=(a_piece(2),))
    (bound,) = bind([a_line(paper, hand_in="original")], Purpose.PRINT)
    assert places((bound,)) == [(1, 2)]
    assert not bound.is_in(Purpose.PRINT) and bound.is_in(Purpose.ARCHIVE)


def test_the_archive_holds_each_signed_paper_once() -> None:
    form = a_paper(issue="ready", issued=a_piece(2), accepted=True, scans=(a_piece(3, "b"),))
    (bound,) = bind([a_line(form, copies=2)], Purpose.ARCHIVE)
    assert places((bound,)) == [(1, 3)] and bound.copies == 1
