"""Where the built files of the front end are: ``asset("css/site.css")`` gives today's address."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
DIST = STATIC / "dist"
URL_PREFIX = "/static/"


class FrontEndNotBuilt(RuntimeError):
    """The front end has not been built, or lacks a file a template asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The manifest of one build: names in the sources to addresses that follow the content."""

    addresses: dict[str, str]

    @classmethod
    def of(cls, dist: Path = DIST) -> Assets:
        """Give the build in ``dist``, which is served under ``URL_PREFIX``.

        Raises FrontEndNotBuilt with the remedy when there is none, so that a program without a
        style sheet can refuse to start instead of serving bare pages.
        """
        manifest = dist / "manifest.json"
        try:
            built = json.loads(manifest.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise FrontEndNotBuilt(
                f"{manifest} is missing: the front end is not built. "
                "Run `make install`, or `npm ci && npm run build`."
            ) from None
        return cls(addresses={name: URL_PREFIX + path for name, path in built.items()})

    def asset(self, name: str) -> str:
        """Give the address of a source file. Raises FrontEndNotBuilt."""
        try:
            return self.addresses[name]
        except KeyError:
            raise FrontEndNotBuilt(
                f"The built front end has no {name!r}: build it again with `npm run build`, "
                "or add the file under static/."
            ) from None


@cache
def built() -> Assets:
    """Give the build of this checkout, read once a process. Raises FrontEndNotBuilt."""
    return Assets.of()


def asset(name: str) -> str:
    """Give the address of a source file in this checkout's build. Raises FrontEndNotBuilt."""
    return built().asset(name)
