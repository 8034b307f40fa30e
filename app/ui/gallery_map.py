"""The sample map of the gallery: stations in every state a station can have."""

from __future__ import annotations

from app.ui.metro import Lane, MetroMap, Opener, Stage, Station, StationStatus
from app.web.language import gettext as _

HERE = "#metro_map"


def sample_map() -> MetroMap:
    """A route of four stages, some way into it."""
    return MetroMap(
        lanes=(
            Lane(key="documents", title=_("Documents")),
            Lane(key="money", title=_("Money")),
            Lane(key="field", title=_("Doors")),
            Lane(key="voice", title=_("Voice")),
        ),
        stages=(
            Stage(number=1, title=_("Make up your mind"), stations=_first()),
            Stage(number=2, title=_("Gather a team"), stations=_second()),
            Stage(number=3, title=_("Be nominated"), stations=_third()),
            Stage(number=4, title=_("Campaign"), stations=_fourth()),
        ),
    )


def _first() -> tuple[Station, ...]:
    return (
        _station("form", _("Questionnaire and consents"), "documents", StationStatus.DONE),
        _station("district", _("My district on the map"), "field", StationStatus.DONE),
        Station(
            key="interview",
            title=_("Interview with a coordinator"),
            line="documents",
            status=StationStatus.DONE,
            href=HERE,
            interchange=True,
        ),
    )


def _second() -> tuple[Station, ...]:
    return (
        _station("team", _("A team of three"), "money", StationStatus.DONE),
        _station("account", _("The election fund account"), "money", StationStatus.WAITING),
        _station("portrait", _("Portrait and biography"), "voice", StationStatus.DONE),
        Station(
            key="doors",
            title=_("The first 20 doors"),
            line="field",
            status=StationStatus.OPEN,
            href=HERE,
            note="14 / 20",
            note_tone="line",
        ),
        Station(
            key="neighbours",
            title=_("Coffee with the neighbours"),
            line="voice",
            status=StationStatus.OPEN,
            href=HERE,
            side=True,
            note=_("if you like"),
            note_tone="quiet",
        ),
    )


def _third() -> tuple[Station, ...]:
    return (
        _station("consent", _("Statement of consent"), "documents", StationStatus.RETURNED),
        Station(
            key="income",
            title=_("Income and property"),
            line="documents",
            status=StationStatus.NOW,
            href=HERE,
            note=_("until 12 July"),
            note_tone="line",
            current=True,
        ),
        _station("second", _("Notice of foreign property"), "money", StationStatus.NOT_APPLICABLE),
        Station(
            key="page",
            title=_("Donation page"),
            line="money",
            status=StationStatus.OVERDUE,
            href=HERE,
            note=_("4 days late"),
            note_tone="alert",
        ),
        _locked("lawyer", _("The packet checked by a lawyer"), "documents"),
        Station(
            key="filing",
            title=_("Filing with the commission"),
            line="documents",
            status=StationStatus.LOCKED,
            interchange=True,
            locked_by=(
                Opener(title=_("The packet checked by a lawyer")),
                Opener(title=_("Income and property"), href=HERE),
            ),
            note=_("4 days in hand"),
            note_tone="quiet",
        ),
    )


def _fourth() -> tuple[Station, ...]:
    return (
        _locked("flyer", _("The first flyer"), "voice"),
        _locked("walk", _("Three evenings at the doors"), "field"),
    )


def _station(key: str, title: str, line: str, status: StationStatus) -> Station:
    return Station(key=key, title=title, line=line, status=status, href=HERE)


def _locked(key: str, title: str, line: str) -> Station:
    return Station(
        key=key,
        title=title,
        line=line,
        status=StationStatus.LOCKED,
        locked_by=(Opener(title=_("Income and property"), href=HERE),),
    )
