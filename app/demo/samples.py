"""A few small files made here, so that reviewers of the demo have something to look at."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from time import gmtime

from PIL import Image, ImageDraw

from app.files.storage import FileStore
from quests.route.shape import EvidenceKind, Review, Step

INK, PAPER, GREY = "#15181E", "#FFFDF8", "#9AA0AA"
LINES = ("#2456D6", "#12805C", "#D9480F", "#B0237A")
A5 = (560, 794)
VARIANTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A stored sample file."""

    name: str
    sha256: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Sample files by what they look like."""

    papers: tuple[Sample, ...]
    leaflets: tuple[Sample, ...]

    def for_step(self, step: Step, count: int, random: Random) -> list[Sample]:
        """Give so many different files that suit a step."""
        designed = any(
            one.kind is EvidenceKind.UPLOAD and one.review is Review.DESIGNER
            for one in step.evidence
        )
        known = self.leaflets if designed else self.papers
        first = random.randrange(len(known))
        return [known[(first + index) % len(known)] for index in range(min(count, len(known)))]


def make_samples(store: FileStore) -> Samples:
    """Draw the samples and keep them; the same bytes every time."""
    return Samples(
        papers=tuple(
            _kept(store, f"scan-{variant + 1}", _paper(variant), as_pdf=variant % 2 == 0)
            for variant in range(VARIANTS)
        ),
        leaflets=tuple(
            _kept(store, f"layout-{variant + 1}", _leaflet(variant), as_pdf=False)
            for variant in range(VARIANTS)
        ),
    )


def _kept(store: FileStore, name: str, picture: Image.Image, *, as_pdf: bool) -> Sample:
    out = BytesIO()
    if as_pdf:
        long_ago = gmtime(0)
        picture.save(out, "PDF", resolution=96, creationDate=long_ago, modDate=long_ago)
    else:
        picture.quantize(32).save(out, "PNG", optimize=True)
    data = out.getvalue()
    return Sample(
        name=f"{name}.{'pdf' if as_pdf else 'png'}",
        sha256=store.put(data),
        media_type="application/pdf" if as_pdf else "image/png",
        size_bytes=len(data),
    )


def _paper(variant: int) -> Image.Image:
    """Draw a sheet of a form as a scanner would see it: bars for lines, a stamp, a signature."""
    random = Random(variant)
    picture = Image.new("RGB", A5, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((150, 50, 410, 68), fill=INK)
    draw.rectangle((210, 80, 350, 92), fill=GREY)
    for line in range(22):
        top = 130 + line * 22
        right = random.randint(330, 500) if line % 5 == 4 else 500
        draw.rectangle((60, top, right, top + 8), fill=GREY)
    draw.ellipse((330, 630, 450, 750), outline=LINES[0], width=4)
    draw.ellipse((348, 648, 432, 732), outline=LINES[0], width=2)
    draw.line((80, 700, 120, 670, 150, 710, 190, 665, 240, 700), fill=LINES[0], width=3)
    draw.text((60, 760), f"Mandat demo, sample sheet {variant + 1}", fill=INK)
    return picture


def _leaflet(variant: int) -> Image.Image:
    """Draw the layout of a leaflet: a portrait, a headline, an imprint at the foot."""
    picture = Image.new("RGB", A5, PAPER)
    draw = ImageDraw.Draw(picture)
    colour = LINES[(variant + 2) % len(LINES)]
    draw.rectangle((0, 0, A5[0], 360), fill=colour)
    draw.ellipse((210, 70, 350, 210), fill=PAPER)
    draw.pieslice((160, 220, 400, 500), 180, 360, fill=PAPER)
    for line in range(3):
        draw.rectangle((50, 400 + line * 44, 500 - line * 70, 430 + line * 44), fill=INK)
    for line in range(7):
        draw.rectangle((50, 560 + line * 22, 500, 568 + line * 22), fill=GREY)
    draw.text((50, 752), f"Imprint, sample layout {variant + 1}", fill=INK)
    return picture
