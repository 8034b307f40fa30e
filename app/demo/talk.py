"""What people of a planted coalition ask and answer, and the letters that went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.demo.chronicle import Owner
from app.demo.deeds import Life
from app.demo.people import Office
from app.demo.plot import Asked, Plot
from app.demo.rows import Rows
from quests.help.models import Article, Question, QuestionAnswer, Rating
from quests.help.stemming import stem_line


@dataclass(slots=True, kw_only=True)
class Talk:
    """Plants the questions of one coalition."""

    rows: Rows
    plot: Plot
    office: Office
    now: datetime
    random: Random
    coalition_id: int

    def plant(self, owners: list[tuple[Owner, Life]]) -> None:
        """Let campaigns that have come as far as a step ask about it."""
        for number, asked in enumerate(self.plot.questions):
            here = [owner for owner, life in owners if _has_reached(life, asked.step)]
            others = here or [owner for owner, _ in owners]
            owner = others[(number * 37 + 1) % len(others)]
            readers = [one.person_id for one in others[:40] if one is not owner]
            self._ask(asked, owner, readers)

    def _ask(self, asked: Asked, owner: Owner, readers: list[int]) -> None:
        at = self.now - timedelta(days=asked.days_ago)
        answered = at + timedelta(days=min(0.6, asked.days_ago / 3))
        open_again = bool(asked.follow_up) and "?" in asked.follow_up
        question_id = self.rows.add_numbered(
            Question,
            coalition_id=self.coalition_id,
            campaign_id=owner.campaign_id,
            pack_id=self.plot.pack_id,
            step_key=asked.step,
            asked_by=owner.person_id,
            asked_at=at,
            language=self.plot.language,
            words=asked.words,
            audience="coalition" if asked.public else "private",
            state="answered" if asked.answer and not open_again else "open",
            stems=stem_line(asked.words, asked.answer, asked.follow_up),
        )
        if not asked.answer:
            return
        helper = self.office.decider("organisation", owner.organisation_id, self.random, 0)
        self._turn(owner, question_id, helper, answered, asked.answer, helps=True)
        if asked.follow_up:
            later = answered + timedelta(hours=4)
            self._turn(owner, question_id, owner.person_id, later, asked.follow_up, helps=False)
        for person_id in [owner.person_id, *readers[: self.random.randint(0, 9)]]:
            if asked.public or person_id == owner.person_id:
                self._rate(question_id, person_id, answered)
        if asked.article:
            self._publish(asked, question_id, answered + timedelta(days=1))

    def _turn(
        self, owner: Owner, question_id: int, by: int, at: datetime, words: str, *, helps: bool
    ) -> None:
        self.rows.add_numbered(
            QuestionAnswer,
            campaign_id=owner.campaign_id,
            question_id=question_id,
            given_by=by,
            given_at=at,
            helps=helps,
            words=words,
        )

    def _rate(self, question_id: int, person_id: int, at: datetime) -> None:
        self.rows.add(
            Rating,
            question_id=question_id,
            person_id=person_id,
            useful=self.random.random() < 0.85,
            rated_at=at + timedelta(hours=5),
        )

    def _publish(self, asked: Asked, question_id: int, at: datetime) -> None:
        self.rows.add_numbered(
            Article,
            coalition_id=self.coalition_id,
            question_id=question_id,
            pack_id=self.plot.pack_id,
            step_key=asked.step,
            language=self.plot.language,
            title=asked.article,
            words=f"{asked.words}\n\n{asked.answer}",
            stems=stem_line(asked.article, asked.words, asked.answer),
            published_by=self.office.chief,
            published_at=at,
        )


def _has_reached(life: Life, step: str) -> bool:
    return any(piece.step.key == step for piece in life.pieces)
