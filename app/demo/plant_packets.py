"""Planting packets with real files: one filed, one ready, one stopped by what the clerk finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.demo.casting import FILED, STOPPED, PacketPart
from app.demo.plant_answers import Answering, plant_answers
from app.demo.plant_receipts import TIMES, Filed, all_filed
from app.demo.plant_signing import Signing, plant_signing
from app.demo.rows import Rows
from app.demo.samples import A5, Sample, Samples
from app.errors import Conflict
from app.files.inspection import Inspected
from documents.packets.commands.assembling import assemble
from documents.packets.commands.filing import Photo, note_receipt
from documents.packets.desk import PacketsDesk
from documents.packets.handlers import Bindery
from documents.packets.models import Packet
from documents.packets.ordering import Order
from documents.packets.queries.packets import find_waiting_order
from documents.packets.rules.contents import Purpose
from documents.packets.rules.receipts import TypedReceipt
from documents.packets.standing import contents_of
from documents.paperwork.commands import scans
from documents.paperwork.commands.answers import Typed, save_answers
from documents.paperwork.commands.scans import Scanned
from documents.paperwork.pack import PackDocuments
from documents.paperwork.shape import DocumentKind
from documents.press.client import Press
from quests.route.features import PAPER
from quests.route.library import PackLibrary

CHANGED: Mapping[str, tuple[str, str]] = {
    "ru": ("workplace", "ГБОУ школа № 77"),
    "en": ("proposer_number", "241"),
}
"""What was answered otherwise after the papers were out: nobody has issued them anew."""
CHECKED = timedelta(hours=16)
"""From beginning a paper to the decision about it, as ``plant_signing`` has it."""
RECEIVED_BY = {"ru": "Член комиссии", "en": "Electoral services"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPlanter:
    """Plants packets by the commands that people use, with the files the worker would make."""

    session: Session
    library: PackLibrary
    desk: PacketsDesk
    press: Press
    samples: Samples
    now: datetime

    def plant(self, wanted: Sequence[PacketPart]) -> None:
        """Plant these packets; about two seconds for one that is put together."""
        filed = {(one.campaign_id, one.key): one for one in all_filed(self.session, self.library)}
        for one in wanted:
            self._plant(one, filed.get((one.part.campaign.id, one.rule.key)))

    def _plant(self, one: PacketPart, filed: Filed | None) -> None:
        ready_at = (filed.at if filed else self.now - timedelta(hours=30)) - timedelta(hours=5)
        self._answer(one, ready_at - timedelta(days=4))
        for order, kind in enumerate(self._kinds(one)):
            at = ready_at - timedelta(hours=3) + timedelta(minutes=10 * order)
            if kind.is_printed:
                self._issue(one, kind, at)
            else:
                self._bring(one, kind, self.samples.papers[order % 2], at)
        if one.state == STOPPED:
            self._answer_otherwise(one, ready_at)
            return
        self._put_together(one, ready_at)
        if one.state == FILED and filed is not None:
            self._note(one, filed)

    def _documents(self, one: PacketPart) -> PackDocuments:
        return self.desk.papers.documents(one.part.campaign.pack_id)

    def _kinds(self, one: PacketPart) -> Iterator[DocumentKind]:
        """Give the papers that belong to it by now and may be worked on."""
        pack, rule = self.desk.packs.packet(one.part.campaign.pack_id, one.rule.key)
        found = contents_of(self.session, self.desk, one.part.campaign, pack, rule, self.now)
        for key in found.kinds:
            kind = self._documents(one).kinds[key]
            try:
                self.desk.papers.require_open(self.session, one.part.campaign, kind, now=self.now)
            except Conflict:
                continue
            yield kind

    def _proves(self, kind: DocumentKind) -> bool:
        fact = PAPER + kind.key
        return any(
            asked.fact == fact
            for entry in self.library.entries.values()
            for step in entry.route.steps
            for asked in step.evidence
        )

    def _answer(self, one: PacketPart, at: datetime) -> None:
        part, rows = one.part, Rows(self.session)
        plant_answers(
            self.session,
            rows,
            [
                Answering(
                    campaign_id=part.campaign.id,
                    candidate_id=part.candidate.person_id,
                    name=part.campaign.candidate_name,
                    documents=self._documents(one),
                    at=at,
                    polling_day=part.campaign.polling_day,
                )
            ],
            self.desk.papers.seal,
        )
        rows.finish()

    def _issue(self, one: PacketPart, kind: DocumentKind, at: datetime) -> None:
        part = one.part
        # What proves a step that was reached was signed, scanned and accepted by then.
        is_proof = self._proves(kind) and kind.step in part.reached
        signing = Signing(
            campaign=part.campaign,
            candidate=part.candidate,
            decider=part.chief,
            kind=kind,
            state="accepted" if is_proof else "issued",
            reason="",
            at=part.reached[kind.step] - CHECKED if is_proof else at,
            answered=True,
        )
        plant_signing(self.session, [signing], self.desk.papers, self.press)

    def _bring(self, one: PacketPart, kind: DocumentKind, sample: Sample, at: datetime) -> None:
        data = self.desk.papers.store.get(sample.sha256)
        file = Inspected(
            data=data, media_type=sample.media_type, pages=1, width=A5[0], height=A5[1]
        )
        scans.add_scan(
            self.session,
            one.part.candidate,
            one.part.campaign,
            kind,
            Scanned(file=file, sha256=sample.sha256, given_name=sample.name, codes=()),
            now=at,
        )

    def _answer_otherwise(self, one: PacketPart, at: datetime) -> None:
        documents = self._documents(one)
        key, text = CHANGED[one.part.plot.language]
        save_answers(
            self.session,
            one.part.candidate,
            one.part.campaign,
            documents.answers,
            {key: Typed(text=text, unknown=False, version=1)},
            seal=self.desk.papers.seal,
            now=at,
        )

    def _put_together(self, one: PacketPart, at: datetime) -> None:
        """Have it put together, and do at once what the worker would do."""
        part = one.part
        pack, rule = self.desk.packs.packet(part.campaign.pack_id, one.rule.key)
        contents = contents_of(self.session, self.desk, part.campaign, pack, rule, self.now)
        row = assemble(
            self.session,
            part.candidate,
            contents,
            Purpose.PRINT,
            desk=self.desk,
            stopped=False,
            now=at,
        )
        papers = self.desk.papers
        order = Order.from_json(papers.seal.open(find_waiting_order(self.session, row.id) or ""))
        bindery = Bindery(press=self.press, files=papers.store, seal=papers.seal)
        made = bindery.put_together(order, lambda done: None)
        self.session.execute(
            update(Packet)
            .where(Packet.campaign_id == part.campaign.id, Packet.id == row.id)
            .values(
                state="ready",
                done=Packet.steps,
                pages=made.pages,
                pdf_sha256=papers.store.put(made.pdf),
                pdf_bytes=len(made.pdf),
                zip_sha256=papers.store.put(made.archive),
                zip_bytes=len(made.archive),
                ready_at=at,
            )
        )
        self.session.expire_all()

    def _note(self, one: PacketPart, filed: Filed) -> None:
        part, sample = one.part, self.samples.papers[1]
        pack, rule = self.desk.packs.packet(part.campaign.pack_id, one.rule.key)
        contents = contents_of(self.session, self.desk, part.campaign, pack, rule, self.now)
        note_receipt(
            self.session,
            part.candidate,
            part.campaign,
            rule,
            TypedReceipt(
                received_on=filed.day.isoformat(),
                received_time=TIMES[0],
                sheets=str(sum(bound.sheets for bound in contents.bound(Purpose.PRINT))),
                number="7/3",
                received_by=RECEIVED_BY[part.plot.language],
            ),
            Photo(sha256=sample.sha256, name=sample.name, media_type=sample.media_type),
            seal=self.desk.papers.seal,
            now=filed.at,
        )
