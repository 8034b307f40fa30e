"""Whether every language says every source, and says none that nobody names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.packs import PackHeader, Problem, TomlFile
from app.sources import SourceWords, superfluous_problems, unsaid_problems
from quests.route.shape import RouteShape


def check_sources(
    file: TomlFile,
    shape: RouteShape,
    header: PackHeader,
    languages: Iterable[SourceWords],
    others: Iterable[TomlFile],
) -> Iterator[Problem]:
    """Sources of the route without words, and words that no file of the pack needs."""
    named = {rule.source for step in shape.step for rule in step.rule}
    elsewhere = {found for other in others for found in sources_as_written(other.data)}
    for words in languages:
        for number, step in enumerate(shape.step):
            for index, rule in enumerate(step.rule):
                line = file.line("step", number, "rule", index)
                name = f"step {step.key}: rule {rule.key}"
                yield from unsaid_problems(words, rule.source, file=file.name, line=line, name=name)
        yield from superfluous_problems(words, named | elsewhere)
        for key in sorted(words.reference.keys() - header.source_refs.keys()):
            yield words.file.problem(
                ("reference", key), f"pack.toml has no source {key}", "correct or remove it"
            )


def sources_as_written(data: object) -> Iterator[str]:
    """Every value called `source` in a parsed file, however deep."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "source" and isinstance(value, str):
                yield value
            else:
                yield from sources_as_written(value)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            yield from sources_as_written(value)
