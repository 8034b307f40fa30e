"""Plants the small world: who is in it, and a row of everything in every place."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.access import VISITOR, Role, Scope
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
from app.config import Settings, secret_key
from app.files.storage import FileStore
from app.ids import new_token, token_hash
from app.sealing import Seal
from documents.paperwork.reshaping.drawings import Drawings
from documents.typesetting.previews import Previews
from quests.agenda.models import CalendarFeed
from quests.evidence.models import AnswerSheet, Evidence, HandedInRound, UploadedFile
from quests.help.models import Article, Question, QuestionAnswer
from quests.help.stemming import stem_line
from tests import builders
from tests.guards.world.doors import give_turf, plant_doors
from tests.guards.world.flyers import plant_flyers
from tests.guards.world.money import plant_money
from tests.guards.world.packets import plant_packets
from tests.guards.world.papers import plant_papers
from tests.guards.world.points import plant_points
from tests.guards.world.shape import (
    CAMPAIGN_ROLES,
    OPEN_STEP,
    PACK,
    QUEUES,
    UPLOAD_STEP,
    Ground,
    Place,
    Planted,
    Principal,
    Say,
    canary,
)
from tests.guards.world.signatures import plant_signatures

FEATURES = (
    *(plant_papers, plant_signatures, plant_packets),
    *(plant_flyers, plant_money, plant_doors, plant_points),
)


class Planter:
    """Plants the world in one session."""

    def __init__(self, session: Session, *, settings: Settings, now: datetime) -> None:
        self.session, self.now = session, now
        self.seal = Seal.from_secret(secret_key(settings))
        self.store = FileStore(folder=settings.files)
        self.previews = Previews.of(settings).store
        self.drawings = Drawings.of(settings)

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
        sown = [plant(self._ground(campaign, say)) for plant in FEATURES]
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
                **{name: number for each in sown for name, number in each.ids.items()},
            },
            by_queue={
                queue: self._handed_in(campaign, queue, say(f"file_{queue}"), say)
                for queue in QUEUES
            },
            tokens={**tokens, **{key: end for each in sown for key, end in each.tokens.items()}},
            names={name: word for each in sown for name, word in each.names.items()},
            canaries=told,
            sealed=sealed,
        )

    def _ground(self, campaign: Campaign, say: Say) -> Ground:
        return Ground(
            session=self.session,
            campaign=campaign,
            seal=self.seal,
            store=self.store,
            previews=self.previews,
            drawings=self.drawings,
            now=self.now,
            say=say,
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
        ground = self._ground(campaign, say)
        review = ground.review("evidence", evidence.id, step=UPLOAD_STEP, queue=queue)
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
        for who in found:
            if who.name in ("canvasser", "two-hats") and who.viewer.person_id:
                give_turf(self.session, places["own"], who.viewer.person_id, now=self.now)
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
