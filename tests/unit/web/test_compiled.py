"""Templates are compiled once in a process, and anew when their text has changed."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from app.web.compiled import CompiledOnce


class Counting(Environment):
    """An environment that counts what it compiles."""

    count = 0

    def _generate(self, *given: object, **named: object) -> str:
        self.count += 1
        return super()._generate(*given, **named)  # type: ignore[arg-type]


def drawn(text: str) -> tuple[str, int]:
    """Draw a template in an environment of its own; give what it says and how much it compiled."""
    env = Counting(loader=DictLoader({"once.html": text}), bytecode_cache=CompiledOnce())
    return env.get_template("once.html").render(who="Anna"), env.count


def test_another_environment_does_not_compile_the_same_text_again() -> None:
    assert drawn("Hello, {{ who }}.") == ("Hello, Anna.", 1)
    assert drawn("Hello, {{ who }}.") == ("Hello, Anna.", 0)


def test_a_changed_text_of_the_same_name_is_compiled() -> None:
    drawn("Good morning, {{ who }}.")
    assert drawn("Good night, {{ who }}.") == ("Good night, Anna.", 1)
