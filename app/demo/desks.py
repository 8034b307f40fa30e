"""Planting what lies on desks: answers, papers, packets, receipts, and sheets of signatures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.config import Settings
from app.demo.casting import (
    PacketPart,
    Part,
    SigningPart,
    more_for_papers,
    packet_parts,
    signing_parts,
)
from app.demo.collecting_days import collecting_days
from app.demo.history import History
from app.demo.plant_answers import Answering, plant_answers
from app.demo.plant_care import compare_forms, note_days
from app.demo.plant_packets import PacketPlanter
from app.demo.plant_papers import WITH_FILES, plant_papers
from app.demo.plant_points import PlantedDeed
from app.demo.plant_receipts import plant_receipts
from app.demo.plant_signatures import plant_signatures, those_collecting, those_with_enough
from app.demo.plant_signing import Signing, plant_signing
from app.demo.rows import Rows
from app.demo.samples import Samples
from app.demo.sign_ins import COLLECTING
from app.demo.size import Size
from app.papers import PaperPacks, paper_desks
from app.sealing import Seal
from documents.clerk.desk import ClerkDesk
from documents.packets.desk import PacketsDesk
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pack import DocumentKinds
from documents.press.client import Press
from quests.ranking.pack import Earned
from quests.route.library import PackLibrary


@dataclass(slots=True, kw_only=True)
class Desks:
    """Plants into a coalition that has its people, campaigns and routes already."""

    session: Session
    library: PackLibrary
    settings: Settings
    seal: Seal
    history: History
    size: Size
    samples: Samples
    now: datetime
    paperwork: PaperworkDesk
    packs: PaperPacks

    def plant(self, parts: tuple[Part, ...]) -> list[PlantedDeed]:
        """Plant everything, and give the accepted papers that no event tells of."""
        signing: tuple[SigningPart, ...] = ()
        packets: tuple[PacketPart, ...] = ()
        desk, clerk = self._packing_desks()
        if self.size.printed:
            looked_at = more_for_papers(self.session, self.library)
            packets = packet_parts(self.session, looked_at, desk, self.library)
            bound = {one.part.campaign.id: one.kinds for one in packets}
            found = signing_parts(self.session, looked_at, self.paperwork, now=self.now)
            signing = tuple(one for one in found if one.part.campaign.id not in bound)
        deeds = self._papers(signing, packets)
        held = {part.campaign.id: part for part in _parts_of(signing, packets)}
        compare_forms(self.session, held.values(), self.paperwork, now=self.now)
        press = Press()
        try:
            self._signing(signing, press)
            self._answers(self.paperwork.kinds, signing)
            PacketPlanter(
                session=self.session,
                library=self.library,
                desk=desk,
                clerk=clerk,
                press=press,
                samples=self.samples,
                now=self.now,
            ).plant(packets)
        finally:
            press.close()
        note_days(self.session, held.values(), self.paperwork, now=self.now)
        rows = Rows(self.session)
        plant_receipts(self.session, rows, self.history, self.library)
        rows.finish()
        self._signatures(parts)
        return deeds

    def _packing_desks(self) -> tuple[PacketsDesk, ClerkDesk]:
        """Give who binds packets, and who looks at their papers before."""
        _, _, clerk, _, packets, _ = paper_desks(self.settings, self.library, self.packs)
        return packets, clerk

    def _papers(
        self, signing: Sequence[SigningPart], packets: Sequence[PacketPart]
    ) -> list[PlantedDeed]:
        apart: Mapping[int, Collection[str]] = {
            **{one.part.campaign.id: WITH_FILES for one in signing},
            **{
                one.part.campaign.id: self.paperwork.kinds[one.part.campaign.pack_id].listed
                for one in packets
            },
        }
        rows = Rows(self.session)
        accepted = plant_papers(
            self.session,
            rows,
            self.paperwork.kinds,
            self.seal,
            now=self.now,
            pages=self.samples.papers,
            apart=apart,
        )
        rows.finish()
        return [
            PlantedDeed(
                campaign_id=one.campaign_id,
                at=one.at,
                rule=Earned.PAPER.value,
                source=str(one.document_id),
            )
            for one in accepted
        ]

    def _signing(self, signing: Sequence[SigningPart], press: Press) -> None:
        plant_signing(
            self.session,
            [
                Signing(
                    campaign=one.part.campaign,
                    candidate=one.part.candidate,
                    decider=one.part.chief,
                    kind=one.kind,
                    state=one.state,
                    reason=one.part.plot.reasons_for(one.kind.step, "upload", one.kind.queue)[0],
                    at=self.now - timedelta(days=3, hours=2 + order),
                    own=one.part.named_on_papers,
                )
                for order, one in enumerate(signing)
            ],
            self.paperwork,
            press,
        )

    def _answers(self, kinds: DocumentKinds, signing: Sequence[SigningPart]) -> None:
        """Answer every other question of those one signs in as."""
        middle = {one.part.campaign.id: one.part for one in signing if one.part.is_middle}
        rows = Rows(self.session)
        plant_answers(
            self.session,
            rows,
            [
                Answering(
                    campaign_id=part.campaign.id,
                    candidate_id=part.candidate.person_id,
                    name=part.campaign.candidate_name,
                    documents=kinds[part.campaign.pack_id],
                    issued=[one.kind.key for one in signing if one.part is part],
                    at=self.now - timedelta(days=2),
                    own=part.said_on_papers,
                )
                for part in middle.values()
            ],
            self.seal,
        )
        rows.finish()

    def _signatures(self, parts: tuple[Part, ...]) -> None:
        shown = [part.campaign.id for part in parts if part.spot == COLLECTING]
        enough = those_with_enough(self.session, self.library)
        packs = self.packs.signatures
        ids = list(dict.fromkeys([*enough, *those_collecting(self.session, packs)]))
        ids.sort(key=lambda campaign_id: campaign_id not in shown)
        rows = Rows(self.session)
        plant_signatures(
            self.session,
            rows,
            packs,
            self.seal,
            campaign_ids=ids,
            enough=enough,
            days=collecting_days(self.session, self.library, packs, ids),
            base_url=self.settings.base_url,
            now=self.now,
        )
        rows.finish()


def _parts_of(signing: Sequence[SigningPart], packets: Sequence[PacketPart]) -> Iterator[Part]:
    """Give whose papers are planted with real files."""
    yield from (one.part for one in signing)
    yield from (one.part for one in packets)
