"""A finding put into words: what, where, which rule, how to mend it, and one tap to the place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.texts import N_
from app.web.language import current_language, gettext
from documents.clerk.checking import TELLING
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import Examined, examine, gate_of
from documents.clerk.pages import FindingView, NoteView
from documents.clerk.rules.case import Finding, Pair, Param
from documents.clerk.rules.differences import Piece, Sort, difference
from documents.clerk.rules.marks import Mark, answers_of, home_of, is_about_dates, mended_at
from documents.clerk.sealed_words import sealed_words
from documents.clerk.shape import Severity
from documents.paperwork.describing import DOTS, hidden, readable_value, source_view
from documents.paperwork.desk import opened_by
from documents.paperwork.remarks import Pieces, RemarkPair, RemarkView
from documents.paperwork.shape import NONE

SORTS: Mapping[Sort, str] = {
    Sort.SPACES: N_("spaces"),
    Sort.HYPHENS: N_("hyphens and dashes"),
    Sort.CASE: N_("capital and small letters"),
    Sort.YO: N_("the letters е and ё"),
    Sort.ALPHABET: N_("letters of another alphabet that look the same"),
    Sort.LETTERS: N_("letters or digits"),
}
_SLOT = re.compile(r"\{([a-z_]+)\}")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the words of findings are made with."""

    campaign_id: int
    examined: Examined
    refused: tuple[str, str] = ("", "")
    """The digest of a finding whose note was refused, and why."""
    language: str = field(default_factory=current_language)

    def paper(self, kind: str) -> str:
        """Give what a kind of paper is called."""
        documents = self.examined.clerk.documents
        if kind not in documents.kinds:
            return ""
        return documents.kind_words(kind, self.language).title

    def answer(self, key: str) -> str:
        """Give what an answer is called."""
        documents = self.examined.clerk.documents
        if key not in documents.answers:
            return ""
        return documents.answer_words(key, self.language).label

    def home(self, finding: Finding) -> str:
        """Give the paper in which a finding is mended."""
        return home_of(finding, self.examined.case)

    def is_sealed(self, key: str) -> bool:
        """Say whether an answer may not be shown."""
        answer = self.examined.clerk.documents.answers.get(key)
        return answer is not None and answer.seal


def finding_view(finding: Finding, telling: Telling) -> FindingView:
    """Put a finding into words."""
    examined = telling.examined
    said = remark_view(finding, telling)
    digest = examined.digests[finding.substance]
    note = examined.confirmed(finding)
    href, label = _link(finding, telling)
    to: dict[str, Any] = {
        "campaign_id": telling.campaign_id,
        "upto": examined.upto or None,
        "at": telling.home(finding) or None,
    }
    confirmable = finding.severity is Severity.WARN and note is None
    return FindingView(
        id=f"finding-{digest[:16]}",
        paper=telling.paper(telling.home(finding)),
        about="" if _names_answers(finding, telling) else about(finding, telling),
        what=said.what,
        mend=said.mend,
        rule=said.rule,
        source=said.source,
        pairs=said.pairs,
        stops=said.stops,
        href=href,
        href_label=label,
        is_later=examined.is_later(finding),
        confirm_action=url_for("clerk.confirm", **to) if confirmable else "",
        digest=digest,
        note=NoteView(
            by=note.by,
            at=note.at,
            note=note.note,
            revoke_action=url_for("clerk.revoke", confirmation_id=note.id, **to),
        )
        if note
        else None,
        problem=telling.refused[1] if telling.refused[0] == digest else "",
    )


def remark_view(finding: Finding, telling: Telling) -> RemarkView:
    """Put into words what is wrong, how to mend it and who says so, wherever it is shown."""
    clerk = telling.examined.clerk
    words = clerk.words_of(finding.rule, telling.language)
    return RemarkView(
        what=_fill(words.what, finding, telling),
        mend=_fill(words.mend, finding, telling),
        rule=words.rule,
        source=source_view(clerk.rules[finding.rule], clerk.documents),
        pairs=tuple(
            said for pair in finding.pairs if (said := _pair(pair, finding, telling)) is not None
        ),
        stops=finding.severity is Severity.STOP,
    )


