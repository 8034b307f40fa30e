"""What is reviewed, as the reviews see it: plain values, made by the feature that owns the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer or tick as it stands and as it stood last time.

    ``kind`` is new, changed, removed or same; ``before`` is empty in the first round.
    """

    label: str
    before: str
    after: str
    kind: str
    pieces: tuple[tuple[str, str], ...] = ()
    """The change word by word: (same, gone or new; text)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFile:
    """One file of the round; ``kind`` is new, removed or same, compared with last time."""

    name: str
    label: str
    about: str
    address: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """Everything a reviewer looks at in one round."""

    title: str
    evidence_kind: str
    changes: tuple[Change, ...] = ()
    files: tuple[HandedFile, ...] = ()
    compared_with_round: int | None = None

    @property
    def changed(self) -> tuple[Change, ...]:
        """Give what differs from last time."""
        return tuple(change for change in self.changes if change.kind != "same")

    @property
    def file_changes(self) -> tuple[HandedFile, ...]:
        """Give the files that came or went."""
        return tuple(file for file in self.files if file.kind != "same")

    @property
    def same(self) -> tuple[Change, ...]:
        """Give what is as it was."""
        return tuple(change for change in self.changes if change.kind == "same")


class Subjects(Protocol):
    """What the reviews ask about the work; given to the program when it is assembled."""

    def step_title(self, pack_id: str, step_key: str, language: str) -> str:
        """Give the step's title."""
        ...

    def step_address(self, campaign_id: int, step_key: str) -> str:
        """Give the path of the step's page within the portal."""
        ...

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give what was handed in with this review, compared with the round before.

        Raises Missing when the viewer may not see it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubjects:
    """The part under which the program keeps its subjects (a Protocol can't be a key)."""

    subjects: Subjects
