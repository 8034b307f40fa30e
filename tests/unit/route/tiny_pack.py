"""A pack of two steps, and copies of it in which one thing is wrong."""

from __future__ import annotations

from pathlib import Path

from app.packs import Problem
from quests.route.check import check_pack

PACK = """\
id = "tiny"
version = "2026-01-01"
country = "GB"
timezone = "Europe/London"
currency = "GBP"
languages = ["en"]
default_language = "en"
source = [{ key = "LAW", ref = "The Act" }]
"""
CALENDAR = """\
[[deadline]]
key = "close"
rule = { kind = "calendar_days_before", anchor = "polling_day", count = 9 }
edge = "closes"
whose = "campaign"
status = "V"
source = "Act s.1"
source_keys = ["LAW"]
"""
ROUTE = """\
[[stage]]
key = "way"

[[step]]
key = "first"
stage = "way"
line = "documents"
minutes = 5
days = 1
due = { deadline = "close" }
rule = [{ key = "own_hand", source = "Act s.2", source_keys = ["LAW"], status = "V" }]
evidence = [{ kind = "form", key = "form" }]
field = [
  { key = "as", type = "choice", required = true, options = ["x", "y"], stop = ["y"] },
]

[[step]]
key = "second"
stage = "way"
line = "money"
minutes = 5
days = 1
opens = { step = "first" }
evidence = [{ kind = "quiz", key = "quiz", pass = 1 }]
question = [{ key = "q", options = ["a", "b"], right = "a" }]
"""
TEXTS = """\
[pack]
name = "Tiny"
short = "Tiny"
council_word = "council"
district_word = "ward"

[line]
documents.title = "Papers"
money.title = "Money"
field.title = "Field"
voice.title = "Voice"

[stage.way]
title = "The way"

[step.first]
title = "First"
short = "First"
why = "Because"
what = "Do it"
proof = "The form"
rule.own_hand.text = "By hand"
field.as.label = "As whom?"
field.as.options = { x = "X", y = "Y" }
field.as.stop = { y = "You can’t" }

[step.second]
title = "Second"
short = "Second"
why = "Because"
what = "Do it"
proof = "The quiz"
[step.second.question.q]
text = "Which?"
because = "It is so"
options = { a = "A", b = "B" }
"""
DEADLINES = """\
[deadline.close]
title = "Papers close"
of = "the close"
"""
SOURCES = """\
[law]
Act = "The Act"
[place]
s = ", s. {}"
"""
QUESTIONS = """\
[[question]]
step = "first"
key = "why"
ask = "Why?"
answer = "So."
status = "V"
"""
ARTICLE = "# Title\n\nSome words of help.\n\nSource: Act s.2, read in the Act.\n"

FILES = {
    "pack.toml": PACK,
    "calendar.toml": CALENDAR,
    "route.toml": ROUTE,
    "texts.en.toml": TEXTS,
    "deadlines.en.toml": DEADLINES,
    "deadlines.ru.toml": DEADLINES,
    "sources.en.toml": SOURCES,
    "sources.ru.toml": SOURCES,
    "questions.en.toml": QUESTIONS,
    "help/en/first.md": ARTICLE,
    "help/en/second.md": ARTICLE,
}


def written(folder: Path, **replacing: tuple[str, str]) -> Path:
    """Write the tiny pack; `route_toml=(old, new)` breaks that file."""
    pack = folder / "tiny"
    for name, text in FILES.items():
        old, new = replacing.get(name.replace(".", "_").replace("/", "_"), ("", ""))
        assert old in text
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return pack


def problems_of(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    """Check the tiny pack with one text of a file replaced."""
    return check_pack(written(folder, **{file: (old, new)}))
