"""Planting papers that were issued, signed and scanned: some wait, some came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.demo.plant_papers import names_of
from app.files.inspection import Inspected
from app.reviews import commands as reviews
from documents.paperwork.commands import issuing, scans
from documents.paperwork.commands.answers import Typed, save_answers
from documents.paperwork.commands.scans import Scanned
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import form_of
from documents.paperwork.models import PaperIssue
from documents.paperwork.printing import Snapshot
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.queries.papers import IssueRow, codes_known
from documents.paperwork.rules.interview import interview
from documents.paperwork.rules.scans import CHECK_PATH, page_address
from documents.paperwork.rules.standing import IssueState
from documents.paperwork.shape import DocumentKind
from documents.paperwork.standing import circumstances_of
from documents.press.client import Press
from documents.sheets import Sheet
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import State

SCAN_WIDTH_PX = 1100
INK = "#24378f"
RU_SAID: Mapping[str, str] = {
    "commission": "ТИК № 17",
    "council": "муниципального совета МО Тихая Гавань",
    "district_kind": "multi",
    "district_no": "3",
    "nominator": "self",
    "birth_date": "1984-03-12",
    "birth_place": "гор. Ленинград",
    "reg_subject": "Санкт-Петербург",
    "reg_street": "Садовая ул.",
    "reg_house": "5",
    "reg_flat": "14",
    "passport": "4000 123456",
    "passport_issued_on": "2004-04-20",
    "passport_issuer": "ТП № 5 по г. Санкт-Петербургу",
    "passport_unit": "780-005",
    "citizenship": "rf",
    "work_kind": "job",
    "workplace": "школа № 500",
    "position": "учитель географии",
    "conviction": "none",
    "foreign_agent": "no",
}
EN_SAID: Mapping[str, str] = {
    "council": "Engleston Borough Council",
    "ward": "Engleston West",
    "description": "independent",
    "proposer": "Nora Field",
    "proposer_prefix": "EW1",
    "proposer_number": "214",
    "seconder": "Arthur Reed",
    "seconder_prefix": "EW1",
    "seconder_number": "87",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One paper to plant with real files: whose, which, how far, and who decides."""

    campaign: CampaignRow
    candidate: Viewer
    decider: Viewer
    kind: DocumentKind
    state: str
    """issued, waiting, returned or accepted."""
    reason: str
    at: datetime
    own: Mapping[str, str] = field(default_factory=dict)
    """What it says otherwise than the others: where the candidate stands."""
    answered: bool = False
    """Whether all its questions are answered already."""


def plant_signing(
    session: Session, wanted: Sequence[Signing], desk: PaperworkDesk, press: Press
) -> None:
    """Plant papers by the commands that people use; about half a second a paper."""
    for signing in wanted:
        _Desk(session=session, signing=signing, desk=desk, press=press).plant()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """One paper while it is planted."""

    session: Session
    signing: Signing
    desk: PaperworkDesk
    press: Press

    def plant(self) -> None:
        one = self.signing
        if not one.answered:
            self._answer()
        issue, pages = self._issue()
        if one.state == "issued":
            return
        at = one.at + timedelta(hours=6)
        for number, page in enumerate(pages, 1):
            scanned = self._scanned(issue, page, number)
            scans.add_scan(self.session, one.candidate, one.campaign, one.kind, scanned, now=at)
        handed_in = at + timedelta(minutes=20)
        review = scans.hand_in(
            self.session, one.candidate, one.campaign, one.kind, anyway=True, now=handed_in
        )
        decided = handed_in + timedelta(hours=9)
        if one.state == "accepted":
            reviews.accept(self.session, one.decider, review.review_id, now=decided)
        elif one.state == "returned":
            reviews.give_back(
                self.session, one.decider, review.review_id, reason=one.reason, now=decided
            )

    def _answer(self) -> None:
        one = self.signing
        said = dict(RU_SAID if one.kind.language == "ru" else EN_SAID)
        said |= {**one.own, **names_of(one.campaign.candidate_name, one.campaign.pack_id)}
        asked = {place.answer for place in one.kind.field}
        if "poll_date" in asked:
            said["poll_date"] = one.campaign.polling_day.isoformat()
        save_answers(
            self.session,
            one.candidate,
            one.campaign,
            self.desk.documents(one.campaign.pack_id).answers,
            {
                key: Typed(text=text, unknown=False, version=0)
                for key, text in said.items()
                if key in asked
            },
            seal=self.desk.seal,
            now=one.at,
        )

    def _issue(self) -> tuple[IssueRow, Sequence[bytes]]:
        """Issue the paper and typeset it as the job would; give it and its pages."""
        one = self.signing
        documents = self.desk.documents(one.campaign.pack_id)
        found = interview(
            one.kind,
            documents.answers,
            given_answers(self.session, self.desk.seal, one.campaign.id),
            circumstances_of(one.campaign, one.at),
        )
        at = one.at + timedelta(minutes=30)
        issue = issuing.issue(
            self.session,
            one.candidate,
            one.campaign,
            form_of(self.session, self.desk, one.campaign, one.kind, now=at),
            found,
            desk=self.desk,
            now=at,
        )
        row = self.session.get_one(PaperIssue, issue.id)
        printed = Snapshot.from_json(self.desk.seal.open(row.snapshot))
        sheet = Sheet.from_json(printed.sheet)
        # Who only issues it needs no pictures of the pages to sign.
        width = 0 if one.state == "issued" else SCAN_WIDTH_PX
        done = self.press.typeset(replace(sheet, raster_width_px=width))
        sha256 = self.desk.store.put(done.pdf)
        self.session.execute(
            update(TypesetSheet)
            .where(TypesetSheet.campaign_id == one.campaign.id, TypesetSheet.digest == row.digest)
            .values(
                state=State.READY.value, sheet=None, sha256=sha256, pages=done.pages, ready_at=at
            )
        )
        self.session.execute(
            update(PaperIssue)
            .where(PaperIssue.campaign_id == one.campaign.id, PaperIssue.id == issue.id)
            .values(state=IssueState.READY.value, sha256=sha256, pages=done.pages)
        )
        self.session.expire_all()
        return issue, done.rasters

    def _scanned(self, issue: IssueRow, page: bytes, number: int) -> Scanned:
        data, size = _signed(page)
        token = self.session.scalars(
            select(PaperIssue.check_token).where(PaperIssue.id == issue.id)
        ).one()
        return Scanned(
            file=Inspected(
                data=data, media_type="image/png", pages=1, width=size[0], height=size[1]
            ),
            sha256=self.desk.store.put(data),
            given_name=f"scan-{number}.png",
            codes=((page_address(f"{self.desk.base_url}{CHECK_PATH}{token}", number),),),
            known=codes_known(self.session, (token,)),
        )


def _signed(page: bytes) -> tuple[bytes, tuple[int, int]]:
    """Draw a signature on a page, as on a scan of the signed paper."""
    picture = Image.open(BytesIO(page)).convert("L").convert("RGB")
    width, height = picture.size
    stroke = ((0.16, 0.80), (0.20, 0.775), (0.22, 0.805), (0.25, 0.77), (0.28, 0.80), (0.33, 0.785))
    ImageDraw.Draw(picture).line(
        [(width * x, height * y) for x, y in stroke], fill=INK, width=4, joint="curve"
    )
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue(), picture.size
