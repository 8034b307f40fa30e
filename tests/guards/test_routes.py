"""Every address of the program, with who may use it, is a golden list."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from app.access import Holds, Public, SignedIn
from app.web.routing import access_of


def listed(program: Flask) -> str:
    rows = []
    for rule in program.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append(f"{rule.rule}  {methods}  {rule.endpoint}  {access_of(rule)}")
    return "\n".join(sorted(rows)) + "\n"


def test_the_list_of_addresses_and_their_access_is_the_golden_one(
    program: Flask, golden: Callable[[str, str], None]
) -> None:
    golden("routes.txt", listed(program))


def test_every_public_address_says_why(program: Flask) -> None:
    for rule in program.url_map.iter_rules():
        access = access_of(rule)
        if isinstance(access, Public):
            assert len(access.because) > 10, rule.rule


def test_every_address_has_one_of_the_three_policies(program: Flask) -> None:
    for rule in program.url_map.iter_rules():
        assert isinstance(access_of(rule), Public | SignedIn | Holds), rule.rule


def test_no_address_takes_both_reading_and_writing_methods(program: Flask) -> None:
    for rule in program.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        assert methods in ({"GET"}, {"POST"}), rule.rule
