"""What was handed in before it was corrected: an earlier round that differs from the last."""

from __future__ import annotations

from typing import Any

from quests.route.shape import FieldType, Step

MOST_CHANGES = 2
WORDY = (FieldType.TEXT, FieldType.LONGTEXT)


def corrected_later(step: Step, snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give a snapshot as it may have been before a reviewer asked for more."""
    earlier = dict(snapshot)
    if "answers" in snapshot:
        earlier["answers"] = _less_said(step, snapshot["answers"])
    if len(snapshot.get("files", ())) > 1:
        earlier["files"] = snapshot["files"][:-1]
    if len(snapshot.get("ticks", ())) > 1:
        earlier["ticks"] = snapshot["ticks"][:-1]
    return earlier


def _less_said(step: Step, answers: dict[str, str]) -> dict[str, str]:
    types = {asked.key: asked.type for asked in step.field if not asked.seal}
    earlier = dict(answers)
    changed = 0
    for key, value in answers.items():
        other = _before(types.get(key, FieldType.LONGTEXT if key == "outcome" else None), value)
        if other == value or changed == MOST_CHANGES:
            continue
        earlier[key] = other
        changed += 1
    return earlier


def _before(kind: FieldType | None, value: str) -> str:
    words = value.split()
    if kind in WORDY and len(words) > 1:
        return " ".join(words[: len(words) // 2])
    if kind is FieldType.NUMBER and value.isdecimal():
        return str(int(value) + 10)
    return value
