"""The sheets of paper: the signature sheet, the page that goes with a batch, the protocol.

Nothing of a voter or a collector is ever printed on a sheet, and no number or code either: what
the form does not ask for voids it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from documents.layouts import layouts_in
from documents.paperwork.codes.drawing import code_picture
from documents.paperwork.printing import long_date
from documents.paperwork.rules.answers import read_date
from documents.places import places_in
from documents.sheets import Sheet, Variant
from documents.signatures.rules.folders import Sums
from documents.signatures.rules.heading import Wording, asked_answers, size_of
from documents.signatures.shape import Drafted, HeadWords, ProtocolForm, SheetForm

FOLDER = Path(__file__).resolve().parent / "layouts"
FORM_KEY = "signature_sheet"
PROTOCOL_KEY = "signature_protocol"
NAME = ("surname", "first_name", "patronymic")
"""Answers that make up the candidate's name."""
HEAD_ANSWERS = frozenset(
    {
        *("nominator", "district_kind", "birth_date", "work_kind", "deputy_body"),
        *("party", "party_status", "conviction", "foreign_agent"),
    }
)
"""Answers that the head is put together from, so that ``needs`` has to name them."""
HEAD_PLACES = frozenset(
    {
        *("polling_day", "name", "born", "working", "living"),
        *("work", "deputy", "address", "party"),
    }
)
"""What wording may name besides the answers."""
COUNTING_WORDS = frozenset({"title", "one", "print_single", "print_double"})
"""Words of the page that goes with a batch that count its sheets."""
COVER_WORDS = COUNTING_WORDS | frozenset(
    {
        *("not_part", "candidate", "council", "sheets", "collector", "anybody", "given_on"),
        *("numbers", "payment", "paid", "code", "draft"),
    }
)
"""All words of that page."""
COVER_PLACES = frozenset({"first", "last", "count"})
PROTOCOL_PLACES = frozenset({"polling_day", "district_kind", "full_name"})
"""What the wording of the protocol may name besides the answers that are always given."""
A_LINE = 10
"""Numbers of sheets beside each other on the page that goes with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a sheet as it will be printed."""

    lines: tuple[str, ...]
    sentence: str
    full_name: str
    """Of the candidate, below the certification."""
    size: int | None
    """Points of the sentence; None: it is too long for the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the page that goes with a batch says."""

    first: int
    last: int
    sides: int
    candidate: str
    council: str
    district_no: str
    """Or its name where it has no number."""
    collector: str
    official: bool
    address: str
    """Of the batch's page in the portal."""


def rows_on(form: SheetForm, sides: int) -> int:
    """Give how many voters can sign one sheet."""
    return form.rows_single if sides == 1 else form.rows_front + form.rows_back


def head_of(
    form: SheetForm, given: Mapping[str, str], wording: Wording, *, polling_day: date
) -> Head:
    """Give the head for these answers; none that it needs may be missing."""
    places = _places(form, asked_answers(form.needs, given), wording, polling_day)
    sentence = form.support.format_map(places).replace("№ ", "№\u00a0")
    lines, name = tuple(line.format_map(places) for line in form.head), full_name(given)
    size = size_of(lines, sentence, name)
    return Head(lines=lines, sentence=sentence, full_name=name, size=size)


def signature_sheet(form: SheetForm, head: Head, *, sides: int, official: bool) -> Sheet:
    """Give the sheet to be printed as often as there are numbers. Raises ValueError when too long.

    The same head gives the same sheet, so that it is typeset once for all batches.
    """
    if head.size is None:
        raise ValueError("the head does not fit")
    front = form.rows_front if sides > 1 else form.rows_single
    html = _page(
        "sheet.html",
        form,
        official=official,
        style="sheet.css",
        head=head.lines,
        support=head.sentence,
        size=head.size,
        columns=_columns(form),
        front=range(1, front + 1),
        back=range(front + 1, rows_on(form, sides) + 1) if sides > 1 else (),
        row_height=form.row_height,
        certify=form.certify,
        certify_blank=form.certify_captions,
        candidate=form.candidate,
        full_name=head.full_name,
        name_caption=form.name_caption,
        candidate_caption=form.candidate_caption,
    )
    return Sheet(html=html, variant=Variant.UA, identifier=FORM_KEY, language=form.language)


