"""Invented lives of campaigns: what was done, when, and what became of it.

A life asks the route's own rules what is open before it does anything, so that nothing planted
can contradict them. It knows no campaign: the same life may be written down for several.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.demo.answering import answers_to
from app.demo.deeds import Life, Piece, Turn
from app.demo.plot import Moment
from app.demo.stage import Ending, Fate, Stage
from app.demo.supply import has_paper
from app.facts import Fact, FactState
from quests.route import rules
from quests.route.course import TEAM_SIZE
from quests.route.position import Status
from quests.route.shape import (
    AnswerFact,
    Evidence,
    EvidenceKind,
    Step,
    answer_fact,
    evidence_fact,
)

WORKABLE = (Status.OPEN, Status.OVERDUE, Status.RETURNED)
LONGEST_CHECK = timedelta(days=2, hours=12)
WHOLE_TEAM = 5
"""The campaigns one can sign in to have somebody in every role."""
PAPERS_AHEAD = 0.14
"""The share of campaigns whose paper is still to be signed when their story ends."""
WORDS_BROKEN = 0.9
"""The share of those who came to such a form that let the day they named in it pass."""
LONG_PASSED = timedelta(days=4)
SECOND_ROUNDS = 0.45
"""The share of what waits that has been sent back once before."""


def live(stage: Stage, fate: Fate, random: Random) -> Life:
    """Play one life to its end."""
    return _Walk(stage, fate, random).walk()


class _Walk:
    def __init__(self, stage: Stage, fate: Fate, random: Random) -> None:
        self.stage, self.fate, self.random = stage, fate, random
        self.zone = ZoneInfo(stage.plot.timezone)
        self.at = fate.starts_at
        self.life = Life(starts_at=fate.starts_at, last_active_at=fate.starts_at)
        self.life.facts[TEAM_SIZE] = Fact(FactState.PRESENT, 1)
        is_shown = fate.ending in (Ending.MIDDLE, Ending.ARRIVED)
        self.signs = is_shown or random.random() >= PAPERS_AHEAD
        self._join(WHOLE_TEAM if is_shown else random.choice((0, 0, 0, 1, 1, 2)))

    def walk(self) -> Life:
        for left in range(self.fate.steps, 0, -1):
            if not self._do_next(left):
                break
        self._end()
        self.life.last_active_at = max(self.life.last_active_at, self.at)
        return self.life

    def _do_next(self, left: int) -> bool:
        step = self._choose(reviewed=False)
        if step is None:
            return False
        gap = (self.fate.ends_at - self.at) / (left + 1) * self.random.uniform(0.7, 1.3)
        began = max(self.at + gap * 0.4, self._not_before(step))
        done = began + min(gap * 0.6, LONGEST_CHECK)
        if done >= self.fate.ends_at:
            return False
        self._work(step, began, done, returned_first=self.random.random() < 0.14)
        return True

    def _end(self) -> None:
        at = self.fate.ends_at
        if self._break_word(at):
            return
        match self.fate.ending:
            case Ending.WAITING:
                self._hand_in(at, returned=False)
            case Ending.RETURNED:
                self._hand_in(at, returned=True)
            case Ending.MIDDLE:
                self._hand_in(at - timedelta(hours=20), returned=True)
                self._hand_in(at, returned=False)
            case Ending.MOVING | Ending.STUCK | Ending.SILENT if self.random.random() < 0.5:
                self._draft(at)
            case _:
                pass

    def _hand_in(self, at: datetime, *, returned: bool) -> None:
        """Hand something in that waits now, or has just come back."""
        step = self._choose(reviewed=True)
        while step is None:
            if self.fate.queue:
                return
            other = self._choose(reviewed=False)
            if other is None:
                return
            self._work(other, at - timedelta(hours=3), at - timedelta(hours=2))
            step = self._choose(reviewed=True)
        chosen = [one for one in step.evidence if self._goes_to_review(one)]
        open_one = self.random.choice(chosen)
        for asked in _forms_first(step):
            if asked is not open_one:
                self._prove(step, asked, at - timedelta(hours=1), at)
        decided = at + timedelta(hours=self.random.uniform(2, 14)) if returned else None
        turn = Turn(
            submitted_at=at,
            decided_at=decided,
            accepted=False if returned else None,
            reason=self._reason(step, open_one) if returned else "",
        )
        self._fill(step, open_one, at)
        state = FactState.RETURNED if returned else FactState.WAITING
        name = "returned" if returned else "submitted"
        earlier = [] if returned else self._turned_back(step, open_one, at)
        self._keep(step, open_one, name, state, at, turns=[*earlier, turn])
        self.at = max(self.at, at)
        self._reach(decided or at)

    def _turned_back(self, step: Step, asked: Evidence, at: datetime) -> list[Turn]:
        """Give the round before, where there was time for one: now and then it was sent back."""
        span = min(at - self.at, timedelta(days=4))
        if span < timedelta(hours=18) or self.random.random() >= SECOND_ROUNDS:
            return []
        return [
            Turn(
                submitted_at=at - span * 0.8,
                decided_at=at - span * 0.45,
                accepted=False,
                reason=self._reason(step, asked),
            )
        ]

    def _break_word(self, at: datetime) -> bool:
        """Name a day that has passed in a form, and leave the rest; say whether it came to that."""
        step = self.stage.pack.step_by_key.get(self.stage.plot.broken_word)
        if step is None or self.fate.ending not in (Ending.MOVING, Ending.STUCK):
            return False
        if step not in self._workable() or self.random.random() >= WORDS_BROKEN:
            return False
        asked = next(one for one in step.evidence if one.kind is EvidenceKind.FORM)
        self._fill(step, asked, at - LONG_PASSED)
        self.life.sheets[step.key] = (self.life.sheets[step.key][0], at)
        self._keep(step, asked, "accepted", FactState.PRESENT, at, proved=at)
        self.at = max(self.at, at)
        return True

    def _draft(self, at: datetime) -> None:
        """Leave something begun: a form half filled in."""
        step = self._choose(reviewed=False)
        if step is None or not step.field:
            return
        asked = next(one for one in step.evidence if one.kind is EvidenceKind.FORM)
        typed = self._answers(step, at)
        kept = dict.fromkeys(typed, "")
        for key in list(typed)[: max(1, len(typed) // 2)]:
            kept[key] = typed[key]
        self.life.sheets[step.key] = (kept, at)
        piece = Piece(step=step, asked=asked, state="draft", count=0, at=at)
        self.life.pieces.append(piece)
        self.at = max(self.at, at)

    def _choose(self, *, reviewed: bool) -> Step | None:
        """Give an open step that may be worked on, mostly the first one."""
        steps = [
            step
            for step in self._workable()
            if not reviewed or any(self._goes_to_review(one) for one in step.evidence)
        ]
        if not steps:
            return None
        return steps[0] if self.random.random() < 0.7 else self.random.choice(steps)

    def _workable(self) -> list[Step]:
        """Give the steps somebody of this campaign may work on, in route order."""
        life, stage = self.life, self.stage
        days = stage.days_of(life.facts).dates
        found = rules.standing(stage.pack, life.facts, self._day(self.at), deadlines=days)
        return [
            step
            for step, status in zip(stage.pack.steps, found.statuses)
            if status in WORKABLE and self._may_be_done(step)
        ]

    def _goes_to_review(self, asked: Evidence) -> bool:
        return bool(asked.review) and self.fate.queue in ("", asked.review)

    def _may_be_done(self, step: Step) -> bool:
        if self.fate.only and step.key not in self.fate.only:
            return False
        if any(one.kind is EvidenceKind.DATE for one in step.evidence):
            return False
        if any(piece.step is step for piece in self.life.pieces):
            return False
        if not self.stage.supply.has(step) or (has_paper(step) and not self.signs):
            return False
        earliest = self.stage.earliest(step)
        return earliest is None or earliest < self.fate.ends_at - timedelta(hours=12)

    def _not_before(self, step: Step) -> datetime:
        earliest = self.stage.earliest(step)
        if earliest is None:
            return self.at
        return max(self.at, earliest + timedelta(hours=self.random.uniform(0, 9)))

    def _work(
        self, step: Step, began: datetime, done: datetime, *, returned_first: bool = False
    ) -> None:
        for asked in _forms_first(step):
            self._prove(step, asked, began, done, returned_first=returned_first)
        self.at = done
        self._reach(done)

    def _prove(
        self,
        step: Step,
        asked: Evidence,
        began: datetime,
        done: datetime,
        *,
        returned_first: bool = False,
    ) -> None:
        if asked.kind is EvidenceKind.TEAM:
            self._join(asked.at_least + self.random.randint(0, 2) - self._team(), at=began)
            return
        if asked.kind is EvidenceKind.FACT:
            # What plants papers, packets, signatures and the rest makes it true afterwards.
            if not self._is_spared(asked):
                known = Fact(FactState.PRESENT, asked.at_least, None, self._day(done))
                self.life.facts[asked.fact or ""] = known
            return
        self._fill(step, asked, began)
        if asked.review is None:
            self._keep(step, asked, "accepted", FactState.PRESENT, began, proved=began)
            return
        turns = [Turn(submitted_at=began, decided_at=done, accepted=True)]
        if returned_first:
            third = (done - began) / 3
            turns = [
                Turn(
                    submitted_at=began,
                    decided_at=began + third,
                    accepted=False,
                    reason=self._reason(step, asked),
                ),
                Turn(submitted_at=began + 2 * third, decided_at=done, accepted=True),
            ]
        self._keep(step, asked, "accepted", FactState.PRESENT, done, proved=done, turns=turns)

    def _is_spared(self, asked: Evidence) -> bool:
        answer = asked.unless.answer_of if asked.unless else None
        if asked.unless is None or answer is None:
            return False
        return self.life.answers.get(answer_fact(answer.step, answer.field)) in asked.unless.wanted

    def _keep(
        self,
        step: Step,
        asked: Evidence,
        state: str,
        known: FactState,
        at: datetime,
        *,
        proved: datetime | None = None,
        turns: list[Turn] | None = None,
    ) -> None:
        count = self._count(step, asked)
        day = self._day(proved) if proved else None
        ordinal = day.toordinal() if day else None
        self.life.pieces.append(
            Piece(
                step=step,
                asked=asked,
                state=state,
                count=count,
                at=at,
                proved_day=ordinal,
                turns=turns or [],
            )
        )
        self.life.facts[evidence_fact(step.key, asked.key)] = Fact(known, count, None, day)

    def _fill(self, step: Step, asked: Evidence, at: datetime) -> None:
        """Fill in the form and let the route know the answers it asks about."""
        if asked.kind is not EvidenceKind.FORM:
            return
        said = self._answers(step, at)
        self.life.sheets[step.key] = (said, at)
        for asked_field in step.field:
            value = said[asked_field.key]
            known = AnswerFact(step=step.key, field=asked_field.key)
            if value and not asked_field.seal and known in self.stage.wanted:
                name = answer_fact(step.key, asked_field.key)
                self.life.answers[name] = value
                self.life.facts[name] = Fact(FactState.PRESENT, 1, value)

    def _answers(self, step: Step, at: datetime) -> dict[str, str]:
        known = {name.removeprefix("answer:"): v for name, v in self.life.answers.items()}
        moment = Moment(day=self._day(at), random=self.random, said=known)
        return answers_to(self.stage.plot, step, moment)

    def _count(self, step: Step, asked: Evidence) -> int:
        match asked.kind:
            case EvidenceKind.CHECKLIST:
                return len(step.item)
            case EvidenceKind.QUIZ:
                return self.random.randint(step.need(asked), len(step.question))
            case EvidenceKind.UPLOAD:
                return max(asked.at_least, sum(one.required for one in step.file))
            case _:
                return 1

    def _reach(self, at: datetime) -> None:
        """Note the steps that are done now for the first time."""
        facts = self.life.facts
        days = self.stage.days_of(facts).dates
        found = rules.standing(self.stage.pack, facts, self._day(at), deadlines=days)
        for step, status in zip(self.stage.pack.steps, found.statuses):
            if status is Status.DONE:
                self.life.milestones.setdefault(step.key, at)

    def _join(self, count: int, at: datetime | None = None) -> None:
        self.life.joined += [at or self.at] * max(0, count)
        self.life.facts[TEAM_SIZE] = Fact(FactState.PRESENT, self._team())

    def _team(self) -> int:
        return 1 + len(self.life.joined)

    def _reason(self, step: Step, asked: Evidence) -> str:
        queue = asked.review.value if asked.review else ""
        known = self.stage.plot.reasons_for(step.key, asked.kind.value, queue)
        return self.random.choice(known)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def _forms_first(step: Step) -> list[Evidence]:
    """Give a step’s evidence, what other screens prove last: an answer may make it needless."""
    return sorted(step.evidence, key=lambda asked: asked.kind is EvidenceKind.FACT)
