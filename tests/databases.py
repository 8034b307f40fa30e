"""Databases of PostgreSQL for tests: each is made anew as the copy of another."""

from __future__ import annotations

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

PROGRAM = "mandat_program"
"""The role as which tests connect to PostgreSQL; .ci/with-postgres makes it."""


def make_anew(server: str, name: str, template: str = "template1") -> str:
    """Make a database a copy of another, whatever was in it; give its address for the program.

    The program is a role that owns nothing, so the whole suite is bound by row-level security.
    """
    admin = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    url = make_url(server).set(database=name, username=PROGRAM)
    return url.render_as_string(hide_password=False)
