"""Writing the journal of points, and with each line the sums that leagues are read from.

Whoever writes holds the campaign's row, so two transactions on one campaign take turns: limits are
counted right and no source earns twice. Sums of organisations are changed last and in one order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, and_, bindparam, case, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election, Organisation
from quests.ranking.models import CampaignPoints, LeagueAbsence, OrganisationPoints, PointEntry
from quests.ranking.pack import PointBook
from quests.ranking.rules.awarding import LINES, Award, Deed, Line, Spent, lasting, lines_for
from quests.ranking.rules.weeks import local_day, monday_of, periods_of

SUMMED = ("points", *LINES)
Delta = Counter[str]
OrganisationKey = tuple[int, int, str]
"""Coalition, organisation and period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A campaign as the journal sees it."""

    id: int
    coalition_id: int
    organisation_id: int | None
    pack_id: str
    timezone: str
    active: bool
    plays: bool
    absent: bool

    @property
    def plays_for(self) -> int | None:
        """The organisation in whose league it stands."""
        return self.organisation_id if self.active else None

    @property
    def listed(self) -> bool:
        """Whether others find it in leagues by name."""
        return self.active and self.plays and not self.absent


@dataclass(slots=True, kw_only=True)
class OrganisationSums:
    """What a transaction adds to the sums of organisations, kept until all campaigns are done."""

    deltas: dict[OrganisationKey, Delta] = field(default_factory=dict)

    def add(
        self,
        coalition_id: int,
        organisation_id: int | None,
        period: str,
        delta: Delta,
        *,
        listed: bool,
    ) -> None:
        """Keep a change; what counts for no organisation, or is not listed, changes nothing.

        An organisation has what its league shows: what one left out has can't be reckoned from it.
        """
        if listed and organisation_id is not None:
            key = (coalition_id, organisation_id, period)
            self.deltas.setdefault(key, Counter()).update(delta)

    def write(self, session: Session) -> None:
        """Change the rows in the order of their keys, so that two writers never wait in a ring."""
        for (coalition_id, organisation_id, period), delta in sorted(
            self.deltas.items(), key=lambda item: item[0]
        ):
            if not any(delta.values()):
                continue
            values = {"of": organisation_id, "within": period, **_bound(delta)}
            if session.execute(_ADD_TO_ORGANISATION, values).rowcount:  # type: ignore[attr-defined]
                continue
            row = {
                "organisation_id": organisation_id,
                "coalition_id": coalition_id,
                "period": period,
                **_sums(delta),
            }
            try:
                with session.begin_nested():
                    session.execute(insert(OrganisationPoints), [row])
            except IntegrityError:
                # Another writer was the first of this week in this organisation.
                session.execute(_ADD_TO_ORGANISATION, values)


_campaign_points = CampaignPoints.__table__
_organisation_points = OrganisationPoints.__table__
_HELD = (
    _campaign_points.c.coalition_id,
    _campaign_points.c.organisation_id,
    _campaign_points.c.period,
    _campaign_points.c.listed,
    *(_campaign_points.c[name] for name in SUMMED),
)
_entry = PointEntry.__table__
_absence = LeagueAbsence.__table__
_RUNNER = (
    select(
        Campaign.id,
        Campaign.coalition_id,
        Campaign.organisation_id,
        Campaign.state,
        Election.pack_id,
        Election.timezone,
        func.coalesce(Organisation.game_on, False).label("plays"),
        LeagueAbsence.since,
    )
    .join(Election, Election.id == Campaign.election_id)
    .outerjoin(Organisation, Organisation.id == Campaign.organisation_id)
    .outerjoin(LeagueAbsence, LeagueAbsence.campaign_id == Campaign.id)
    .where(Campaign.id == bindparam("campaign_id"))
    .with_for_update(of=Campaign, key_share=True)
)
_AWARDS = (
    select(
        _entry.c.id,
        _entry.c.rule,
        _entry.c.source,
        _entry.c.turn,
        _entry.c.points,
        _entry.c.line,
        _entry.c.day,
        _entry.c.week,
        _entry.c.is_claw_back,
    )
    .where(
        _entry.c.campaign_id == bindparam("campaign_id"),
        _entry.c.rule.in_(bindparam("rules", expanding=True)),
        _entry.c.source.in_(bindparam("sources", expanding=True)),
    )
    .order_by(_entry.c.turn, _entry.c.is_claw_back)
)
_COUNT = (
    select(_entry.c.rule, func.sum(case((_entry.c.is_claw_back, -1), else_=1)))
    .where(
        _entry.c.campaign_id == bindparam("campaign_id"),
        _entry.c.rule.in_(bindparam("rules", expanding=True)),
    )
    .group_by(_entry.c.rule)
)
_COUNT_OF_DAY = _COUNT.where(_entry.c.day == bindparam("on_day"))


def _adding(table: Table) -> dict[str, Any]:
    return {name: table.c[name] + bindparam(f"d_{name}") for name in SUMMED}


_ADD_TO_CAMPAIGN = (
    update(_campaign_points)  # type: ignore[arg-type]
    .where(
        _campaign_points.c.campaign_id == bindparam("of"),
        _campaign_points.c.period == bindparam("within"),
    )
    .values(_adding(_campaign_points))  # type: ignore[arg-type]
    .returning(_campaign_points.c.organisation_id, _campaign_points.c.listed)
)
_ADD_TO_ORGANISATION = (
    update(_organisation_points)  # type: ignore[arg-type]
    .where(
        _organisation_points.c.organisation_id == bindparam("of"),
        _organisation_points.c.period == bindparam("within"),
    )
    .values(_adding(_organisation_points))  # type: ignore[arg-type]
)


def write_points(
    session: Session,
    book: PointBook,
    campaign_id: int,
    deeds: Sequence[Deed],
    sums: OrganisationSums,
    *,
    now: datetime,
) -> tuple[Line, ...]:
    """Write what one campaign's deeds are worth, and give the new lines.

    Told the same again, it writes nothing. ``sums`` is written by the caller, at the end.
    """
    runner = find_runner(session, campaign_id)
    if runner is None or not deeds:
        return ()
    day = local_day(now, runner.timezone)
    worth = {deed.about: book.worth(runner.pack_id, deed) for deed in deeds}
    limited_by_day = {rule for (rule, _), found in worth.items() if found and found.per_day}
    limited_in_all = {rule for (rule, _), found in worth.items() if found and found.in_all}
    lines = lasting(
        lines_for(
            deeds,
            lambda deed: worth[deed.about],
            _known(session, campaign_id, deeds),
            Spent(
                today=_counts(session, campaign_id, limited_by_day, on_day=day),
                in_all=_counts(session, campaign_id, limited_in_all),
            ),
            day=day,
            week=monday_of(day),
        )
    )
    if lines:
        rows = [_row(runner, line, now) for line in lines]
        session.execute(insert(PointEntry), rows)
        _add(session, runner, lines, sums)
    return lines


def find_runner(session: Session, campaign_id: int) -> Runner | None:
    """Give a campaign and hold its row until the transaction ends."""
    row = session.execute(_RUNNER, {"campaign_id": campaign_id}).one_or_none()
    if row is None:
        return None
    return Runner(
        id=row.id,
        coalition_id=row.coalition_id,
        organisation_id=row.organisation_id,
        pack_id=row.pack_id,
        timezone=row.timezone,
        active=row.state == "active",
        plays=bool(row.plays),
        absent=row.since is not None,
    )


def place_anew(session: Session, campaign_id: int, sums: OrganisationSums) -> None:
    """Put a campaign's sums where they belong now: which organisation, and listed or not."""
    runner = find_runner(session, campaign_id)
    if runner is None:
        return
    here = _campaign_points.c
    rows = session.execute(
        select(*_HELD).where(
            here.campaign_id == campaign_id,
            here.organisation_id.is_distinct_from(runner.plays_for)
            | (here.listed != runner.listed),
        )
    ).all()
    for row in rows:
        held, given_up = _held(row)
        at = row.coalition_id
        sums.add(at, row.organisation_id, row.period, given_up, listed=row.listed)
        sums.add(at, runner.plays_for, row.period, held, listed=runner.listed)
    session.execute(
        update(CampaignPoints)
        .where(CampaignPoints.campaign_id == campaign_id)
        .values(organisation_id=runner.plays_for, listed=runner.listed)
        .execution_options(synchronize_session=False)
    )


