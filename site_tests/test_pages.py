"""One page of each kind in a real browser: it fits its screen, breaks no rule of axe, and reads whole in every way.

Also static rules that hold on every page: headings in order, landmarks with names of their own, tables with captions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Request

from site_tests.axe_matrix import PAGES
from site_tests.browser import note_faults

TYPES = {
    "home": "/",
    "start": "/bat-dau/",
    "plans": "/ke-hoach/",
    "plan": "/ke-hoach/dong-thap-van-phong-2025/",
    "sample-plan": "/ke-hoach/xa-mau-2025/",
    "historical-plan": "/ke-hoach/vinh-linh-2025/",
    "models": "/mo-hinh/",
    "model": "/mo-hinh/cho-so-4t/",
    "progress": "/tien-do/",
    "unit": "/tien-do/xa-mau/",
    "unit-without-data": "/tien-do/hung-nguyen-nam/",
    "unit-of-history": "/tien-do/vinh-linh/",
    "indicator": "/tien-do/chi-so/officials-digital-skills/",
    "method": "/tien-do/cach-tinh/",
    "news": "/tin-tuc/",
    "news-item": "/tin-tuc/2025/09/dong-thap-ke-hoach-252/",
    "news-of-report": "/tin-tuc/2026/09/bao-cao-xa-mau-2026-q3/",
    "archive": "/tin-tuc/2025/",
    "topic": "/tin-tuc/chu-de/van-ban/",
    "calendar": "/lich/",
    "activity": "/lich/xa-mau-ngay-hoi-2026/",
    "festival": "/ngay-hoi/",
    "festival-year": "/ngay-hoi/2026/",
    "follow": "/theo-doi/",
    "data": "/du-lieu/",
    "banners": "/banner/",
    "praise": "/bieu-duong/",
    "materials": "/tai-lieu/",
    "about": "/gioi-thieu/",
    "guide": "/huong-dan/",
    "sitemap": "/so-do-trang/",
    "search": "/tim-kiem/",
    "glossary": "/giai-thich/",
    "accessibility": "/tro-nang/",
    "lost": "/404.html",
    "offline": "/offline.html",
    "english-home": "/en/",
    "english-start": "/en/start/",
    "english-plans": "/en/plans/",
    "english-unit": "/en/progress/xa-mau/",
    "english-news": "/en/news/",
}
FEWEST = 25
WIDTHS = (360, 768, 1280)
SCHEMES = {360: "light", 768: "contrast", 1280: "dark"}
SCOPES = {"col", "row", "colgroup", "rowgroup"}
SIX = ("home", "plans", "plan", "unit", "news-item", "english-unit")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

# Every rule that is no experiment: best practices and the AAA rules, such as contrast 7:1, count as well.
RUN_AXE = """async () => {
  const rules = {}
  for (const rule of axe.getRules()) if (!rule.tags.includes('experimental')) rules[rule.ruleId] = {enabled: true}
  const found = await axe.run(document, {rules, resultTypes: ['violations']})
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}: ${(node.failureSummary || '').split('\\n')[1] || ''}`))
}"""
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room && document.body.scrollWidth <= room) return []
  const wide = [...document.querySelectorAll('body *')].filter(one =>
    one.getBoundingClientRect().right > room + 1 && !one.closest('.table-scroll, .visually-hidden'))
  return [`${document.documentElement.scrollWidth} > ${room}`,
    ...wide.slice(0, 4).map(one => `${one.tagName}.${one.className.baseVal ?? one.className}`)]
}"""
# Elements that cut off their own text; what is hidden for the eye on purpose does so by design.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(one => {
  const style = getComputedStyle(one)
  if (one.closest('.visually-hidden, svg, .skip-link') || !one.checkVisibility() || one.clientWidth < 2) return false
  const cuts = way => ['hidden', 'clip'].includes(way)
  return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
}).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""
# WCAG 2.2, 1.4.12. A constructed style sheet is what a reader's own extension uses; the site's policy allows it.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
    p {margin-bottom: 2em !important}`)
  document.adoptedStyleSheets = [sheet]
}"""
SHOWN_WORDS = """() => [...document.querySelectorAll('main :is(p, li, td, th, dd, h1, h2, h3)')]
  .filter(one => !one.closest('details:not([open]), [popover], [role=status], search, .search, form')
    && !one.querySelector('p, li, td, dd, h3'))"""


def built(site: Path, address: str) -> Path:
    return site / (f"{address}index.html" if address.endswith("/") else address).lstrip("/")


@contextmanager
def opened(chromium: Browser, address: str, width: int, **options: Any) -> Iterator[Page]:
    """A page in a context of its own; what went wrong on it fails the test at the end."""
    faults: list[str] = []
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        locale="vi-VN",
        reduced_motion="reduce",
        service_workers="block",
        **options,
    )
    try:
        page = context.new_page()
        note_faults(page, faults)
        page.on("requestfailed", lambda request: _note_failure(request, faults))
        page.on("response", lambda got: faults.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
        page.goto(address, wait_until="load")
        yield page
    finally:
        context.close()
    assert faults == []


def _note_failure(request: Request, faults: list[str]) -> None:
    """Notes a request that went wrong; one that the browser itself gave up, since its page closed, did not."""
    if request.failure != "net::ERR_ABORTED":
        faults.append(f"failed: {request.url} {request.failure}")


def test_most_kinds_of_pages_exist(built_site: Path) -> None:
    there = [kind for kind, address in TYPES.items() if built(built_site, address).is_file()]
    assert len(there) >= FEWEST, sorted(set(TYPES) - set(there))
    assert set(SIX) <= set(there)


@pytest.mark.parametrize("kind", TYPES)
def test_a_kind_of_page_fits_and_breaks_no_rule(
    kind: str, built_site: Path, served_site: str, chromium: Browser
) -> None:
    if not built(built_site, TYPES[kind]).is_file():
        pytest.skip("this kind of page is not built yet")
    found: dict[str, list[str]] = {}
    looks = [TOO_WIDE]
    with opened(chromium, served_site + TYPES[kind], WIDTHS[0]) as page:
        if TYPES[kind] not in PAGES.values():  # at those test_accessibility_page.py has axe look
            page.evaluate(AXE)
            looks.append(RUN_AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            # The site's own control, pressed by script: test_keyboard.py presses it as a reader does.
            page.evaluate("name => document.querySelector(`[data-scheme-choice=${name}]`).click()", SCHEMES[width])
            assert page.locator("html").get_attribute("data-scheme") == SCHEMES[width]
            found[f"{width} {SCHEMES[width]}"] = [fault for look in looks for fault in page.evaluate(look)]
    assert {look: faults for look, faults in found.items() if faults} == {}


def test_the_look_for_faults_finds_planted_ones(served_site: str, chromium: Browser) -> None:
    with opened(chromium, f"{served_site}/bat-dau/", 360) as page:
        page.evaluate(
            """() => {
              document.querySelector('main').insertAdjacentHTML('beforeend', '<p id="pale">pale</p><img src="">')
              document.querySelector('#pale').style.cssText = 'color: #6a6a6a; background: #fff; width: 900px'
            }"""
        )
        page.evaluate(AXE)
        rules = {fault.split(":")[0] for fault in page.evaluate(RUN_AXE)}
        assert {"color-contrast-enhanced", "image-alt"} <= rules
        assert page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("kind", SIX)
def test_it_reflows_at_320_and_with_the_largest_text(kind: str, served_site: str, chromium: Browser) -> None:
    with opened(chromium, served_site + TYPES[kind], 320) as page:
        assert page.evaluate(TOO_WIDE) == [], "320 px"
        before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        page.evaluate("for (let n = 0; n < 6; n++) document.querySelector('[data-text-step=\"1\"]').click()")
        after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        assert after > before * 1.5
        assert page.evaluate(TOO_WIDE) == [], f"320 px, text {after / before:.0%}"
        # What a reader gets who doubles the text in the browser's own settings.
        page.evaluate("delete document.documentElement.dataset.text; document.documentElement.style.fontSize = '225%'")
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 36
        assert page.evaluate(TOO_WIDE) == [], "320 px, text 200%"
        if kind in {"home", "plan", "unit"}:
            page.set_viewport_size({"width": 768, "height": 800})
            assert page.evaluate(TOO_WIDE) == [], "768 px, text 200%"
            page.evaluate(AXE)
            assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("kind", ["start", "plan", "unit"])
def test_wider_text_spacing_loses_nothing(kind: str, served_site: str, chromium: Browser) -> None:
    with opened(chromium, served_site + TYPES[kind], 360) as page:
        before = page.evaluate(CUT_OFF)
        page.evaluate(SPACE_OUT)
        assert page.evaluate("getComputedStyle(document.querySelector('main p')).letterSpacing") != "normal"
        assert page.evaluate(TOO_WIDE) == []
        assert [one for one in page.evaluate(CUT_OFF) if one not in before] == []


UNFOLDED = """() => [...document.querySelectorAll('main details table')].every(table =>
  table.checkVisibility({contentVisibilityAuto: true}) && table.getBoundingClientRect().height > 0)"""


@pytest.mark.parametrize("kind", ["plans", "plan", "progress", "unit", "indicator"])
def test_paper_shows_tables_whole(kind: str, served_site: str, chromium: Browser) -> None:
    with opened(chromium, served_site + TYPES[kind], 673) as page:  # A4 without its margins, at 96 px an inch
        page.emulate_media(media="print")
        page.wait_for_function(UNFOLDED)  # what is folded on the screen opens with the next frame
        tables: list[dict[str, Any]] = page.evaluate(
            """() => [...document.querySelectorAll('main table')].map(table => {
              const box = table.closest('.table-scroll') || table.parentElement
              const rows = [...table.rows]
              return {
                name: table.caption ? table.caption.textContent.trim() : '',
                shown: table.checkVisibility({contentVisibilityAuto: true})
                  && rows.every(row => row.getBoundingClientRect().height > 0),
                spills: Math.round(table.getBoundingClientRect().right - document.documentElement.clientWidth),
                cut: getComputedStyle(box).overflowX !== 'visible' || getComputedStyle(box).overflowY !== 'visible',
              }
            })"""
        )
        assert tables
        wrong = [one for one in tables if not one["shown"] or one["spills"] > 0 or one["cut"]]
        assert wrong == []


@pytest.mark.parametrize("kind", ["home", "start", "plans", "plan", "unit", "news", "festival"])
def test_all_can_be_read_without_scripts(kind: str, served_site: str, chromium: Browser) -> None:
    with opened(chromium, served_site + TYPES[kind], 360, java_script_enabled=False) as page:
        assert page.locator("html.js").count() == 0, "no script has run"
        hidden = page.evaluate(
            f"""() => ({SHOWN_WORDS})().filter(one => one.textContent.trim() && !one.checkVisibility())
            .map(one => `${{one.tagName}}: ${{one.textContent.trim().slice(0, 60)}}`)"""
        )
        assert hidden == []
        menu = page.locator("details.menu")
        links = menu.locator("nav a")
        assert not links.first.is_visible()
        menu.locator("summary").click()
        assert links.first.is_visible()
        links.nth(1).click()
        assert page.locator("h1").is_visible()


def test_the_filter_works_without_scripts(served_site: str, chromium: Browser) -> None:
    with opened(chromium, f"{served_site}/ke-hoach/", 360, java_script_enabled=False) as page:
        rows = "[...document.querySelectorAll('main [data-filterable] tbody tr')].filter(row => row.checkVisibility())"
        every = page.evaluate(f"{rows}.length")
        option = page.locator("[data-pick^=group-][data-pick$='-1']")
        if option.evaluate("one => one.tagName") == "OPTION":
            option.locator("xpath=ancestor::select").select_option(option.get_attribute("value"))
        else:
            option.locator("xpath=ancestor::label").click()
        some = page.evaluate(f"{rows}.map(row => row.dataset.group || '')")
        assert 0 < len(some) < every
        assert all("1" in groups.split() for groups in some if groups)


# ---- rules that need no browser, on every page


@pytest.fixture(scope="module")
def documents(built_site: Path) -> dict[str, html.HtmlElement]:
    return {
        path.relative_to(built_site).as_posix(): html.fromstring(path.read_bytes())
        for path in sorted(built_site.rglob("*.html"))
    }


def test_headings_go_down_one_step_at_a_time(documents: dict[str, html.HtmlElement]) -> None:
    wrong = []
    for name, document in documents.items():
        levels = [int(one.tag[1]) for one in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        if levels[:1] != [1] or steps:
            wrong.append(f"{name}: {levels[:1]} {steps}")
    assert wrong == []


def name_of(document: html.HtmlElement, one: html.HtmlElement) -> str:
    """The name that assistive technology speaks for a landmark or region."""
    if one.get("aria-label"):
        return str(one.get("aria-label"))
    ids = (one.get("aria-labelledby") or "").split()
    return " ".join(" ".join(named.itertext()) for key in ids for named in document.xpath("//*[@id=$key]", key=key))


def test_landmarks_and_regions_have_names_of_their_own(documents: dict[str, html.HtmlElement]) -> None:
    landmarks = "//nav | //aside | //*[@role='search' or @role='region' or @role='group'] | //section[@aria-labelledby]"
    wrong = []
    for page, document in documents.items():
        assert len(document.xpath("//main")) == 1, page
        seen: set[tuple[str, str]] = set()
        for one in document.xpath(landmarks):
            key = (one.get("role") or one.tag, " ".join(name_of(document, one).split()))
            if not key[1] or key in seen:
                wrong.append(f"{page}: {key}")
            seen.add(key)
    assert wrong == []


def test_tables_have_captions_and_scopes(documents: dict[str, html.HtmlElement]) -> None:
    wrong = []
    count = 0
    for page, document in documents.items():
        for table in document.iter("table"):
            count += 1
            captions = [" ".join(one.itertext()).strip() for one in table.iter("caption")]
            loose = [" ".join(one.itertext()) for one in table.iter("th") if one.get("scope") not in SCOPES]
            boxed = table.xpath("ancestor::*[@role='region' and @tabindex='0']")
            if len(captions) != 1 or not captions[0] or loose or not table.xpath(".//th") or not boxed:
                wrong.append(f"{page}: {captions} {loose} {bool(boxed)}")
    assert count > len(documents) / 4
    assert wrong == []
