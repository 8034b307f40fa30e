"""Signing up as a candidate, and what becomes of the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Role, Scope, Viewer
from app.accounts.commands.accounts import NewPerson, create_person
from app.accounts.commands.invitations import use_up
from app.accounts.consents import SIGN_UP, SIGN_UP_VERSION
from app.accounts.errors import (
    already_decided,
    already_running,
    consent_missing,
    district_missing,
    link_over,
    organisation_missing,
    organisation_needed,
    reason_missing,
)
from app.accounts.events import (
    CandidateAdmitted,
    CandidateDeclined,
    CandidateSignedUp,
)
from app.accounts.letters import Admitted, Declined
from app.accounts.models import (
    Campaign,
    ConsentRecord,
    District,
    Election,
    Organisation,
    Person,
    TeamMember,
)
from app.accounts.queries.campaigns import get_campaign
from app.accounts.queries.invitations import find_invitation
from app.accounts.rules.elections import day_there
from app.db import record, recorded
from app.errors import Conflict, Missing, Refused
from app.ids import token_hash
from app.texts import N_

SENT_TWICE_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a candidate applies for; ``consent_words`` is the text as it was shown."""

    election_id: int
    district_id: int
    organisation_id: int | None
    """None: place me."""
    consent: bool
    consent_words: str
    language: str
    invitation_token: str | None = None
    once: str | None = None
    """The form's own random token, with address and password: a form sent twice is one application,
    and nobody else's form gives anything away."""


def sign_up(
    session: Session, new: NewPerson, application: Application, *, now: datetime
) -> tuple[int, int]:
    """Make an account and its application; give the numbers of person and campaign.

    The same happens whether or not the address is known already: see ``create_person``.
    A form sent twice gives what it made the first time.
    Raises Refused at the field that is wrong, Conflict for an invitation that is over and for a
    form sent again much later.
    """
    if application.once and (made := _made_before(session, application.once, now=now)):
        return made
    _check(session, application, now=now)
    before = len(recorded(session))
    try:
        with session.begin_nested():
            person = create_person(session, new, now=now)
            return person.id, _apply(session, person, application, now=now)
    except (IntegrityError, Conflict):
        # The same form may have arrived twice at once and the other one was first, perhaps with
        # the invitation: looking beforehand can't see that. What this one noted did not happen.
        del recorded(session)[before:]
        if application.once and (made := _made_before(session, application.once, now=now)):
            return made
        raise


def apply_again(
    session: Session, viewer: Viewer, application: Application, *, now: datetime
) -> int:
    """Let a person with an account apply; give the campaign's number.

    Raises Conflict when the person runs in this election already.
    """
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise Missing
    _check(session, application, now=now)
    try:
        with session.begin_nested():
            return _apply(session, person, application, now=now)
    except IntegrityError:
        raise already_running() from None


def admit(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    organisation_id: int | None = None,
    *,
    now: datetime,
) -> None:
    """Let a candidate in after the interview: the route opens.

    ``organisation_id`` places a candidate who asked for it, or moves one; None keeps the
    organisation applied to. Raises Missing, Refused("organisation"), Conflict when somebody
    decided first.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.INTERVIEW_DECIDE)
    chosen = organisation_id or campaign.organisation_id
    if chosen is None:
        raise organisation_needed()
    scope = Scope(coalition_id=campaign.coalition_id, organisation_id=chosen)
    taken = _organisation(session, campaign.coalition_id, chosen)
    if not viewer.may(Permission.INTERVIEW_DECIDE, scope):
        raise organisation_missing()
    _decide(
        session, viewer, campaign_id, state="active", reason="", organisation_id=chosen, now=now
    )
    person = session.get_one(Person, campaign.candidate_id)
    record(
        session,
        Admitted(
            to=person.email,
            language=person.language,
            name=person.name,
            path=f"/campaigns/{campaign_id}/route",
            organisation=taken.name,
        ),
    )
    record(
        session,
        CandidateAdmitted(
            campaign_id=campaign_id, organisation_id=chosen, by=viewer.person_id, at=now
        ),
    )


def decline(
    session: Session, viewer: Viewer, campaign_id: int, reason: str, *, now: datetime
) -> None:
    """Refuse a candidate with a reason, which is mailed.

    Raises Missing, Refused("reason"), Conflict when somebody decided first.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.INTERVIEW_DECIDE)
    words = reason.strip()
    if not words:
        raise reason_missing()
    _decide(
        session,
        viewer,
        campaign_id,
        state="declined",
        reason=words,
        organisation_id=campaign.organisation_id,
        now=now,
    )
    person = session.get_one(Person, campaign.candidate_id)
    record(
        session,
        Declined(
            to=person.email,
            language=person.language,
            name=person.name,
            path="/campaigns",
            reason=words,
        ),
    )
    record(session, CandidateDeclined(campaign_id=campaign_id, by=viewer.person_id, at=now))


