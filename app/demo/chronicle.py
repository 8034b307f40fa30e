"""Writing lives down: the rows the features themselves would have left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.demo.deeds import Life, Piece
from app.demo.drafts import corrected_later
from app.demo.history import History
from app.demo.people import Office
from app.demo.plot import Plot
from app.demo.post import Addressee, Post
from app.demo.rows import Rows
from app.demo.samples import Sample, Samples
from app.reviews.models import Review
from app.reviews.rules import Queue, promised_at
from app.sealing import Seal
from quests.evidence.models import (
    Answer,
    AnswerSheet,
    Evidence,
    HandedInRound,
    Meeting,
    QuizAttempt,
    Tick,
    UploadedFile,
)
from quests.route.models import Milestone
from quests.route.shape import EvidenceKind, Step

SUBJECT = "evidence"
DAWN, WAKING = 8, 14
LETTERS_OF = timedelta(days=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The campaign a life is written down for; ``order`` counts campaigns, ``facts`` fill words."""

    campaign_id: int
    coalition_id: int
    organisation_id: int
    person_id: int
    to: Addressee
    order: int
    facts: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Chronicle:
    """Writes lives of one coalition."""

    rows: Rows
    plot: Plot
    office: Office
    samples: Samples
    seal: Seal
    random: Random
    now: datetime
    sealed: dict[str, str]
    post: Post
    history: History

    def write(self, life: Life, owner: Owner) -> None:
        """Write everything a campaign has done."""
        sheets = {
            key: (self._filled_in(typed, owner), at) for key, (typed, at) in life.sheets.items()
        }
        for name, value in life.answers.items():
            self.rows.add(
                Answer, campaign_id=owner.campaign_id, name=name, value=_fill(value, owner)
            )
        kept: dict[str, dict[str, str]] = {}
        by_key = {piece.step.key: piece.step for piece in life.pieces}
        for key, (typed, at) in sheets.items():
            kept[key] = self._sealed(by_key[key], typed)
            self.rows.add(
                AnswerSheet,
                campaign_id=owner.campaign_id,
                step_key=key,
                typed=kept[key],
                version=1,
                saved_at=self.awake(at),
                saved_by=owner.person_id,
            )
        for piece in life.pieces:
            self._piece(piece, kept.get(piece.step.key, {}), owner)
        for step_key, at in life.milestones.items():
            self.rows.add(
                Milestone,
                campaign_id=owner.campaign_id,
                step_key=step_key,
                reached_at=self.awake(at),
            )

    def awake(self, at: datetime) -> datetime:
        """Move a moment of an earlier day into waking hours, without changing any order."""
        local = at.astimezone(ZoneInfo(self.plot.timezone))
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.now - midnight < timedelta(days=1):
            return min(at, self.now).replace(microsecond=0)
        moved = midnight + timedelta(hours=DAWN) + (local - midnight) * WAKING / 24
        return moved.replace(microsecond=0)

    def _piece(self, piece: Piece, typed: dict[str, str], owner: Owner) -> None:
        evidence_id = self.rows.number(Evidence)
        snapshot = self._made_of(piece, evidence_id, typed, owner)
        review_id = None
        for number, turn in enumerate(piece.turns, 1):
            review_id = self._turn(piece, number, evidence_id, owner)
            self.rows.add_numbered(
                HandedInRound,
                campaign_id=owner.campaign_id,
                evidence_id=evidence_id,
                review_id=review_id,
                round=number,
                snapshot=(
                    snapshot
                    if number == len(piece.turns)
                    else self._before(piece, snapshot, evidence_id, owner)
                ),
                handed_in_at=self.awake(turn.submitted_at),
            )
        self.rows.add(
            Evidence,
            id=evidence_id,
            campaign_id=owner.campaign_id,
            step_key=piece.step.key,
            evidence_key=piece.asked.key,
            kind=piece.asked.kind.value,
            queue=piece.asked.review.value if piece.asked.review else "",
            state=piece.state,
            count=piece.count,
            proved_day=piece.proved_day,
            review_id=review_id,
            note=piece.turns[-1].reason if piece.state == "returned" else "",
            changed_at=self.awake(piece.at),
            changed_by=owner.person_id,
        )

    def _turn(self, piece: Piece, number: int, evidence_id: int, owner: Owner) -> int:
        turn = piece.turns[number - 1]
        assert piece.asked.review is not None
        queue = piece.asked.review.value
        submitted = self.awake(turn.submitted_at)
        state = {None: "submitted", True: "accepted", False: "returned"}[turn.accepted]
        decided = turn.decided_at
        if decided and self.now - decided < LETTERS_OF:
            self.post.decided(
                owner.to,
                piece.step.key,
                max(self.awake(decided), submitted),
                accepted=bool(turn.accepted),
                reason=turn.reason,
            )
        by = self.office.decider(queue, owner.organisation_id, self.random, owner.order)
        review_id = self.rows.add_numbered(
            Review,
            campaign_id=owner.campaign_id,
            coalition_id=owner.coalition_id,
            organisation_id=owner.organisation_id,
            subject_kind=SUBJECT,
            subject_id=evidence_id,
            pack_id=self.plot.pack_id,
            step_key=piece.step.key,
            queue=queue,
            round=number,
            state=state,
            submitted_at=submitted,
            submitted_by=owner.person_id,
            promised_at=promised_at(Queue(queue), submitted, ZoneInfo(self.plot.timezone)),
            decided_at=max(self.awake(decided), submitted) if decided else None,
            decided_by=by if decided else None,
            reason=turn.reason,
            version=2 if decided else 1,
        )
        self._log(piece, number, review_id, owner, by)
        return review_id

    def _log(self, piece: Piece, number: int, review_id: int, owner: Owner, by: int) -> None:
        turn = piece.turns[number - 1]
        submitted = self.awake(turn.submitted_at)
        detail: dict[str, str | int] = {"step": piece.step.key, "round": number}
        known = (review_id, owner.campaign_id, owner.coalition_id)
        self.history.review("submitted", *known, by=owner.person_id, at=submitted, detail=detail)
        if turn.decided_at is not None:
            action = "accepted" if turn.accepted else "returned"
            decided = max(self.awake(turn.decided_at), submitted)
            self.history.review(action, *known, by=by, at=decided, detail=detail)

    def _before(
        self, piece: Piece, snapshot: dict[str, Any], evidence_id: int, owner: Owner
    ) -> dict[str, Any]:
        """Give what an earlier round held; a single sheet was another sheet then."""
        earlier = corrected_later(piece.step, snapshot)
        if len(earlier.get("files", ())) == 1 and earlier == snapshot:
            kept = earlier["files"][0]
            sample = next(one for one in self.samples.papers if one.sha256 != kept["sha256"])
            replaced = self.awake(piece.turns[-1].submitted_at)
            number = self._file(piece, evidence_id, owner, sample, kept["item"], removed=replaced)
            earlier["files"] = [
                {"id": number, "item": kept["item"], "name": sample.name, "sha256": sample.sha256}
            ]
        return earlier

    def _made_of(
        self, piece: Piece, evidence_id: int, typed: dict[str, str], owner: Owner
    ) -> dict[str, Any]:
        """Write what a piece of evidence consists of; give the snapshot that is handed in."""
        match piece.asked.kind:
            case EvidenceKind.FORM:
                return {"answers": typed}
            case EvidenceKind.CHECKLIST:
                return self._ticks(piece, owner)
            case EvidenceKind.UPLOAD:
                return {"files": self._files(piece, evidence_id, owner)}
            case EvidenceKind.MEETING:
                return self._meeting(piece, evidence_id, owner)
            case EvidenceKind.QUIZ:
                self._quiz(piece, evidence_id, owner)
        return {}

    def _ticks(self, piece: Piece, owner: Owner) -> dict[str, Any]:
        for item in piece.step.item:
            self.rows.add(
                Tick,
                campaign_id=owner.campaign_id,
                step_key=piece.step.key,
                item_key=item.key,
                ticked_at=self.awake(_begun(piece)),
                ticked_by=owner.person_id,
            )
        return {"ticks": [item.key for item in piece.step.item]}

    def _files(self, piece: Piece, evidence_id: int, owner: Owner) -> list[dict[str, Any]]:
        needed = [item.key for item in piece.step.file if item.required]
        notes = []
        for place, sample in enumerate(self.samples.for_step(piece.step, piece.count, self.random)):
            item = needed[place] if place < len(needed) else (needed or [""])[-1]
            number = self._file(piece, evidence_id, owner, sample, item)
            notes.append({"id": number, "item": item, "name": sample.name, "sha256": sample.sha256})
        return notes

    def _file(
        self,
        piece: Piece,
        evidence_id: int,
        owner: Owner,
        sample: Sample,
        item: str,
        *,
        removed: datetime | None = None,
    ) -> int:
        return self.rows.add_numbered(
            UploadedFile,
            campaign_id=owner.campaign_id,
            evidence_id=evidence_id,
            item_key=item,
            name=sample.name,
            sha256=sample.sha256,
            media_type=sample.media_type,
            size_bytes=sample.size_bytes,
            pages=1,
            uploaded_at=self.awake(_begun(piece)),
            uploaded_by=owner.person_id,
            removed_at=removed,
        )

    def _meeting(self, piece: Piece, evidence_id: int, owner: Owner) -> dict[str, Any]:
        place, outcome = self.plot.meetings[owner.order % len(self.plot.meetings)]
        held = self.awake(_begun(piece) - timedelta(hours=20))
        starts = held.replace(minute=0, second=0)
        self.rows.add(
            Meeting,
            campaign_id=owner.campaign_id,
            evidence_id=evidence_id,
            starts_at=starts,
            place=place,
            outcome=outcome,
            proposed_at=starts - timedelta(days=2),
            proposed_by=owner.person_id,
            held_at=self.awake(_begun(piece)),
        )
        return {"meeting": starts.isoformat(), "answers": {"place": place, "outcome": outcome}}

    def _quiz(self, piece: Piece, evidence_id: int, owner: Owner) -> None:
        questions = piece.step.question
        wrong = {one.key for one in questions[: len(questions) - piece.count]}
        chosen = {
            one.key: next(o for o in one.options if (o == one.right) != (one.key in wrong))
            for one in questions
        }
        self.rows.add_numbered(
            QuizAttempt,
            campaign_id=owner.campaign_id,
            evidence_id=evidence_id,
            chosen=chosen,
            right=piece.count,
            passed=True,
            taken_at=self.awake(piece.at),
            taken_by=owner.person_id,
        )

    def _filled_in(self, typed: Mapping[str, str], owner: Owner) -> dict[str, str]:
        return {key: _fill(value, owner) for key, value in typed.items()}

    def _sealed(self, step: Step, typed: Mapping[str, str]) -> dict[str, str]:
        kept = dict(typed)
        for asked in step.field:
            value = kept.get(asked.key, "")
            if asked.seal and value:
                # Closing is slow and the demo's secrets are few: equal ones are closed once.
                if value not in self.sealed:
                    self.sealed[value] = self.seal.close(value)
                kept[asked.key] = self.sealed[value]
        return kept


def _begun(piece: Piece) -> datetime:
    return piece.turns[0].submitted_at if piece.turns else piece.at


def _fill(value: str, owner: Owner) -> str:
    return value.format_map(owner.facts) if "{" in value else value
