"""Whether every language says everything: texts, help articles and seeded questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.packs import Problem, TomlFile
from quests.route.shape import Line, RouteShape, Step
from quests.route.words import SeededQuestion

_SOURCE_WORDS = ("source", "источник")


def check_words(file: TomlFile, shape: RouteShape) -> Iterator[Problem]:
    """Tables and words that are missing from a texts file, and those that name nothing."""
    yield from _same_keys(file, ("line",), {line.value for line in Line})
    yield from _same_keys(file, ("stage",), {stage.key for stage in shape.stage})
    yield from _same_keys(file, ("step",), {step.key for step in shape.step})
    for step in shape.step:
        if _table(file, ("step", step.key)):
            yield from _step_words(file, step)


def check_help(
    folder: Path, languages: Sequence[str], shape: RouteShape | None, problems: list[Problem]
) -> dict[tuple[str, str], str]:
    """Every help article by language and step; missing and odd ones are added to `problems`."""
    articles: dict[tuple[str, str], str] = {}
    wanted = [step.key for step in shape.step] if shape else []
    for language in languages:
        found = {path.stem: path for path in sorted((folder / "help" / language).glob("*.md"))}
        for key, path in found.items():
            name = f"help/{language}/{key}.md"
            text = path.read_text(encoding="utf-8", errors="replace")
            articles[language, key] = text
            if shape is not None and key not in wanted:
                problems.append(_of_file(name, f"no step is called {key}", "rename or remove it"))
            problems.extend(_article(name, text))
        for key in wanted:
            if key not in found:
                name = f"help/{language}/{key}.md"
                problems.append(_of_file(name, "the article is missing", "write it"))
    return articles


def check_questions(
    read: Mapping[str, tuple[TomlFile, tuple[SeededQuestion, ...]]], shape: RouteShape
) -> Iterator[Problem]:
    """Questions of unknown steps, repeated, unanswered, or not the same in every language."""
    steps = {step.key for step in shape.step}
    everywhere = {(q.step, q.key): q.status for _, found in read.values() for q in found}
    for file, found in read.values():
        seen: set[tuple[str, str]] = set()
        for index, question in enumerate(found):
            where = ("question", index)
            name = f"question {question.step}.{question.key}"
            identity = (question.step, question.key)
            if question.step not in steps:
                yield file.problem(where, f"{name}: no such step", "correct step")
            if identity in seen:
                yield file.problem(where, f"{name} stands twice", "rename one")
            seen.add(identity)
            if question.status.may_be_shown_as_answer and not question.answer:
                yield file.problem(where, f"{name} has no answer", 'add it, or status = "?"')
            if everywhere[identity] is not question.status:
                yield file.problem(
                    where, f"{name} has another status in another language", "make them equal"
                )
        for step_key, key in sorted(everywhere.keys() - seen):
            yield file.problem(
                (), f"question {step_key}.{key} is missing in this language", "translate it"
            )


def _step_words(file: TomlFile, step: Step) -> Iterator[Problem]:
    base = ("step", step.key)
    yield from _same_keys(file, (*base, "rule"), {rule.key for rule in step.rule})
    yield from _same_keys(file, (*base, "item"), {item.key for item in step.item})
    yield from _same_keys(file, (*base, "file"), {one.key for one in step.file})
    yield from _same_keys(file, (*base, "field"), {field.key for field in step.field})
    yield from _same_keys(file, (*base, "question"), {one.key for one in step.question})
    for field in step.field:
        path = (*base, "field", field.key)
        if _table(file, path):
            yield from _same_keys(file, (*path, "options"), set(field.choices))
            yield from _same_keys(file, (*path, "stop"), set(field.stop))
            yield from _same_keys(file, (*path, "warn"), set(field.warn))
    for question in step.question:
        path = (*base, "question", question.key)
        if _table(file, path):
            yield from _same_keys(file, (*path, "options"), set(question.options))


def _same_keys(file: TomlFile, path: tuple[str, ...], wanted: set[str]) -> Iterator[Problem]:
    has = set(_table(file, path))
    dotted = ".".join(path)
    for key in sorted(wanted - has):
        yield file.problem(
            path, f"{dotted}.{key} has no words", f"add [{dotted}.{key}] or {key} = …"
        )
    for key in sorted(has - wanted):
        yield file.problem(
            (*path, key), f"{dotted}.{key} names nothing in the route", "correct or remove it"
        )


def _table(file: TomlFile, path: Sequence[str]) -> Mapping[str, object]:
    found: object = file.data
    for part in path:
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _article(name: str, text: str) -> Iterator[Problem]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not lines[0].startswith("# ") or len(lines) < 3:
        yield _of_file(name, "the article has no title or no text", "begin with “# Title”")
        return
    if not lines[-1].strip("*_ ").casefold().startswith(_SOURCE_WORDS):
        yield Problem(
            file=name,
            line=len(text.splitlines()),
            message="the article does not end with its source",
            remedy="end with “Source: …” or “Источник: …” and how sure we are",
        )


def _of_file(name: str, message: str, remedy: str) -> Problem:
    return Problem(file=name, line=1, message=message, remedy=remedy)
