"""Our way of compiling templates gives what Jinja's own gives, and refuses what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from generators.render.compiling import PlainEnvironment, SaidPhrases, printed

PARTS = """
{% macro cell(value, kind='td', last=false) %}<{{ kind }}>{{ value }}{{ '!' if last }}</{{ kind }}>{% endmacro %}
{% macro around(name) %}<p class="{{ name }}">{{ caller() }}</p>{% endmacro %}
"""
TEMPLATES = {
    "parts": PARTS,
    "values": "{{ value }}|{{ value ~ '<' }}|{{ [value, 1] | join('&') }}|{{ {'a': value}.a }}",
    "calls": "{% import 'parts' as p %}{{ p.cell(value) }}{{ p.cell(kind='th', value=1) }}{{ p.cell(1, last=true) }}",
    "caller": "{% import 'parts' as p %}{% call p.around('x') %}{% for v in [value] %}{{ v }}{% endfor %}{% endcall %}",
    "spread": "{% import 'parts' as p %}{{ p.cell(*[value, 'b']) }}{{ p.cell(**{'value': value, 'last': true}) }}",
    "phrase": "{{ t('a&b') }}{{ t(value) }}{{ t('a', name=value) }}{{ t('a') ~ '>' }}{% set said = t('<') %}{{ said }}",
    "loop": "{% for one in [value, value] %}{{ loop.index0 }}{{ one }}{{ t('x<') }}{{ say(one) }}{% endfor %}",
}
VALUES = ["plain", "Số & <b>\"'", Markup("<b>&amp;</b>"), 7, 2.5, None, True, ["<", Markup("<")]]


def phrase(key: object, **values: object) -> str:
    return f"<{key}>{sorted(values)}"


def rendered(environment: Environment, name: str, value: object) -> str:
    environment.globals.update(t=phrase, say=lambda one: f"{one}'s")
    return environment.get_template(name).render(value=value)


@pytest.fixture
def ours() -> PlainEnvironment:
    return PlainEnvironment(SaidPhrases(phrase), loader=DictLoader(TEMPLATES), undefined=StrictUndefined)


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "parts"])
def test_pages_are_those_of_jinjas_own_compiler(name: str, value: Any, ours: PlainEnvironment) -> None:
    jinjas = Environment(loader=DictLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)
    assert rendered(ours, name, value) == rendered(jinjas, name, value)


@pytest.mark.parametrize("code", ["{{ nobody }}", "{{ nobody() }}", "{{ value.nothing() }}", "{{ t(nobody) }}"])
def test_a_name_that_nobody_gave_is_refused(code: str, ours: PlainEnvironment) -> None:
    ours.globals.update(t=phrase)
    with pytest.raises(UndefinedError):
        ours.from_string(code).render(value="x")


def test_a_template_knows_what_the_environment_knows_and_what_is_its_own(ours: PlainEnvironment) -> None:
    ours.globals.update(shared="shared")
    own = ours.from_string("{{ shared }} {{ own }}", globals={"own": "own"})
    assert own.render() == "shared own" and own.render(own="given") == "shared given"
    with pytest.raises(UndefinedError):
        ours.from_string("{{ own }}").render()
    assert type(own.globals) is dict, "a chain of maps takes three times as long"


def test_a_phrase_that_stands_by_itself_is_asked_for_once() -> None:
    asked: list[str] = []

    def ask(key: str) -> str:
        asked.append(key)
        return f"<{key}>"

    environment = PlainEnvironment(SaidPhrases(ask))
    page = environment.from_string("{% for one in range(5) %}{{ t('word') }}{% endfor %}")
    assert page.render() + page.render() == "&lt;word&gt;" * 10
    assert asked == ["word"]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_printed_is_escaped_once(value: object) -> None:
    assert printed(value) == str(Markup("{}").format(value))
