"""Lists that are too long for one page go by province: light pages, nobody left out, every link leading somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import urljoin

import pytest
from lxml import html

from generators.addresses import news_address, place_address, section_address
from generators.artefact import Page
from generators.blocks import fill_blocks
from generators.dataset import LANGUAGES
from generators.limits import ACTIVITY_LINES_ON_ONE_PAGE, PLANS_ON_ONE_PAGE
from generators.outputs import (
    banners,
    calendar,
    feeds,
    festival,
    indicators,
    models,
    news,
    open_data,
    places,
    plans,
    praise,
    progress,
    sitemap,
)
from generators.problems import Language
from generators.render.html import Templates
from generators.site import Site
from generators.telling.story import subjects
from site_tests.many_places import LARGEST_PROVINCE, crowded

PAGE_BYTES = 100_000
FRAME_BYTES = 14_000  # what stands around a page's own content, with its head
LISTS = (places, plans, progress, indicators, models, feeds, calendar, festival, praise, sitemap, open_data, news)


def _pages(site: Site, *outputs: object) -> dict[str, Page]:
    """The pages of outputs, without those of single records of the crowd."""
    templates = Templates(site.phrase)
    made: dict[str, Page] = {}
    for output in outputs or LISTS:
        parts = getattr(output.render, "parts", None)  # type: ignore[attr-defined]
        files: Iterator[object]
        if parts is None:
            files = output.render(site, templates)  # type: ignore[attr-defined]
        else:
            files = (one for part in parts(site, templates) if "xa-dong" not in part.name for one in part.make())
        made.update({one.address: one for one in files if isinstance(one, Page)})
    return made


@pytest.fixture(scope="module")
def site() -> Site:
    """The largest province there is, with more activities than a page takes."""
    return crowded(LARGEST_PROVINCE, activities_each=2)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return _pages(site)


def _links(page: Page) -> set[str]:
    found = html.fromstring(f"<div>{page.body}</div>").xpath(".//a/@href")
    return {urljoin(page.address, link).partition("#")[0] for link in found}


def test_no_page_of_a_list_is_heavy(pages: dict[str, Page]) -> None:
    heavy = {
        address: len(page.body.encode())
        for address, page in pages.items()
        if len(page.body.encode()) + FRAME_BYTES > PAGE_BYTES and not re.search(r"/(?:xa-mau)/", address)
    }
    assert heavy == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_province_names_and_links_every_unit_and_plan(site: Site, pages: dict[str, Page], lang: Language) -> None:
    for place in site.derived.places:
        told = _links(pages[place_address("tien-do", place.id, lang)])
        units = (*place.planning, *place.others)
        assert {site.unit_address(unit.id, lang) for unit in units} <= told
        if place.plans:
            told = _links(pages[place_address("ke-hoach", place.id, lang)])
            assert {site.plan_address(plan.id, lang) for plan in place.plans} <= told


def test_every_real_unit_and_plan_has_one_place(site: Site) -> None:
    found = [unit.id for place in site.derived.places for unit in (*place.planning, *place.others)]
    assert sorted(found) == sorted(name for name, unit in site.dataset.units.items() if not unit.sample)
    told = [plan.id for place in site.derived.places for plan in place.plans]
    real = (plan for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan))
    assert sorted(told) == sorted(plan.id for plan in real)


def test_a_province_says_who_has_reported_and_names_who_has_not(site: Site, pages: dict[str, Page]) -> None:
    place = next(one for one in site.derived.places if len(one.planning) >= LARGEST_PROVINCE)
    body = html.fromstring(f"<div>{pages[place_address('tien-do', place.id, 'vi')].body}</div>")
    text = " ".join(body.text_content().split())
    assert f"{LARGEST_PROVINCE // 2} trên {len(place.planning)} đơn vị có kế hoạch đã báo cáo." in text
    assert f"Chưa có số liệu ({len(place.silent)})" in text
    (heading,) = (one for one in body.findall(".//h2") if one.text_content().startswith("Chưa có số liệu"))
    named = [one.text_content() for one in heading.getnext().findall(".//a")]
    assert named == [unit.called.vi for unit in place.silent]


def test_the_overviews_lead_to_every_province_and_to_search(site: Site, pages: dict[str, Page]) -> None:
    for lang in LANGUAGES:
        for section in ("tien-do", "ke-hoach"):
            page = pages[section_address(section, lang)]
            known = [place for place in site.derived.places if place.plans or section == "tien-do"]
            assert {place_address(section, place.id, lang) for place in known} <= _links(page)
            form = html.fromstring(f"<div>{page.body}</div>").find(".//form[@role='search']")
            assert urljoin(page.address, form.get("action")) == section_address("tim-kiem", lang)
            assert form.get("method") == "get" and form.find(".//input[@name='q']") is not None


def test_made_pages_are_the_promised_ones_and_links_lead_to_pages(site: Site, pages: dict[str, Page]) -> None:
    promised = site.page_addresses()
    assert set(pages) <= promised
    for kind in ("/tinh/", "/province/"):
        assert {one for one in promised if kind in one} == {one for one in pages if kind in one}
    for page in pages.values():
        for link in _links(page):
            if link.startswith("/") and link.endswith("/"):
                assert normpath(link) + "/" in promised or link == "/", (page.address, link)
        assert not page.twin or pages[page.twin].twin == page.address


def test_the_home_page_names_provinces_instead_of_plans(site: Site) -> None:
    block = fill_blocks("<!-- campaign: plans-overview -->", site, Templates(site.phrase), "vi", "/")
    found = [urljoin("/", link) for link in html.fromstring(f"<div>{block}</div>").xpath(".//ul//a/@href")]
    assert found == [place_address("ke-hoach", place.id, "vi") for place in site.derived.places if place.plans]


def test_every_activity_is_named_on_the_pages_of_its_province(site: Site, pages: dict[str, Page]) -> None:
    named: list[str] = []
    for address, page in pages.items():
        if address.startswith("/lich/tinh/"):
            own = [link for link in _links(page) if re.fullmatch(r"/lich/[^/]+/", link)]
            assert len(own) <= ACTIVITY_LINES_ON_ONE_PAGE
            named += own
    real = (one for one in site.dataset.activities.values() if not site.dataset.units[one.unit].sample)
    assert sorted(named) == sorted(site.activity_address(one.id, "vi") for one in real)


def test_reports_of_a_crowd_are_news_of_their_units_alone(site: Site) -> None:
    news = site.derived.news
    reported, addresses = [one for one in news.entries if one.report and not one.sample], site.page_addresses()
    assert reported and all(news.stands_apart(entry) for entry in reported)
    for entry in reported:
        assert entry in news.of("unit", entry.units[0]).entries
        assert news_address(entry, "vi") in addresses
        assert all(part.kind == "unit" for part in subjects(site, entry))
    aside = {entry.id for entry in reported}
    for part in (news.all, *news.lists.values()):
        assert part.kind == "unit" or aside.isdisjoint(entry.id for entry in part.entries)


def test_posters_of_a_crowd_stay_on_their_own_pages(site: Site) -> None:
    listed = banners._posters(site, "vi")
    assert not [one for one in listed["units"] if "xa-dong" in one["address"]]
    assert not [one for one in listed["activities"] if "xa-dong" in one["address"]]


def test_up_to_the_limit_all_stands_on_one_page() -> None:
    own = sum(not crowded(0).dataset.is_sample(plan) for plan in crowded(0).dataset.plans.values())
    full, over = crowded(PLANS_ON_ONE_PAGE - own), crowded(PLANS_ON_ONE_PAGE - own + 1)
    assert not full.derived.by_province and over.derived.by_province
    assert not [one for one in full.page_addresses() if "/tinh/" in one]
    overview = _pages(full, plans)["/ke-hoach/"]
    real = (plan for plan in full.dataset.plans.values() if not full.dataset.is_sample(plan))
    assert {full.plan_address(plan.id, "vi") for plan in real} <= _links(overview)
    assert _pages(full, places) == {}
