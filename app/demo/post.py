"""Letters of the last days, as the demo's mailbox shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.letters import Admitted
from app.addresses import step_address
from app.demo.plot import Plot
from app.demo.rows import Rows
from app.mail.letters import Letter, letter_text
from app.mail.models import StoredLetter
from app.mail.rules import clean_subject
from app.reviews.letters import AcceptedLetter, DecisionLetter, ReturnedLetter
from quests.route.words import PackWords

MOST_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who is written to, and about which campaign."""

    login: str
    name: str
    campaign_id: int


@dataclass(slots=True, kw_only=True)
class Post:
    """Keeps what was decided, and writes the letters about the latest of it."""

    rows: Rows
    plot: Plot
    words: PackWords
    base_url: str
    letters: list[tuple[datetime, str, str, str]] = field(default_factory=list)

    def admitted(self, to: Addressee, organisation: str, at: datetime) -> None:
        """Tell a candidate that the route is open."""
        letter = Admitted(
            to=to.login,
            language=self.plot.language,
            name=to.name,
            path=f"/campaigns/{to.campaign_id}/route",
            organisation=organisation,
        )
        self._keep(at, letter)

    def decided(
        self, to: Addressee, step_key: str, at: datetime, *, accepted: bool, reason: str
    ) -> None:
        """Tell a candidate what was decided about a step."""
        step = self.words.step[step_key].title
        path = step_address(to.campaign_id, step_key)
        language = self.plot.language
        letter: DecisionLetter = (
            AcceptedLetter(to=to.login, language=language, name=to.name, path=path, step=step)
            if accepted
            else ReturnedLetter(
                to=to.login, language=language, name=to.name, path=path, step=step, reason=reason
            )
        )
        self._keep(at, letter)

    def write(self) -> None:
        """Write the latest letters, in the order they went out."""
        latest = sorted(self.letters)[-MOST_LETTERS:]
        for number, (at, login, subject, text) in enumerate(latest):
            self.rows.add_numbered(
                StoredLetter,
                token=f"{self.plot.slug}-{number}",
                once_key=None,
                to_address=login,
                language=self.plot.language,
                subject=clean_subject(subject),
                text=text,
                html=None,
                created_at=at,
                sent_at=at,
                refused_at=None,
                refusal=None,
            )

    def _keep(self, at: datetime, letter: Letter) -> None:
        subject, text = letter_text(letter, self.base_url)
        self.letters.append((at, letter.to, subject, text))
