"""What a template puts out is what Jinja would put out, escaped where it must be."""

from __future__ import annotations

import pytest
from jinja2 import Environment
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
