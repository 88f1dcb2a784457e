"""Fills ``<!-- campaign: NAME -->`` in hand-written pages with parts made from data.

A block that shows one of several records takes its id as a second word: ``<!-- campaign: link-banner ha-tinh -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generators.addresses import HOME, model_address, place_address, section_address
from generators.dataset import LANGUAGES, Dataset
from generators.dataset.content import ContentPage
from generators.origins import PLANS, news_origins
from generators.problems import Language
from generators.render.html import Templates, relative_links
from generators.site import Site
from generators.telling import agenda
from generators.telling.banners import hung_banner
from generators.telling.places import place_name

_BLOCK = re.compile(r"<!--\s*campaign:\s*([^\s]+)(?:\s+([^\s]+))?\s*-->")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its template under blocks/, what gives the values that it needs, and what stands for those."""

    template: str
    values: Callable[[Site], dict[str, Any]]
    origins: Callable[[Site], tuple[str, ...]] = lambda _: ()


def _platform(site: Site) -> dict[str, Any]:
    return {"platform": site.dataset.campaign.platform}


def _start_groups(site: Site) -> dict[str, Any]:
    return {"groups": [group for group in site.dataset.groups.values() if group.main]}


def _models(site: Site) -> dict[str, Any]:
    models = sorted(site.dataset.models.values(), key=lambda model: (model.order, model.id))
    return {"models": models[:6], "model_address": model_address}


def _plans(site: Site) -> dict[str, Any]:
    plans = [plan for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan)]
    return {"plans": plans, "place_name": place_name, "place_address": place_address}


def _festival(site: Site) -> dict[str, Any]:
    return {**agenda.countdown_values(site), "agenda": agenda, "day": site.dataset.campaign.festival}


def _home_facts(site: Site) -> dict[str, Any]:
    return {"facts": [fact for fact in site.dataset.facts.values() if fact.home]}


def _all_facts(site: Site) -> dict[str, Any]:
    return {"facts": list(site.dataset.facts.values())}


def _latest_news(site: Site) -> dict[str, Any]:
    return {"latest": {lang: site.derived.news.all.in_language(lang)[:3] for lang in LANGUAGES}}


def _latest_origins(site: Site) -> tuple[str, ...]:
    return news_origins(entry for latest in _latest_news(site)["latest"].values() for entry in latest)


def _sample_units(site: Site) -> dict[str, Any]:
    return {"units": [unit for unit in site.dataset.units.values() if unit.sample]}


def _first_banner(site: Site) -> dict[str, Any]:
    return {"banner": next(iter(site.dataset.banners.values()), None), "hung_banner": hung_banner}


BLOCKS: dict[str, Block] = {
    "latest-news": Block("latest-news.html", _latest_news, _latest_origins),
    "home-start": Block("home-start.html", _platform),
    "platform-button": Block("platform-button.html", _platform),
    "start-groups": Block("start-groups.html", _start_groups),
    "featured-models": Block("featured-models.html", _models),
    "plans-overview": Block("plans-overview.html", _plans, lambda _: (PLANS,)),
    "festival-countdown": Block("festival-countdown.html", _festival),
    "national-facts": Block("national-facts.html", _home_facts),
    "sample-note": Block("sample-note.html", _sample_units),
    "national-facts-all": Block("national-facts.html", _all_facts),
    "link-banner": Block("link-banner.html", _first_banner),
}


def block_names(dataset: Dataset) -> tuple[str, ...]:
    """Gives all that may stand in a block: the names alone, and those with the id of a record behind them."""
    return (*BLOCKS, *(f"link-banner {banner}" for banner in dataset.banners))


def block_origins(body: str, site: Site) -> tuple[str, ...]:
    """Gives what the blocks of a Markdown text are made from."""
    names = dict.fromkeys(match.group(1) for match in _BLOCK.finditer(body))
    return tuple(origin for name in names if name in BLOCKS for origin in BLOCKS[name].origins(site))


def fill_blocks(html: str, site: Site, templates: Templates, lang: Language, address: str) -> str:
    """Gives the page's HTML with every block filled. Raises ``KeyError`` for a block that does not exist."""

    def fill(match: re.Match[str]) -> str:
        block = BLOCKS[match.group(1)]
        chosen = block.values(site)
        if match.group(2):
            chosen["banner"] = site.dataset.banners[match.group(2)]
        return templates.render(
            f"blocks/{block.template}", lang, address, site=site, section_address=section_address, **chosen
        )

    return _BLOCK.sub(fill, html)


def page_body(html: str, site: Site, templates: Templates, page: ContentPage) -> str:
    """Gives the body of a hand-written page: its title as ``h1``, its blocks filled, its links fit for its address.

    On the home page, what stands up to the first block is the opening beside the picture.
    """
    template, cut = "content.html", 0
    if page.address in HOME.values():
        first = _BLOCK.search(html)
        template, cut = "home.html", first.end() if first else 0
    opening, rest = (fill_blocks(part, site, templates, page.lang, page.address) for part in (html[:cut], html[cut:]))
    values = {"title": page.meta.title, "opening": Markup(opening), "body": Markup(rest)}  # noqa: S704 - rendered HTML
    return relative_links(templates.render(template, page.lang, page.address, **values), page.address)