def cover_sheet(form: SheetForm, cover: Cover) -> Sheet:
    """Give the page that goes with a batch: its numbers to be ticked, and the code of its page."""
    words = form.cover
    count = cover.last - cover.first + 1
    values = {"first": cover.first, "last": cover.last, "count": count}
    title = (words["title"] if count > 1 else words["one"]).format_map(values)
    print_line = words["print_single" if cover.sides == 1 else "print_double"].format_map(values)
    pairs = (
        (words["candidate"], cover.candidate),
        (words["council"], f"{cover.council}, №\u00a0{cover.district_no}"),
        (words["sheets"], str(count)),
        (words["collector"], cover.collector or words["anybody"]),
        (words["given_on"], ""),
        (words["paid"], ""),
    )
    html = (
        layouts_in(FOLDER)
        .get_template("cover.html")
        .render(
            language=form.language,
            title=title,
            style=_style("page.css"),
            draft=not cover.official,
            words=words,
            print_line=print_line,
            pairs=pairs,
            numbers=_lines(range(cover.first, cover.last + 1)),
            code=code_picture(cover.address),
        )
    )
    identifier = f"signature-cover-{cover.first}-{cover.last}"
    return Sheet(html=html, variant=Variant.UA, identifier=identifier, language=form.language)


def protocol_sheet(
    form: ProtocolForm,
    words: HeadWords,
    sums: Sums,
    given: Mapping[str, str],
    *,
    polling_day: date,
    official: bool,
) -> Sheet:
    """Give the protocol of the collection for these folders; hands add day and signature."""
    places = {
        **given,
        "polling_day": long_date(polling_day, form.language),
        "district_kind": words.district_kind.get(given.get("district_kind", ""), ""),
        "full_name": full_name(given),
    }
    html = _page(
        "protocol.html",
        form,
        official=official,
        style="page.css",
        head=[line.format_map(places).replace("№ ", "№\u00a0") for line in form.head],
        candidate=form.candidate.format_map(places),
        columns=form.column,
        folders=sums.folders,
        total=form.total,
        sheets=sums.sheets,
        signatures=sums.signatures,
        signing=form.signing,
    )
    return Sheet(html=html, variant=Variant.UA, identifier=PROTOCOL_KEY, language=form.language)


def said_by(form: ProtocolForm) -> frozenset[str]:
    """Give the answers that stand in the head of a protocol."""
    lines = (*form.head, form.candidate)
    places = {name for line in lines for name in places_in(line)}
    return frozenset(places | set(NAME) if "full_name" in places else places)


def _places(
    form: SheetForm, asked: Mapping[str, str], wording: Wording, polling_day: date
) -> dict[str, str]:
    words, said = form.printed, dict(asked)
    born = read_date(asked["birth_date"])

    def chosen(table: Mapping[str, str], key: str) -> str:
        return table.get(asked[key], "").format_map(said)

    party = words.party_status if asked["party_status"] else words.party
    return {
        **said,
        "polling_day": long_date(polling_day, form.language),
        "nominator": chosen(words.nominator, "nominator"),
        "district_kind": chosen(words.district_kind, "district_kind"),
        "name": wording.name,
        "conviction": chosen(words.conviction, "conviction"),
        "foreign_agent": chosen(words.foreign_agent, "foreign_agent"),
        "born": getattr(words.born, wording.gender),
        "working": getattr(words.working, wording.gender),
        "living": getattr(words.living, wording.gender),
        "birth_date": long_date(born, form.language) if born else asked["birth_date"],
        "work": chosen(words.work, "work_kind"),
        "deputy": words.deputy.format_map(said) if asked["deputy_body"] else "",
        "address": ", ".join(filter(None, (asked[key] for key in form.address))),
        "party": party.format_map(said) if asked["party"] else "",
    }


def full_name(given: Mapping[str, str]) -> str:
    """Give the candidate's name as it stands in the passport."""
    parts = (given.get(key, "") for key in NAME)
    return " ".join(filter(None, parts))


def _page(name: str, form: Drafted, *, official: bool, style: str, **values: Any) -> str:  # noqa: ANN401
    return (
        layouts_in(FOLDER)
        .get_template(name)
        .render(
            language=form.language,
            title=form.title,
            style=_style(style),
            draft="" if official else form.draft,
            draft_why="" if official else form.draft_why,
            **values,
        )
    )


def _columns(form: SheetForm) -> list[dict[str, object]]:
    whole = sum(column.width for column in form.column)
    return [
        {
            "key": column.key,
            "head": column.head,
            "hand": column.hand,
            "share": round(100 * column.width / whole, 3),
        }
        for column in form.column
    ]


def _lines(numbers: Sequence[int]) -> list[list[int]]:
    """Give the numbers in lines of equal length; a place without one is 0."""
    filled = [*numbers, *[0] * (-len(numbers) % A_LINE)]
    return [filled[start : start + A_LINE] for start in range(0, len(filled), A_LINE)]


@cache
def _style(name: str) -> Markup:
    return Markup((FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - our own style sheet.
