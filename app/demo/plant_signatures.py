"""Signatures of planted campaigns: plans, collectors good and bad, sheets in every state."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, District, Election, Person
from app.demo.plant_papers import names_of
from app.demo.rows import Rows
from app.sealing import Seal
from documents.paperwork.rules.declining import declined
from documents.paperwork.shape import Case
from documents.signatures.commands.batches import BATCH_PATH, Frozen
from documents.signatures.models import (
    SignatureBatch,
    SignatureCollector,
    SignaturePlan,
    SignatureRow,
    SignatureSheet,
)
from documents.signatures.pack import PackSignatures, SignaturePacks
from documents.signatures.planned import requirement_of, rulebook_of
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
from documents.signatures.rules.sheets import Counted, Row, RowState, Sheet, count_sheets
from quests.route.models import Milestone

MOST = 60
SEED = 20260724
SPARE_SHEETS = 6
OUT = 3
COLLECTORS = ("Громов Илья Олегович", "Зайцева Нина Павловна", "Белов Артём Игоревич")
CARELESS = 2
"""The last of them brings defects in every third row."""
DEFECTS = ("SG04", "SG05", "SG07", "SG08", "SG16")
STRUCK = 0.4


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
    base_url: str,
    now: datetime,
) -> int:
    """Plant these campaigns' signatures and give how many sheets that is.

    The first campaign is the one that is shown: it has brought nearly enough. Nothing is typeset:
    whoever opens the demo has the files made. The same campaigns and ``now`` give the same sheets.
    """
    planted = 0
    for place in _places(session, campaign_ids):
        pack = packs.find(place.pack_id)
        if pack is not None:
            shown = place.campaign_id == campaign_ids[0]
            planted += _Planting(rows, pack, seal, place, now, base_url).plant(shown=shown)
    rows.write_when_many()
    return planted


@dataclass(slots=True)
class _Planting:
    """One campaign's signatures while they are planted."""

    rows: Rows
    pack: PackSignatures
    seal: Seal
    place: _Place
    now: datetime
    base_url: str

    def plant(self, *, shown: bool) -> int:
        """Plant them and give how many sheets there are."""
        place, random = self.place, Random(SEED + self.place.campaign_id)
        plan = self._plan()
        hands = [self._collector(name) for name in COLLECTORS]
        needed = requirement_of(self.pack, plan)
        maximum = needed.maximum if needed else 14
        share = 0.9 if shown else random.choice((0.0, 0.3, 0.6, 0.9, 1.1))
        rows_each = rows_on(self.pack.shape.sheet, 1)
        back = round(maximum * share / (rows_each - 0.5))
        total = -(-maximum // rows_each) + SPARE_SHEETS
        total = max(total, back + OUT + 1)
        batch_id = self._batch(total, rows_each)
        sheets = [
            self._sheet(number, hands[(number - 1) % len(hands)], rows_each, random)
            for number in range(1, back + 1)
        ]
        if shown and len(sheets) > 1:
            sheets[:2] = _same_voter(sheets[0], sheets[1], self.seal, place.campaign_id)
        counted = count_sheets(
            sheets, period=rulebook_of(self.pack, plan).period, codes=self.pack.codes
        )
        for one in counted:
            self._keep(batch_id, one)
        for number in range(back + 1, total + 1):
            self._waiting(batch_id, number, back, total, hands)
        return total

    def _plan(self) -> PlanRow:
        today = self.now.date()
        place = self.place
        plan = PlanRow(
            voters=place.voters,
            mandates=place.seats,
            first_day=today - timedelta(days=8),
            last_day=today + timedelta(days=6),
            paid_on=today - timedelta(days=9),
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
            added_at=self.now,
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
            ordered_at=self.now - timedelta(days=9),
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

    def _sheet(self, number: int, hand: int, rows_each: int, random: Random) -> Sheet:
        today = self.now.date()
        careless = (number - 1) % len(COLLECTORS) == CARELESS
        certified = today - timedelta(days=random.randint(0, 2))
        made: list[Row] = []
        for row in range(1, rows_each + 1):
            bad = random.random() < (0.35 if careless else 0.05)
            struck = bad and random.random() < STRUCK
            made.append(
                Row(
                    number=row,
                    state=RowState.STRUCK if struck else RowState.SIGNED,
                    signed_on=None if struck else certified - timedelta(days=random.randint(0, 4)),
                    noted=frozenset({random.choice(DEFECTS)})
                    if bad and not struck
                    else frozenset(),
                )
            )
        return Sheet(
            id=self.rows.number(SignatureSheet),
            number=number,
            collector_id=hand,
            rows=tuple(made),
            certified_on=certified,
            candidate_on=today,
        )

    def _keep(self, batch_id: int, one: Counted) -> None:
        sheet, place = one.sheet, self.place
        self._add_sheet(
            sheet.id,
            batch_id,
            sheet.number,
            "returned",
            collector_id=sheet.collector_id,
            certified_on=sheet.certified_on,
            candidate_on=sheet.candidate_on,
            signed=one.signed,
            struck=one.struck,
            good=one.good,
        )
        for row in sheet.rows:
            self.rows.add(
                SignatureRow,
                campaign_id=place.campaign_id,
                sheet_id=sheet.id,
                number=row.number,
                state=row.state.value,
                signed_on=row.signed_on,
                defects=sorted(row.noted),
                mark=row.mark,
            )

    def _waiting(
        self, batch_id: int, number: int, back: int, total: int, hands: Sequence[int]
    ) -> None:
        sheet_id = self.rows.number(SignatureSheet)
        if number == total:
            self._add_sheet(sheet_id, batch_id, number, "spoilt")
        elif number <= back + OUT:
            hand = hands[number % len(hands)]
            self._add_sheet(sheet_id, batch_id, number, "out", collector_id=hand)
        else:
            self._add_sheet(sheet_id, batch_id, number, "printed")

    def _add_sheet(
        self,
        sheet_id: int,
        batch_id: int,
        number: int,
        state: str,
        *,
        collector_id: int | None = None,
        certified_on: date | None = None,
        candidate_on: date | None = None,
        signed: int = 0,
        struck: int = 0,
        good: int = 0,
    ) -> None:
        back = state == "returned"
        self.rows.add(
            SignatureSheet,
            id=sheet_id,
            campaign_id=self.place.campaign_id,
            batch_id=batch_id,
            number=number,
            collector_id=collector_id,
            state=state,
            out_on=self.now.date() - timedelta(days=5) if collector_id else None,
            certified_on=certified_on,
            candidate_on=candidate_on,
            defects=[],
            signed=signed,
            struck=struck,
            good=good,
            folder="",
            version=1,
            counted_at=self.now if back else None,
            counted_by=self.place.person_id if back else None,
        )

    def _key(self, what: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.place.campaign_id} {what}"))


def _same_voter(first: Sheet, second: Sheet, seal: Seal, campaign_id: int) -> tuple[Sheet, Sheet]:
    """Give both sheets with one voter on each: the first row has the same mark."""
    mark = seal.mark(f"signature {campaign_id} demo")
    found = []
    for sheet in (first, second):
        signed = Row(number=1, state=RowState.SIGNED, signed_on=sheet.certified_on, mark=mark)
        found.append(replace(sheet, rows=(signed, *sheet.rows[1:])))
    return found[0], found[1]


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
        )
