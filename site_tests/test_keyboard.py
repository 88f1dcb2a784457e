"""The site without a mouse, on a screen 320 px wide: every stop is seen, nothing holds the focus, all can be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from site_tests.browser import note_faults

NARROW = {"width": 320, "height": 640}
MANY = 400

# What can be said of the element that has the focus. Contrast by WCAG's formula, over the nearest painted ground.
STOP = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  // A choice is drawn by the word beside its see-through input.
  const look = one.matches('.choice input') ? one.nextElementSibling : one
  const box = look.getBoundingClientRect()
  const seen = (x, y) => {
    const top = document.elementFromPoint(x, y)
    return Boolean(top) && (look.contains(top) || top.contains(look) || look.parentElement.contains(top))
  }
  const points = [...look.getClientRects()].map(part =>
    [part.left + part.width / 2, part.top + Math.min(part.height / 2, 8)])
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
  }
  const ground = from => {
    for (let at = from; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor)
      if (colour[3] === 255) return colour
    }
    return [255, 255, 255, 255]
  }
  // The ring may stand on a box around the element (a card, a choice), and outside it or inside.
  const ring = [one, one.nextElementSibling, one.closest('.card')].filter(Boolean).map(at => {
    const style = getComputedStyle(at)
    const around = parseFloat(style.outlineOffset) < 0 ? at : at.parentElement
    const a = light(rgb(style.outlineColor)), b = light(ground(around))
    return {
      width: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
      contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
    }
  }).sort((a, b) => b.width - a.width)[0]
  if (!one.dataset.stop) one.dataset.stop = String(document.querySelectorAll('[data-stop]').length + 1)
  return {
    key: one.dataset.stop,
    name: `${one.tagName}.${one.className} ${(one.textContent || one.ariaLabel || '').trim().slice(0, 40)}`,
    shown: look.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 1 && box.height > 1,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: points.some(([x, y]) => seen(x, y)) || seen(box.left + 2, Math.max(box.top, 0) + 2),
    ring: ring.width,
    contrast: ring.contrast,
  }
}"""


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[Page]:
    """A page 320 px wide on which no pointer is ever used."""
    faults: list[str] = []
    context = chromium.new_context(
        viewport=NARROW, locale="vi-VN", reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    note_faults(page, faults)
    yield page
    context.close()
    assert faults == []


def stops(page: Page, key: str = "Tab") -> Iterator[dict[str, Any]]:
    """Each stop until the focus has left the page or come round."""
    first = None
    for _ in range(MANY):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None or stop["key"] == first:
            return
        first = first or stop["key"]
        yield stop
    raise AssertionError(f"no end after {MANY} stops")


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Moves the focus, as a reader would, to the first element that the selector fits."""
    for _ in range(MANY):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by {key}")


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("/", "light"),
        ("/ke-hoach/", "light"),
        ("/ke-hoach/vinh-linh-2025/", "dark"),
        ("/tien-do/xa-mau/", "contrast"),
        ("/tin-tuc/", "dark"),
        ("/ngay-hoi/", "light"),
        ("/tim-kiem/", "contrast"),
        ("/en/start/", "light"),
        ("/404.html", "dark"),
    ],
)
def test_every_stop_is_seen_and_none_holds_the_focus(address: str, scheme: str, narrow: Page, served_site: str) -> None:
    narrow.add_init_script(f"localStorage.setItem('bdhvs-scheme', '{scheme}')")
    narrow.goto(served_site + address)
    assert narrow.locator("html").get_attribute("data-scheme") == scheme
    met = list(stops(narrow))
    assert len(met) > 15
    assert "skip-link" in met[0]["name"]
    wrong = [
        {name: value for name, value in stop.items() if name != "key"}
        for stop in met
        if not (stop["shown"] and stop["inside"] and stop["free"] and stop["ring"] >= 2 and stop["contrast"] >= 3)
    ]
    assert wrong == []
    keys = [stop["key"] for stop in met]
    assert len(keys) == len(set(keys)), "the focus goes in a circle"
    last = narrow.locator("footer a").last.get_attribute("data-stop")
    assert last in keys, "the end of the page is never reached"


def test_the_look_at_a_stop_finds_a_hidden_one(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/")
    narrow.evaluate(
        """() => {
          document.querySelector('.brand').style.cssText = 'position:absolute;left:-900px'
          document.querySelector('.menu summary').style.outline = 'none'
        }"""
    )
    met = {stop["name"].split(" ")[0]: stop for stop in stops(narrow)}
    assert not met["A.brand"]["inside"]
    assert met["SUMMARY."]["ring"] < 2 or any(stop["ring"] < 2 for stop in met.values())


def test_the_way_back_meets_the_same_stops(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/tien-do/xa-mau/")
    there = [stop["key"] for stop in stops(narrow)]
    narrow.evaluate(
        """() => {
          document.activeElement.blur()
          getSelection().selectAllChildren(document.querySelector('.footer-top'))
          getSelection().collapseToEnd()
        }"""
    )
    back = [stop["key"] for stop in stops(narrow, "Shift+Tab")]
    assert sorted(back, key=int) == sorted(there, key=int)


def test_the_skip_link_comes_first_and_leads_past_the_header(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/ke-hoach/")
    narrow.keyboard.press("Tab")
    skip = narrow.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    narrow.keyboard.press("Enter")
    assert narrow.evaluate("document.activeElement.id") == "noi-dung"
    narrow.keyboard.press("Tab")
    assert narrow.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_opens_with_enter_and_closes_with_escape(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/")
    links = narrow.locator("nav[aria-label] li a").first
    tab_to(narrow, ".menu summary")
    expect(links).to_be_hidden()
    narrow.keyboard.press("Enter")
    expect(links).to_be_visible()
    narrow.keyboard.press("Tab")
    expect(links).to_be_focused()
    narrow.keyboard.press("Escape")
    expect(links).to_be_hidden()
    expect(narrow.locator(".menu summary")).to_be_focused()
    narrow.keyboard.press("Space")
    expect(links).to_be_visible()


def test_from_home_by_search_to_a_chart_its_table_and_a_feed_by_keyboard_alone(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/")
    tab_to(narrow, ".site-search button")
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/tim-kiem/**")
    tab_to(narrow, "main input[type=search]")
    narrow.keyboard.type("tien do xa mau")
    narrow.keyboard.press("Enter")
    expect(narrow.locator(".search-hit a[href$='/tien-do/xa-mau/']")).to_be_visible()
    tab_to(narrow, ".search-hit a[href$='/tien-do/xa-mau/']")
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/tien-do/xa-mau/")
    tab_to(narrow, ".chart details summary, figure details summary")
    table = narrow.locator("details:has(> summary:focus) table")
    assert not table.is_visible()
    narrow.keyboard.press("Enter")
    table = narrow.locator("details[open] table").first
    expect(table).to_be_visible()
    expect(table.locator("caption")).not_to_be_empty()
    within_reach = """table => {
      const box = table.closest('.table-scroll')
      return box.scrollWidth > box.clientWidth ? box.tabIndex === 0 : box.getBoundingClientRect().right <= innerWidth
    }"""
    assert table.evaluate(within_reach)
    tab_to(narrow, ".footer-links a[href$='theo-doi/']")
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/theo-doi/")
    tab_to(narrow, "main a[href$='feed.xml']")
    address = narrow.evaluate("document.activeElement.href")
    got = narrow.request.get(address)
    assert got.ok and b"<rss" in got.body()[:2000]


def test_the_filter_works_by_keyboard(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/ke-hoach/")
    rows = "[...document.querySelectorAll('[data-filterable] tbody tr')].filter(row => row.checkVisibility()).length"
    every = narrow.evaluate(rows)
    said = narrow.locator("[data-filter-count]").first
    before = said.inner_text()
    tab_to(narrow, "[data-filter] input, [data-filter] select")
    narrow.keyboard.press("ArrowDown")  # the next of the radio buttons or options
    some = narrow.evaluate(rows)
    assert 0 < some < every
    expect(said).not_to_have_text(before)
    assert "=" in narrow.url
    narrow.reload()
    assert narrow.evaluate(rows) == some, "the choice is kept in the address"
    tab_to(narrow, "[data-filter] [type=reset]")
    narrow.keyboard.press("Enter")
    expect(said).to_have_text(before)
    assert narrow.evaluate(rows) == every


@pytest.mark.parametrize(
    ("address", "twin", "lang"),
    [
        ("/ke-hoach/vinh-linh-2025/", "/en/plans/vinh-linh-2025/", "en"),
        ("/en/models/4t-digital-market/", "/mo-hinh/cho-so-4t/", "vi"),
    ],
)
def test_the_language_link_leads_to_the_twin(
    address: str, twin: str, lang: str, narrow: Page, served_site: str
) -> None:
    narrow.goto(served_site + address)
    tab_to(narrow, ".strip-language a")
    assert narrow.evaluate("document.activeElement.lang || document.activeElement.hreflang") == lang
    narrow.keyboard.press("Enter")
    narrow.wait_for_url(served_site + twin)
    assert narrow.locator("html").get_attribute("lang") == lang


def test_text_size_and_scheme_are_kept_between_pages(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    normal = narrow.evaluate(size)
    tab_to(narrow, ".tools summary")
    narrow.keyboard.press("Enter")
    tab_to(narrow, "[data-text-step='1']")
    narrow.keyboard.press("Enter")
    narrow.keyboard.press("Enter")
    larger = narrow.evaluate(size)
    assert larger > normal * 1.2
    expect(narrow.locator("[data-tools-status]")).to_contain_text("%")
    tab_to(narrow, "[data-scheme-choice=contrast]")
    narrow.keyboard.press("Space")
    expect(narrow.locator("[data-scheme-choice=contrast]")).to_have_attribute("aria-pressed", "true")
    ground = narrow.evaluate("getComputedStyle(document.body).backgroundColor")
    for address in ("/tien-do/", "/en/plans/"):
        narrow.goto(served_site + address)
        assert narrow.evaluate(size) == larger
        assert narrow.evaluate("getComputedStyle(document.body).backgroundColor") == ground
        expect(narrow.locator("[data-scheme-choice=contrast]")).to_have_attribute("aria-pressed", "true")
    tab_to(narrow, ".tools summary")
    narrow.keyboard.press("Enter")
    tab_to(narrow, "[data-text-step='0']")
    narrow.keyboard.press("Enter")
    narrow.reload()
    assert narrow.evaluate(size) == normal


def test_a_table_that_fits_its_box_is_no_stop(chromium: Browser, served_site: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/tien-do/cach-tinh/")
    page.evaluate("document.querySelector('.table-scroll table').style.minWidth = '700px'")
    page.set_viewport_size(NARROW)
    wide = "[...document.querySelectorAll('.table-scroll')].filter(one => one.checkVisibility())"
    stops_where_wide = f"() => {wide}.every(one => (one.scrollWidth > one.clientWidth) === (one.tabIndex === 0))"
    count = f"{wide}.filter(one => one.tabIndex === 0).length"
    page.wait_for_function(stops_where_wide)
    narrow_stops = page.evaluate(count)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function(stops_where_wide)
    assert page.evaluate(count) < narrow_stops
    context.close()


def test_the_filter_leads_to_its_results(narrow: Page, served_site: str) -> None:
    narrow.goto(f"{served_site}/ke-hoach/")
    tab_to(narrow, "[data-filter] [type=submit]")
    narrow.keyboard.press("Enter")
    assert narrow.url == f"{served_site}/ke-hoach/"
    held = "document.activeElement.closest('.table-scroll, tr') !== null"
    assert narrow.evaluate(held), "the focus is not on the results"
