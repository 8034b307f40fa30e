"""Planting packets with real files: filed, ready, or stopped by what the clerk finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from app.demo.casting import FILED, READY, STOPPED, PacketPart
from app.demo.plant_answers import Answering, plant_answers
from app.demo.plant_receipts import TIMES, Filed, all_filed
from app.demo.plant_signing import Signing, plant_signing
from app.demo.rows import Rows
from app.demo.samples import A5, Sample, Samples
from app.errors import Conflict
from app.files.inspection import Inspected
from app.reviews import commands as reviews
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import examine, gate_of
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
from documents.paperwork.commands.following import follow_document_reviews
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
    clerk: ClerkDesk
    press: Press
    samples: Samples
    now: datetime

    def plant(self, wanted: Sequence[PacketPart]) -> None:
        """Plant these packets; about two seconds for one that is put together."""
        filed = {(one.campaign_id, one.key): one for one in all_filed(self.session, self.library)}
        known = [
            (one, self._in_time(one, filed.get((one.part.campaign.id, one.rule.key))))
            for one in wanted
        ]
        for one, receipt in known:
            ready_at = self._ready_at(one, receipt)
            self._answer(one, ready_at - timedelta(days=4))
            self._accepted_papers(one, ready_at)
        # What was accepted opens the way to other papers, and packets hold it.
        follow_document_reviews(self.session)
        for one, receipt in known:
            self._finish(one, receipt)

    def _in_time(self, one: PacketPart, receipt: Filed | None) -> Filed | None:
        """Give a receipt of a day on which papers were still taken: its photo came afterwards."""
        if receipt is None:
            return None
        days = self.desk.days.days_of(self.session, one.part.campaign, now=receipt.at)
        closes = days.get(one.rule.closes) if one.rule.closes else None
        return replace(receipt, day=min(receipt.day, closes)) if closes else receipt

    def _accepted_papers(self, one: PacketPart, ready_at: datetime) -> None:
        for order, kind in enumerate(self._kinds(one)):
            if self._is_accepted(one, kind):
                self._make(one, kind, order, self._begun_at(one, kind, ready_at))

    def _finish(self, one: PacketPart, receipt: Filed | None) -> None:
        ready_at = self._ready_at(one, receipt)
        for order, kind in enumerate(self._kinds(one)):
            if not self._is_accepted(one, kind) and self._may_be_begun(one, kind):
                self._make(one, kind, order, ready_at - timedelta(hours=3))
        if one.state == STOPPED:
            self._answer_otherwise(one, ready_at)
        if one.state in (FILED, READY):
            self._put_together(one, ready_at)
        if one.state == FILED and receipt is not None:
            self._note(one, receipt)

    def _make(self, one: PacketPart, kind: DocumentKind, order: int, at: datetime) -> None:
        began = at + timedelta(minutes=10 * order)
        if kind.is_printed:
            self._issue(one, kind, began)
        else:
            self._bring(one, kind, self.samples.papers[order % 2], began)

    def _ready_at(self, one: PacketPart, filed: Filed | None) -> datetime:
        """Give when the packet is put together: before it is filed, and after what it rests on."""
        if filed is not None:
            ready = filed.at - timedelta(hours=5)
            # Whoever writes the day down later has had the packet on that day all the same.
            after = day_there(ready, one.part.campaign.timezone) - filed.day
            return ready - max(after, timedelta(0))
        last = max(one.part.reached.values())
        return max(self.now - timedelta(hours=35), last + timedelta(minutes=20))

    def _is_accepted(self, one: PacketPart, kind: DocumentKind) -> bool:
        """Say whether a paper was signed, scanned and accepted by now.

        So it is with all whose step was reached. Of a packet that is stopped it is only what
        proves a step: the others are what is held up.
        """
        if kind.step not in one.part.reached:
            return False
        return one.state != STOPPED or self._proves(kind) or kind.key not in one.kinds

    def _begun_at(self, one: PacketPart, kind: DocumentKind, ready_at: datetime) -> datetime:
        """Give when an accepted paper was begun: what proves a step before it, others of late."""
        if self._proves(kind):
            return one.part.reached[kind.step] - CHECKED
        return ready_at - CHECKED - timedelta(hours=4)

    def _documents(self, one: PacketPart) -> PackDocuments:
        return self.desk.papers.documents(one.part.campaign.pack_id)

    def _kinds(self, one: PacketPart) -> list[DocumentKind]:
        """Give the papers that belong to the packet by now, and what else was done by now."""
        pack, rule = self.desk.packs.packet(one.part.campaign.pack_id, one.rule.key)
        found = contents_of(self.session, self.desk, one.part.campaign, pack, rule, self.now)
        listed = self._documents(one).listed
        done = (
            kind.key
            for kind in listed.values()
            if kind.step in one.part.reached and not kind.optional and not kind.needed_when
        )
        return [listed[key] for key in dict.fromkeys([*found.kinds, *done])]

    def _may_be_begun(self, one: PacketPart, kind: DocumentKind) -> bool:
        try:
            self.desk.papers.require_open(self.session, one.part.campaign, kind, now=self.now)
        except Conflict:
            return False
        return True

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
                    own=part.said_on_papers,
                )
            ],
            self.desk.papers.seal,
        )
        rows.finish()

    def _issue(self, one: PacketPart, kind: DocumentKind, at: datetime) -> None:
        part = one.part
        signing = Signing(
            campaign=part.campaign,
            candidate=part.candidate,
            decider=part.chief,
            kind=kind,
            state="accepted" if self._is_accepted(one, kind) else "issued",
            reason="",
            at=at,
            answered=True,
        )
        plant_signing(self.session, [signing], self.desk.papers, self.press)

    def _bring(self, one: PacketPart, kind: DocumentKind, sample: Sample, at: datetime) -> None:
        part = one.part
        data = self.desk.papers.store.get(sample.sha256)
        file = Inspected(
            data=data, media_type=sample.media_type, pages=1, width=A5[0], height=A5[1]
        )
        scans.add_scan(
            self.session,
            part.candidate,
            part.campaign,
            kind,
            Scanned(file=file, sha256=sample.sha256, given_name=sample.name, codes=()),
            now=at,
        )
        if self._is_accepted(one, kind):
            handed_in = at + timedelta(minutes=20)
            review = scans.hand_in(
                self.session, part.candidate, part.campaign, kind, anyway=True, now=handed_in
            )
            decided = handed_in + timedelta(hours=9)
            reviews.accept(self.session, part.chief, review.review_id, now=decided)

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
        """Have it put together, and do at once what the worker would do.

        Raises Conflict when the step is not open or the clerk has found something that stops it.
        """
        part = one.part
        if one.state == READY:
            step = one.rule.step
            self.desk.papers.gates.require_reachable(
                self.session, part.campaign, step, now=self.now
            )
        pack, rule = self.desk.packs.packet(part.campaign.pack_id, one.rule.key)
        contents = contents_of(self.session, self.desk, part.campaign, pack, rule, self.now)
        row = assemble(
            self.session,
            part.candidate,
            contents,
            Purpose.PRINT,
            desk=self.desk,
            stopped=self._is_stopped(part.campaign, contents.kinds),
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

    def _is_stopped(self, campaign: CampaignRow, kinds: Sequence[str]) -> bool:
        """Ask the clerk, as the page of the packet does before anything is put together."""
        examined = examine(self.session, self.clerk, campaign, now=self.now)
        return examined is not None and bool(gate_of(examined, kinds, before_signing=True))

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
            days=self.desk.days.days_of(self.session, part.campaign, now=filed.at),
            seal=self.desk.papers.seal,
            now=filed.at,
        )
