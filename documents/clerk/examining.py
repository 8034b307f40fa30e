"""Putting a campaign's papers on the clerk's desk and going through the rules."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.sealing import Seal
from documents.clerk.desk import ClerkDesk
from documents.clerk.pack import PackClerk
from documents.clerk.queries import ConfirmationRow, dates_told, standing_confirmations
from documents.clerk.rules.case import Case, Finding, Seen, SeenScan, case_of
from documents.clerk.rules.judging import Judged, is_about_signed, judge, stops
from documents.clerk.rules.marks import is_later
from documents.clerk.shape import Severity
from documents.paperwork.desk import is_open
from documents.paperwork.printing import Snapshot
from documents.paperwork.rules.standing import State
from documents.paperwork.standing import Standing, circumstances_of, standings_of
from documents.sheets import Sheet

# Words go on across these; every other tag begins a new line of text.
_INLINE = re.compile(r"</?(?:a|b|em|i|small|span|strong|sub|sup|u|wbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A campaign's papers with everything the clerk found in them."""

    clerk: PackClerk
    case: Case
    judged: Judged
    standings: tuple[Standing, ...]
    confirmations: Mapping[str, ConfirmationRow]
    digests: Mapping[tuple[str, ...], str]
    """The mark of each finding by its substance."""
    dates: Mapping[int, Mapping[str, date]]
    """The days read off each scan, by place."""
    locked: frozenset[str]
    """The kinds of paper that are not open yet."""
    upto: str = ""
    """The last heading of papers that have to be there; empty: all."""

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """Give what keeps the papers from being filed, of what can be mended now."""
        return self._now(Severity.STOP)

    @property
    def open_warnings(self) -> tuple[Finding, ...]:
        """Give the warnings that nobody has confirmed, of what can be mended now."""
        return tuple(each for each in self._now(Severity.WARN) if self.confirmed(each) is None)

    @property
    def later(self) -> tuple[Finding, ...]:
        """Give what is mended in papers that are not open yet, and what nobody has confirmed."""
        return tuple(
            each
            for each in self.judged.findings
            if self.is_later(each) and self.confirmed(each) is None
        )

    @property
    def confirmed_warnings(self) -> tuple[Finding, ...]:
        """Give the warnings that somebody has compared and confirmed."""
        return tuple(
            each
            for each in self.judged.findings
            if each.severity is Severity.WARN and self.confirmed(each) is not None
        )

    def is_later(self, finding: Finding) -> bool:
        """Say whether a finding waits for a paper that is not open yet."""
        return is_later(finding, self.clerk.rules[finding.rule], self.case, self.locked)

    def _now(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(
            each
            for each in self.judged.findings
            if each.severity is severity and not self.is_later(each)
        )

    def confirmed(self, finding: Finding) -> ConfirmationRow | None:
        """Give the confirmation of a finding as it stands now."""
        return self.confirmations.get(self.digests[finding.substance])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Route:
    """What the route says about the papers, and the days it counts with."""

    locked: frozenset[str]
    days: Mapping[str, date | None]


def examine(
    session: Session,
    desk: ClerkDesk,
    campaign: CampaignRow,
    *,
    now: datetime,
    kinds: Collection[str] | None = None,
) -> Examined | None:
    """Look at a campaign's papers with all rules of its pack; None for a pack without rules.

    With ``kinds`` only these papers have to be there; what was begun of others is looked at too.
    The caller has looked at the viewer. Nothing is stored.
    """
    clerk = desk.packs.find(campaign.pack_id)
    if clerk is None:
        return None
    standings = standings_of(session, desk.paperwork, campaign, now)
    route = _route_of(session, desk, campaign, standings, now)
    return _examined(session, desk, clerk, campaign, standings, kinds, route, now)


def examine_upto(
    session: Session,
    desk: ClerkDesk,
    campaign: CampaignRow,
    *,
    upto: str,
    now: datetime,
    standings: tuple[Standing, ...] | None = None,
) -> Examined | None:
    """Look at the papers under the headings up to this one.

    Without a known heading it is that of the visit at hand: nobody has to see today what is
    missing for the report after polling day. ``standings``: those of the
    campaign, where the caller has read them already.
    """
    clerk = desk.packs.find(campaign.pack_id)
    if clerk is None:
        return None
    if standings is None:
        standings = standings_of(session, desk.paperwork, campaign, now)
    groups = clerk.documents.groups
    route = _route_of(session, desk, campaign, standings, now)
    filed = desk.filings.headings(session, campaign) if upto not in groups else {}
    last = upto if upto in groups else _at_hand(standings, groups, route.locked, filed)
    kinds = _kinds_upto(standings, groups, last)
    found = _examined(session, desk, clerk, campaign, standings, kinds, route, now)
    return replace(found, upto=last)


def _examined(
    session: Session,
    desk: ClerkDesk,
    clerk: PackClerk,
    campaign: CampaignRow,
    standings: tuple[Standing, ...],
    kinds: Collection[str] | None,
    route: _Route,
    now: datetime,
) -> Examined:
    told = dates_told(session, campaign.id)
    zone = ZoneInfo(campaign.timezone)
    seen = {
        standing.kind.key: _seen(clerk, standing, told, zone, wanted=_is_wanted(standing, kinds))
        for standing in standings
    }
    case = _case(clerk, campaign, seen, route, circumstances_of(campaign, now).today)
    judged = judge(clerk.rules.values(), case)
    seal = desk.paperwork.seal
    return Examined(
        clerk=clerk,
        case=case,
        judged=judged,
        standings=standings,
        confirmations=standing_confirmations(session, campaign.id),
        digests={each.substance: digest_of(seal, each) for each in judged.findings},
        dates=told,
        locked=route.locked,
    )


def _route_of(
    session: Session,
    desk: ClerkDesk,
    campaign: CampaignRow,
    standings: Sequence[Standing],
    now: datetime,
) -> _Route:
    reachable, days = desk.steps.steps_and_days(session, campaign, now=now)
    locked = (each.kind.key for each in standings if not is_open(each.kind, reachable))
    return _Route(locked=frozenset(locked), days=days)


def gate_of(
    examined: Examined, kinds: Collection[str], *, before_signing: bool = False
) -> tuple[Finding, ...]:
    """Give what keeps a packet of these papers from being filed, of what was found.

    ``before_signing``: it is to be printed first, so what only a signed sheet can show is left out.
    """
    found = stops(examined.judged.findings, kinds, examined.case)
    rules = examined.clerk.rules
    if not before_signing:
        return found
    return tuple(each for each in found if not is_about_signed(rules[each.rule]))


def digest_of(seal: Seal, finding: Finding) -> str:
    """Give the mark of a finding; keyed, because a passport could be guessed from a plain hash."""
    return seal.mark("finding", *finding.substance)


def _is_wanted(standing: Standing, kinds: Collection[str] | None) -> bool:
    asked = kinds is None or standing.kind.key in kinds
    return standing.is_wanted if asked else standing.is_begun


def _seen(
    clerk: PackClerk,
    standing: Standing,
    told: Mapping[int, Mapping[str, date]],
    zone: ZoneInfo,
    *,
    wanted: bool,
) -> Seen:
    newest, snapshot = standing.newest, standing.snapshot
    worded = standing.kind.key in clerk.worded
    scans = tuple(
        SeenScan(
            id=scan.id,
            pages=scan.pages,
            of_newest=newest is not None and scan.issue_id == newest.id,
            code=scan.code,
            page_numbers=scan.page_numbers,
        )
        for scan in standing.scans
    )
    dates: dict[str, date] = {}
    for scan in scans:
        if scan.of_newest:
            dates |= told.get(scan.id, {})
    return Seen(
        kind=standing.kind,
        interview=standing.interview,
        wanted=wanted,
        state=standing.state,
        issue=newest.state if newest else None,
        number=newest.number if newest else "",
        issued_on=newest.issued_at.astimezone(zone).date() if newest else None,
        official=newest.official if newest else True,
        pages=newest.pages if newest else 0,
        stale=standing.is_stale,
        changed=standing.changed,
        rows_changed=standing.rows_changed,
        said=snapshot.answers if snapshot else {},
        tables=snapshot.tables if snapshot else {},
        sheet=text_of(snapshot, worded=worded) if snapshot else "",
        scans=scans,
        dates=dates,
    )


def _case(
    clerk: PackClerk,
    campaign: CampaignRow,
    seen: Mapping[str, Seen],
    route: _Route,
    today: date,
) -> Case:
    return case_of(
        seen,
        clerk.documents.answers,
        today=today,
        days={
            **route.days,
            "published": campaign.published_on,
            "polling_day": campaign.polling_day,
            "first_polling_day": campaign.first_polling_day or campaign.polling_day,
        },
        known={
            "council": campaign.council,
            "district_number": campaign.district_number,
            "district_name": campaign.district_name,
            "polling_day": campaign.polling_day.isoformat(),
            "candidate_name": campaign.candidate_name,
        },
        locked=route.locked,
    )


def text_of(snapshot: Snapshot, *, worded: bool) -> str:
    """Give what a sheet says, blanks as single spaces.

    Unless it is ``worded``, marks of the page are left in: taking them out costs more than all
    the rules together, and a day is found among them as well.
    """
    if not snapshot.sheet:
        return ""
    page = Sheet.from_json(snapshot.sheet).html
    body = page[max(page.find("<body"), 0) :].replace("\u00a0", " ").replace("&nbsp;", " ")
    if not worded:
        return body
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", _INLINE.sub("", body)))).strip()


def _kinds_upto(
    standings: Sequence[Standing], groups: tuple[str, ...], last: str
) -> frozenset[str]:
    """Give the kinds under the headings up to this one; all when the pack has no headings."""
    if last not in groups:
        return frozenset(standing.kind.key for standing in standings)
    upto = {*groups[: groups.index(last) + 1], ""}
    return frozenset(each.kind.key for each in standings if each.kind.group in upto)


def _at_hand(
    standings: Sequence[Standing],
    groups: tuple[str, ...],
    locked: Container[str],
    filed: Mapping[str, bool],
) -> str:
    """Give the heading of the visit at hand: the first with open papers that were not handed in.

    What goes in no packet is behind once all of it was accepted. When all that is open is behind,
    it is the last heading with open papers; the next ones have nothing to be done yet.
    """
    wanted = [each for each in standings if each.is_wanted]
    opened = {each.kind.group for each in wanted if each.kind.key not in locked}
    unfinished = {
        each.kind.group
        for each in wanted
        if each.paper is None or each.paper.state is not State.ACCEPTED
    }
    shown = [group for group in groups if group in opened] or list(groups[:1])
    ahead = (group for group in shown if not filed.get(group, group not in unfinished))
    return next(ahead, shown[-1] if shown else "")
