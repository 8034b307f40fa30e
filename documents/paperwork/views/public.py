"""The check page to which the code on every issued paper leads."""

from __future__ import annotations

import re

from flask import request, url_for
from werkzeug.wrappers import Response

from app.access import Public
from app.errors import Missing
from app.reach import everything
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import render
from app.web.templating import use_zone
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pages import CheckPage
from documents.paperwork.queries.checking import checked_paper
from documents.paperwork.rules.scans import CHECK_PATH, is_token, page_number
from documents.paperwork.views.section import section

_SHA256 = re.compile(r"[0-9a-f]{64}")


@section.get(
    f"{CHECK_PATH}<token>",
    access=Public(because="whoever holds a paper may ask whether this portal issued it"),
)
def check(token: str) -> Response:
    """Whether a paper was issued here, and whether it is the newest; nothing personal."""
    return _check_page(token, None)


@section.get(
    f"{CHECK_PATH}<token>/<number>",
    access=Public(because="whoever holds a page of a paper may ask what it is a page of"),
)
def check_page(token: str, number: str) -> Response:
    """The same, reached by the code of one page; what is no page of the paper is not spoken of."""
    return _check_page(token, page_number(number))


def _check_page(token: str, page: int | None) -> Response:
    """Give the check page. Raises Missing."""
    if not is_token(token):
        raise Missing
    with reading(reach=everything("the code on a paper stands for its document")) as session:
        found = checked_paper(session, token)
    use_zone(found.timezone)
    given = "".join(request.args.get("sha256", "")[:200].lower().split())
    whole = _SHA256.fullmatch(given) is not None
    documents = part(PaperworkDesk).documents(found.pack_id)
    known = documents.words_in(current_language()).kind.get(found.kind)
    return render(
        CheckPage(
            kind=known.title if known else found.kind,
            number=found.number,
            version=found.version,
            is_newest=found.is_newest,
            state=found.state.value,
            sha256=found.sha256,
            pages=found.pages,
            issued_at=found.issued_at,
            action=url_for("paperwork.check", token=token),
            given=given,
            same=(given == found.sha256) if whole else (False if given else None),
            page=page if page and page <= found.pages else 0,
        )
    )