def stops_told(
    session: Session,
    desk: ClerkDesk,
    campaign: CampaignRow,
    kinds: Collection[str],
    *,
    now: datetime,
    before_signing: bool = False,
) -> tuple[FindingView, ...]:
    """Give in words what keeps a packet of these papers from being filed, for its page."""
    examined = examine(session, desk, campaign, now=now, kinds=kinds)
    if examined is None:
        return ()
    telling = Telling(campaign_id=campaign.id, examined=examined)
    found = gate_of(examined, kinds, before_signing=before_signing)
    return tuple(finding_view(each, telling) for each in found)


def about(finding: Finding, telling: Telling) -> str:
    """Give what the answers are called that a finding names, the first few of them."""
    keys = list(dict.fromkeys(answers_of(finding)))[:MOST_NAMED]
    return ", ".join(filter(None, map(telling.answer, keys)))


def _names_answers(finding: Finding, telling: Telling) -> bool:
    """Say whether the sentence names its answers anyway."""
    words = telling.examined.clerk.words_of(finding.rule, telling.language)
    return "{answers}" in words.what or "{answer}" in words.what


def mark_of(finding: Finding, telling: Telling, *, answer: str = "", paper: str = "") -> str:
    """Give the mark with which one comes from a finding to an answer or a paper, and back."""
    examined = telling.examined
    kind = examined.clerk.documents.kinds.get(telling.home(finding))
    # A packet looks at papers of any heading: that of the paper keeps the finding in sight.
    upto = examined.upto or (kind.group if kind else "")
    return Mark(rule=finding.rule, answer=answer, paper=paper, upto=upto).text


def _link(finding: Finding, telling: Telling) -> tuple[str, str]:
    """Give the address at which it is mended, and what leads there is called."""
    places = telling.examined.case.places
    rule = telling.examined.clerk.rules[finding.rule]
    if is_about_dates(rule):
        upto = telling.examined.upto or None
        where = url_for("clerk.desk", campaign_id=telling.campaign_id, upto=upto)
        return f"{where}#dates-{finding.kind}", gettext(N_("To the days on this paper"))
    key = mended_at(finding, rule, telling.examined.case, telling.examined.locked)
    home = places[key][0] if key else telling.home(finding)
    if home in telling.examined.locked:
        locked = telling.examined.clerk.documents.kinds[home]
        return opened_by(telling.campaign_id, locked), gettext(
            N_("What opens it: {paper}"), paper=telling.paper(home)
        )
    if key:
        return _answer_href(finding, telling, key), gettext(
            N_("To the answer: {answer}"), answer=telling.answer(key)
        )
    if not home:
        return "", ""
    where = url_for(
        "paperwork.show",
        campaign_id=telling.campaign_id,
        kind=home,
        finding=mark_of(finding, telling, paper=home),
    )
    return where, gettext(N_("To the paper: {paper}"), paper=telling.paper(home))


def _answer_href(finding: Finding, telling: Telling, key: str) -> str:
    """Give the address of the field; of a sealed answer it is opened there, and the log says so."""
    kind, page = telling.examined.case.places[key]
    where = url_for(
        "paperwork.questions",
        campaign_id=telling.campaign_id,
        kind=kind,
        page=page,
        finding=mark_of(finding, telling, answer=key),
    )
    return f"{where}#a-{key}"


def _fill(sentence: str, finding: Finding, telling: Telling) -> str:
    return _SLOT.sub(lambda slot: _filling(slot[1], finding, telling), sentence)


