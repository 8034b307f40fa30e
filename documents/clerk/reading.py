"""The clerk beside the forms: a finding at its place, what became of it, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.texts import N_
from app.web.language import gettext, ngettext
from documents.clerk.describing import Telling, remark_view
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import Examined, examine_upto
from documents.clerk.pack import PackClerk
from documents.clerk.rules.arranging import by_paper
from documents.clerk.rules.case import Finding
from documents.clerk.rules.judging import is_said_by_the_stage
from documents.clerk.rules.marks import Mark, answers_of, is_about, read_mark
from documents.paperwork.pages import CountView
from documents.paperwork.remarks import Remarked
from documents.paperwork.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkReader:
    """Reads the papers for the pages of paperwork, which do not know the clerk."""

    desk: ClerkDesk

    def beside(
        self,
        session: Session,
        campaign: CampaignRow,
        mark: str,
        *,
        kind: str,
        page: str,
        now: datetime,
    ) -> Remarked | None:
        """Give what was found where the mark points, when that is on this page of questions."""
        meant = known_mark(self.desk.packs.find(campaign.pack_id), mark)
        if meant is None or not self._is_asked(campaign, meant.answer, kind, page):
            return None
        return self._remarked(session, campaign, meant, now)

    def above(
        self, session: Session, campaign: CampaignRow, mark: str, *, kind: str, now: datetime
    ) -> Remarked | None:
        """Give what was found in a whole paper, when the mark is about this one."""
        meant = known_mark(self.desk.packs.find(campaign.pack_id), mark)
        if meant is None or meant.paper != kind:
            return None
        return self._remarked(session, campaign, meant, now)

    def _remarked(
        self, session: Session, campaign: CampaignRow, meant: Mark, now: datetime
    ) -> Remarked | None:
        examined = examine_upto(session, self.desk, campaign, upto=meant.upto, now=now)
        if examined is None:
            return None
        telling = Telling(campaign_id=campaign.id, examined=examined)
        found = tuple(open_about(examined, meant))
        return Remarked(
            answer="" if meant.paper else _place(examined, meant, found),
            remarks=tuple(remark_view(each, telling) for each in found),
            verdict="" if meant.paper else _verdict(telling, meant, found),
            back_href=clerk_href(campaign.id, meant),
        )

    def counted(
        self,
        session: Session,
        campaign: CampaignRow,
        standings: Sequence[Standing],
        *,
        now: datetime,
    ) -> Mapping[str, tuple[CountView, ...]]:
        """Give how much was found in each kind of paper beside what its stage says anyway."""
        examined = examine_upto(
            session, self.desk, campaign, upto="", now=now, standings=tuple(standings)
        )
        if examined is None:
            return {}
        rules = examined.clerk.rules
        counts: dict[str, tuple[CountView, ...]] = {}
        for stops, findings in ((True, examined.stopping), (False, examined.open_warnings)):
            told = (each for each in findings if not is_said_by_the_stage(rules[each.rule]))
            for group in by_paper(told, examined.case):
                where = url_for("clerk.desk", campaign_id=campaign.id, at=group.kind)
                part = "stops" if stops else "warnings"
                count = CountView(
                    count=len(group.findings), stops=stops, href=f"{where}#{part}-{group.kind}"
                )
                counts[group.kind] = (*counts.get(group.kind, ()), count)
        return counts

    def _is_asked(self, campaign: CampaignRow, answer: str, kind: str, page: str) -> bool:
        """Say whether a page of questions asks for an answer, before any paper is read."""
        found = self.desk.paperwork.kind(campaign.pack_id, kind)
        return any(each.key == page and answer in each.fields for each in found.page)


def known_mark(clerk: PackClerk | None, text: str) -> Mark | None:
    """Give the mark of an address if the pack has such a rule, place and heading."""
    mark = read_mark(text)
    if clerk is None or mark is None or mark.rule not in clerk.rules:
        return None
    documents = clerk.documents
    known = mark.paper in documents.listed if mark.paper else mark.answer in documents.answers
    return mark if known and mark.upto in (*documents.groups, "") else None


def open_about(examined: Examined, mark: Mark) -> Iterator[Finding]:
    """Give the findings that a mark means and that nobody has confirmed."""
    rule = examined.clerk.rules[mark.rule]
    for finding in (*examined.stopping, *examined.open_warnings):
        if is_about(finding, mark, rule, examined.case):
            yield finding


def clerk_href(campaign_id: int, mark: Mark) -> str:
    """Give the way back to the clerk, to what the mark is about or what comes after it."""
    return url_for("clerk.desk", campaign_id=campaign_id, upto=mark.upto or None, at=mark.text)


def _place(examined: Examined, mark: Mark, found: Sequence[Finding]) -> str:
    """Give the answer beside which it is said: the one that was meant, or the first one left."""
    named = [key for finding in found for key in answers_of(finding)]
    if not named or mark.answer in named:
        return mark.answer
    place = examined.case.places.get(mark.answer)
    here = (key for key in named if examined.case.places.get(key) == place)
    return next(here, mark.answer)


def _verdict(telling: Telling, mark: Mark, found: Sequence[Finding]) -> str:
    answer, examined = telling.answer(mark.answer), telling.examined
    if found:
        return gettext(N_("Saved, but there is still something at “{answer}”."), answer=answer)
    left = len(examined.stopping) + len(examined.open_warnings)
    if not left:
        return gettext(N_("“{answer}” is mended, and nothing else is left."), answer=answer)
    return ngettext(
        "“{answer}” is mended. {num} finding left: it is below.",
        "“{answer}” is mended. {num} findings left: the next one is below.",
        left,
        answer=answer,
    )
