"""Signatures of planted campaigns: their plans, their collectors, and what was printed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, District, Election, Person
from app.accounts.rules.elections import day_there
from app.demo.collecting_days import CollectingDays
from app.demo.plant_papers import names_of
from app.demo.rows import Rows
from app.demo.signature_sheets import PlantedSheets
from app.sealing import Seal
from documents.paperwork.rules.declining import declined
from documents.paperwork.shape import Case
from documents.signatures.commands.batches import BATCH_PATH, Frozen
from documents.signatures.models import (
    SignatureBatch,
    SignatureCollector,
    SignaturePlan,
)
from documents.signatures.pack import PackSignatures, SignaturePacks
from documents.signatures.planned import period_of, requirement_of
from documents.signatures.printing import (
    Cover,
    cover_sheet,
    full_name,
    head_of,
    rows_on,
    signature_sheet,
)
from documents.signatures.queries import PlanRow
from documents.signatures.rules.heading import Gender, Wording, gender_of
from quests.evidence.models import Answer
from quests.evidence.models import Evidence as Proof
from quests.route.features import SIGNATURES
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.shape import Evidence, EvidenceKind, Step, answer_fact

MOST = 60
SEED = 20260724
SPARE_SHEETS = 6
SHOWN_SHARE = 0.7
"""How much of what may be handed in at most the shown campaign has brought."""
OUT = 3
COLLECTORS = ("Громов Илья Олегович", "Зайцева Нина Павловна", "Белов Артём Игоревич")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A campaign whose signatures are planted."""

    campaign_id: int
    person_id: int
    name: str
    pack_id: str
    council: str
    district_no: str
    voters: int
    seats: int
    polling_day: date
    timezone: str


def those_with_enough(session: Session, library: PackLibrary) -> list[int]:
    """Give the campaigns whose step of collecting counts on sheets that are counted here."""
    return [
        campaign_id
        for entry in library.entries.values()
        for step in entry.route.steps
        for asked in step.evidence
        if asked.fact == SIGNATURES
        for campaign_id in _past(session, step, asked)
    ]


def _past(session: Session, step: Step, asked: Evidence) -> Sequence[int]:
    """Give who has proved the rest of a step, also those of whom some of it waits or came back."""
    own = {one.key for one in step.evidence if one.kind is EvidenceKind.FORM}
    found = (
        select(Proof.campaign_id)
        .where(Proof.step_key == step.key, Proof.evidence_key.not_in(own), Proof.state != "draft")
        .distinct()
        .order_by(Proof.campaign_id)
    )
    answer = asked.unless.answer_of if asked.unless else None
    if asked.unless is not None and answer is not None:
        spared = select(Answer.campaign_id).where(
            Answer.name == answer_fact(answer.step, answer.field),
            Answer.value.in_(asked.unless.wanted),
        )
        found = found.where(Proof.campaign_id.not_in(spared))
    return session.scalars(found).all()