def list_anew(session: Session, organisation_id: int, sums: OrganisationSums) -> None:
    """List the candidates of an organisation that plays, and unlist those of one that does not."""
    # Held first and in order, as every writer does: nobody is in the middle of these rows.
    session.execute(
        select(Campaign.id)
        .where(Campaign.organisation_id == organisation_id)
        .order_by(Campaign.id)
        .with_for_update(key_share=True)
    )
    plays = select(Organisation.game_on).where(Organisation.id == organisation_id)
    absent = exists().where(LeagueAbsence.campaign_id == CampaignPoints.campaign_id)
    mine = CampaignPoints.organisation_id == organisation_id
    listed = and_(plays.scalar_subquery(), ~absent)
    changed = session.execute(
        select(*_HELD).where(mine, CampaignPoints.listed.is_distinct_from(listed))
    ).all()
    for row in changed:
        held, given_up = _held(row)
        delta = given_up if row.listed else held
        sums.add(row.coalition_id, organisation_id, row.period, delta, listed=True)
    session.execute(
        update(CampaignPoints)
        .where(mine)
        .values(listed=listed)
        .execution_options(synchronize_session=False)
    )


def _held(row: Row[*tuple[Any, ...]]) -> tuple[Delta, Delta]:
    """Give what a campaign has in a period, and the same taken away."""
    held = Counter({name: row._mapping[name] for name in SUMMED})
    return held, Counter({name: -value for name, value in held.items()})


