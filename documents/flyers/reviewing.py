"""What reviewers see of a flyer: both sides, the picture, what changed, what the check said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Viewer
from app.errors import Missing
from app.reviews.queries import get_review
from app.reviews.subjects import Change, HandedFile, HandedIn
from app.texts import N_
from app.web.language import translate
from documents.flyers.pack import FlyerPacks, Flyers
from documents.flyers.queries.flyers import VersionRow, find_version, version_before
from documents.flyers.shape import FieldKind

FILE_LABELS = (
    ("front", N_("Front side"), "front.png", "PNG"),
    ("back", N_("Back side"), "back.png", "PNG"),
    ("card", N_("Picture for the internet"), "card.png", "PNG"),
    ("print", N_("File for the printer"), "print.pdf", "PDF"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerSubjects:
    """Tells the reviews what a flyer is called and what was handed in."""

    packs: FlyerPacks

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give what was handed in with a review, compared with the version before.

        Raises Missing when the viewer may not see it.
        """
        found = get_review(session, viewer, review_id)
        this = find_version(session, review_id)
        if this is None:
            raise Missing
        before = version_before(session, this)
        teller = _Teller(flyers=self.packs[found.campaign.pack_id], language=language)
        return HandedIn(
            title=translate(language, N_("Flyer")),
            evidence_kind="flyer",
            changes=tuple(teller.changes(this, before)),
            files=tuple(teller.files(this, before)),
            compared_with_round=before.number if before else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    flyers: Flyers
    language: str

    def changes(self, this: VersionRow, before: VersionRow | None) -> Iterator[Change]:
        words = self.flyers.words_in(self.language)
        for slot in self.flyers.templates[this.content.template].slot:
            old = before.content.slot(slot.key) if before else ""
            yield _change(words.slot[slot.key].label, old, this.content.slot(slot.key), before)
        for field in self.flyers.imprint.field:
            old = before.content.imprint.get(field.key, "") if before else ""
            new = this.content.imprint.get(field.key, "")
            if field.kind is FieldKind.TICK:
                old, new = self._tick(old), self._tick(new)
            yield _change(words.field[field.key].label, old, new, before)
        said = " ".join(words.rule[key].says for key in this.warnings if key in words.rule)
        if said:
            label = translate(self.language, N_("What the check bears in mind"))
            kind = "new" if before else "same"
            yield Change(label=label, before="", after=said, kind=kind, pieces=(("new", said),))

    def _tick(self, value: str) -> str:
        return translate(self.language, N_("Yes")) if value else ""

    def files(self, this: VersionRow, before: VersionRow | None) -> Iterator[HandedFile]:
        folder = f"/campaigns/{this.campaign_id}/flyers/{this.flyer_id}/versions/{this.number}"
        for key, label, name, about in FILE_LABELS:
            same = before is not None and before.files[key] == this.files[key]
            yield HandedFile(
                name=name,
                label=translate(self.language, label),
                about=about,
                address=f"{folder}/{key}",
                kind="same" if same else "new",
            )


def _change(label: str, old: str, new: str, before: VersionRow | None) -> Change:
    if before is None:
        # There is nothing to compare a first round with: all of it is what was handed in.
        return Change(label=label, before=new, after=new, kind="same")
    if old == new:
        kind = "same"
    elif not new:
        kind = "removed"
    else:
        kind = "changed" if old else "new"
    pieces = (("same", new),) if old == new else (("gone", old), ("new", new))
    return Change(
        label=label,
        before=old,
        after=new,
        kind=kind,
        pieces=tuple(piece for piece in pieces if piece[1]),
    )