def note_activity(session: Session, campaign_id: int, *, now: datetime) -> None:
    """Note that the team of a campaign did something, for the list of silent campaigns."""
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(last_active_at=now))


def _decide(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    *,
    state: str,
    reason: str,
    organisation_id: int | None,
    now: datetime,
) -> None:
    # The condition on the state makes the second of two coordinators lose, whoever looked first.
    decided = session.execute(
        update(Campaign)
        .where(Campaign.id == campaign_id, Campaign.state == "applied")
        .values(
            state=state,
            state_reason=reason,
            organisation_id=organisation_id,
            decided_by=viewer.person_id,
            decided_at=now,
            last_active_at=now,
        )
        .returning(Campaign.id)
    ).first()
    if decided is None:
        raise already_decided()


def _check(session: Session, application: Application, *, now: datetime) -> None:
    if not application.consent:
        raise consent_missing()
    election = session.get(Election, application.election_id)
    if election is None or not _takes_candidates(election, now):
        raise Refused("election", N_("This election takes no more candidates here."))
    district = session.scalar(
        select(District.id).where(
            District.id == application.district_id, District.election_id == election.id
        )
    )
    if district is None:
        raise district_missing()
    if application.organisation_id is not None:
        _organisation(session, election.coalition_id, application.organisation_id)


def _takes_candidates(election: Election, now: datetime) -> bool:
    return election.sign_up_open and election.polling_day > day_there(now, election.timezone)


def _made_before(session: Session, once: str, *, now: datetime) -> tuple[int, int] | None:
    row = session.execute(
        select(Campaign.candidate_id, Campaign.id, Campaign.created_at).where(
            Campaign.once_key == token_hash(once)
        )
    ).one_or_none()
    if row is None:
        return None
    if row.created_at < now - SENT_TWICE_WITHIN:
        # A form found in a browser's history must not be a key to the account it made.
        raise Conflict(N_("This application was sent before. Sign in to see it."))
    return row.candidate_id, row.id


def _organisation(session: Session, coalition_id: int, organisation_id: int) -> Organisation:
    found = session.scalars(
        select(Organisation).where(
            Organisation.id == organisation_id, Organisation.coalition_id == coalition_id
        )
    ).one_or_none()
    if found is None:
        raise organisation_missing()
    return found


def _apply(session: Session, person: Person, application: Application, *, now: datetime) -> int:
    election = session.get_one(Election, application.election_id)
    campaign = Campaign(
        coalition_id=election.coalition_id,
        organisation_id=_organisation_for(session, person, application, election, now=now),
        election_id=election.id,
        district_id=application.district_id,
        candidate_id=person.id,
        title=person.name,
        state="applied",
        once_key=token_hash(application.once) if application.once else None,
        created_at=now,
        last_active_at=now,
    )
    session.add(campaign)
    session.flush()
    session.add_all(
        (
            TeamMember(
                campaign_id=campaign.id,
                person_id=person.id,
                role=Role.CANDIDATE.value,
                since=now,
            ),
            ConsentRecord(
                person_id=person.id,
                purpose=SIGN_UP,
                version=SIGN_UP_VERSION,
                language=application.language,
                words=application.consent_words,
                given_at=now,
            ),
        )
    )
    record(session, CandidateSignedUp(campaign_id=campaign.id, person_id=person.id, at=now))
    session.flush()
    return campaign.id


def _organisation_for(
    session: Session,
    person: Person,
    application: Application,
    election: Election,
    *,
    now: datetime,
) -> int | None:
    if application.invitation_token is None:
        return application.organisation_id
    row = find_invitation(session, application.invitation_token, now)
    if row is None or row.role is not Role.CANDIDATE:
        raise link_over()
    if row.coalition_id != election.coalition_id:
        raise Conflict(N_("The invitation is to another coalition’s election."))
    use_up(session, row, person.id, now=now)
    return row.organisation_id or application.organisation_id
