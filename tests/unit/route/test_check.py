"""Each way in which a pack can be broken is found, placed and given a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.packs import PackError
from quests.route.check import check_pack, load_route, main
from tests.unit.route.tiny_pack import FILES, ROUTE, problems_of, written


def test_a_sound_pack_has_no_problems(tmp_path: Path) -> None:
    assert check_pack(written(tmp_path)) == []


BROKEN = [
    ("opens = { step =", "opens = { step_ =", "unknown key"),
    ('opens = { step = "first" }', 'opens = { step = "third" }', "unknown step third"),
    ('opens = { step = "first" }', 'opens = { step = "second" }', "cycle: second → second"),
    ("days = 1\ndue", 'days = 1\nopens = { step = "second" }\ndue', "in a cycle"),
    (
        'opens = { step = "first" }',
        'opens = { all = [{ step = "first" }, { answer = "first.as", is = "y" }] }',
        "second can never be reached",
    ),
    (
        'opens = { step = "first" }',
        'opens = { answer = "first.as", is = "z" }',
        "waits for the answer z, which can’t be chosen",
    ),
    (
        'opens = { step = "first" }',
        'opens = { answer = "first.no", is = "x" }',
        "unknown field first.no",
    ),
    ('opens = { step = "first" }', 'opens = { fact = "doors", at_least = 1 }', "unknown fact"),
    (
        'opens = { step = "first" }',
        'opens = { fact = "evidence:first:forms", at_least = 1 }',
        "names the unknown fact evidence:first:forms",
    ),
    (
        'evidence = [{ kind = "quiz", key = "quiz", pass = 1 }]',
        (
            'applies = { not = { fact = "evidence:first:people", at_least = 1 } }\n'
            'evidence = [{ kind = "quiz", key = "quiz", pass = 1 }]'
        ),
        "names the unknown fact evidence:first:people",
    ),
    (
        'opens = { step = "first" }',
        'opens = { count = [{ step = "first" }], at_least = 2 }',
        "wants 2 of 1",
    ),
    (
        'opens = { step = "first" }',
        'opens = { reached = { deadline = "never" } }',
        "unknown deadline never",
    ),
    ('opens = { step = "first" }', "opens = { }", "say exactly one of"),
    ('due = { deadline = "close" }', 'due = { deadline = "open" }', "unknown deadline open"),
    (
        'due = { deadline = "close" }',
        'due = { deadline = "polling_day", days = -9 }',
        "without source and status",
    ),
    ('due = { deadline = "close" }', 'due = { deadline = "close", days = 1 }', "later than"),
    ('source = "Act s.2"', 'source = ""', "has no source"),
    (', status = "V" }]', " }]", "status is missing"),
    ('source_keys = ["LAW"]', 'source_keys = ["LAV"]', "unknown source LAV"),
    ('source_keys = ["LAW"]', "source_keys = []", "verified without a source"),
    ('"Act s.2"', '"Bill s.2"', "the source “Bill s.2” has no words in sources.en.toml"),
    ('"Act s.2"', '"Act ch.2"', "the source “Act ch.2” has no words in sources.en.toml"),
    ('evidence = [{ kind = "form", key = "form" }]', "evidence = []", "no fact can complete it"),
    (
        'evidence = [{ kind = "form", key = "form" }]',
        'evidence = [{ kind = "form", key = "form", unless = { answer = "first.as", is = "x" } }]',
        "only a fact can be made needless",
    ),
    (
        'evidence = [{ kind = "quiz", key = "quiz", pass = 1 }]',
        (
            'evidence = [{ kind = "quiz", key = "quiz", pass = 1 }, { kind = "fact", key = "doors",'
            ' fact = "doors.logged", unless = { answer = "first.as", is = "x" } }]'
        ),
        "unless asks for something else than an answer of its own step",
    ),
    (
        'evidence = [{ kind = "form", key = "form" }]',
        (
            'evidence = [{ kind = "form", key = "form" }, { kind = "fact", key = "doors",'
            ' fact = "doors.logged", unless = { answer = "first.as", is = "z" } }]'
        ),
        "waits for the answer z, which can’t be chosen",
    ),
    (
        '{ key = "as", type = "choice",',
        '{ key = "on", type = "date", from = "filed:bag" }, { key = "as", type = "choice",',
        "takes its day from filed:bag, which does not prove this step",
    ),
    (
        '{ key = "as", type = "choice",',
        '{ key = "as", type = "choice", from = "filed:bag",',
        "a fact offers its day to an open date only",
    ),
    ('kind = "form"', 'kind = "rumour"', "evidence.0.kind"),
    ('kind = "form"', 'kind = "meeting"', "confirmed by a coordinator"),
    ('kind = "form"', 'kind = "date"', "which day must be reached"),
    ('kind = "form"', 'kind = "checklist", review = "coalition"', "is a checklist without item"),
    ("pass = 1", "pass = 2", "wants 2 right of 1 questions"),
    (", pass = 1", "", "how many to pass"),
    ('right = "a"', 'right = "c"', "not among its options"),
    ('stop = ["y"]', 'stop = ["x", "y"]', "every answer stops"),
    ('stop = ["y"]', 'stop = ["z"]', "speaks of z"),
    ('options = ["x", "y"], ', "", "offers no choice"),
    ('key = "second"', 'key = "first"', "step first stands twice"),
    ('stage = "way"', 'stage = "path"', "unknown stage path"),
    ('key = "way"', 'key = "way"\n[[stage]]\nkey = "empty"', "stage empty has no steps"),
    ("minutes = 5", 'minutes = 5\nwho = ["king"]', "unknown role king"),
    ('line = "documents"', 'line = "sky"', "step.0.line"),
    ('key = "first"', 'key = "first"\nside = true', "needs the side step first"),
    ("[[stage]]", "[[stage]", "not TOML"),
    (
        "[[stage]]",
        'anchor = [{ key = "submitted", answer = "first.as" }]\n[[stage]]',
        "not a date field",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_a_broken_route_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = problems_of(tmp_path, "route_toml", old, new)
    found = [problem for problem in problems if said in problem.message]
    assert found, problems
    assert found[0].file == "route.toml"
    assert found[0].remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("pack_toml", 'id = "tiny"', 'id = "big"', "folder is called tiny"),
        ("pack_toml", "Europe/London", "Europe/Lundon", "no time zone"),
        ("pack_toml", 'default_language = "en"', 'default_language = "ru"', "not among languages"),
        ("pack_toml", 'currency = "GBP"\n', "", "currency is missing"),
        (
            "pack_toml",
            'ref = "The Act"',
            'ref = "Next door", analogous = true',
            "step first: rule own_hand is called verified by sources on another election",
        ),
        (
            "pack_toml",
            'ref = "The Act"',
            'ref = "Next door", analogous = true',
            "deadline close is called verified by sources on another election",
        ),
        ("calendar_toml", "Act s.1", "Bill s.1", "deadline close: the source “Bill s.1”"),
        ("sources_en_toml", "Act =", "Bill =", "no source needs the law “Bill”"),
        ("sources_en_toml", '", s. {}"', '"section"', "s needs one {}"),
        ("sources_en_toml", "[law]", '[reference]\nLAV = "x"\n[law]', "has no source LAV"),
        ("calendar_toml", 'source = "Act s.1"\n', "", "source"),
        ("calendar_toml", 'anchor = "polling_day"', 'anchor = "someday"', "someday"),
        ("calendar_toml", '["LAW"]', '["LAV"]', "unknown source LAV"),
        ("texts_en_toml", "[step.second]\n", "[step.third]\n", "step.second.title is missing"),
        ("texts_en_toml", "[step.second]\n", "[step.third]\n", "step.third names nothing"),
        ("texts_en_toml", 'rule.own_hand.text = "By hand"\n', "", "own_hand has no words"),
        ("texts_en_toml", '{ x = "X", y = "Y" }', '{ x = "X" }', "options.y has no words"),
        ("texts_en_toml", 'short = "First"', 'short = "Far too long a name"', "at most 14"),
        ("questions_en_toml", 'step = "first"', 'step = "third"', "no such step"),
        ("questions_en_toml", 'answer = "So."\n', "", "has no answer"),
        ("help_en_first_md", "# Title", "Title", "no title"),
        ("help_en_first_md", "Source: Act", "Act", "does not end with its source"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    problems = problems_of(tmp_path, file, old, new)
    assert any(said in problem.message for problem in problems), problems


@pytest.mark.parametrize("name", [name for name in FILES if name.count("/") == 0])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    pack = written(tmp_path)
    (pack / name).unlink()
    problems = check_pack(pack)
    assert any(p.file == name and "missing" in p.message for p in problems), problems


def test_a_missing_translation_is_named(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "pack_toml", '["en"]', '["en", "ru"]')
    assert {"texts.ru.toml", "questions.ru.toml", "help/ru/first.md"} <= {p.file for p in problems}


def test_a_problem_says_the_line(tmp_path: Path) -> None:
    (problem,) = problems_of(
        tmp_path, "route_toml", 'opens = { step = "first" }', 'opens = { step = "third" }'
    )
    assert ROUTE.splitlines()[problem.line - 1].startswith("opens")


SEALED = ('options = ["x", "y"], stop', 'options = ["x", "y"], seal = true, stop')


def test_a_sealed_answer_may_stop_its_own_form(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "route_toml", *SEALED) == []


@pytest.mark.parametrize(
    ("label", "condition"),
    [
        ("opens", '{ answer = "first.as", is = "x" }'),
        ("opens", '{ any = [{ step = "first" }, { not = { answer = "first.as", is = "y" } }] }'),
        ("applies", '{ answer = "first.as", in = ["x"] }'),
    ],
)
def test_nothing_is_decided_by_a_sealed_answer(tmp_path: Path, label: str, condition: str) -> None:
    pack = written(tmp_path, route_toml=SEALED)
    route = pack / "route.toml"
    text = route.read_text("utf-8").replace('opens = { step = "first" }', f"{label} = {condition}")
    route.write_text(text, "utf-8")
    (problem,) = (one for one in check_pack(pack) if "is sealed" in one.message)
    assert f"step second: {label} rests on first.as" in problem.message
    assert problem.file == "route.toml"
    assert text.splitlines()[problem.line - 1].startswith(label)
    assert "without seal" in problem.remedy


def test_no_day_is_counted_from_a_sealed_answer(tmp_path: Path) -> None:
    dated = '{ key = "on", type = "date", required = true, seal = true },\n]'
    pack = written(tmp_path, route_toml=('stop = ["y"] },\n]', f'stop = ["y"] }},\n  {dated}'))
    route = pack / "route.toml"
    anchor = 'anchor = [{ key = "submitted", answer = "first.on" }]\n'
    route.write_text(anchor + route.read_text("utf-8"), "utf-8")
    (problem,) = (one for one in check_pack(pack) if "is sealed" in one.message)
    assert problem.message.startswith("anchor submitted: first.on") and problem.line == 1


def test_a_broken_pack_is_not_loaded(tmp_path: Path) -> None:
    pack = written(tmp_path, route_toml=('step = "first"', 'step = "third"'))
    with pytest.raises(PackError, match=r"route\.toml:\d+: .*unknown step third"):
        load_route(pack)


def test_a_sound_pack_is_loaded_with_its_words(tmp_path: Path) -> None:
    pack = load_route(written(tmp_path))
    assert pack.words["en"].step["first"].title == "First"
    assert pack.words_of("first", "xx").title == "First"
    assert pack.help_of("first", "en").startswith("# Title")
    assert pack.questions["en"][0].is_shown


def test_unverified_answers_are_not_shown(tmp_path: Path) -> None:
    pack = load_route(written(tmp_path, questions_en_toml=('status = "V"', 'status = "M"')))
    assert not pack.questions["en"][0].is_shown


def test_the_program_prints_problems_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = written(tmp_path)
    assert main([str(sound)]) == 0
    assert capsys.readouterr().out == "ok\n"
    broken = written(tmp_path, route_toml=('step = "first"', 'step = "third"'))
    assert main([str(broken)]) == 1
    assert "route.toml:" in capsys.readouterr().out
    assert main([]) == 2
