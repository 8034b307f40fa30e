"""What reviewers see of evidence: the answer to what ``app.reviews`` asks about its subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Viewer
from app.errors import Missing
from app.reviews.queries import get_review
from app.reviews.subjects import Change, HandedFile, HandedIn
from app.sealing import Seal
from app.web.language import translate
from app.web.wording import moment
from quests.evidence.describing import TITLES, about_file
from quests.evidence.queries.handed_in import (
    FileFacts,
    RoundRow,
    file_facts,
    find_round,
    find_round_before,
)
from quests.evidence.rules.changes import (
    FileChange,
    FileNote,
    Snapshot,
    ValueChange,
    file_changes,
    value_changes,
    word_changes,
)
from quests.evidence.saying import answer_words, sealed_words
from quests.route.library import PackLibrary
from quests.route.shape import EvidenceKind, Step
from quests.route.words import StepWords

MEETING_WORDS: Mapping[str, str] = {
    "place": "Place or link",
    "outcome": "What you agreed on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSubjects:
    """Tells the reviews what was handed in."""

    library: PackLibrary
    seal: Seal

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give what was handed in with a review, compared with the round before.

        Raises Missing.
        """
        found = get_review(session, viewer, review_id)
        this = find_round(session, review_id)
        if this is None:
            raise Missing
        before = find_round_before(session, this)
        pack = self.library[found.campaign.pack_id]
        step = pack.step_by_key.get(this.step_key)
        words = pack.words_of(this.step_key, language) if step else None
        teller = _Teller(
            step=step,
            words=words,
            language=language,
            zone=found.campaign.timezone,
            year=found.review.submitted_at.year,
            seal=self.seal,
        )
        files = file_facts(session, this.campaign_id, this.evidence_id)
        kind = EvidenceKind(this.kind)
        return HandedIn(
            title=translate(language, TITLES[kind]),
            evidence_kind=this.kind,
            changes=teller.changes(this, before),
            files=teller.files(this, before, files),
            compared_with_round=before.round if before else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Puts one snapshot into words of one language."""

    step: Step | None
    words: StepWords | None
    language: str
    zone: str
    year: int
    seal: Seal

    def changes(self, this: RoundRow, before: RoundRow | None) -> tuple[Change, ...]:
        now = self._readable(this.snapshot)
        then = self._readable(before.snapshot) if before else None
        keys = list(dict.fromkeys([*now, *(then or {})]))
        return tuple(self._change(change) for change in value_changes(keys, then, now))

    def _change(self, change: ValueChange) -> Change:
        return Change(
            label=self._label(change.key),
            before=change.before,
            after=change.after,
            kind=change.kind,
            pieces=word_changes(change.before, change.after),
        )

    def _label(self, key: str) -> str:
        if key in MEETING_WORDS and not (self.words and key in self.words.field):
            return translate(self.language, MEETING_WORDS[key])
        if key == "meeting":
            return translate(self.language, "Day")
        if self.words and key in self.words.field:
            return self.words.field[key].label
        if self.words and key in self.words.item:
            return self.words.item[key].label
        return key

    def _readable(self, snapshot: Snapshot) -> dict[str, str]:
        """Give a snapshot's values in words; sealed answers stay dots, but a change shows."""
        told = {key: self._value(key, value) for key, value in snapshot.get("answers", {}).items()}
        done = translate(self.language, "done")
        told |= dict.fromkeys(snapshot.get("ticks", []), done)
        if "meeting" in snapshot:
            at = datetime.fromisoformat(snapshot["meeting"])
            told["meeting"] = moment(at, self.language, self.zone, this_year=self.year)
        return told

    def _value(self, key: str, value: str) -> str:
        asked = self.step.find_field(key) if self.step else None
        if asked is None or self.words is None:
            return value
        if asked.seal:
            return sealed_words(asked, value, self.seal) if value else ""
        return answer_words(asked, self.words.field[key], value)

    def files(
        self, this: RoundRow, before: RoundRow | None, known: Mapping[int, FileFacts]
    ) -> tuple[HandedFile, ...]:
        then: Sequence[FileNote] | None = before.snapshot.get("files", []) if before else None
        found = file_changes(then, this.snapshot.get("files", []))
        return tuple(self._file(this.campaign_id, change, known) for change in found)

    def _file(
        self, campaign_id: int, change: FileChange, known: Mapping[int, FileFacts]
    ) -> HandedFile:
        note = change.file
        facts = known.get(note["id"])
        words = self.words.file.get(note["item"]) if self.words else None
        about = about_file(facts.media_type, facts.size_bytes, facts.pages) if facts else ""
        return HandedFile(
            name=note["name"],
            label=words.label if words else "",
            about=about,
            address=f"/campaigns/{campaign_id}/files/{note['id']}",
            kind=change.kind,
        )
