"""Putting the work area of a step together from what was done and the pack's texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import url_for

from app.errors import MandatError, Refused
from app.facts import Fact
from app.reviews.describing import QUEUE_NAMES
from app.reviews.queries import ReviewRow
from app.sealing import Seal
from app.texts import N_
from app.web.language import gettext, ngettext, say
from quests.evidence.elsewhere import (
    SPARED,
    href_of,
    offered_days,
    state_of,
    text_of,
    workplace_of,
    written_day,
)
from quests.evidence.forms import PREFIX, MeetingForm, sheet_form
from quests.evidence.pages import (
    Block,
    FieldView,
    FileView,
    ItemView,
    QuestionView,
    WorkArea,
)
from quests.evidence.queries.work import EvidenceRow, FileRow, StepDone
from quests.evidence.rules.answers import AnswerProblem
from quests.evidence.rules.proof import State
from quests.evidence.saying import answer_words, other_day, sealed_words
from quests.route.shape import Evidence, EvidenceKind, FormField, Step
from quests.route.standing import Position
from quests.route.words import FieldWords, StepWords

TITLES: Mapping[EvidenceKind, str] = {
    EvidenceKind.FORM: N_("Answers"),
    EvidenceKind.UPLOAD: N_("Files"),
    EvidenceKind.CHECKLIST: N_("Checklist"),
    EvidenceKind.QUIZ: N_("Quiz"),
    EvidenceKind.DATE: N_("The day comes"),
    EvidenceKind.TEAM: N_("People in the team"),
    EvidenceKind.MEETING: N_("Meeting"),
}
HERE = (
    EvidenceKind.FORM,
    EvidenceKind.UPLOAD,
    EvidenceKind.CHECKLIST,
    EvidenceKind.QUIZ,
    EvidenceKind.MEETING,
    EvidenceKind.FACT,
)
KILOBYTE = 1024
DRAFT_STATES = (State.DRAFT, State.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRefused:
    """What a refused form left behind: which evidence, why, and everything that was typed."""

    key: str
    error: MandatError | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, AnswerProblem] = field(default_factory=dict)
    ticked: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Everything the blocks of one step are made from."""

    position: Position
    step: Step
    words: StepWords
    done: StepDone
    refused: WorkRefused | None
    may_work: bool
    now: datetime
    seal: Seal
    packets: Mapping[str, bool] = field(default_factory=dict)
    """Where the step waits for a packet: those put together, and if each still holds the papers."""

    def href(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - parts of an address.
        """Give an address below this step."""
        campaign = self.position.campaign.id
        return url_for(f"evidence.{endpoint}", campaign_id=campaign, key=self.step.key, **values)

    def refused_here(self, key: str) -> WorkRefused | None:
        """Give what was refused in this evidence."""
        return self.refused if self.refused is not None and self.refused.key == key else None


def proof_labels(position: Position, key: str) -> tuple[str, ...]:
    """Give a name for each piece of evidence of a step, in the pack's order."""
    step = position.pack.step_by_key[key]
    return tuple(gettext(_title(evidence)) for evidence in step.evidence)


def _title(asked: Evidence) -> str:
    if asked.kind is EvidenceKind.FACT:
        return workplace_of(asked.fact or "").title
    return TITLES[asked.kind]


def work_area(look: Look) -> WorkArea:
    """Give the work area of a step."""
    blocks = tuple(_block(look, asked) for asked in look.step.evidence if asked.kind in HERE)
    return WorkArea(blocks=blocks, may_work=look.may_work)


def _block(look: Look, asked: Evidence) -> Block:
    row = look.done.evidence.get(asked.key)
    refused = look.refused_here(asked.key)
    block = _frame(look, asked, row, refused)
    match asked.kind:
        case EvidenceKind.FORM:
            return _form(look, block, refused)
        case EvidenceKind.UPLOAD:
            return _upload(look, block, row)
        case EvidenceKind.CHECKLIST:
            return _checklist(look, block, refused)
        case EvidenceKind.QUIZ:
            return _quiz(look, block, row, refused)
        case EvidenceKind.FACT:
            return _elsewhere(look, block, asked)
        case _:
            return _meeting(look, block, row)


def _elsewhere(look: Look, block: Block, asked: Evidence) -> Block:
    """Give the way to the screen of the feature that proves this, and how far it is."""
    name, facts = asked.fact or "", look.position.facts
    fact = facts.get(name, Fact())
    proofs = look.position.route.by_key[look.step.key].proofs
    is_spared = any(proof.is_spared for proof in proofs if proof.evidence is asked)
    typed = look.done.sheet.typed if look.done.sheet else {}
    return replace(
        block,
        state="not_applicable" if is_spared else state_of(fact, block.need),
        have=min(fact.count, block.need),
        text=gettext(SPARED) if is_spared else text_of(name, facts, look.packets),
        open=gettext(workplace_of(name).open),
        href=href_of(look.position.campaign.id, name, written_day(look.step, name, typed)),
    )


def _frame(
    look: Look, asked: Evidence, row: EvidenceRow | None, refused: WorkRefused | None
) -> Block:
    state = row.state if row else State.DRAFT
    free = state in DRAFT_STATES or (
        state is State.ACCEPTED and (asked.review is None or look.step.repeatable)
    )
    review = _last_review(look, row) if state is State.SUBMITTED else None
    return Block(
        kind=asked.kind.value,
        key=asked.key,
        title=gettext(_title(asked)),
        state=_state_word(state, row),
        editable=look.may_work and free,
        reviewed=asked.review is not None,
        note=row.note if row and state is State.RETURNED else "",
        waiting_for=gettext(QUEUE_NAMES[review.queue.value]) if review else "",
        promised_at=review.promised_at if review else None,
        withdraw_action=look.href("withdraw", review_id=review.id) if review else "",
        error=say(refused.error) if refused and refused.error else "",
        need=look.step.need(asked),
        have=row.count if row else 0,
    )


def _last_review(look: Look, row: EvidenceRow | None) -> ReviewRow | None:
    rounds = look.done.rounds.get(row.id, ()) if row else ()
    return rounds[0] if rounds else None


def _state_word(state: State, row: EvidenceRow | None) -> str:
    """Give the state as the status mark knows it."""
    if row is not None and state is State.DRAFT and row.is_proved:
        return "accepted"
    return "open" if state is State.DRAFT else state.value


def _form(look: Look, block: Block, refused: WorkRefused | None) -> Block:
    sheet = look.done.sheet
    kept: Mapping[str, str] = sheet.typed if sheet else {}
    offered = offered_days(look.step, look.position.facts)
    typed = refused.typed if refused and refused.typed else _open_typed(look, kept, offered)
    form = sheet_form(
        look.step.field,
        look.words.field,
        typed=typed,
        version=sheet.version if sheet else 0,
        problems=refused.problems if refused else {},
    )
    return replace(
        block,
        action=look.href("save_answers"),
        form=form,
        fields=tuple(
            _field(look, asked, look.words.field[asked.key], kept, typed, offered)
            for asked in look.step.field
        ),
        saved_at=sheet.saved_at if sheet else None,
        saved_by=sheet.saved_by_name if sheet else "",
    )


def _open_typed(look: Look, kept: Mapping[str, str], offered: Mapping[str, str]) -> dict[str, str]:
    """Give what may go back to the page: sealed answers never do."""
    return {
        asked.key: "" if asked.seal else kept.get(asked.key) or offered.get(asked.key, "")
        for asked in look.step.field
    }


def _field(
    look: Look,
    asked: FormField,
    words: FieldWords,
    kept: Mapping[str, str],
    typed: Mapping[str, str],
    offered: Mapping[str, str],
) -> FieldView:
    value = kept.get(asked.key, "")
    if asked.seal and value:
        value = look.seal.open(value)
        shown = sealed_words(asked, kept[asked.key], look.seal)
        help_text = gettext("Saved and sealed: {hint}. Leave it as it is to keep it.", hint=shown)
    else:
        shown = answer_words(asked, words, value)
        help_text = words.help
    noted = offered.get(asked.key, "")
    # What is said of an answer gives it away: of a sealed one only to those who give it.
    is_told = not asked.seal or look.may_work
    chosen = (typed.get(asked.key) or value) if is_told else ""
    return FieldView(
        name=PREFIX + asked.key,
        label=words.label,
        shown=shown,
        help=help_text,
        warn=words.warn.get(chosen, "") if chosen in asked.warn else other_day(value, noted),
        stop=words.stop.get(chosen, "") if chosen in asked.stop else "",
    )


def _upload(look: Look, block: Block, row: EvidenceRow | None) -> Block:
    files = [file for file in look.done.files if row and file.evidence_id == row.id]
    present = {file.item_key for file in files}
    kinds = tuple(
        (
            item.key,
            look.words.file[item.key].label,
            look.words.file[item.key].help,
            item.required,
            item.key in present,
        )
        for item in look.step.file
    )
    return replace(
        block,
        action=look.href("upload", evidence=block.key),
        send_action=look.href("send_files", evidence=block.key),
        files=tuple(_file(look, file, block.key) for file in files),
        file_kinds=kinds,
        have=len(files),
    )


def _file(look: Look, file: FileRow, evidence: str) -> FileView:
    words = look.words.file.get(file.item_key)
    return FileView(
        name=file.name,
        href=url_for("evidence.download", campaign_id=look.position.campaign.id, file_id=file.id),
        about=about_file(file.media_type, file.size_bytes, file.pages),
        label=words.label if words else "",
        remove_action=look.href("remove_file", evidence=evidence, file_id=file.id),
    )


def about_file(media_type: str, size_bytes: int, pages: int) -> str:
    """Give "PDF, 3 pages, 240 KB"."""
    kind = media_type.rsplit("/", 1)[-1].upper()
    size = gettext("{number} KB", number=max(1, round(size_bytes / KILOBYTE)))
    if media_type != "application/pdf":
        return f"{kind}, {size}"
    length = ngettext("%(num)s page", "%(num)s pages", pages)
    return f"{kind}, {length}, {size}"


def _checklist(look: Look, block: Block, refused: WorkRefused | None) -> Block:
    ticked = refused.ticked if refused and refused.ticked is not None else look.done.ticks
    return replace(
        block,
        action=look.href("save_ticks"),
        items=tuple(
            ItemView(
                key=item.key,
                label=look.words.item[item.key].label,
                help=look.words.item[item.key].help,
                ticked=item.key in ticked,
            )
            for item in look.step.item
        ),
        have=len(look.done.ticks),
    )


def _quiz(look: Look, block: Block, row: EvidenceRow | None, refused: WorkRefused | None) -> Block:
    attempt = look.done.attempts.get(row.id) if row else None
    chosen = refused.typed if refused and refused.typed else (attempt.chosen if attempt else {})
    questions = tuple(
        QuestionView(
            key=question.key,
            text=look.words.question[question.key].text,
            options=tuple(
                (key, look.words.question[question.key].options[key]) for key in question.options
            ),
            chosen=chosen.get(question.key, ""),
            because=look.words.question[question.key].because if attempt and not refused else "",
            right=chosen.get(question.key) == question.right if attempt and not refused else None,
            error=_question_error(refused, question.key),
        )
        for question in look.step.question
    )
    result = ""
    if attempt:
        result = gettext(
            "Right: {right} of {total}. Needed: {need}.",
            right=attempt.right,
            total=len(questions),
            need=block.need,
        )
    return replace(
        block,
        action=look.href("answer_quiz"),
        questions=questions,
        result=result,
        passed=bool(row and row.is_proved),
    )


def _question_error(refused: WorkRefused | None, key: str) -> str:
    if refused is None or refused.typed.get(key):
        return ""
    return gettext("Answer this question.")


def _meeting(look: Look, block: Block, row: EvidenceRow | None) -> Block:
    meeting = look.done.meetings.get(row.id) if row else None
    return replace(
        block,
        action=look.href("propose_meeting"),
        send_action=look.href("hold_meeting"),
        form=meeting_form(look, block.key) if block.editable else None,
        meeting_at=meeting.starts_at if meeting else None,
        meeting_place=meeting.place if meeting else "",
        meeting_outcome=meeting.outcome if meeting else "",
        meeting_over=bool(meeting and meeting.starts_at <= look.now),
    )


def meeting_form(look: Look, key: str) -> MeetingForm:
    """Give the form of the meeting, as it was typed when it was refused."""
    refused = look.refused_here(key)
    form = MeetingForm(formdata=None, data=dict(refused.typed) if refused else None)
    if refused and isinstance(refused.error, Refused):
        form.refuse(refused.error)
    return form
