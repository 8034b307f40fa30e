"""Planting the demo: both coalitions in one transaction, so it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Coalition
from app.accounts.passwords import hash_password
from app.accounts.rules.elections import day_there
from app.config import Settings, secret_key
from app.db import Database
from app.demo.casting import share_of
from app.demo.coalition import Planter
from app.demo.fates import MOST_LIVES
from app.demo.features import Features
from app.demo.history import History
from app.demo.plot import Plot
from app.demo.plot_en import ENGLISH
from app.demo.plot_ru import RUSSIAN
from app.demo.polls import main_days
from app.demo.rows import Rows
from app.demo.samples import make_samples
from app.demo.size import PASSWORD, Size
from app.demo.supply import Supply, supply_of
from app.files.storage import FileStore
from app.reach import everything
from app.sealing import Seal
from quests.route.features import DOORS, FLYER, GIFTS, SUPPORT_PAGE
from quests.route.library import load_library

Progress = Callable[[str, int, int], None]
PLANTING = everything("the demo is planted for everybody in it")
SEED = 20260601
RUSSIAN_FLYERS, RUSSIAN_WALKS, ENGLISH_FLYERS = 14, 4, 2
"""Campaigns with an approved flyer, which is typeset, and those that have walked enough doors."""


def is_planted(database: Database) -> bool:
    """Say whether the demo is there; it is there whole, or not at all."""
    with database.reaching(PLANTING).reading() as session:
        return _known(session)


def _known(session: Session) -> bool:
    slugs = (RUSSIAN.slug, ENGLISH.slug)
    return session.scalar(select(Coalition.id).where(Coalition.slug.in_(slugs))) is not None


def plant(
    database: Database,
    settings: Settings,
    *,
    now: datetime,
    progress: Progress = lambda what, done, total: None,
    size: Size | None = None,
) -> None:
    """Plant both coalitions as they would stand at ``now``; nothing happens when they are there.

    The same ``now`` gives the same people, places and deeds.
    """
    size = size or Size()
    now = now.replace(microsecond=0)
    samples = make_samples(FileStore(folder=settings.files))
    password_hash = hash_password(PASSWORD)
    seal = Seal.from_secret(secret_key(settings))
    library = load_library()
    with database.reaching(PLANTING).writing() as session:
        if _known(session):
            return
        rows, history = Rows(session), History()
        for share in _shares(size):
            if not share.campaigns:
                continue
            Planter(
                rows=rows,
                plot=share.plot,
                library=library,
                days=main_days(share.plot, day_there(now, share.plot.timezone)),
                samples=samples,
                seal=seal,
                password_hash=password_hash,
                now=now,
                random=Random(SEED),
                base_url=settings.base_url,
                supply=share.supply(size),
                progress=progress,
                history=history,
            ).plant(campaigns=share.campaigns, waiting=share.waiting, applicants=share.applicants)
        rows.finish()
        Features(
            session=session,
            library=library,
            settings=settings,
            seal=seal,
            history=history,
            size=size,
            samples=samples,
            now=now,
        ).plant()
        history.write(session)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    plot: Plot
    campaigns: int
    waiting: int
    applicants: int
    flyers: int
    walks: int
    funds: int

    def supply(self, size: Size) -> Supply:
        """Say how many campaigns prove a step by what is planted after the routes."""
        left = {
            FLYER: self.flyers if size.printed else 0,
            DOORS: self.walks if size.printed else 0,
            SUPPORT_PAGE: self.funds,
            GIFTS: self.funds,
        }
        return supply_of(left, -(-self.campaigns // MOST_LIVES))


def _shares(size: Size) -> tuple[_Share, ...]:
    return (
        _Share(
            plot=RUSSIAN,
            campaigns=size.campaigns,
            waiting=size.reviews_waiting,
            applicants=size.applicants,
            flyers=RUSSIAN_FLYERS,
            walks=RUSSIAN_WALKS,
            funds=share_of(size.funds, RUSSIAN.slug) - 1,
        ),
        _Share(
            plot=ENGLISH,
            campaigns=size.english_campaigns,
            waiting=size.english_reviews_waiting,
            applicants=size.english_applicants,
            flyers=ENGLISH_FLYERS,
            walks=ENGLISH_FLYERS,
            funds=share_of(size.funds, ENGLISH.slug) - 1,
        ),
    )
