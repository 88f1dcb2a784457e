"""Publishes plans and progress by province, where there are too many for one page: two overviews, a page a province.

An overview says how many there are in each province, a province's page names every one of them. As long as all stand
on one page, ``plans.py`` and ``progress.py`` give that page, and none is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generators.addresses import indicator_address, method_address, other_language, place_address, section_address
from generators.artefact import Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.places import Place
from generators.derive.rollup import RollUp
from generators.origins import PLANS, fact, unit_origin
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.render.share_image import ShareImage
from generators.site import Site
from generators.telling import progress_words
from generators.telling.places import place_headline, place_name
from generators.telling.progress_words import index_headline, named_units, rollup_sentence
from generators.telling.sharing import section_share

_PROGRESS, _PLANS = "tien-do", "ke-hoach"


@Output
def render(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives the overviews and every province's page in each language, or nothing where all stands on one page."""
    if not site.derived.by_province:
        return
    sections = {lang: section_share(site, _PROGRESS, lang) for lang in LANGUAGES}
    for lang in LANGUAGES:
        told = _told_of_progress(site, sections[lang], lang)
        yield Part(f"overview/{lang}/{_PROGRESS}", partial(_progress, site, templates, sections[lang], lang), told)
        yield Part(f"overview/{lang}/{_PLANS}", partial(_plans, site, templates, lang), (PLANS,))
        for place in site.derived.places:
            make = partial(_place, site, templates, place, lang)
            yield Part(f"places/{lang}/{place.id}", make, (*map(unit_origin, place.counted), fact(sections[lang].alt)))


def _told_of_progress(site: Site, share: ShareImage, lang: Language) -> tuple[str]:
    """Stands for all that the overview of progress says of plans and reports: numbers, and who is named."""
    counts = [
        (place.id, len(place.planning), len(place.reported), len(place.silent), len(place.others))
        for place in site.derived.places
    ]
    rollups = [
        (rollup.indicator.id, rollup.percent, rollup_sentence(site, rollup, lang)) for rollup in _rollups(site)
    ]
    return (fact(share.alt, counts, rollups, _ended(site, lang)),)


def _rollups(site: Site) -> list[RollUp]:
    return [rollup for rollup in site.derived.rollups.values() if rollup.expected]


def _ended(site: Site, lang: Language) -> str:
    """Gives the names of units whose work others took over."""
    ended = [unit for place in site.derived.places for unit in place.others if unit.succeeded_by]
    return named_units(site, ended, lang)


def _progress(site: Site, templates: Templates, share: ShareImage, lang: Language) -> Iterator[Page]:
    yield _overview(
        site,
        templates,
        _PROGRESS,
        lang,
        title=site.phrase("progress-title", lang),
        description=site.phrase("progress-description", lang, headline=index_headline(site, lang)),
        source="data/progress",
        page_class="page-progress",
        image=(share.address, share.alt),
        samples=[unit for unit in site.dataset.units.values() if unit.sample],
        rollups=_rollups(site),
        ended=_ended(site, lang),
    )


def _plans(site: Site, templates: Templates, lang: Language) -> Iterator[Page]:
    plans = site.dataset.plans.values()
    count = sum(len(place.plans) for place in site.derived.places)
    yield _overview(
        site,
        templates,
        _PLANS,
        lang,
        title=site.phrase("plans-title", lang),
        description=site.phrase("plans-description", lang, count=count),
        source="data/plans",
        page_class="page-plans",
        count=count,
        samples=[plan for plan in plans if site.dataset.is_sample(plan)],
    )


def _overview(
    site: Site,
    templates: Templates,
    section: str,
    lang: Language,
    *,
    title: str,
    description: str,
    source: str,
    page_class: str,
    image: tuple[str, str] = ("", ""),
    **values: Any,
) -> Page:
    address = section_address(section, lang)
    return Page(
        address=address,
        lang=lang,
        title=title,
        description=description,
        body=_body(site, templates, f"{_TEMPLATES[section]}.html", lang, address, **values),
        source=source,
        section=section,
        twin=section_address(section, other_language(lang)),
        page_class=page_class,
        image=image[0],
        image_alt=image[1],
    )


def _place(site: Site, templates: Templates, place: Place, lang: Language) -> Iterator[Page]:
    yield _place_page(site, templates, place, _PROGRESS, place_headline(site, place, lang), lang)
    if place.plans:
        text = site.phrase("places-plans-count", lang, count=len(place.plans))
        yield _place_page(site, templates, place, _PLANS, text, lang)


def _place_page(
    site: Site, templates: Templates, place: Place, section: str, headline: str, lang: Language
) -> Page:
    address = place_address(section, place.id, lang)
    name = place_name(site, place, lang)
    title = site.phrase(f"places-title-{section}", lang, name=name)
    return Page(
        address=address,
        lang=lang,
        title=title,
        description=site.phrase("places-description", lang, title=title, headline=headline),
        body=_body(
            site,
            templates,
            f"{_TEMPLATES[section]}-place.html",
            lang,
            address,
            place=place,
            title=title,
            headline=headline,
        ),
        source="data/units",
        section=section,
        twin=place_address(section, place.id, other_language(lang)),
        crumbs=(Crumb(site.phrase(f"menu-{section}", lang), section_address(section, lang)),),
        short=name,
        page_class="page-place",
    )


_TEMPLATES = {_PROGRESS: "places-progress", _PLANS: "places-plans"}


def _body(site: Site, templates: Templates, name: str, lang: Language, address: str, **values: Any) -> str:
    return templates.render(
        name,
        lang,
        address,
        site=site,
        words=progress_words,
        place_name=place_name,
        place_address=place_address,
        section_address=section_address,
        indicator_address=indicator_address,
        method_address=method_address(lang),
        **values,
    )
