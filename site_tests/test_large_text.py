"""Text at twice its size, reached with the site's own button A+: nothing spills, nothing is cut off, axe is content.

Also axe with the menu, the reading tools and the search results open, in every width and scheme.
"""

from __future__ import annotations

import re
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from site_tests.axe_matrix import PAGES, SCHEMES, WIDTHS
from site_tests.browser import PHONE
from site_tests.test_pages import AXE, CUT_OFF, RUN_AXE, SIX, TOO_WIDE, TYPES, opened

TWICE = 2.0
ROOT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
LOOKS = list(product(WIDTHS, SCHEMES))


def enlarge(page: Page) -> None:
    """Presses A+ as often as it changes anything."""
    page.evaluate(
        """() => {
          const root = document.documentElement
          for (let before = null; root.dataset.text !== before;) {
            before = root.dataset.text
            document.querySelector('[data-text-step="1"]').click()
          }
        }"""
    )


def faults_by_axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE)
    return found


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("kind", [*SIX, "progress", "indicator", "festival", "data"])
def test_the_button_doubles_the_text_and_nothing_is_lost(
    kind: str, width: int, served_site: str, chromium: Browser
) -> None:
    with opened(chromium, served_site + TYPES[kind], width) as page:
        normal, cut_before = page.evaluate(ROOT_SIZE), set(page.evaluate(CUT_OFF))
        enlarge(page)
        assert page.evaluate(ROOT_SIZE) == normal * TWICE
        expect(page.locator("[data-tools-status]")).to_contain_text("200")
        assert page.evaluate(TOO_WIDE) == []
        assert set(page.evaluate(CUT_OFF)) - cut_before == set()
        for panel in ("menu", "tools"):
            page.evaluate(f"document.querySelector('.{panel}').open = true")
            assert page.evaluate(TOO_WIDE) == [], panel
            assert set(page.evaluate(CUT_OFF)) - cut_before == set(), panel
        page.reload()
        assert page.evaluate(ROOT_SIZE) == normal * TWICE, "the choice is kept"


@pytest.mark.parametrize("kind", ["home", "english-home", "progress"])
def test_twice_the_text_leaves_most_of_a_phone_to_the_page(kind: str, served_site: str, chromium: Browser) -> None:
    with opened(chromium, served_site + TYPES[kind], PHONE["width"]) as page:
        enlarge(page)
        header = page.locator(".site-header").bounding_box()
        assert header and header["height"] < PHONE["height"] * 0.4
        assert page.locator(".brand-name").is_visible() and page.locator(".menu > summary").is_visible()
        expect(page.locator(".tools > summary")).to_have_accessible_name(re.compile("."))  # its icon alone is shown
        titles: list[float] = page.evaluate(
            "[...document.querySelectorAll('.card-title')].map(one => one.getBoundingClientRect().width)"
        )
        assert titles and min(titles) > PHONE["width"] / 2


@pytest.mark.parametrize("turn", range(len(PAGES)))
def test_axe_finds_nothing_at_twice_the_size(turn: int, served_site: str, chromium: Browser) -> None:
    """Each kind of page in one look; together they meet every width and every scheme."""
    kind, address = list(PAGES.items())[turn]
    width, scheme = LOOKS[turn % len(LOOKS)]
    with opened(chromium, served_site + address, width, color_scheme="light") as page:
        page.evaluate("name => document.querySelector(`[data-scheme-choice=${name}]`).click()", scheme)
        enlarge(page)
        assert faults_by_axe(page) == [], f"{kind} {width} {scheme}"


@pytest.mark.parametrize(
    ("width", "scheme", "large"),
    [(*look, False) for look in LOOKS] + [(*look, True) for look in zip(WIDTHS, SCHEMES, strict=True)],
)
def test_axe_finds_nothing_with_menus_and_search_open(
    width: int, scheme: str, large: bool, served_site: str, chromium: Browser
) -> None:
    with opened(chromium, f"{served_site}/tim-kiem/?q=cho+so", width) as page:
        page.evaluate("name => document.querySelector(`[data-scheme-choice=${name}]`).click()", scheme)
        if large:
            enlarge(page)
        expect(page.locator(".search-hit").first).to_be_visible()
        found = {"search": faults_by_axe(page)}
        for panel in ("menu", "tools"):
            opener = page.locator(f".{panel} > summary")
            if opener.is_visible():  # on a wide screen the menu is always open
                opener.click()
            expect(page.locator(f".{panel} .popover-panel")).to_be_visible()
            found[panel] = faults_by_axe(page)
            page.keyboard.press("Escape")
    assert {part: faults for part, faults in found.items() if faults} == {}
