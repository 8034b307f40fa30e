"""The counts of the board in words, with the addresses of the people behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.accounts.queries import NamedCampaign
from app.ui.carriages import Platform, Stand
from app.web.language import gettext, ngettext
from app.web.wording import days_left
from quests.dispatch.board_pages import PackView, RiskView, SilentView
from quests.dispatch.filters import NOWHERE, SILENT, STUCK, address
from quests.dispatch.pages import Choice
from quests.dispatch.rules.counting import AtRisk, AtStation, Seen, Sieve
from quests.route.library import PackLibrary
from quests.route.shape import Line

LIST = "dispatch.campaigns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Puts counts into words for one reader, under the filters of the present address."""

    library: PackLibrary
    language: str
    narrowed: Mapping[str, str]

    def people(self, **more: str) -> str:
        """Give the address of the people behind a count."""
        return address(LIST, {**self.narrowed, **more})

    def line(self, pack_id: str, line: str) -> str:
        """Give what a pack calls a line."""
        return self.library[pack_id].words_in(self.language).line[Line(line)].title

    def maps(self, counts: Iterable[AtStation]) -> tuple[PackView, ...]:
        """Give a map for every pack that somebody stands in, stations in route order."""
        by_pack: dict[str, dict[str | None, AtStation]] = {}
        for count in counts:
            by_pack.setdefault(count.pack_id, {})[count.step] = count
        return tuple(self._map(pack_id, by_pack[pack_id]) for pack_id in sorted(by_pack))

    def _map(self, pack_id: str, counts: Mapping[str | None, AtStation]) -> PackView:
        words = self.library[pack_id].words_in(self.language)
        platform = Platform(
            stands=tuple(
                self._stand(pack_id, step.key, counts[step.key])
                for step in self.library[pack_id].steps
                if step.key in counts
            )
        )
        resting = counts[None].standing if None in counts else 0
        return PackView(
            title=words.pack.short,
            platform=platform,
            unit=ngettext(
                "One carriage is %(num)s candidate.",
                "One carriage is %(num)s candidates.",
                platform.unit,
            ),
            resting=_resting(resting),
            resting_href=self.people(pack=pack_id, station=NOWHERE),
        )

    def _stand(self, pack_id: str, key: str, count: AtStation) -> Stand:
        step = self.library[pack_id].step_by_key[key]
        words = self.library[pack_id].words_of(key, self.language)
        here = {"pack": pack_id, "station": key}
        return Stand(
            title=words.short,
            full_title=words.title,
            line="ink" if step.interchange else step.line.value,
            line_title=(
                gettext("all lines") if step.interchange else self.line(pack_id, step.line.value)
            ),
            count=count.standing,
            href=self.people(**here),
            red=count.stuck,
            red_text=gettext("{count} in red", count=count.stuck) if count.stuck else "",
            red_href=self.people(**here, only=STUCK) if count.stuck else None,
        )

    def risks(self, found: Iterable[AtRisk], today: date) -> tuple[RiskView, ...]:
        """Give the near legal days in words."""
        return tuple(self._risk(one, today) for one in found)

    def _risk(self, one: AtRisk, today: date) -> RiskView:
        step = self.library[one.pack_id].step_by_key[one.step]
        first = date.fromordinal(one.first_day)
        return RiskView(
            step=self.library.step_title(one.pack_id, one.step, self.language),
            line="ink" if step.interchange else step.line.value,
            first_day=first,
            last_day=date.fromordinal(one.last_day),
            left=days_left(first, today, self.language),
            missing=one.missing,
            href=self.people(pack=one.pack_id, due=one.step),
        )

    def silent(
        self, found: Sequence[Seen], names: Mapping[int, NamedCampaign]
    ) -> tuple[SilentView, ...]:
        """Give silent campaigns in words."""
        return tuple(
            SilentView(
                name=names[one.id].name,
                place=" · ".join(
                    text for text in (names[one.id].place, names[one.id].organisation) if text
                ),
                href=url_for("route.show", campaign_id=one.id),
                last_active_at=one.last_active_at,
            )
            for one in found
        )

    @property
    def silent_people(self) -> str:
        """The address of all that are silent."""
        return self.people(only=SILENT)

    @property
    def stuck_people(self) -> str:
        """The address of all that stand in red."""
        return self.people(only=STUCK)


def _resting(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(num)s has nothing to do now: a day must come, or all is done.",
        "%(num)s have nothing to do now: a day must come, or all is done.",
        count,
    )


def choices(names: Iterable[tuple[str, str]], chosen: str, everything: str) -> tuple[Choice, ...]:
    """Give the entries of a filter; none where there is nothing to choose from."""
    found = list(names)
    if len(found) < 2 and not chosen:
        return ()
    first = Choice(value="", label=everything, chosen=not chosen)
    return (
        first,
        *(Choice(value=value, label=name, chosen=value == chosen) for value, name in found),
    )


def is_narrowed(sieve: Sieve) -> bool:
    """Say whether any filter is set."""
    return sieve != Sieve()
