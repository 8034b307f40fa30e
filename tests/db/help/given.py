"""A small coalition of people who ask and people who answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow, get_campaign
from quests.help import commands
from quests.help.queries import QuestionRow, get_question
from quests.route.library import PackLibrary
from tests import builders
from tests.builders import NOW

STEP = "a1_can_i"
ASKED = "Может ли муж собирать подписи?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """Two organisations; Anna and Olga stand for the first, Pavel for the second."""

    session: Session
    library: PackLibrary
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    people: dict[str, Viewer] = field(default_factory=dict)

    def campaign(self, who: str) -> CampaignRow:
        """Give a candidate's campaign as they see it."""
        found = self.campaigns[who]
        return get_campaign(self.session, self.people[who], found.id, Permission.ROUTE_READ)

    def asks(
        self, who: str = "anna", words: str = ASKED, *, public: bool = False, step: str = STEP
    ) -> int:
        """Let a candidate ask."""
        return commands.ask(
            self.session,
            self.people[who],
            self.campaign(who),
            step,
            words=words,
            public=public,
            language="ru",
            now=NOW,
        )

    def answers(
        self, question: int, who: str = "vera", words: str = "Да, может, если ему 18 лет."
    ) -> QuestionRow:
        """Let somebody answer."""
        return commands.answer(
            self.session, self.people[who], self.library, question, words=words, now=NOW
        )

    def sees(self, who: str, question: int) -> QuestionRow:
        """Give a question as somebody sees it."""
        return get_question(self.session, self.people[who], question)

    def publishes(
        self, question: int, *, language: str = "ru", title: str = "Кто собирает подписи"
    ) -> int:
        """Let the coordinator make an article."""
        return commands.publish(
            self.session,
            self.people["vera"],
            question,
            title=title,
            words="Сборщиком может быть любой дееспособный.",
            language=language,
            now=NOW,
        )


def a_coalition(session: Session, library: PackLibrary) -> Coalition:
    """Give the coalition with everybody in it."""
    coalition = builders.a_coalition(session)
    election = builders.an_election(session, coalition)
    first = builders.an_organisation(session, coalition)
    second = builders.an_organisation(session, coalition)
    found = Coalition(session=session, library=library)
    for name, organisation in (("anna", first), ("olga", first), ("pavel", second)):
        person = builders.a_person(session, name=name.title(), language="ru")
        found.campaigns[name] = builders.a_campaign(
            session, candidate=person, organisation=organisation, election=election
        )
    staff = {
        "vera": builders.a_staff(session, organisation=first),
        "boris": builders.a_staff(session, organisation=second),
        "chief": builders.a_staff(session, coalition=coalition, role=Role.CHIEF),
        "stranger": builders.a_staff(session),
        "lawyer": builders.an_assignment(session, found.campaigns["anna"]),
        "canvasser": builders.a_member(session, found.campaigns["anna"], role=Role.CANVASSER),
    }
    found.people.update(
        {name: builders.the_viewer(session, row.person_id) for name, row in staff.items()}
    )
    found.people.update(
        {
            name: builders.the_viewer(session, campaign.candidate_id)
            for name, campaign in found.campaigns.items()
        }
    )
    return found
