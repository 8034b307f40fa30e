"""Reminding the teams of a batch of campaigns: one letter a person, campaign and day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.calendar import Anchors, Deadline, Reminder, reminders_due
from app.errors import Refused
from app.facts import Facts
from app.mail.commands import send_letter
from app.web.language import LANGUAGES, translate
from app.web.wording import days_left
from quests.agenda import queries, wording
from quests.agenda.letters import ReminderItem, ReminderLetter
from quests.agenda.links import Links
from quests.agenda.models import ReminderSent
from quests.agenda.queries import Addressee, SentKey
from quests.agenda.rules import worth_reminding
from quests.route import rules as route_rules
from quests.route.facts import facts_of_many
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack
from quests.route.queries import ActiveCampaign
from quests.route.standing import anchors_of, local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one campaign is to be reminded of today, whoever reads it."""

    campaign: ActiveCampaign
    anchors: Anchors
    today: date
    due: tuple[Reminder, ...]
    owing: Mapping[str, tuple[str, ...]]
    """Unfinished steps by the deadline they are due on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Finds what is due and writes the letters."""

    library: PackLibrary
    links: Links

    def notices(
        self, session: Session, campaigns: Collection[ActiveCampaign], *, now: datetime
    ) -> tuple[Notice, ...]:
        """Give what these campaigns are to be reminded of, those with nothing left out."""
        ids = [campaign.id for campaign in campaigns if campaign.pack_id in self.library]
        facts = facts_of_many(session, self.library, ids)
        found = (
            self._notice(campaign, facts.get(campaign.id, {}), now=now)
            for campaign in campaigns
            if campaign.pack_id in self.library
        )
        return tuple(notice for notice in found if notice is not None)

    def write(self, session: Session, notices: Collection[Notice], *, now: datetime) -> None:
        """Write the letters of these campaigns that have not gone out.

        Letter and memory of it are one transaction: whatever is interrupted leaves neither.
        """
        ids = [notice.campaign.id for notice in notices]
        sent = queries.sent_reminders(session, ids, since=min(notice.today for notice in notices))
        people = queries.addressees(session, ids)
        letters = [
            (notice, person, due)
            for notice in notices
            for person in people.get(notice.campaign.id, ())
            if (due := _unsent(notice, person, sent))
        ]
        rows = [
            _remembered(notice, person, reminder, now=now)
            for notice, person, due in letters
            if self._send(session, notice, person, due, now=now)
            for reminder in due
        ]
        if rows:
            session.execute(insert(ReminderSent), rows)

    def _notice(self, campaign: ActiveCampaign, facts: Facts, *, now: datetime) -> Notice | None:
        pack = self.library[campaign.pack_id]
        anchors = anchors_of(campaign, pack, facts)
        today = local_day(now, campaign.timezone)
        deadlines = self._deadlines(campaign, anchors, pack.pack.header.default_language)
        near = reminders_due(deadlines.values(), today)
        if not near:
            return None
        days = self.library.days(campaign.pack_id, anchors)
        standing = route_rules.standing(pack, facts, today, deadlines=days.dates, times=days.times)
        owing: dict[str, tuple[str, ...]] = {}
        for step, status in zip(pack.steps, standing.statuses, strict=True):
            if step.due is not None and not status.is_satisfied:
                owing[step.due.deadline] = (*owing.get(step.due.deadline, ()), step.key)
        due = worth_reminding(near, deadlines, bound=_bound(pack), owing=owing)
        if not due:
            return None
        return Notice(campaign=campaign, anchors=anchors, today=today, due=due, owing=owing)

    def _send(
        self,
        session: Session,
        notice: Notice,
        person: Addressee,
        due: tuple[Reminder, ...],
        *,
        now: datetime,
    ) -> bool:
        letter = self._letter(notice, person, due)
        day = f"{notice.today:%Y-%m-%d}"
        try:
            written = send_letter(
                session,
                to=person.email,
                language=person.language,
                subject=letter.subject,
                text=letter_text(letter, _language(person)),
                now=now,
                once_key=f"reminder:{notice.campaign.id}:{person.person_id}:{day}",
            )
        except Refused:
            # An address no server takes is this person's alone: the others still get theirs.
            return False
        return written is not None

    def _letter(
        self, notice: Notice, person: Addressee, due: tuple[Reminder, ...]
    ) -> ReminderLetter:
        language = _language(person)
        deadlines = self._deadlines(notice.campaign, notice.anchors, language)
        items = tuple(
            self._item(notice, deadlines[reminder.key], reminder, language) for reminder in due
        )
        return ReminderLetter(
            name=person.name,
            campaign=notice.campaign.title,
            link=self.links.calendar(notice.campaign.id),
            subject=wording.subject(items[0].title, len(due) - 1, due[0].days_left, language),
            items=items,
        )

    def _item(
        self, notice: Notice, deadline: Deadline, reminder: Reminder, language: str
    ) -> ReminderItem:
        campaign, today = notice.campaign, notice.today
        words = self.library[campaign.pack_id].words_in(language)
        return ReminderItem(
            title=deadline.title,
            when=wording.when(reminder.on, reminder.at, deadline.edge, language, today=today),
            left=days_left(reminder.on, today, language),
            why=deadline.why,
            sure=wording.confidence(deadline, language),
            steps=tuple(
                (words.step[key].title, self.links.step(campaign.id, key))
                for key in notice.owing.get(reminder.key, ())
            ),
        )

    def _deadlines(
        self, campaign: ActiveCampaign, anchors: Anchors, language: str
    ) -> Mapping[str, Deadline]:
        return self.library.deadlines(campaign.pack_id, anchors, language)


def _unsent(notice: Notice, person: Addressee, sent: Collection[SentKey]) -> tuple[Reminder, ...]:
    whom = (notice.campaign.id, person.person_id)
    return tuple(each for each in notice.due if (*whom, *each.sent_as) not in sent)


def _remembered(
    notice: Notice, person: Addressee, reminder: Reminder, *, now: datetime
) -> dict[str, object]:
    return {
        "campaign_id": notice.campaign.id,
        "person_id": person.person_id,
        "deadline_key": reminder.key,
        "day": reminder.on,
        "ahead": reminder.days_before,
        "sent_at": now,
    }


def letter_text(letter: ReminderLetter, language: str) -> str:
    """Give the text of a reminder in a language."""
    parts = [
        translate(language, letter.hello, name=letter.name)
        + "\n"
        + translate(language, letter.opening, campaign=letter.campaign)
    ]
    parts += [_item_text(item, language) for item in letter.items]
    parts.append(translate(language, letter.closing, link=letter.link))
    parts.append(translate(language, letter.signature))
    return "\n\n".join(parts) + "\n"


def _item_text(item: ReminderItem, language: str) -> str:
    said = item.template.format(
        when=item.when, left=item.left, title=item.title, why=item.why, sure=item.sure
    )
    steps = (
        translate(language, item.step_line, step=title, link=link) for title, link in item.steps
    )
    return "\n".join((said, *steps))


def _bound(pack: RoutePack) -> frozenset[str]:
    return frozenset(step.due.deadline for step in pack.steps if step.due is not None)


def _language(person: Addressee) -> str:
    return person.language if person.language in LANGUAGES else next(iter(LANGUAGES))
