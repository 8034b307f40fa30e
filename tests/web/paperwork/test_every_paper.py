"""Every paper of both packs on screen: its page, its questions, and whatever is typed into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from app.web.kernel import EXTENSION
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.shape import DocumentKind
from tests.every_step import EveryStep
from tests.paperwork_world import documents_of
from tests.web.portal import Portal

ODD = "\u202e<b>бумага</b> file:///etc/passwd 😀 " + "x" * 300


class OpenGates:
    """Lets everybody work on every paper: what is asked here is not the route."""

    def reachable_steps(self, *_: object, now: datetime) -> EveryStep:
        """Give all."""
        return EveryStep()

    def require_reachable(self, *_: object, now: datetime) -> None:
        """Let through."""

    def require_takes_papers(self, *_: object, now: datetime) -> None:
        """Let through."""


@pytest.fixture
def far(portal: Portal) -> Portal:
    """A candidate to whom every paper is open."""
    kernel = portal.app.extensions[EXTENSION]
    kernel.provide(replace(kernel.parts[PaperworkDesk], gates=OpenGates()))
    return portal


def pages_of(portal: Portal, kind: DocumentKind) -> Iterator[str]:
    for page in kind.page:
        yield portal.at(f"documents/{kind.key}/questions/{page.key}", "anna")


def test_every_page_of_questions_opens(far: Portal) -> None:
    anna = far.browser("anna")
    for kind in documents_of(far.pack_id).listed.values():
        anna.page(far.at(f"documents/{kind.key}", "anna"))
        for where in pages_of(far, kind):
            anna.page(where)


def test_whatever_is_typed_is_kept_and_shown_again(far: Portal) -> None:
    anna, documents = far.browser("anna"), documents_of(far.pack_id)
    for kind in documents.listed.values():
        for page, where in zip(kind.page, pages_of(far, kind), strict=True):
            form = anna.page(where).form(where)
            texts = [key for key in page.fields if not documents.answers[key].choices]
            typed = {f"a-{key}": ODD for key in texts if not documents.answers[key].is_table}
            data = {**form, **typed, "action": "leave", "csrf_token": anna.token(where)}
            assert anna.post(where, data=data).status_code in (303, 422), where
        anna.page(far.at(f"documents/{kind.key}", "anna"))
    anna.page(far.at("documents", "anna"))
