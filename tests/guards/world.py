"""A small world with somebody in every role, in which every row carries a canary of its own.

Two coalitions; the first has two organisations; the first of those has two campaigns. Seen from
the campaign ``own`` there is a ``sibling`` (same organisation), a ``cousin`` (another organisation
of the coalition) and a ``stranger`` (another coalition).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.access import VISITOR, Role, Scope, Viewer
from app.accounts.models import (
    Campaign,
    Coalition,
    Election,
    EmailConfirmation,
    Invitation,
    Organisation,
    PasswordReset,
    Person,
)
from app.ids import new_token, token_hash
from app.reviews.models import Review
from app.sealing import Seal
from quests.agenda.models import CalendarFeed
from quests.evidence.models import AnswerSheet, Evidence, HandedInRound, UploadedFile
from quests.evidence.storage import FileStore
from quests.help.models import Article, Question, QuestionAnswer
from quests.help.stemming import stem_line
from tests import builders

Say = Callable[[str], str]
PACK = "ru-spb-municipal"
OPEN_STEP = "a1_can_i"
UPLOAD_STEP = "a2_district"
QUEUES = ("organisation", "coalition", "lawyer", "designer")
PLACES = ("own", "sibling", "cousin", "stranger")
ABSENT = 987_654_321
CAMPAIGN_ROLES = (
    Role.CANDIDATE,
    Role.MANAGER,
    Role.TREASURER,
    Role.CANVASS_LEAD,
    Role.CANVASSER,
    Role.PRESS,
)


def canary(place: str, what: str) -> str:
    """Give a word that stands nowhere else and survives escaping, cleaning and stemming."""
    return f"canary{hashlib.sha256(f'{place}/{what}'.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A campaign with one row of everything; ``ids`` are keyed by the names routes use."""

    name: str
    scope: Scope
    ids: dict[str, int]
    by_queue: dict[str, dict[str, int]]
    tokens: dict[str, str]
    canaries: dict[str, str] = field(default_factory=dict)
    sealed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody who sends requests; ``token`` is that of their session."""

    name: str
    viewer: Viewer
    token: str | None = None
    dead: bool = False
    owing: bool = False

    @property
    def queue(self) -> str:
        """Give the queue on whose desk this principal sits first of all."""
        roles = {role.value for role in self.viewer.roles}
        return next((queue for queue in ("lawyer", "designer") if queue in roles), "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Everything that was planted."""

    places: dict[str, Place]
    principals: dict[str, Principal]


