from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.audit.rules import (
    FIRST_PREVIOUS,
    ChainedEntry,
    Entry,
    Head,
    check_detail,
    entry_hash,
    first_break,
)

AT = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)


def a_chain(length: int) -> list[ChainedEntry]:
    links: list[ChainedEntry] = []
    previous = FIRST_PREVIOUS
    for number in range(1, length + 1):
        entry = Entry(
            number=number,
            at=AT,
            actor_id=7,
            action="review.accepted",
            subject_kind="review",
            subject_id=number,
            campaign_id=None,
            coalition_id=None,
            detail={"step": "a1_can_i"},
        )
        links.append(
            ChainedEntry(entry=entry, prev_hash=previous, hash=entry_hash(entry, previous))
        )
        previous = links[-1].hash
    return links


def test_an_untouched_chain_holds() -> None:
    assert first_break(a_chain(5)) is None
    assert first_break([]) is None


def test_a_changed_entry_is_found() -> None:
    chain = a_chain(5)
    chain[2] = replace(chain[2], entry=replace(chain[2].entry, actor_id=8))
    found = first_break(chain)
    assert found is not None
    assert (found.number, found.reason) == (3, "hash")


def test_a_changed_entry_with_a_fresh_hash_is_found_at_its_successor() -> None:
    chain = a_chain(5)
    changed = replace(chain[2].entry, actor_id=8)
    chain[2] = ChainedEntry(
        entry=changed,
        prev_hash=chain[2].prev_hash,
        hash=entry_hash(changed, chain[2].prev_hash),
    )
    found = first_break(chain)
    assert found is not None
    assert (found.number, found.reason) == (4, "prev-hash")


def test_a_removed_entry_is_found() -> None:
    chain = a_chain(5)
    del chain[1]
    found = first_break(chain)
    assert found is not None
    assert (found.number, found.reason) == (2, "gap")


def test_a_cut_end_is_found_when_the_head_was_written_down() -> None:
    chain = a_chain(5)
    head = Head(number=5, hash=chain[4].hash)
    assert first_break(chain, known=head) is None
    found = first_break(chain[:3], known=head)
    assert found is not None
    assert (found.number, found.reason) == (4, "missing-head")


def test_a_chain_rewritten_from_the_start_is_found_by_the_written_head() -> None:
    found = first_break(a_chain(5), known=Head(number=5, hash="f" * 64))
    assert found is not None
    assert found.reason == "other-head"


def test_the_hash_does_not_depend_on_the_zone_in_which_the_moment_is_written() -> None:
    entry = a_chain(1)[0].entry
    elsewhere = replace(entry, at=AT.astimezone(timezone(timedelta(hours=3))))
    assert entry_hash(entry, FIRST_PREVIOUS) == entry_hash(elsewhere, FIRST_PREVIOUS)


@pytest.mark.parametrize(
    "detail",
    [
        {"who": "anna@example.org"},
        {"who": "Анна"},
        {"who": "+79211234567"},
        {"note": "two words"},
        {"note": "x" * 81},
        {"a key": 1},
    ],
)
def test_what_could_be_personal_is_refused(detail: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match="audit detail"):
        check_detail(detail)


def test_codes_and_numbers_are_taken() -> None:
    check_detail({"step": "c3_flyer", "attempt": 2, "pack": "2026-06-01", "none": ""})