def _filling(name: str, finding: Finding, telling: Telling) -> str:
    """Give what stands at a place of a sentence; nothing where there is nothing to say."""
    if name in ("one", "other") and finding.pairs:
        one, other = _texts(finding.pairs[0], telling)
        return one if name == "one" else other
    match name:
        case "paper":
            return telling.paper(telling.home(finding))
        case "other_paper":
            return telling.paper(str(finding.params.get("other", "")))
        case "answer":
            return telling.answer(next(iter(answers_of(finding)), ""))
        case "other_answer":
            return telling.answer(finding.answers[1]) if len(finding.answers) > 1 else ""
        case "answers":
            return ", ".join(_quoted(label) for label in map(telling.answer, finding.answers))
        case "place":
            return _place_called(finding, telling)
        case "number":
            # Of an issued paper: it tells nothing of the answers, even where those are sealed.
            return str(finding.params.get("number", ""))
    value = finding.params.get(name)
    if value is None or value == "":
        return ""
    sealed = name in TELLING and any(map(telling.is_sealed, answers_of(finding)))
    is_paper = isinstance(value, str) and telling.paper(value)
    return DOTS if sealed and not is_paper else _told(value, telling)


def _quoted(label: str) -> str:
    """Give a name in the quotes of the language: some are questions, some have commas."""
    return gettext(N_("“{name}”"), name=label)


def _place_called(finding: Finding, telling: Telling) -> str:
    """Give what the place for a hand is called that a finding is about."""
    documents = telling.examined.clerk.documents
    words = documents.kind_words(finding.kind, telling.language).hand
    return words.get(next(iter(finding.more), ""), "")


def _told(value: Param, telling: Telling) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Sort):
        return gettext(SORTS[value])
    if isinstance(value, int):
        return str(value)
    return telling.paper(value) or value


def _texts(pair: Pair, telling: Telling) -> tuple[str, str]:
    documents = telling.examined.clerk.documents
    answer = documents.answers.get(pair.key)
    if answer is None:
        return pair.one, pair.other
    if answer.seal:
        one, other = (hidden(answer, text) if text else "" for text in (pair.one, pair.other))
        return one, other
    words = documents.answer_words(pair.key, telling.language)
    if answer.is_table:
        one, other = (words.none if text == NONE else text for text in (pair.one, pair.other))
        return one, other
    return (
        readable_value(answer, words, pair.one),
        readable_value(answer, words, pair.other),
    )


def _pair(pair: Pair, finding: Finding, telling: Telling) -> RemarkPair | None:
    """Give two texts side by side; of sealed ones the words for it, None where there are none."""
    label = telling.answer(pair.key)
    if telling.is_sealed(pair.key):
        return _sealed_pair(pair, finding, telling, label)
    one, other = _texts(pair, telling)
    paper = telling.paper(pair.kind)
    found = difference(one, other)
    return RemarkPair(
        label=f"{label} ({paper})" if paper else label,
        one=_pieces(found.one) if found else ((one, False),),
        other=_pieces(found.other) if found else ((other, False),),
        sort=gettext(SORTS[found.sort]) if found and one and other else "",
    )


def _sealed_pair(pair: Pair, finding: Finding, telling: Telling, label: str) -> RemarkPair | None:
    clerk, case = telling.examined.clerk, telling.examined.case
    words = sealed_words(
        pair,
        finding,
        clerk.rules[finding.rule],
        clerk.documents.answers[pair.key],
        paper=telling.paper,
        label=telling.answer,
    )
    if not words:
        return None
    place, locked = case.places.get(pair.key), telling.examined.locked
    is_open = place is not None and place[0] not in locked
    leads_there = mended_at(finding, clerk.rules[finding.rule], case, locked) == pair.key
    return RemarkPair(
        label=label,
        one=(),
        other=(),
        sort="",
        words=words,
        href=_answer_href(finding, telling, pair.key) if is_open and not leads_there else "",
    )


def _pieces(pieces: tuple[Piece, ...]) -> Pieces:
    return tuple((piece.text, piece.marked) for piece in pieces)