def those_collecting(session: Session, packs: SignaturePacks, *, most: int = MOST) -> list[int]:
    """Give the campaigns that have reached the step of the signatures, the first ``most``."""
    steps = {found.shape.step for found in packs.packs.values()}
    found = session.scalars(
        select(Milestone.campaign_id)
        .join(Campaign, Campaign.id == Milestone.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .where(Milestone.step_key.in_(steps), Election.pack_id.in_(list(packs.packs)))
        .order_by(Milestone.campaign_id)
        .limit(most)
    )
    return list(found)


def plant_signatures(
    session: Session,
    rows: Rows,
    packs: SignaturePacks,
    seal: Seal,
    *,
    campaign_ids: Sequence[int],
    enough: Collection[int] = (),
    days: Mapping[int, CollectingDays] = {},
    base_url: str,
    now: datetime,
) -> int:
    """Plant these campaigns' signatures and give how many sheets that is.

    The first campaign is the one that is shown: it is in the middle of it, unless it is among
    those that have collected ``enough``. ``days``: of those whose route says since when they
    collect. Nothing is typeset: whoever opens the demo has the files made. The same campaigns and
    ``now`` give the same sheets.
    """
    planted = 0
    for place in _places(session, campaign_ids):
        pack = packs.find(place.pack_id)
        if pack is not None:
            shown = place.campaign_id == campaign_ids[0]
            told = days.get(place.campaign_id)
            planting = _Planting(rows, pack, seal, place, told, now, base_url)
            planted += planting.plant(shown=shown, enough=place.campaign_id in enough)
    rows.write_when_many()
    return planted


@dataclass(slots=True)
class _Planting:
    """One campaign's signatures while they are planted."""

    rows: Rows
    pack: PackSignatures
    seal: Seal
    place: _Place
    told: CollectingDays | None
    now: datetime
    base_url: str

    def plant(self, *, shown: bool, enough: bool) -> int:
        """Plant them and give how many sheets there are."""
        place, random = self.place, Random(SEED + self.place.campaign_id)
        plan = self._plan()
        hands = [self._collector(name) for name in COLLECTORS]
        needed = requirement_of(self.pack, plan)
        assert needed is not None, "voters and seats are planted"
        share = SHOWN_SHARE if shown else random.choice((0.0, 0.3, 0.6, 0.9, 1.1))
        rows_each = rows_on(self.pack.shape.sheet, 1)
        back = 0 if enough else round(needed.maximum * share / (rows_each - 0.5))
        least = needed.required if enough else 0
        total = max(-(-needed.maximum // rows_each) + SPARE_SHEETS, back + OUT + 1)
        # Careless rows make more sheets needed than the numbers say.
        total += least // rows_each
        sheets = PlantedSheets(
            rows=self.rows,
            pack=self.pack,
            seal=self.seal,
            campaign_id=place.campaign_id,
            person_id=place.person_id,
            batch_id=self._batch(total, rows_each),
            rows_each=rows_each,
            hands=hands,
            now=self.now,
            today=self.today,
            first_day=plan.first_day or self.today,
        )
        back = sheets.plant_back(back, period_of(plan), random, twice=shown, least=least)
        sheets.plant_waiting(back + 1, total, out=OUT)
        return total

    @property
    def today(self) -> date:
        """The day it is where the election is held."""
        return day_there(self.now, self.place.timezone)

    def _plan(self) -> PlanRow:
        today, place = self.today, self.place
        days = self.told or CollectingDays(
            paid_on=today - timedelta(days=9),
            first_day=today - timedelta(days=8),
            last_day=today + timedelta(days=6),
        )
        plan = PlanRow(
            voters=place.voters,
            mandates=place.seats,
            first_day=days.first_day,
            last_day=days.last_day,
            paid_on=days.paid_on,
            paid_by="№ 3",
        )
        needed = requirement_of(self.pack, plan)
        values = {**asdict(plan), "required": needed.required if needed else None, "version": 1}
        self.rows.add(
            SignaturePlan,
            campaign_id=place.campaign_id,
            saved_at=self.now,
            saved_by=place.person_id,
            **values,
        )
        return plan

    def _collector(self, name: str) -> int:
        details = {
            "born_on": "1990-02-03",
            "address": "город Санкт-Петербург, улица Ясная, дом 1",
            "passport": "00 00 000000",
            "passport_issued": "образец",
        }
        return self.rows.add_numbered(
            SignatureCollector,
            campaign_id=self.place.campaign_id,
            key=self._key(name),
            name=name,
            sealed=self.seal.close(json.dumps(details, ensure_ascii=False)),
            person_id=None,
            ended_at=None,
            added_at=self._ordered_at,
            added_by=self.place.person_id,
        )

    def _batch(self, total: int, rows_each: int) -> int:
        batch_id = self.rows.number(SignatureBatch)
        frozen = self._frozen(batch_id, total)
        self.rows.add(
            SignatureBatch,
            id=batch_id,
            campaign_id=self.place.campaign_id,
            key=self._key("batch"),
            collector_id=None,
            first_number=1,
            last_number=total,
            sides=1,
            rows_per_sheet=rows_each,
            form_version=self.pack.shape.sheet.version,
            official=False,
            snapshot=self.seal.close(json.dumps(asdict(frozen))),
            digest="",
            state="ready",
            sha256="",
            cover_digest="",
            cover_sha256="",
            ordered_at=self._ordered_at,
            ordered_by=self.place.person_id,
        )
        return batch_id

    def _frozen(self, batch_id: int, total: int) -> Frozen:
        form, place = self.pack.shape.sheet, self.place
        given = _answers(place)
        parts = [given.get(key, "") for key in ("surname", "first_name", "patronymic")]
        wording = Wording(
            name=declined(parts, Case.GENITIVE) or full_name(given),
            gender=gender_of(parts[-1]) or Gender.MALE,
        )
        head = head_of(form, given, wording, polling_day=place.polling_day)
        cover = Cover(
            first=1,
            last=total,
            sides=1,
            candidate=head.full_name,
            council=place.council,
            district_no=place.district_no,
            collector="",
            official=False,
            address=self.base_url + BATCH_PATH.format(campaign=place.campaign_id, batch=batch_id),
        )
        return Frozen(
            name=wording.name,
            gender=wording.gender.value,
            full_name=head.full_name,
            sheet=signature_sheet(form, head, sides=1, official=False).as_json(),
            cover=cover_sheet(form, cover).as_json(),
        )

    @property
    def _ordered_at(self) -> datetime:
        """Sheets are ordered on the day they are paid for."""
        days = (self.today - self.told.paid_on).days if self.told else 9
        return self.now - timedelta(days=days)

    def _key(self, what: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.place.campaign_id} {what}"))


def _answers(place: _Place) -> Mapping[str, str]:
    return {
        **names_of(place.name, place.pack_id),
        "council": place.council,
        "district_kind": "multi" if place.seats > 1 else "single",
        "district_no": place.district_no,
        "nominator": "self",
        "birth_date": "1980-01-02",
        "reg_subject": "город Санкт-Петербург",
        "work_kind": "occupation",
        "occupation": "преподаватель",
        "conviction": "none",
        "foreign_agent": "no",
    }


def _places(session: Session, campaign_ids: Sequence[int]) -> Iterator[_Place]:
    found = session.execute(
        select(
            Campaign.id,
            Person.id,
            Person.name,
            Election.pack_id,
            District.council,
            District.number,
            District.electors,
            District.seats,
            Election.polling_day,
            Election.timezone,
        )
        .join(Person, Person.id == Campaign.candidate_id)
        .join(Election, Election.id == Campaign.election_id)
        .join(District, District.id == Campaign.district_id)
        .where(Campaign.id.in_(campaign_ids))
        .order_by(Campaign.id)
    )
    for row in found:
        yield _Place(
            campaign_id=row[0],
            person_id=row[1],
            name=row[2],
            pack_id=row[3],
            council=row[4],
            district_no=row[5],
            voters=row[6] or 9000,
            seats=row[7] or 5,
            polling_day=row[8],
            timezone=row[9],
        )
