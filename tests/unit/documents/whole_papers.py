"""What the candidates of the demo have answered: enough to issue every paper of their pack."""

from __future__ import annotations

from collections.abc import Mapping

from app.demo.papers_en import ANSWERED as EN_ANSWERED
from app.demo.papers_en import LISTED as EN_LISTED
from app.demo.papers_en import NOTHING_LISTED as EN_NOTHING
from app.demo.papers_ru import ANSWERED as RU_ANSWERED
from app.demo.papers_ru import LISTED as RU_LISTED
from app.demo.papers_ru import NOTHING_LISTED as RU_NOTHING
from tests.paperwork_world import EN, RU, Typed

WHOLE: Mapping[str, Typed] = {
    RU: {**RU_ANSWERED, **RU_LISTED, **dict.fromkeys(RU_NOTHING, "none")},
    EN: {
        "poll_date": "2026-05-07",
        **EN_ANSWERED,
        **EN_LISTED,
        **dict.fromkeys(EN_NOTHING, "none"),
    },
}