def _known(
    session: Session, campaign_id: int, deeds: Iterable[Deed]
) -> dict[tuple[str, str], Award]:
    """Give the latest award of each source that the deeds speak of."""
    wanted = {deed.about for deed in deeds}
    rows = session.execute(
        _AWARDS,
        {
            "campaign_id": campaign_id,
            "rules": sorted({rule for rule, _ in wanted}),
            "sources": sorted({source for _, source in wanted}),
        },
    )
    found: dict[tuple[str, str], Award] = {}
    for row in rows:
        about = (row.rule, row.source)
        stands = not row.is_claw_back
        award = found.get(about)
        found[about] = Award(
            id=row.id if stands or award is None else award.id,
            turn=row.turn,
            points=abs(row.points),
            line=row.line,
            day=row.day,
            week=row.week,
            stands=stands,
        )
    return found


def _counts(
    session: Session, campaign_id: int, rules: set[str], *, on_day: date | None = None
) -> dict[str, int]:
    if not rules:
        return {}
    asked: dict[str, Any] = {"campaign_id": campaign_id, "rules": sorted(rules)}
    if on_day is None:
        return {rule: int(count) for rule, count in session.execute(_COUNT, asked)}
    asked["on_day"] = on_day
    return {rule: int(count) for rule, count in session.execute(_COUNT_OF_DAY, asked)}


def _row(runner: Runner, line: Line, now: datetime) -> dict[str, Any]:
    award = line.takes_back
    return {
        "coalition_id": runner.coalition_id,
        "organisation_id": runner.organisation_id,
        "campaign_id": runner.id,
        "rule": line.rule,
        "source": line.source,
        "turn": line.turn,
        "points": line.points,
        "line": line.line,
        "takes_back_id": award.id if award else None,
        "is_claw_back": award is not None,
        "at": now,
        "day": line.day,
        "week": line.week,
    }


def _add(session: Session, runner: Runner, lines: Sequence[Line], sums: OrganisationSums) -> None:
    deltas: dict[str, Delta] = {}
    for line in lines:
        for period in periods_of(line.week):
            delta = deltas.setdefault(period, Counter())
            delta["points"] += line.points
            delta[line.line] += line.points
    for period, delta in deltas.items():
        values = {"of": runner.id, "within": period, **_bound(delta)}
        # The row says in whose sums it is, and whether, so the two can't drift apart.
        found = session.execute(_ADD_TO_CAMPAIGN, values).all()
        if found:
            row = found[0]
            sums.add(runner.coalition_id, row.organisation_id, period, delta, listed=row.listed)
            continue
        new = {
            "campaign_id": runner.id,
            "period": period,
            "coalition_id": runner.coalition_id,
            "organisation_id": runner.plays_for,
            "listed": runner.listed,
            **_sums(delta),
        }
        session.execute(insert(CampaignPoints), [new])
        sums.add(runner.coalition_id, runner.plays_for, period, delta, listed=runner.listed)


def _sums(delta: Mapping[str, int]) -> dict[str, int]:
    return {name: delta.get(name, 0) for name in SUMMED}


def _bound(delta: Mapping[str, int]) -> dict[str, int]:
    return {f"d_{name}": delta.get(name, 0) for name in SUMMED}
