"""What makes the look hold together: names that tell pages apart, folds that open by themselves, the browser's bar."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Literal

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from site_tests.browser import PHONE, note_faults
from site_tests.screenshots import FOLDER, PAGES, SIZES, file_of

LONGEST = 18_000  # pixels on a phone 360 px wide; before folding, the longest plan took 41 000
OVERVIEW_LONGEST = 8_000  # the overview, to which people come from everywhere
LONG_PAGES = ("/ke-hoach/vinh-linh-2025/", "/tien-do/xa-mau/")
KINDS = (
    "/",
    "/bat-dau/",
    "/ke-hoach/",
    "/ke-hoach/vinh-linh-2025/",
    "/mo-hinh/",
    "/mo-hinh/cho-so-4t/",
    "/tien-do/",
    "/tien-do/xa-mau/",
    "/ngay-hoi/",
    "/lich/",
    "/tin-tuc/",
    "/theo-doi/",
    "/du-lieu/",
    "/bieu-duong/",
    "/tai-lieu/",
    "/gioi-thieu/",
    "/giai-thich/",
    "/tro-nang/",
)
BARS = {"light": "#14213D", "dark": "#1B2A4D", "contrast": "#000000"}


@pytest.fixture(scope="module")
def heads(built_site: Path) -> dict[str, html.HtmlElement]:
    """The head of every page that has an address of its own, by file."""
    nowhere = {"404.html", "offline.html"}
    files = [path for path in sorted(built_site.rglob("*.html")) if path.name not in nowhere]
    return {path.relative_to(built_site).as_posix(): html.fromstring(path.read_bytes()) for path in files}


@pytest.mark.parametrize("what", ["//head/title/text()", "//head/meta[@name='description']/@content"])
def test_no_two_pages_of_a_language_share(what: str, heads: dict[str, html.HtmlElement]) -> None:
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, document in heads.items():
        (text,) = document.xpath(what)
        assert text.strip(), name
        seen[document.get("lang"), text].append(name)
    assert {text: names for text, names in seen.items() if len(names) > 1} == {}


@pytest.mark.parametrize("address", LONG_PAGES)
def test_long_pages_are_folded_and_lose_nothing(address: str, served_site: str, chromium: Browser) -> None:
    faults: list[str] = []
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    note_faults(page, faults)
    page.goto(served_site + address)
    assert page.evaluate("document.documentElement.scrollHeight") < LONGEST
    assert page.locator("main details:not([open])").count() > 10
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() > 10
    context.close()
    assert faults == []


def test_the_overview_of_progress_is_short_on_a_phone_and_names_every_indicator(
    served_site: str, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/tien-do/")
    assert page.evaluate("document.documentElement.scrollHeight") < OVERVIEW_LONGEST
    silent = page.locator("details:has(> .glossary)")
    assert not silent.locator("dt a").first.is_visible()
    silent.locator("summary").click()
    assert silent.locator("dt a").count() == silent.locator("dd").count() > 10
    assert "Chưa đơn vị nào" in silent.locator("dd").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_link_to_a_task_opens_it(served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/ke-hoach/vinh-linh-2025/#task-youth-campaign")  # inside “see 18 more tasks”
    assert page.locator("#task-youth-campaign .record-facts").is_visible()
    page.goto(f"{served_site}/ke-hoach/vinh-linh-2025/#task-festival")
    assert page.locator("#task-festival .record-facts").is_visible()
    assert not page.locator("#task-praise-guidance .record-facts").is_visible()
    context.close()


def test_a_period_of_a_figure_leads_to_its_document_and_opens_it(served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/tien-do/xa-mau/")
    table = page.locator("figure details").first
    table.locator("summary").click()
    way = table.locator("tbody th a").first
    place = way.get_attribute("href")
    assert place and not page.locator(place).is_visible()
    way.click()
    assert page.locator(place).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_wide_tables_are_cards_on_a_phone(served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/ke-hoach/")
    outside = """() => [...document.querySelectorAll('.filterable :is(th[scope=row], td)')].filter(cell => {
      const box = cell.getBoundingClientRect()
      return box.width > 0 && (box.left < 0 || box.right > innerWidth)
    }).length"""
    assert page.locator(".filterable td").count() > 30
    assert page.evaluate(outside) == 0
    labels = page.evaluate(
        "[...document.querySelectorAll('.filterable td')].map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert '"2025"' in labels and "none" not in labels
    page.set_viewport_size({"width": 1280, "height": 800})
    shown = "getComputedStyle(document.querySelector('.filterable td'), '::before').content"
    assert page.evaluate(shown) == "none", "on a wide screen the column's head says it"
    context.close()


def test_each_state_that_a_page_shows_has_a_shape_beside_its_word(
    built_site: Path, served_site: str, chromium: Browser
) -> None:
    pages = [path.read_text(encoding="utf-8") for path in built_site.rglob("*.html")]
    kinds = {kind for text in pages for kind in re.findall(r'class="badge badge-([\w-]+)"', text)} - {"plain", "now"}
    assert {"achieved", "overdue", "at_risk", "missing", "sample"} <= kinds and len(kinds) > 12
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{served_site}/bat-dau/")
    shapes: dict[str, str] = page.evaluate(
        """kinds => Object.fromEntries(kinds.map(kind => {
          const badge = Object.assign(document.createElement('span'), {className: `badge badge-${kind}`})
          document.querySelector('main').append(badge)
          const style = getComputedStyle(badge, '::before')
          return [kind, parseFloat(style.width) > 9 ? style.maskImage : 'none']
        }))""",
        sorted(kinds),
    )
    assert [kind for kind, shape in shapes.items() if not shape.startswith('url("data:image/svg+xml')] == []
    states = [shapes[kind] for kind in ("achieved", "on_track", "at_risk", "behind", "going_back", "overdue")]
    assert len(set(states)) == len(states), "no two states of progress that tell how it goes look alike"
    context.close()


@pytest.mark.parametrize(
    "address", ["/ke-hoach/", "/tien-do/cach-tinh/", "/tro-nang/", "/du-lieu/", "/en/progress/xa-mau/"]
)
def test_no_table_of_ours_scrolls_sideways_on_a_phone(address: str, served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(served_site + address)
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    wide = """() => [...document.querySelectorAll('.table-scroll')].filter(one => one.scrollWidth > one.clientWidth + 1)
      .map(one => one.querySelector('caption').textContent)"""
    assert page.locator(".table-scroll").count()
    assert page.evaluate(wide) == []
    context.close()


def test_two_columns_stay_near_each_other_on_a_wide_screen(served_site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{served_site}/tien-do/cach-tinh/")
    tables = page.locator(".page-body > .table-scroll")
    widths: list[float] = tables.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert len(widths) == 2 and max(widths) < 850
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_the_device_forces_its_colours_charts_and_shapes_have_them(
    scheme: Literal["light", "dark"], served_site: str, chromium: Browser
) -> None:
    context = chromium.new_context(
        viewport=PHONE, forced_colors="active", color_scheme=scheme, contrast="more", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{served_site}/tien-do/xa-mau/")
    words, drawn, shape = page.evaluate(
        """() => [getComputedStyle(document.querySelector('h1')).color,
          getComputedStyle(document.querySelector('figure svg [fill="var(--chart-ink)"]')).fill,
          getComputedStyle(document.querySelector('.badge'), '::before').backgroundColor]"""
    )
    assert words == drawn == shape
    context.close()


def test_the_browsers_bar_follows_the_chosen_scheme(served_site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, service_workers="block", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{served_site}/bat-dau/")
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].map(one => one.content)"
    own = page.evaluate(colours)
    for scheme, colour in BARS.items():
        page.evaluate("name => document.querySelector(`[data-scheme-choice=${name}]`).click()", scheme)
        assert set(page.evaluate(colours)) == {colour}
        page.reload()
        assert set(page.evaluate(colours)) == {colour}, "kept for the next page"
    page.evaluate("document.querySelector('[data-scheme-choice=auto]').click()")
    assert page.evaluate(colours) == own
    context.close()


def test_each_kind_of_page_has_a_picture_of_its_own_to_share(
    heads: dict[str, html.HtmlElement], built_site: Path
) -> None:
    shared: dict[str, str] = {}
    for name, document in heads.items():
        (picture,) = document.xpath("//head/meta[@property='og:image']/@content")
        (alt,) = document.xpath("//head/meta[@property='og:image:alt']/@content")
        assert alt.strip(), name
        shared[name] = picture.partition("/chia-se/")[2]
    own = [shared[f"{kind.strip('/')}/index.html".lstrip("/")] for kind in (*KINDS, "/en/")]
    assert len(set(own)) == len(KINDS) + 1, own
    assert shared["tin-tuc/2025/index.html"] == shared["tin-tuc/index.html"], "a page without its own has its section's"
    for picture in set(shared.values()):
        with Image.open(built_site / "chia-se" / picture) as opened:
            assert opened.size == (1200, 630), picture
        assert (built_site / "chia-se" / picture).stat().st_size < 120_000, picture


def test_the_manifest_names_pictures_that_are_there(built_site: Path) -> None:
    manifest = json.loads((built_site / "app.webmanifest").read_text(encoding="utf-8"))
    sizes = set()
    for icon in manifest["icons"]:
        path = built_site / icon["src"].removeprefix("./").lstrip("/")
        assert path.is_file(), icon
        if path.suffix == ".png":
            with Image.open(path) as opened:
                assert icon["sizes"] == "{}x{}".format(*opened.size)
        sizes.add(icon["sizes"])
    assert {"192x192", "512x512"} <= sizes


def test_the_pictures_in_the_readme_are_there_and_light(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    pictures = [file_of(kind, width) for kind in PAGES for width in SIZES]
    assert sorted(FOLDER.iterdir()) == sorted(pictures)
    assert all(picture.relative_to(root).as_posix() in readme for picture in pictures)
    sizes = {picture.name: picture.stat().st_size for picture in pictures}
    assert {name: size for name, size in sizes.items() if size > 60_000} == {}
    assert sum(sizes.values()) < 700_000
    for picture in pictures:
        with Image.open(picture) as opened:
            assert opened.size[0] == int(picture.stem.rpartition("-")[2])
