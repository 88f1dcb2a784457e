"""Holds links that fit the depth of a page, texts in two languages, and templates that fail rather than guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from generators.render.html import Templates, base_of, bilingual_html, placed, relative, relative_links
from generators.schema.scalars import Words


@pytest.mark.parametrize(
    ("address", "base"), [("/", "."), ("/bat-dau/", ".."), ("/ke-hoach/x/", "../.."), ("/en/plans/x/", "../../..")]
)
def test_the_way_back_to_the_root(address: str, base: str) -> None:
    assert base_of(address) == base


@pytest.mark.parametrize(
    ("address", "start", "link"),
    [
        ("/", "/", "./"),
        ("/bat-dau/", "/", "./bat-dau/"),
        ("/", "/bat-dau/", "../"),
        ("/bat-dau/#x", "/ke-hoach/x/", "../../bat-dau/#x"),
        ("/assets/a.svg", "/en/", "../assets/a.svg"),
    ],
)
def test_links_from_page_to_page(address: str, start: str, link: str) -> None:
    assert relative(address, start) == link


@pytest.mark.parametrize(
    ("html", "out"),
    [
        ('<a href="/bat-dau/">', '<a href="../bat-dau/">'),
        ('<a class="x" href="/">', '<a class="x" href="../">'),
        ('<img alt="a" src="/a.png"><a href="/b/">', '<img alt="a" src="../a.png"><a href="../b/">'),
        ('<a\nhref="/b/">', '<a\nhref="../b/">'),
        ('<a href="#x">', '<a href="#x">'),
        ('<a href="b/">', '<a href="b/">'),
        ('<a href="//example.com/">', '<a href="//example.com/">'),
        ('<a href="https://example.com/a">', '<a href="https://example.com/a">'),
        ('<a data-href="/b/">', '<a data-href="/b/">'),
        ('<code>&lt;a href="/b/"&gt;</code>', '<code>&lt;a href="/b/"&gt;</code>'),
        ('<p>a href="/b/"</p>', '<p>a href="/b/"</p>'),
    ],
)
def test_rooted_links_in_html_are_made_relative_and_nothing_else(html: str, out: str) -> None:
    assert relative_links(html, "/x/") == out


def test_a_text_says_which_language_it_is_in() -> None:
    plain, both = Words.model_validate("Chợ <số>"), Words.model_validate({"vi": "Chợ & quê", "en": "Market & village"})
    assert bilingual_html(plain, "vi") == "Chợ &lt;số&gt;"
    assert bilingual_html(plain, "en") == '<span lang="vi">Chợ &lt;số&gt;</span>'
    assert bilingual_html(both, "en") == "Market &amp; village"
    assert bilingual_html(None, "en") == ""


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    files = {
        "unknown.html": "{{ nowhere }}",
        "unknown-in-if.html": "{% if nowhere %}yes{% endif %}",
        "optional.html": "{% if record.note %}yes{% else %}no{% endif %}",
        "optional-printed.html": "{{ record.note }}",
        "filters.html": "{{ n | number }} {{ n | number(1) }} {{ n | percent }} {{ d | day }}",
        "help.html": "{{ lang }} {{ t('hi', name='<b>') }} {{ href('/a/') }} {{ w(words) }} {{ raw }}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Templates(lambda key, lang, **values: f"{key}.{lang}.{values['name']}", tmp_path)


@pytest.mark.parametrize("name", ["unknown.html", "unknown-in-if.html", "optional-printed.html"])
def test_a_name_that_is_not_given_stops_the_build(templates: Templates, name: str) -> None:
    with pytest.raises(UndefinedError):
        templates.render(name, "vi", "/", record={"a": 1})


def test_an_optional_part_of_a_value_is_merely_absent(templates: Templates) -> None:
    assert templates.render("optional.html", "vi", "/", record={"a": 1}) == "no"
    assert templates.render("optional.html", "vi", "/", record={"note": "x"}) == "yes"


def test_filters_speak_the_language_of_the_page(templates: Templates) -> None:
    values = {"n": Decimal("1234.25"), "d": date(2026, 3, 5)}
    assert templates.render("filters.html", "vi", "/", **values) == "1.234,25 1.234,3 1.234,25% 05/03/2026"
    assert templates.render("filters.html", "en", "/", **values) == "1,234.25 1,234.3 1,234.25% 5 March 2026"


def test_what_templates_are_given_is_escaped_and_fits_the_page(templates: Templates) -> None:
    words = Words.model_validate("Chợ")
    html = templates.render("help.html", "en", "/en/x/", words=words, raw="<i>")
    assert html == 'en hi.en.&lt;b&gt; ../../a/ <span lang="vi">Chợ</span> &lt;i&gt;'


def test_a_template_that_is_not_there_raises(templates: Templates) -> None:
    with pytest.raises(TemplateNotFound):
        templates.render("gone.html", "vi", "/")


def test_a_part_is_made_once_and_fits_every_page(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("{% macro way(to) %}<a href=\"{{ href(to) }}\">{{ t(lang) }}</a>{% endmacro %}")
    (tmp_path / "whole.html").write_text("{% import 'part.html' as p %}{{ p.way('/a/') }}{{ href(to) }}")
    templates = Templates(lambda key, lang: f"{lang}:{key}", tmp_path)
    part = templates.part("whole.html", "en", to="/b/")
    assert placed(part, "/") == '<a href="./a/">en:en</a>./b/'
    assert placed(part, "/x/y/") == '<a href="../../a/">en:en</a>../../b/'
    assert templates.render("whole.html", "vi", "/x/", to="/b/") == '<a href="../a/">vi:vi</a>../b/'
