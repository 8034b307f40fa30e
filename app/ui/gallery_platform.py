"""The sample of the carriages in the gallery: full, empty and red stations, and thick bars."""

from __future__ import annotations

from app.ui.carriages import Platform, Stand
from app.web.language import gettext as _

HERE = "#carriages"


def sample_platform() -> Platform:
    """Six stations of a coalition of some hundred candidates."""
    return Platform(
        stands=(
            _stand(_("Can I stand?"), "documents", _("Documents"), 96, 9),
            _stand(_("Interview"), "ink", _("all lines"), 71, 24),
            _stand(_("Account"), "money", _("Money"), 118, 0),
            _stand(_("Doors"), "field", _("Doors"), 143, 143),
            _stand(_("Flyer"), "voice", _("Voice"), 1, 0),
            _stand(_("Filing day"), "ink", _("all lines"), 0, 0),
        )
    )


def _stand(title: str, line: str, line_title: str, count: int, red: int) -> Stand:
    return Stand(
        title=title,
        full_title=title,
        line=line,
        line_title=line_title,
        count=count,
        href=HERE,
        red=red,
        red_text=_("{count} in red", count=red) if red else "",
        red_href=HERE if red else None,
    )
