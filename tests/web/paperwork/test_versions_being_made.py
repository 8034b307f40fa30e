"""While the next version of a paper is being made, the one before is neither sent nor accepted."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select, update

from app import clock
from app.config import Settings
from app.mail.models import StoredLetter
from app.reviews import commands as reviews
from app.reviews.models import Review
from documents.paperwork.models import Paper, PaperIssue
from documents.paperwork.rules.standing import IssueState
from documents.press.client import Press
from tests import builders
from tests.page import CheckingClient
from tests.web.paperwork.program import a_photo, answer_all, path, typeset
from tests.web.portal import Portal


@pytest.fixture
def anna(russian: Portal, settings: Settings, press: Press) -> CheckingClient:
    """Anna, whose paper is issued and scanned, and not yet sent."""
    browser = russian.browser("anna")
    answer_all(russian, browser)
    browser.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    photo = {"file": (io.BytesIO(a_photo()), "signed.jpg")}
    browser.send(
        path(russian, "/scans"), photo, start=path(russian), content_type="multipart/form-data"
    )
    return browser


def order_another(portal: Portal, browser: CheckingClient) -> None:
    where = path(portal, "/questions/work")
    form = browser.page(where).form("/questions/work")
    browser.send(where, {**form, "a-occupation": "учитель"}, start=where)
    browser.send(path(portal, "/issue"), start=path(portal))


def set_newest(portal: Portal, state: IssueState) -> None:
    with portal.database.writing() as session:
        session.execute(update(PaperIssue).where(PaperIssue.version == 2).values(state=state.value))


def decide(portal: Portal, *, undo: bool = False) -> None:
    with portal.database.writing() as session:
        lawyer = builders.the_viewer(session, portal.people["lawyer"])
        review_id = session.execute(select(Review.id).order_by(Review.id.desc())).scalars().first()
        assert review_id is not None
        act = reviews.undo if undo else reviews.accept
        act(session, lawyer, review_id, now=clock.now())


def letters(portal: Portal) -> list[str]:
    with portal.database.reading() as session:
        return list(session.scalars(select(StoredLetter.subject).order_by(StoredLetter.id)))


@pytest.mark.parametrize("state", [IssueState.WANTED, IssueState.FAILED])
def test_nothing_is_sent_until_the_newest_version_is_there(
    russian: Portal, anna: CheckingClient, state: IssueState
) -> None:
    order_another(russian, anna)
    set_newest(russian, state)
    anna.send(path(russian, "/send"), {"anyway": "yes"}, start=path(russian), status=409)
    with russian.database.reading() as session:
        assert session.query(Paper.state).filter_by(kind="consent").scalar() == "draft"
        assert not session.query(Review).filter_by(subject_kind="document").count()


def test_the_press_is_not_asked_again_while_an_earlier_version_is_being_checked(
    russian: Portal, anna: CheckingClient
) -> None:
    anna.send(path(russian, "/send"), {"anyway": "yes"}, start=path(russian))
    decide(russian)
    order_another(russian, anna)
    set_newest(russian, IssueState.FAILED)
    decide(russian, undo=True)
    anna.send(path(russian, "/again"), start=path(russian), status=409)
    with russian.database.reading() as session:
        assert session.query(PaperIssue.state).filter_by(version=2).scalar() == "failed"


def test_nobody_is_told_that_a_version_is_accepted_which_another_has_replaced(
    russian: Portal, anna: CheckingClient
) -> None:
    anna.send(path(russian, "/send"), {"anyway": "yes"}, start=path(russian))
    decide(russian)
    assert any(subject.startswith("Accepted") for subject in letters(russian))
    order_another(russian, anna)
    decide(russian, undo=True)
    before = letters(russian)
    decide(russian)
    assert letters(russian) == before
    with russian.database.reading() as session:
        assert session.query(Paper.state).filter_by(kind="consent").scalar() == "draft"
