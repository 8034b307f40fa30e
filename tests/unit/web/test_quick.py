"""What a template puts out is what Jinja would put out, escaped where it must be."""

from __future__ import annotations

import pytest
from jinja2 import Environment, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.web.quick import use_quick_drawing, written

VALUES = (
    "plain words",
    "",
    "<script>alert('1')</script>",
    'a "quoted" & said',
    "it's",
    Markup("<b>safe</b>"),
    12,
    1.5,
    None,
)


def an_environment(*, quick: bool) -> Environment:
    env = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    if quick:
        use_quick_drawing(env)
    return env


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_written_as_it_is_escaped(value: object) -> None:
    assert written(value) == escape(value)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ value }}</p>",
        "{% set part %}<i>{{ value }}</i>{% endset %}{{ part }}",
        """{% macro m(x) %}<a title="{{ x }}">{{ caller() }}</a>{% endmacro %}
        {% call m(value) %}{{ value }}{% endcall %}""",
        "{{ value ~ '<' }}{{ value|string|upper }}{{ value|safe }}",
        "{% autoescape false %}{{ value }}{% endautoescape %}",
    ],
)
def test_a_template_says_the_same_as_plain_jinja(source: str, value: object) -> None:
    drawn = [an_environment(quick=q).from_string(source).render(value=value) for q in (True, False)]
    assert drawn[0] == drawn[1]


def test_a_string_that_only_pretends_to_be_safe_is_escaped() -> None:
    class Pretender(str):
        __slots__ = ()

    assert written(Pretender("<b>")) == "&lt;b&gt;"


def plain(first: object, *, second: object = "") -> str:
    return f"{first}|{second}"


@pass_context
def seen_from(context: Context, name: str) -> object:
    return context.get(name, "unseen")


@pass_environment
def extensions_of(env: Environment) -> int:
    return len(env.extensions)


@pass_eval_context
def escaping(eval_context: EvalContext) -> bool:
    return eval_context.autoescape


class Called:
    @pass_context
    def __call__(self, context: Context, name: str) -> object:
        return context.get(name, "unseen")

    def method(self, word: str) -> str:
        return word * 2


@pytest.mark.parametrize(
    "source",
    [
        "{{ plain('a', second='<b>') }}{{ extensions_of() }}{{ escaping() }}",
        "{% for x in (1, 2) %}{% set y = x %}{{ seen_from('x') }}{{ called('y') }}{% endfor %}",
        "{% block b scoped %}{% set z = 3 %}{{ seen_from('z') }}{{ plain(z) }}{% endblock %}",
        "{{ called.method('<') }}{{ range(3)|list }}{{ dict(a=1)['a'] }}",
        """{% macro m(a, b='&') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}
        {{ m('<') }}{{ m(1, 2, 3, c='>') }}{% for x in (1, 2) %}{{ m(x) }}{% endfor %}""",
        """{% autoescape false %}{% macro m(a) %}{{ a }}{{ escaping() }}{% endmacro %}
        {{ m('<') }}{% endautoescape %}""",
    ],
)
def test_a_call_is_given_what_plain_jinja_gives_it(source: str) -> None:
    named = {
        "plain": plain,
        "seen_from": seen_from,
        "extensions_of": extensions_of,
        "escaping": escaping,
        "called": Called(),
    }
    drawn = [an_environment(quick=q).from_string(source).render(named) for q in (True, False)]
    assert drawn[0] == drawn[1]
