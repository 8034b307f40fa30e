"""A program of a few sections, with as much around them as the shell's frame needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.wrappers import Response

from app.access import Public
from app.config import Settings
from app.ui.gallery import section as gallery
from app.web.program import assemble, bare_kernel
from app.web.routing import Section
from app.web.shell import section as shell
from tests.engines import warm


@contextmanager
def a_small_program(settings: Settings, *sections: Section) -> Iterator[Flask]:
    """Assemble the sections over the settings' database, with nobody signed in."""
    kernel = bare_kernel(settings)
    warm(kernel.database)
    try:
        yield assemble(kernel, [gallery, shell, the_doors(), *sections])
    finally:
        kernel.database.dispose()


def the_doors() -> Section:
    """Sign-in and sign-out as far as the frame needs them: their addresses."""
    section = Section("accounts", __name__)

    def nothing() -> Response:
        return Response("")

    access = Public(because="a stand-in without people")
    section.get("/sign-in", access=access, endpoint="sign_in")(nothing)
    section.post("/sign-out", access=access, endpoint="sign_out")(nothing)
    return section