class Planter:
    """Plants the world in one session."""

    def __init__(self, session: Session, *, files: Path, seal: Seal, now: datetime) -> None:
        self.session, self.seal, self.now = session, seal, now
        self.store = FileStore(folder=files)

    def plant(self) -> Planted:
        """Plant everything."""
        ours, theirs = self._election(), self._election()
        first, second = self._organisation(ours), self._organisation(ours)
        homes = {
            "own": (ours, first),
            "sibling": (ours, first),
            "cousin": (ours, second),
            "stranger": (theirs, self._organisation(theirs)),
        }
        places = {name: self._place(name, *home) for name, home in homes.items()}
        principals = self._principals(places)
        return Planted(places=places, principals={who.name: who for who in principals})

    def _election(self) -> Election:
        day = self.now.date()
        return builders.an_election(
            self.session,
            pack_id=PACK,
            polling_day=day + timedelta(days=88),
            published_on=day - timedelta(days=4),
        )

    def _organisation(self, election: Election) -> Organisation:
        coalition = self.session.get_one(Coalition, election.coalition_id)
        return builders.an_organisation(self.session, coalition)

    def _place(self, name: str, election: Election, organisation: Organisation) -> Place:
        told: dict[str, str] = {}

        def say(what: str) -> str:
            told[what] = canary(name, what)
            return told[what]

        candidate = self._person(say("candidate"))
        campaign = self._campaign(candidate, election, organisation)
        applied = self._campaign(self._person(say("applicant")), election, organisation, "applied")
        member = builders.a_member(
            self.session, campaign, role=Role.PRESS, person=self._person(say("member"))
        )
        helper = builders.a_staff(
            self.session,
            role=Role.LAWYER,
            organisation=organisation,
            person=self._person(say("helper")),
        )
        assignment = builders.an_assignment(
            self.session, campaign, person=self.session.get_one(Person, helper.person_id)
        )
        tokens = {kind: new_token() for kind in ("invitation", "calendar", "reset", "confirm")}
        invitation = self._invitation(campaign, say("guest"), tokens["invitation"])
        desk_invitation = self._invitation(campaign, say("desk_guest"), new_token(), desk=True)
        self._links(campaign, member.person_id, tokens)
        question = self._question(campaign, candidate, say)
        sealed = self._sheet(campaign, say)
        session_token = builders.a_session_token(self.session, member.person_id, now=self.now)
        return Place(
            name=name,
            scope=Scope(
                coalition_id=campaign.coalition_id,
                organisation_id=organisation.id,
                campaign_id=campaign.id,
            ),
            ids={
                "coalition_id": campaign.coalition_id,
                "organisation_id": organisation.id,
                "district_id": campaign.district_id,
                "election_id": campaign.election_id,
                "campaign_id": campaign.id,
                "applied_id": applied.id,
                "member_id": member.id,
                "person_id": member.person_id,
                "staff_id": helper.id,
                "assignment_id": assignment.id,
                "invitation_id": invitation.id,
                "desk_invitation_id": desk_invitation.id,
                "question_id": question.id,
                "article_id": self._article(question, candidate, say),
                "sign_in_id": builders.the_sign_in(self.session, session_token).id,
            },
            by_queue={
                queue: self._handed_in(campaign, queue, say(f"file_{queue}"), say)
                for queue in QUEUES
            },
            tokens=tokens,
            canaries=told,
            sealed=sealed,
        )

    def _person(self, name: str) -> Person:
        return builders.a_person(self.session, name=name, email=f"{name}@example.org")

    def _campaign(
        self,
        candidate: Person,
        election: Election,
        organisation: Organisation,
        state: str = "active",
    ) -> Campaign:
        return builders.a_campaign(
            self.session,
            candidate=candidate,
            election=election,
            organisation=organisation,
            state=state,
            now=self.now,
        )

    def _invitation(
        self, campaign: Campaign, name: str, token: str, *, desk: bool = False
    ) -> Invitation:
        return self._added(
            Invitation(
                token_hash=token_hash(token),
                coalition_id=campaign.coalition_id,
                organisation_id=campaign.organisation_id,
                campaign_id=None if desk else campaign.id,
                role=(Role.COORDINATOR if desk else Role.CANVASSER).value,
                name=name,
                email=f"{name}@example.org",
                invited_by=campaign.candidate_id,
                created_at=self.now,
                expires_at=self.now + timedelta(days=7),
            )
        )

    def _links(self, campaign: Campaign, person_id: int, tokens: dict[str, str]) -> None:
        link = {"person_id": person_id, "created_at": self.now}
        until = self.now + timedelta(minutes=30)
        self._added(PasswordReset(token_hash=token_hash(tokens["reset"]), expires_at=until, **link))
        self._added(
            EmailConfirmation(
                token_hash=token_hash(tokens["confirm"]),
                email=f"new-{person_id}@example.org",
                expires_at=until,
                **link,
            )
        )
        self._added(
            CalendarFeed(token_hash=token_hash(tokens["calendar"]), campaign_id=campaign.id, **link)
        )

    def _question(self, campaign: Campaign, candidate: Person, say: Say) -> Question:
        words = f"{say('question')} вопрос"
        question = self._added(
            Question(
                coalition_id=campaign.coalition_id,
                campaign_id=campaign.id,
                pack_id=PACK,
                step_key=OPEN_STEP,
                asked_by=candidate.id,
                asked_at=self.now,
                language="ru",
                words=words,
                audience="private",
                state="answered",
                stems=stem_line(words),
            )
        )
        for helps in (True, False):
            self._added(
                QuestionAnswer(
                    campaign_id=campaign.id,
                    question_id=question.id,
                    given_by=candidate.id,
                    given_at=self.now,
                    helps=helps,
                    words=say(f"answer_{helps}"),
                )
            )
        return question

    def _article(self, question: Question, author: Person, say: Say) -> int:
        """Articles belong to the whole coalition, so their canary is kept apart by its name."""
        title = say("article")
        article = Article(
            coalition_id=question.coalition_id,
            question_id=question.id,
            pack_id=PACK,
            step_key=OPEN_STEP,
            language="en",
            title=title,
            words=f"{title} вопрос",
            stems=stem_line(f"{title} вопрос"),
            published_by=author.id,
            published_at=self.now,
        )
        return self._added(article).id

    def _sheet(self, campaign: Campaign, say: Say) -> str:
        sealed = canary(str(campaign.id), "sealed")
        evidence = self._evidence(campaign, OPEN_STEP, "form", "form", "", say("note"))
        assert evidence.id
        self._added(
            AnswerSheet(
                campaign_id=campaign.id,
                step_key=OPEN_STEP,
                typed={"record": self.seal.close(sealed), "office": say("typed")},
                version=1,
                saved_at=self.now,
            )
        )
        return sealed

    def _evidence(
        self, campaign: Campaign, step: str, key: str, kind: str, queue: str, note: str
    ) -> Evidence:
        return self._added(
            Evidence(
                campaign_id=campaign.id,
                step_key=step,
                evidence_key=key,
                kind=kind,
                queue=queue,
                state="submitted" if queue else "draft",
                count=1,
                note=note,
                changed_at=self.now,
            )
        )

    def _handed_in(self, campaign: Campaign, queue: str, word: str, say: Say) -> dict[str, int]:
        evidence = self._evidence(
            campaign, UPLOAD_STEP, f"scan_{queue}", "upload", queue, say(f"note_{queue}")
        )
        content = f"%PDF-1.4 {say(f'bytes_{queue}')}".encode()
        file = self._added(
            UploadedFile(
                campaign_id=campaign.id,
                evidence_id=evidence.id,
                name=f"{word}.pdf",
                sha256=self.store.put(content),
                media_type="application/pdf",
                size_bytes=len(content),
                pages=1,
                uploaded_at=self.now,
            )
        )
        review = self._added(
            Review(
                campaign_id=campaign.id,
                coalition_id=campaign.coalition_id,
                organisation_id=campaign.organisation_id,
                subject_kind="evidence",
                subject_id=evidence.id,
                pack_id=PACK,
                step_key=UPLOAD_STEP,
                queue=queue,
                round=1,
                submitted_at=self.now,
                promised_at=self.now + timedelta(days=2),
            )
        )
        note = {"id": file.id, "item": "", "name": file.name, "sha256": file.sha256}
        self._added(
            HandedInRound(
                campaign_id=campaign.id,
                evidence_id=evidence.id,
                review_id=review.id,
                round=1,
                snapshot={"files": [note]},
                handed_in_at=self.now,
            )
        )
        return {"file_id": file.id, "review_id": review.id}

    def _principals(self, places: dict[str, Place]) -> list[Principal]:
        own, stranger = (self._campaign_of(places[name]) for name in ("own", "stranger"))
        organisation = self.session.get_one(Organisation, own.organisation_id)
        coalition = self.session.get_one(Coalition, own.coalition_id)
        found = [Principal(name="visitor", viewer=VISITOR), self._signed_in("nobody")]
        for role in CAMPAIGN_ROLES[1:]:
            person = self._person(f"the-{role.value}")
            builders.a_member(self.session, own, role=role, person=person)
        for role in (Role.LAWYER, Role.DESIGNER):
            builders.an_assignment(
                self.session, own, role=role, person=self._person(f"the-{role.value}")
            )
        coordinator = self._person("the-coordinator")
        builders.a_staff(self.session, organisation=organisation, person=coordinator)
        for role in (Role.CHIEF, Role.AUDITOR):
            person = self._person(f"the-{role.value}")
            builders.a_staff(self.session, role=role, coalition=coalition, person=person)
        two = self._person("the-two-hats")
        builders.a_member(self.session, own, role=Role.CANVASSER, person=two)
        builders.a_member(self.session, stranger, role=Role.MANAGER, person=two)
        found.append(self._signed_in("candidate", own.candidate_id))
        found += [self._signed_in(role.value) for role in Role if role is not Role.CANDIDATE]
        found.append(self._signed_in("two-hats"))
        suspended = self._person("the-suspended")
        builders.a_member(self.session, own, person=suspended)
        found.append(self._signed_in("suspended", dead=True))
        suspended.suspended_at = self.now
        owing = self._person("the-owing")
        builders.a_member(self.session, own, role=Role.TREASURER, person=owing)
        found.append(self._signed_in("owing", owing=True))
        return found

    def _signed_in(
        self, name: str, person_id: int | None = None, *, dead: bool = False, owing: bool = False
    ) -> Principal:
        email = f"the-{name}@example.org"
        if person_id is None:
            known = self.session.query(Person).filter(Person.email == email).one_or_none()
            person_id = (known or self._person(f"the-{name}")).id
        return Principal(
            name=name,
            viewer=VISITOR if dead or owing else builders.the_viewer(self.session, person_id),
            token=builders.a_session_token(
                self.session, person_id, now=self.now, second_factor=not owing
            ),
            dead=dead,
            owing=owing,
        )

    def _campaign_of(self, place: Place) -> Campaign:
        return self.session.get_one(Campaign, place.ids["campaign_id"])

    def _added(self, row: builders.T) -> builders.T:
        self.session.add(row)
        self.session.flush()
        return row
