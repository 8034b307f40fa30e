"""What waits, was sent back or was accepted in the demo, and the proofs it was about."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.config import Settings
from app.files.storage import FileStore
from app.reviews.models import Review
from quests.evidence.models import Evidence, HandedInRound, UploadedFile
from quests.route.library import PackLibrary
from quests.route.shape import EvidenceKind
from tests.demo_once import SMALL


def test_reviews_and_evidence_tell_the_same(planted: Session) -> None:
    rows = planted.execute(
        select(Evidence.state, Evidence.note, Review.state, Review.reason)
        .join(Review, Review.id == Evidence.review_id)
        .where(Review.campaign_id == Evidence.campaign_id, Review.subject_kind == "evidence")
    ).all()
    assert rows
    for state, note, decided, reason in rows:
        assert state == decided
        assert note == (reason if state == "returned" else "")
    waiting = planted.scalar(select(func.count()).where(Evidence.state == "submitted"))
    assert waiting == SMALL.reviews_waiting + SMALL.english_reviews_waiting


def test_as_many_reviews_wait_as_were_asked_for(planted: Session) -> None:
    found = dict(
        planted.execute(
            select(Review.pack_id, func.count())
            .where(Review.state == "submitted", Review.subject_kind == "evidence")
            .group_by(Review.pack_id)
        ).all()
    )
    assert found == {
        "ru-spb-municipal": SMALL.reviews_waiting,
        "gb-eng-local": SMALL.english_reviews_waiting,
    }


def test_every_upload_has_the_files_its_step_asks_for(
    planted: Session, settings: Settings, library: PackLibrary
) -> None:
    store = FileStore(folder=settings.files)
    uploads = planted.execute(
        select(Evidence.id, Evidence.step_key, Evidence.count, Review.pack_id)
        .join(Review, Review.id == Evidence.review_id)
        .where(Evidence.kind == EvidenceKind.UPLOAD.value)
    ).all()
    assert uploads
    for evidence_id, step_key, count, pack_id in uploads:
        files = planted.scalars(
            select(UploadedFile).where(
                UploadedFile.evidence_id == evidence_id, UploadedFile.removed_at.is_(None)
            )
        ).all()
        step = library[pack_id].step_by_key[step_key]
        assert len(files) == count
        assert {item.key for item in step.file if item.required} <= {f.item_key for f in files}
        assert all(len(store.get(file.sha256)) == file.size_bytes for file in files)


def test_some_who_wait_were_sent_back_once_and_have_changed_what_they_said(
    planted: Session,
) -> None:
    waiting = planted.execute(
        select(Review.subject_id, Review.round).where(
            Review.state == "submitted", Review.round > 1, Review.subject_kind == "evidence"
        )
    ).all()
    assert waiting
    changed = 0
    for evidence_id, last in waiting:
        handed_in = planted.scalars(
            select(HandedInRound.snapshot)
            .where(HandedInRound.evidence_id == evidence_id)
            .order_by(HandedInRound.round)
        ).all()
        assert len(handed_in) == last
        changed += handed_in[-1] != handed_in[-2]
    assert changed * 2 > len(waiting)


MADE_OF = {
    "meeting": ("о чём вы говорили", "with whom"),
    "upload": ("снимок", "страниц", "photo", "page", "подписи и даты"),
    "checklist": ("отмечено", "список", "ticked", "the list"),
}


def test_a_reason_speaks_of_the_proof_it_sends_back(planted: Session, library: PackLibrary) -> None:
    returned = planted.execute(
        select(Evidence.kind, Review.step_key, Review.reason)
        .join(Review, Review.subject_id == Evidence.id)
        .where(Review.state == "returned")
    ).all()
    assert len(returned) > 10
    for kind, step_key, reason in returned:
        for other, words in MADE_OF.items():
            if other != kind:
                assert not any(word in reason.lower() for word in words), (step_key, kind, reason)
