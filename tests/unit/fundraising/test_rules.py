"""States, checks, the clock, goals and money as pure functions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.money import Money, OtherCurrency, read_amount, total, typed_amount
from fundraising.rules.clock import age_on, return_by, should_return, should_warn
from fundraising.rules.eligibility import Check, CheckKind, Giver, Outcome, judge
from fundraising.rules.goals import Mark, is_sound_goal, progress
from fundraising.rules.ledger import (
    Account,
    Dispute,
    Moved,
    Posting,
    Seen,
    balances,
    clear,
    provider_postings,
    release,
    to_release,
)
from fundraising.rules.states import DonationState as State
from fundraising.rules.states import PaymentState, RefundState, Standing, state_of

DAY = date(2026, 9, 20)
SUMS = st.integers(min_value=1, max_value=10**9)


def a_giver(*, given: int = 100, cleared: int = 0, **answers: str) -> Giver:
    return Giver(answers=answers, looked_up={}, given_minor=given, cleared_minor=cleared)


def a_limit(limit: int | None) -> Check:
    return Check(key="limit", kind=CheckKind.LIMIT, limit_minor=limit)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("1000", 100_000), ("1 000", 100_000), ("1\u00a0000,50 ₽", 100_050), ("£5", 500), ("0.5", 50)],
)
def test_a_typed_sum_is_read_as_people_write_it(typed: str, minor: int) -> None:
    assert read_amount(typed, "RUB") == Money(minor, "RUB")


@pytest.mark.parametrize("typed", ["", "-5", "1e3", "1,234", "٣", "1.2.3", "9" * 20, "Ⅷ", "£"])
def test_what_is_no_sum_is_not_guessed(typed: str) -> None:
    assert read_amount(typed, "RUB") is None


@given(SUMS)
def test_a_sum_typed_by_us_is_read_back(minor: int) -> None:
    assert read_amount(typed_amount(minor), "GBP") == Money(minor, "GBP")


@given(st.lists(st.integers(min_value=-(10**9), max_value=10**9)))
def test_money_adds_up_and_its_opposite_takes_it_away(amounts: list[int]) -> None:
    sums = [Money(amount, "RUB") for amount in amounts]
    assert not total([*sums, *(-each for each in sums)], "RUB")


def test_currencies_are_never_mixed_and_fractions_never_made() -> None:
    with pytest.raises(OtherCurrency):
        Money(1, "RUB") + Money(1, "GBP")
    with pytest.raises(TypeError):
        Money(1.5, "RUB")  # type: ignore[arg-type]


def test_a_known_limit_lets_through_what_is_left_of_it() -> None:
    verdict = judge(100, a_giver(cleared=950), [a_limit(1000)], polling_day=DAY)
    assert (verdict.outcome, verdict.clear_minor, verdict.return_minor) == (Outcome.CLEAR, 50, 50)


def test_an_unknown_limit_holds() -> None:
    verdict = judge(100, a_giver(), [a_limit(None)], polling_day=DAY)
    assert (verdict.outcome, verdict.reasons) == (Outcome.HOLD, ("limit",))


def test_a_gift_that_fails_a_check_goes_back_even_while_another_is_open() -> None:
    citizen = Check(
        key="citizen", kind=CheckKind.ANSWER_IS, questions=("citizenship",), accepts=("ru",)
    )
    verdict = judge(100, a_giver(citizenship="other"), [a_limit(None), citizen], polling_day=DAY)
    assert (verdict.outcome, verdict.return_minor) == (Outcome.RETURN, 100)


def test_a_check_above_a_sum_is_not_asked_below_it() -> None:
    named = Check(key="named", kind=CheckKind.ANSWERED, questions=("address",), above_minor=5000)
    below = judge(5000, a_giver(given=5000), [named], polling_day=DAY)
    above = judge(5000, a_giver(given=5001), [named], polling_day=DAY)
    assert (below.outcome, above.outcome) == (Outcome.CLEAR, Outcome.RETURN)


@pytest.mark.parametrize(
    ("born", "outcome"),
    [("2008-09-20", Outcome.CLEAR), ("2008-09-21", Outcome.RETURN), ("x", Outcome.RETURN)],
)
def test_age_counts_on_polling_day(born: str, outcome: Outcome) -> None:
    adult = Check(key="adult", kind=CheckKind.AGE, questions=("born",), years=18)
    assert judge(1, a_giver(born=born), [adult], polling_day=DAY).outcome is outcome


@given(st.lists(SUMS, max_size=40), SUMS)
def test_gifts_judged_one_after_another_never_pass_the_limit(gifts: list[int], limit: int) -> None:
    cleared = 0
    for gift in gifts:
        verdict = judge(gift, a_giver(cleared=cleared), [a_limit(limit)], polling_day=DAY)
        assert verdict.clear_minor + verdict.return_minor == gift
        cleared += verdict.clear_minor
    assert cleared == min(limit, sum(gifts))


def test_the_clock_counts_as_each_law_does() -> None:
    day = date(2026, 5, 1)
    assert return_by(day, days=10, first_day_counts=False) == date(2026, 5, 11)
    assert return_by(day, days=30, first_day_counts=True) == date(2026, 5, 30)


def test_a_held_gift_is_warned_of_and_goes_back_a_day_before_it_is_too_late() -> None:
    last = date(2026, 5, 11)
    assert not should_warn(last, date(2026, 5, 7), warn_days=3)
    assert should_warn(last, date(2026, 5, 8), warn_days=3)
    assert not should_return(last, last - timedelta(days=2))
    assert should_return(last, last - timedelta(days=1))


def test_who_was_born_on_a_leap_day_is_older_from_march() -> None:
    born = date(2008, 2, 29)
    assert (age_on(date(2026, 2, 28), born), age_on(date(2026, 3, 1), born)) == (17, 18)


def test_a_posting_that_makes_money_is_refused() -> None:
    with pytest.raises(ValueError, match="zero"):
        Posting(key="x", kind="x", entries=((Account.HELD, 1), (Account.DONATIONS, 1)))


@given(
    SUMS,
    st.lists(st.integers(min_value=1, max_value=100), max_size=5),
    st.booleans(),
    st.integers(min_value=0, max_value=100),
)
def test_books_are_alike_whether_the_verdict_or_the_refund_came_first(
    amount: int, shares: list[int], cleared_first: bool, cut: int
) -> None:
    parts = [amount * share // (sum(shares) or 1) for share in shares]
    refunds = tuple(Moved(reference=f"r{n}", amount_minor=p) for n, p in enumerate(parts) if p)
    seen = Seen(gateway="x", charge="c", captured_minor=amount, refunds=refunds)
    entries = list(
        provider_postings(Seen(gateway="x", charge="c", captured_minor=amount))[0].entries
    )
    back = [p for p in provider_postings(seen) if p.kind == "refund"]

    def held() -> int:
        return -balances(entries)[Account.HELD]

    if cleared_first:
        entries += clear(1, 1, amount).entries
    if leaving := to_release(back, held_minor=held()):
        entries += release("x", leaving).entries
    for posting in back:
        entries += posting.entries
    if not cleared_first and held():
        entries += clear(1, 1, held()).entries
    found = balances(entries)
    assert sum(found.values()) == 0
    assert found[Account.HELD] == 0
    assert found[Account.DONATIONS] == -(amount - sum(r.amount_minor for r in refunds))


def test_a_refund_that_failed_is_taken_back_only_where_it_was_booked() -> None:
    seen = Seen(
        gateway="x",
        charge="c",
        captured_minor=9,
        refunds=(Moved(reference="r", amount_minor=5, failed=True),),
    )
    assert [p.kind for p in provider_postings(seen)] == ["capture"]
    assert [p.kind for p in provider_postings(seen, {"refund:x:r"})] == ["capture", "back"]


def test_a_dispute_that_is_lost_leaves_what_is_held() -> None:
    lost = Dispute(reference="d", amount_minor=9, outcome="lost")
    seen = Seen(gateway="x", charge="c", captured_minor=9, disputes=(lost,))
    entries = [entry for posting in provider_postings(seen) for entry in posting.entries]
    assert set(balances(entries).values()) == {0}


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        ({"payment": PaymentState.OPEN}, State.STARTED),
        ({"payment": PaymentState.EXPIRED}, State.EXPIRED),
        ({"captured_minor": 9}, State.PAID_HELD),
        ({"payment": PaymentState.EXPIRED, "captured_minor": 9}, State.PAID_HELD),
        ({"captured_minor": 9, "cleared_minor": 9}, State.CLEARED),
        ({"captured_minor": 9, "cleared_minor": 5, "refunded_minor": 4}, State.PART_REFUNDED),
        ({"captured_minor": 9, "refunded_minor": 9}, State.REFUNDED),
        ({"captured_minor": 9, "refunds": (RefundState.DUE,)}, State.REFUND_DUE),
        ({"captured_minor": 9, "refunds": (RefundState.SENT,)}, State.REFUNDING),
        ({"captured_minor": 9, "refunds": (RefundState.FAILED,)}, State.REFUND_FAILED),
        ({"captured_minor": 9, "cleared_minor": 9, "disputed": True}, State.DISPUTED),
        ({"captured_minor": 9, "lost_minor": 9}, State.LOST),
    ],
)
def test_a_state_follows_from_the_sums(standing: dict[str, object], state: State) -> None:
    values = {"payment": PaymentState.PAID, **standing}
    assert state_of(Standing(**values)) is state  # type: ignore[arg-type]


def test_a_goal_says_what_is_passed_and_what_the_next_mark_needs() -> None:
    marks = [Mark(amount_minor=300, words="b"), Mark(amount_minor=100, words="a")]
    found = progress(150, 1000, marks)
    assert [mark.words for mark in found.passed] == ["a"]
    assert found.coming is not None and found.missing_minor == 150
    assert found.places == ((10, True), (30, False))


def test_a_bar_never_runs_out_of_its_frame() -> None:
    assert progress(5000, 1000, []).percent == 100
    assert progress(-5, 1000, []).percent == 0
    assert not is_sound_goal(100, [Mark(amount_minor=101, words="x")])
