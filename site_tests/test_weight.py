"""What a first visit may weigh on a weak phone, and that the page can be read long before all of it is there."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Route

from site_tests.browser import PHONE
from site_tests.test_pages import TOO_WIDE, built
from site_tests.weighing import PAGES, ROBOTO, build_with_stock_material, serving_publicly, visit

KB = 1000
FIRST = 14 * 1024  # what a server may send in the first round trip: ten packets (RFC 6928)


@pytest.mark.parametrize("kind", PAGES)
def test_a_first_visit_is_light(kind: str, built_site: Path, chromium: Browser) -> None:
    with serving_publicly(built_site) as (home, log):
        seen = visit(chromium, home + PAGES[kind], log)
    assert 10 * KB < seen.before_paint <= 35 * KB
    assert 4 <= seen.requests <= 14
    assert 0 < seen.script <= 5 * KB
    assert seen.before_paint < seen.total <= 80 * KB
    assert seen.kept_for_later <= 10 * KB


def test_no_page_is_over_a_hundred_kilobytes(built_site: Path) -> None:
    weights = {path.relative_to(built_site).as_posix(): path.stat().st_size for path in built_site.rglob("*.html")}
    assert {path: weight for path, weight in weights.items() if weight > 100 * KB} == {}


def test_a_unit_that_reported_everything_leaves_room_for_years_to_come(built_site: Path) -> None:
    for address in ("/tien-do/xa-mau/", "/en/progress/xa-mau/"):
        assert 50 * KB < built(built_site, address).stat().st_size < 92 * KB, address


def test_a_plan_weighs_less_than_half_of_the_same_words_in_stock_material(
    built_site: Path, chromium: Browser, tmp_path: Path
) -> None:
    stock_site = build_with_stock_material(built(built_site, PAGES["plan"]), tmp_path)
    with serving_publicly(stock_site) as (home, log):
        stock = visit(chromium, f"{home}/", log)
    with serving_publicly(built_site) as (home, log):
        ours = visit(chromium, home + PAGES["plan"], log)
    assert stock.fonts == 0 and ours.fonts > 0
    assert ours.total < (stock.total + ROBOTO) / 2
    assert ours.total - ours.fonts < stock.total / 2, "without the fonts of either"


@pytest.mark.parametrize("kind", PAGES)
def test_the_first_14_kb_and_the_style_sheet_can_be_read(kind: str, built_site: Path, chromium: Browser) -> None:
    whole = built(built_site, PAGES[kind]).read_bytes()
    start = brotli.Decompressor().process(brotli.compress(whole)[:FIRST])
    style = (built_site / "assets/css/site.css").read_bytes()

    def answer(route: Route) -> None:
        path = route.request.url
        if route.request.is_navigation_request():
            route.fulfill(body=start, content_type="text/html; charset=utf-8")
        elif path.endswith("/site.css"):
            route.fulfill(body=style, content_type="text/css; charset=utf-8")
        else:
            route.abort()

    context = chromium.new_context(viewport=PHONE, locale="vi-VN", service_workers="block")
    page = context.new_page()
    page.route("**/*", answer)
    page.goto("http://127.0.0.1:9/" + PAGES[kind].lstrip("/"), wait_until="domcontentloaded")
    page.wait_for_function("document.styleSheets.length === 1 && document.styleSheets[0].cssRules.length > 100")
    assert page.locator("h1").is_visible()
    words = page.locator("main").inner_text().split()
    assert len(words) > 150, "a screenful and more"
    ground = "getComputedStyle(document.querySelector('.site-header .strip')).backgroundColor"
    assert page.evaluate(ground) != "rgba(0, 0, 0, 0)"
    assert page.evaluate(TOO_WIDE) == []
    context.close()
