"""The built files of the front end: ``asset("css/site.css")`` gives today's address of one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise
from whitenoise.string_utils import decode_path_info

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).resolve().parents[2] / "static"
DIST = STATIC / "dist"
URL_PREFIX = "/static/"
ONE_YEAR_S = 365 * 24 * 3600


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


class BuiltFiles(WhiteNoise):
    """Serves the built files of this and earlier builds, in front of a WSGI program.

    A name follows the content, so a file never changes: it may be kept for good. WhiteNoise would
    list the files once, at start; a process that is older than the last build would answer 404 to
    the pages of a younger one, so a name it does not know yet is looked for on the disk.
    """

    def __init__(self, application: WSGIApplication, dist: Path = DIST) -> None:
        super().__init__(
            application,
            max_age=ONE_YEAR_S,
            immutable_file_test=lambda path, url: True,
        )
        self._dist = dist.resolve()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a built file, or hand the request on to the program."""
        path = decode_path_info(environ.get("PATH_INFO", ""))
        if path.startswith(URL_PREFIX) and path not in self.files:
            self._look_for(path)
        served: Iterable[bytes] = super().__call__(environ, start_response)
        return served

    def _look_for(self, url: str) -> None:
        file = self._dist / url.removeprefix(URL_PREFIX)
        if self.url_is_canonical(url) and "\0" not in url and file.is_file():
            self.add_file_to_dictionary(url, str(file))
