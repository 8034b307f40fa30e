"""What is counted and summed up."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from documents.clerk.rules.case import Case, Looked, Param, found
from documents.clerk.shape import AnyOf, AtMost, Count, NotNegative
from documents.paperwork.rules.numbers import amount_of, amount_text


def check_count(rule: Count, case: Case) -> Looked:
    """Look whether a table has as many rows as it may have."""
    given = case.table(rule.table)
    if not given.rows:
        return
    alike: Counter[str] = Counter(
        row.values.get(rule.by, "").strip().casefold() if rule.by else "" for row in given.rows
    )
    for name, count in alike.items():
        many = rule.most is not None and count > rule.most
        told: dict[str, Param] = {
            "count": count,
            "most": rule.most or 0,
            "least": rule.least,
            "text": name,
        }
        wrong = many or count < rule.least
        yield found(rule, answers=(rule.table,), params=told) if wrong else None


def check_not_negative(rule: NotNegative, case: Case) -> Looked:
    """Look whether more went out than came in; lines nobody filled in count for nothing."""
    if not any(case.text(key) for key in (*rule.plus, *rule.minus)):
        return
    left, right = _sum(rule.plus, case), _sum(rule.minus, case)
    kind = case.answers[rule.plus[0]].type
    told: dict[str, Param] = {"one": amount_text(kind, left), "other": amount_text(kind, right)}
    about = (*rule.plus, *rule.minus)
    yield found(rule, answers=about, params=told) if left < right else None


def check_at_most(rule: AtMost, case: Case) -> Looked:
    """Look whether a number is too great."""
    text = case.text(rule.answer)
    amount = amount_of(case.answers[rule.answer].type, text) if text else None
    if amount is not None:
        told: dict[str, Param] = {"text": text, "most": rule.most}
        great = amount > rule.most
        yield found(rule, answers=(rule.answer,), params=told) if great else None


def check_any_of(rule: AnyOf, case: Case) -> Looked:
    """Look whether at least one of several questions was answered so; once all are answered."""
    texts = [case.text(key) for key in rule.answers]
    if all(texts):
        none = not any(text in rule.among for text in texts)
        yield found(rule, answers=rule.answers) if none else None


def _sum(keys: tuple[str, ...], case: Case) -> Fraction:
    amounts = (amount_of(case.answers[key].type, text) for key in keys if (text := case.text(key)))
    return sum((amount for amount in amounts if amount is not None), Fraction(0))
