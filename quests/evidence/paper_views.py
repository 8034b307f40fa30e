"""My documents and answers, and the files themselves."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.access import Holds, Permission
from app.errors import Missing
from app.reviews.queries import ReviewRow
from app.web.access import viewer
from app.web.database import reading
from app.web.kept import note_handed_out, send_kept
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import render
from app.web.templating import use_zone
from quests.evidence.describing import TITLES, about_file
from quests.evidence.pages import FileView, PapersPage, PaperView, RoundView
from quests.evidence.queries.files import get_file
from quests.evidence.queries.papers import CampaignPapers, PaperRow, campaign_papers
from quests.evidence.queries.work import FileRow
from quests.evidence.rules.proof import State
from quests.evidence.saying import answer_words, sealed_words
from quests.evidence.views import EvidenceTools, section
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack
from quests.route.position import may_work
from quests.route.shape import EvidenceKind
from quests.route.words import StepWords

__all__ = ["section"]


@section.get("/campaigns/<int:campaign_id>/papers", access=Holds(Permission.EVIDENCE_READ))
def papers(campaign_id: int) -> Response:
    """Everything a campaign has handed in or begun."""
    with reading() as session:
        found = campaign_papers(session, viewer(), campaign_id)
    use_zone(found.campaign.timezone)
    return render(papers_page(found))


@section.get(
    "/campaigns/<int:campaign_id>/files/<int:file_id>", access=Holds(Permission.ROUTE_READ)
)
def download(campaign_id: int, file_id: int) -> Response:
    """One file; never shown inside the portal's own pages, and never run."""
    with reading() as session:
        file = get_file(session, viewer(), campaign_id, file_id)
    step = part(PackLibrary)[file.pack_id].step_by_key.get(file.step_key)
    if file.as_role is not None and (step is None or not may_work(step, file.as_role)):
        raise Missing
    note_handed_out("file handed out", campaign_id, file_id)
    return send_kept(part(EvidenceTools).store.get(file.sha256), file.media_type, file.name)


def papers_page(found: CampaignPapers) -> PapersPage:
    """Put the papers of a campaign into words."""
    campaign = found.campaign
    pack = part(PackLibrary)[campaign.pack_id]
    return PapersPage(
        candidate=campaign.candidate_name,
        papers=tuple(
            _paper(pack, campaign.id, row)
            for row in found.papers
            if row.evidence.step_key in pack.step_by_key
        ),
        own=viewer().may(Permission.STEP_WORK, campaign.scope),
        route_href=url_for("route.show", campaign_id=campaign.id),
    )


def _paper(pack: RoutePack, campaign_id: int, row: PaperRow) -> PaperView:
    evidence = row.evidence
    words = pack.words_of(evidence.step_key, current_language())
    proved = evidence.state is State.DRAFT and evidence.is_proved
    state = "accepted" if proved else evidence.state.value
    step = url_for("route.step", campaign_id=campaign_id, key=evidence.step_key)
    return PaperView(
        step=words.title,
        href=f"{step}#work-{evidence.key}",
        title=gettext(TITLES[EvidenceKind(evidence.kind)]),
        state="open" if state == "draft" else state,
        changed_at=evidence.changed_at,
        note=evidence.note,
        answers=_answers(pack, row, words),
        files=tuple(_file(campaign_id, file, words) for file in row.files),
        rounds=tuple(_round(review) for review in row.rounds),
    )


def _answers(pack: RoutePack, row: PaperRow, words: StepWords) -> tuple[tuple[str, str], ...]:
    seal = part(EvidenceTools).seal
    told = []
    for asked in pack.step_by_key[row.evidence.step_key].field:
        value = row.typed.get(asked.key, "")
        if value:
            said = words.field[asked.key]
            shown = (
                sealed_words(asked, value, seal) if asked.seal else answer_words(asked, said, value)
            )
            told.append((said.label, shown))
    return tuple(told)


def _file(campaign_id: int, file: FileRow, words: StepWords) -> FileView:
    label = words.file.get(file.item_key)
    return FileView(
        name=file.name,
        href=url_for("evidence.download", campaign_id=campaign_id, file_id=file.id),
        about=about_file(file.media_type, file.size_bytes, file.pages),
        label=label.label if label else "",
        remove_action="",
    )


def _round(review: ReviewRow) -> RoundView:
    return RoundView(
        number=review.round,
        state=review.state.value,
        handed_in_at=review.submitted_at,
        by=review.submitted_by_name,
        decided_at=review.decided_at,
        decided_by=review.decided_by_name,
        reason=review.reason,
    )
