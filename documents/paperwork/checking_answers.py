"""Whether a pack's answers hang together: problems with their file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.packs import Problem, TomlFile
from documents.paperwork.shape import (
    NONE,
    OF_ANSWER,
    SOME,
    SUMMED,
    Answer,
    AnswersShape,
    AnswerType,
    Column,
    Suggestion,
    Value,
    When,
)

_OFFERED = frozenset(suggestion.value for suggestion in Suggestion)


def answers_problems(file: TomlFile, shape: AnswersShape) -> Iterator[Problem]:
    """What is wrong with the answers of a pack, each at its line."""
    answers = {answer.key: answer for answer in shape.answer}
    seen: set[str] = set()
    for number, answer in enumerate(shape.answer):
        where = ("answer", number)
        if answer.key in seen:
            yield file.problem(where, f"answer {answer.key} stands twice", "name it once")
        seen.add(answer.key)
        yield from _value_problems(file, where, answer)
        yield from _offer_problems(file, where, answer, answers)
        if answer.when is not None:
            yield from when_problems(file, where, answer.when, answers)
        if answer.is_table:
            yield from _table_problems(file, where, answer, answers)
        elif answer.column or answer.total or answer.sum_at_most:
            yield file.problem(
                where, f"{answer.key} has columns and is no table", 'write type = "table"'
            )
        elif answer.bic and answer.bic not in answers:
            yield file.problem(where, f"there is no answer {answer.bic}", "correct bic")


def when_problems(
    file: TomlFile, where: Sequence[str | int], when: When, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    """What is wrong with a condition on another answer."""
    of = answers.get(when.answer)
    if of is None:
        yield file.problem(where, f"no answer {when.answer}", "correct when")
        return
    known = (NONE, SOME) if of.is_table else of.choices
    for option in when.among if known else ():
        # Empty: nobody has answered yet.
        if option and option not in known:
            yield file.problem(
                where, f"{when.answer} is never {option}", f"choose among {', '.join(known)}"
            )


def _value_problems(file: TomlFile, where: Sequence[str | int], value: Value) -> Iterator[Problem]:
    if (value.type is AnswerType.CHOICE) != bool(value.options):
        yield file.problem(where, f"{value.key} needs options", "only a choice has them")
    if value.bic and value.type is not AnswerType.ACCOUNT:
        yield file.problem(where, f"{value.key} is no account", "only an account has a bic")


def _offer_problems(
    file: TomlFile,
    where: Sequence[str | int],
    answer: Answer,
    answers: Mapping[str, Answer],
) -> Iterator[Problem]:
    offered = answer.suggest
    if answer.seal and (offered or answer.decline):
        yield file.problem(where, f"{answer.key} is sealed", "what is sealed is never offered")
    if offered.startswith(OF_ANSWER):
        of = answers.get(offered.removeprefix(OF_ANSWER))
        if of is None or of.is_table or of.key == answer.key:
            yield file.problem(where, f"nothing offers {offered}", "name another answer")
        elif of.seal:
            yield file.problem(where, f"{of.key} is sealed", "what is sealed is never offered")
    elif offered and offered not in _OFFERED:
        yield file.problem(
            where, f"nothing offers {offered}", f"choose among {', '.join(sorted(_OFFERED))}"
        )
    for key in answer.decline.of if answer.decline else ():
        if key not in answers or answers[key].is_table:
            yield file.problem(where, f"decline: there is no answer {key}", "correct its name")
        elif answers[key].seal:
            yield file.problem(where, f"decline: {key} is sealed", "names lie open")
    if answer.decline and len(answer.decline.of) == 2:
        yield file.problem(
            where, "decline needs one name or three parts", "name surname, first name, patronymic"
        )


def _table_problems(
    file: TomlFile,
    where: Sequence[str | int],
    answer: Answer,
    answers: Mapping[str, Answer],
) -> Iterator[Problem]:
    columns = {column.key: column for column in answer.column}
    if not columns:
        yield file.problem(where, f"table {answer.key} has no columns", "add column = […]")
    if len(columns) != len(answer.column):
        yield file.problem(where, f"table {answer.key} names a column twice", "name it once")
    if answer.suggest or answer.decline or answer.warn:
        yield file.problem(
            where, f"table {answer.key} can’t be offered or warned of", "say it of its columns"
        )
    for column in answer.column:
        yield from _value_problems(file, where, column)
        if column.type is AnswerType.TABLE:
            yield file.problem(where, "a table in a table", "give it an answer of its own")
        if column.bic and column.bic not in columns and column.bic not in answers:
            yield file.problem(where, f"{column.key}: no column {column.bic}", "correct bic")
    yield from _sum_problems(file, where, answer, columns)


def _sum_problems(
    file: TomlFile,
    where: Sequence[str | int],
    answer: Answer,
    columns: Mapping[str, Column],
) -> Iterator[Problem]:
    limit = answer.sum_at_most
    summed = [*answer.total, *((limit.column,) if limit else ())]
    for key in summed:
        if key not in columns or columns[key].type not in SUMMED:
            yield file.problem(
                where, f"{key} can’t be summed", "name a column of money, numbers or shares"
            )
    if limit and limit.by and limit.by not in columns:
        yield file.problem(where, f"there is no column {limit.by}", "correct sum_at_most.by")
