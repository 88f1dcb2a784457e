"""Publishes the ways through the site: the page of all pages, ``sitemap.xml`` and ``robots.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from generators.addresses import (
    HOME,
    festival_address,
    indicator_address,
    method_address,
    model_address,
    other_language,
    place_address,
    section_address,
)
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.derive.paging import batched
from generators.limits import SITEMAP_ADDRESSES
from generators.origins import fact
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.scalars import Words
from generators.site import Site
from generators.telling.agenda import capital
from generators.telling.places import place_name

_SECTION = "so-do-trang"
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of the page of all pages: a heading and its links as (label, address), those of samples marked.

    A label is a phrase in the page's language, or the name of a record, which may have no English.
    """

    heading: str
    links: tuple[tuple[str | Words, str], ...]
    samples: frozenset[str] = frozenset()


@Output
def render(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives the site map in each language, ``sitemap.xml`` with its parts where it is long, and ``robots.txt``."""
    for lang in LANGUAGES:
        branches = tuple(_branches(site, lang))
        yield Part(f"sitemap/{lang}", partial(_page, site, templates, branches, lang), (fact(branches),))
    addresses = sorted(site.page_addresses())
    yield Part("sitemap", partial(_files, site, addresses), (fact(addresses),))


def _files(site: Site, addresses: Sequence[str]) -> Iterator[Artefact]:
    yield from _sitemap_files(site, addresses)
    yield Artefact("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.absolute('/sitemap.xml')}\n", "data")


def _page(site: Site, templates: Templates, branches: tuple[Branch, ...], lang: Language) -> Iterator[Page]:
    address = section_address(_SECTION, lang)
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("menu-so-do-trang", lang),
        description=site.phrase("sitemap-description", lang),
        body=templates.render("sitemap.html", lang, address, branches=branches),
        source="",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-sitemap",
    )


def _branches(site: Site, lang: Language) -> Iterator[Branch]:
    pages = [page for page in site.dataset.pages if page.lang == lang]
    pages.sort(key=lambda page: page.address not in HOME.values())  # the home page first, the others as they come
    written = (
        (site.phrase("ui-home", lang) if page.address in HOME.values() else page.meta.title, page.address)
        for page in pages
    )
    made = (
        (site.phrase(f"menu-{section}", lang), section_address(section, lang))
        for section in ("tai-lieu", "bieu-duong", "banner", "tim-kiem")
    )
    yield Branch(site.phrase("sitemap-pages", lang), (*written, *made))
    index = (site.phrase("plans-title", lang), section_address("ke-hoach", lang))
    everything, one_page = site.dataset.plans.values(), not site.derived.by_province
    known = [plan for plan in everything if one_page or site.dataset.is_sample(plan)]
    plans = ((site.dataset.unit_of(plan).called, site.plan_address(plan.id, lang)) for plan in known)
    samples = (site.plan_address(plan.id, lang) for plan in known if site.dataset.is_sample(plan))
    places = _places(site, "ke-hoach", lang)
    yield Branch(site.phrase("menu-ke-hoach", lang), (index, *places, *plans), frozenset(samples))
    index = (site.phrase("models-title", lang), section_address("mo-hinh", lang))
    models = sorted(site.dataset.models.values(), key=lambda model: (model.order, model.id))
    yield Branch(
        site.phrase("menu-mo-hinh", lang),
        (index, *((model.name.get(lang), model_address(model, lang)) for model in models)),
    )
    yield _progress_branch(site, lang)
    help_pages = (
        (site.phrase(f"menu-{section}", lang), section_address(section, lang)) for section in ("giai-thich", "tro-nang")
    )
    yield Branch(site.phrase("sitemap-help", lang), tuple(help_pages))
    data = (site.phrase("data-files", lang), section_address("du-lieu", lang))
    yield Branch(site.phrase("menu-du-lieu", lang), (data,))
    yield _activities_branch(site, lang)
    yield _news_branch(site, lang)


def _progress_branch(site: Site, lang: Language) -> Branch:
    """The units that have a plan and the indicators; units without a plan are reached from those above them.

    Where the units are too many, their provinces stand for them.
    """
    index = (site.phrase("progress-title", lang), section_address("tien-do", lang))
    method = (site.phrase("method-title", lang), method_address(lang))
    planning = [site.dataset.units[unit] for unit in dict.fromkeys(plan.unit for plan in site.dataset.plans.values())]
    named = [unit for unit in planning if unit.sample or not site.derived.by_province]
    units = ((unit.called, site.unit_address(unit.id, lang)) for unit in named)
    places = _places(site, "tien-do", lang)
    indicators = (
        (indicator.short.get(lang), indicator_address(indicator.id, lang))
        for indicator in site.dataset.indicators.values()
    )
    samples = (site.unit_address(unit.id, lang) for unit in site.dataset.units.values() if unit.sample)
    return Branch(site.phrase("menu-tien-do", lang), (index, method, *places, *units, *indicators), frozenset(samples))


def _places(site: Site, section: str, lang: Language) -> tuple[tuple[str, str], ...]:
    """Gives the ways to a section's pages by province, where it has any."""
    if not site.derived.by_province:
        return ()
    known = (place for place in site.derived.places if place.plans or section != "ke-hoach")
    return tuple((place_name(site, place, lang), place_address(section, place.id, lang)) for place in known)


def _activities_branch(site: Site, lang: Language) -> Branch:
    festival = (site.phrase("fest-title", lang), section_address("ngay-hoi", lang))
    calendar = (site.phrase("cal-title", lang), section_address("lich", lang))
    years = (
        (site.phrase("fest-year-title", lang, year=year.year), festival_address(year.year, lang))
        for year in site.derived.festival_years
    )
    samples = frozenset(
        site.activity_address(activity.id, lang)
        for activity in site.dataset.activities.values()
        if site.dataset.units[activity.unit].sample
    )
    activities = (
        (activity.title, address)
        for activity in site.dataset.activities.values()
        if (address := site.activity_address(activity.id, lang)) in samples or not site.derived.activities_by_place
    )
    places = (
        (place_name(site, place, lang), place_address("lich", place.id, lang))
        for place in site.derived.places
        if place.id in site.derived.activities_by_place
    )
    return Branch(site.phrase("menu-lich", lang), (festival, *years, calendar, *places, *activities), samples)


def _news_branch(site: Site, lang: Language) -> Branch:
    """The lists of news, not each item: thousands would bury the rest."""
    lists = [part for part in site.news_lists(lang) if part.kind in {"all", "topic", "year"}]
    follow = (site.phrase("follow-title", lang), section_address("theo-doi", lang))
    links = ((capital(site.news_list_name(part, lang)), site.news_list_address(part, lang)) for part in lists)
    return Branch(site.phrase("menu-tin-tuc", lang), (*links, follow))


def _sitemap_files(site: Site, addresses: Sequence[str]) -> Iterator[Artefact]:
    """Gives ``sitemap.xml``: every page, or the names of the sitemaps that hold them where they are too many for one.

    ``addresses`` are those of all pages, in order. Protocol and limits: sitemaps.org; a sitemap holds 50,000 of them at
    most.
    """
    if len(addresses) <= SITEMAP_ADDRESSES:
        yield _sitemap_file("sitemap.xml", "urlset", "url", map(site.absolute, addresses))
        return
    parts: dict[str, list[str]] = {}
    for address in addresses:
        parts.setdefault(_sitemap_part(address), []).append(site.absolute(address))
    names = []
    for part, urls in parts.items():
        for number, own in enumerate(batched(urls, SITEMAP_ADDRESSES), 1):
            names.append(f"sitemap-{part}{f'-{number}' if number > 1 else ''}.xml")
            yield _sitemap_file(names[-1], "urlset", "url", own)
    yield _sitemap_file("sitemap.xml", "sitemapindex", "sitemap", (site.absolute(f"/{name}") for name in names))


def _sitemap_part(address: str) -> str:
    """Gives the name of the part that an address belongs to for ever: its language, its section, the year of news."""
    parts = [part for part in address.split("/") if part]
    depth = 2 if parts[:1] == ["en"] else 1
    section = parts[:depth]
    if parts[depth : depth + 1] and _YEAR.fullmatch(parts[depth]):
        section.append(parts[depth])
    return "-".join(section) or "trang-chu"


def _sitemap_file(name: str, root: str, element: str, urls: Iterable[str]) -> Artefact:
    lines = "".join(f"<{element}><loc>{escape(url, quote=False)}</loc></{element}>\n" for url in urls)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    text = f'{head}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</{root}>\n'
    return Artefact(name, text, "content")
