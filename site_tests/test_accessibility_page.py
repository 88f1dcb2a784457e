"""Holds the accessibility statement to what is really tested, and the pages to what it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parser
from playwright.sync_api import Browser, Page, expect

from generators.dataset.loading import Loader
from generators.problems import Problems
from generators.schema.accessibility import AccessibilityResults, AccessibilityStatement
from site_tests.axe_matrix import (
    ENGINE,
    OTHER_LOOKS,
    PAGES,
    RESULTS,
    SCHEMES,
    WIDTHS,
    Other,
    axe_version,
    faults,
    load_axe,
    looks,
    results_text,
)
from site_tests.other_checkers import NAMES, NU, version
from site_tests.test_listen import with_voice


def bilingual(value: object) -> Iterator[dict[str, str | None]]:
    """Every text in two languages inside a record."""
    if isinstance(value, dict) and set(value) == {"vi", "en"}:
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from bilingual(part)


@pytest.fixture(scope="module")
def results(root: Path) -> AccessibilityResults:
    problems = Problems()
    loaded = Loader(root, problems).record("data/accessibility-results.yml", AccessibilityResults)
    assert loaded is not None and not len(problems)
    return loaded


def test_the_results_cover_exactly_what_the_test_looks_at(results: AccessibilityResults) -> None:
    assert (results.engine, results.version) == (ENGINE, axe_version())
    assert (results.widths, results.schemes) == (WIDTHS, SCHEMES)
    assert {page.kind: page.address for page in results.pages} == PAGES
    assert {page.checks for page in results.pages} == {len(WIDTHS) * len(SCHEMES)}
    assert results.violations == 0


def test_nobody_wrote_the_results_by_hand(results: AccessibilityResults) -> None:
    total = {page.kind: (page.checks, page.violations) for page in results.pages}
    packages = {name: package for package, name in NAMES.items()}
    others = [Other(packages[one.engine], one.pages, one.checks, one.violations) for one in results.others]
    assert RESULTS.read_text(encoding="utf-8") == results_text(total, others, results.tested_on)


def test_the_other_checkers_looked_at_every_kind_of_page(results: AccessibilityResults) -> None:
    looked = {one.engine: (one.version, one.pages, one.checks, one.violations) for one in results.others}
    assert set(looked) == set(NAMES.values())
    for package, name in NAMES.items():
        number, pages, checks, violations = looked[name]
        assert number == version(package) and violations == 0
        if package == NU:
            assert pages == checks > len(PAGES)
        else:
            assert (pages, checks) == (len(PAGES), len(PAGES) * len(OTHER_LOOKS))


@pytest.mark.parametrize("turn", range(len(PAGES)))
def test_axe_finds_nothing_on_each_kind_of_page(chromium: Browser, served_site: str, turn: int) -> None:
    """Three looks a page, each width and each scheme once; the command that writes the results takes all nine."""
    kind, address = list(PAGES.items())[turn]
    chosen = [(width, SCHEMES[(place + turn) % len(SCHEMES)]) for place, width in enumerate(WIDTHS)]
    seen = {(width, scheme): found for width, scheme, found in looks(chromium, f"{served_site}{address}", chosen)}
    assert seen == {look: [] for look in chosen}, kind


def test_axe_finds_nothing_with_an_explanation_and_the_player_open(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/mo-hinh/cho-so-4t/", "vi-VN")
    load_axe(page)
    assert faults(page) == []
    page.evaluate("holds = true")
    page.locator("[data-listen-start]").click()
    expect(page.locator("[data-listen-player]")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Thương mại điện tử").click()
    expect(page.locator("#tu-thuong-mai-dien-tu")).to_be_visible()
    assert faults(page) == []


def test_axe_would_find_a_fault(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}/giai-thich/")
    load_axe(page)
    page.evaluate("() => { document.querySelector('main h1').outerHTML = '<h3>Sai bậc</h3><button></button>' }")
    found = " ".join(faults(page))
    assert "button-name" in found and "page-has-heading-one" in found


@pytest.mark.parametrize(("name", "lang"), [("tro-nang", "vi"), ("en/accessibility", "en")])
def test_the_statement_says_what_was_tested_and_what_is_known(
    built_site: Path, root: Path, results: AccessibilityResults, name: str, lang: str
) -> None:
    statement = Loader(root, Problems()).record("data/accessibility.yml", AccessibilityStatement)
    assert statement is not None
    page = parser.fromstring((built_site / name / "index.html").read_text(encoding="utf-8"))
    text = " ".join(page.find(".//main").text_content().split())
    assert f"{results.engine} {results.version}" in text and str(results.checks) in text
    for one in results.others:
        assert f"{one.engine} {one.version}" in text
    rows = page.xpath(".//table[caption/@id='access-pages']/tbody/tr")
    assert len(rows) == len(results.pages)
    assert len(statement.barriers) >= 3
    for barrier in statement.barriers:
        assert barrier.what.get("en" if lang == "en" else "vi") in text
    texts = list(bilingual(statement.model_dump()))
    assert len(texts) > 40 and all(text["en"] for text in texts)
    assert "@" not in text  # no mailbox exists, so none is made up
