"""Papers of a place: answers, a preview, a scan on a lawyer's desk, a version nobody was sent."""

from __future__ import annotations

import json
from io import BytesIO
from uuid import uuid4

from pikepdf import Pdf

from app.ids import new_token
from documents.paperwork.models import (
    FormApproval,
    Paper,
    PaperAnswer,
    PaperAnswerRow,
    PaperIssue,
    PaperRound,
    PaperScan,
)
from documents.paperwork.printing import Snapshot
from documents.paperwork.reshaping.drawings import Page
from documents.sheets import Sheet, Variant
from documents.signatures.printing import FORM_KEY
from documents.typesetting.models import TypesetSheet
from tests.guards.world.shape import OPEN_STEP, Ground, Sown

KIND = "consent"
FORM_VERSION = "2026-11"
OPEN_TABLE = ("materials_notice", "materials")
SEALED_TABLE = ("income", "accounts")
"""Papers with a table, and the answer that is the table."""
COPY_KIND = "passport_copy"
"""A paper made elsewhere whose pages are certified."""
KINDS = (KIND, OPEN_TABLE[0], SEALED_TABLE[0], COPY_KIND)
"""The papers that are asked for; their steps are open in the guards' packs."""


def plant_papers(ground: Ground) -> Sown:
    """Plant one kind of paper, signed and waiting for a lawyer."""
    say, campaign_id = ground.say, ground.campaign.id
    _answers(ground)
    _compared(ground)
    paper = ground.added(
        Paper(campaign_id=campaign_id, kind=KIND, state="waiting", changed_at=ground.now)
    )
    token = new_token()[:24]
    unsent = _issue(ground, paper.id, new_token()[:24], what="unsent_bytes")
    issue = _issue(ground, paper.id, token, version=2)
    content = a_pdf(say("scan_bytes"))
    scan = ground.added(
        PaperScan(
            campaign_id=campaign_id,
            paper_id=paper.id,
            issue_id=issue.id,
            name=f"{say('scan')}.pdf",
            sha256=ground.store.put(content),
            media_type="application/pdf",
            size_bytes=len(content),
            pages=1,
            code="none",
            uploaded_at=ground.now,
        )
    )
    for name, word in (
        (scan.sha256, "scan_bytes"),
        (issue.sha256, "issue_bytes"),
        (unsent.sha256, "unsent_bytes"),
    ):
        ground.drawings.keep(Page(name, 1), f"JPEG {say(word)}".encode())
    review = ground.review("document", paper.id, step=OPEN_STEP, queue="lawyer")
    ground.added(
        PaperRound(
            campaign_id=campaign_id,
            paper_id=paper.id,
            issue_id=issue.id,
            review_id=review.id,
            round=1,
            scans=[scan.id],
            handed_in_at=ground.now,
        )
    )
    paper.review_id = review.id
    return Sown(
        ids={
            "issue_id": issue.id,
            "scan_id": scan.id,
            "unsent_issue_id": unsent.id,
            "document_review_id": review.id,
        },
        tokens={"check": token},
        names={
            "paperwork.digest": a_sheet(ground, "preview").digest,
            "paperwork.row_id": _rows(ground),
        },
    )


def _answers(ground: Ground) -> None:
    # A surname is on the paper that helpers check; a passport is opened one by one.
    for key, value, sealed in (
        ("surname", ground.say("surname"), ""),
        ("passport", "", ground.seal.close(ground.say("passport"))),
        ("inn", "", ground.seal.close(ground.say("inn"))),
    ):
        ground.added(
            PaperAnswer(
                campaign_id=ground.campaign.id,
                key=key,
                value=value,
                sealed=sealed,
                version=1,
                saved_at=ground.now,
            )
        )


def _rows(ground: Ground) -> str:
    """Plant a row of an open and one of a sealed table, which may have the same name."""
    row_id = str(uuid4())
    bank = json.dumps({"bank": ground.say("row_bank"), "number": "40817810099910004312"})
    for key, value, sealed in (
        (OPEN_TABLE[1], json.dumps({"what": ground.say("row_what")}), ""),
        (SEALED_TABLE[1], "", ground.seal.close(bank)),
    ):
        ground.added(
            PaperAnswerRow(
                campaign_id=ground.campaign.id,
                key=key,
                row_id=row_id,
                position=1,
                value=value,
                sealed=sealed,
                version=1,
                saved_at=ground.now,
            )
        )
    return row_id


def _compared(ground: Ground) -> None:
    """Plant that somebody has compared the forms, and was mistaken.

    Of comparisons that stand an election has one for each form, of those taken back any number.
    """
    for kind in (KIND, FORM_KEY):
        ground.added(
            FormApproval(
                coalition_id=ground.campaign.coalition_id,
                election_id=ground.campaign.election_id,
                kind=kind,
                form_version=FORM_VERSION,
                note=ground.say("compared"),
                approved_at=ground.now,
                revoked_at=ground.now,
            )
        )


def _issue(
    ground: Ground, paper_id: int, token: str, *, version: int = 1, what: str = "issue_bytes"
) -> PaperIssue:
    printed = {"surname": ground.say("surname"), "passport": ground.say("passport")}
    sheet = Sheet(
        html=f"<html><body><main><p>{printed['surname']}</p></main></body></html>",
        variant=Variant.UA,
        identifier=KIND,
        language="ru",
    )
    content = a_pdf(ground.say(what))
    return ground.added(
        PaperIssue(
            campaign_id=ground.campaign.id,
            paper_id=paper_id,
            version=version,
            number=f"C-{ground.campaign.id}-{version}",
            check_token=token,
            form_version="2026",
            official=False,
            snapshot=ground.seal.close(Snapshot(answers=printed, sheet=sheet.as_json()).as_json()),
            digest=ground.seal.mark("sheet", paper_id, version),
            state="ready",
            sha256=ground.store.put(content),
            pages=1,
            issued_at=ground.now,
        )
    )


def a_pdf(word: str) -> bytes:
    """Give a file of one empty page; the word is in its bytes only."""
    blank = BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(60, 80))
        pdf.save(blank)
    return blank.getvalue() + f"% {word}\n".encode()


def a_sheet(ground: Ground, what: str) -> TypesetSheet:
    """Plant a typeset sheet; its pages and its file carry a canary."""
    word = ground.say(f"{what}_bytes")
    return ground.added(
        TypesetSheet(
            campaign_id=ground.campaign.id,
            digest=ground.seal.mark("sheet", what, ground.campaign.id),
            purpose="preview",
            state="ready",
            sha256=ground.previews.put(f"%PDF-1.4 {word}".encode()),
            rasters=[ground.previews.put(f"PNG {word}".encode())],
            fitted=[],
            pages=1,
            wanted_at=ground.now,
            ready_at=ground.now,
        )
    )
