"""Whether what the other packages are to prove is in the pack at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.packs import Problem, TomlFile
from quests.route.features import (
    FILED,
    GIFTS,
    PACKET,
    PAPER,
    SIGNATURES,
    SUPPORT_PAGE,
    family_of,
)
from quests.route.shape import RouteShape

Offers = Mapping[str, Collection[str]]
"""The facts that a pack's files can give, by family; what could not be read is left out."""

_PACKETS = "no packet is called {key}", "name a packet of documents/packets.toml"
_FUND = "the pack has no fund, so nobody can give", "add fund.toml, or remove this evidence"
_WRONG: Mapping[str, tuple[str, str]] = {
    PAPER: ("no paper is called {key}", "name the key of a file in documents/"),
    PACKET: _PACKETS,
    FILED: _PACKETS,
    SIGNATURES: ("the pack asks for no signatures", "add signatures.toml, or remove this evidence"),
    SUPPORT_PAGE: _FUND,
    GIFTS: _FUND,
}


def check_elsewhere(file: TomlFile, shape: RouteShape, offers: Offers) -> Iterator[Problem]:
    """Every piece of evidence that waits for a fact which the pack can never give."""
    for number, step in enumerate(shape.step):
        for index, evidence in enumerate(step.evidence):
            fact = evidence.fact or ""
            if not is_missing(fact, offers):
                continue
            family = family_of(fact)
            said, remedy = _WRONG[family]
            what = said.format(key=fact.removeprefix(family))
            yield file.problem(
                ("step", number, "evidence", index), f"step {step.key}: {what}", remedy
            )


def is_missing(fact: str, offers: Offers) -> bool:
    """Say whether a fact is of a family the pack's files were read for, and not among them."""
    family = family_of(fact)
    return family in offers and fact not in offers[family]
