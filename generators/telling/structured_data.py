"""Owns what pages tell machines about themselves in the words of schema.org: the way there, the site, bodies, data.

Each function gives things for the page's one ``@graph`` (JSON-LD); writing them belongs to ``frame.py``. A sample unit
is no public body and its figures are no data set, so that nothing is told about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generators.addresses import (
    HOME,
    data_address,
    indicator_address,
    plan_data_address,
    section_address,
    unit_data_address,
)
from generators.artefact import Crumb, Page
from generators.problems import Language
from generators.schema.measurement import Indicator
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.progress_words import plans_of

Thing = Mapping[str, object]

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "jsonld": "application/ld+json"}
_AREA_LEVELS = frozenset({"province", "district", "commune"})


def media_type(address: str) -> str:
    """Gives the media type (IANA) of a data file by its ending. Raises ``KeyError`` for a kind that is not known."""
    return _MEDIA_TYPES[address.rpartition(".")[2]]


def way_to(site: Site, page: Page) -> tuple[Crumb, ...]:
    """Gives the steps from the home page to a page, without the page itself."""
    return (Crumb(site.phrase("ui-home", page.lang), HOME[page.lang]), *page.crumbs)


def page_things(site: Site, page: Page) -> Iterator[Thing]:
    """Gives what every page tells: the home page names the site, every other page the way to it."""
    if page.address in HOME.values():
        yield _website(site, page.lang)
    else:
        yield _breadcrumbs(site, page)


def data_page_things(site: Site, lang: Language, files: Sequence[str]) -> tuple[Thing, ...]:
    """Gives what the page of open data tells: one data set, with the addresses of all its files."""
    return (
        _dataset(
            site,
            lang,
            section_address("du-lieu", lang),
            site.phrase("data-ld-name", lang),
            site.phrase("data-description", lang),
            files,
        ),
    )


def unit_page_things(site: Site, unit: Unit, lang: Language) -> tuple[Thing, ...]:
    """Gives what a unit's progress page tells: the public body, and the data about it. Nothing for a sample unit."""
    if unit.sample:
        return ()
    name = unit.name.get(lang)
    data = _dataset(
        site,
        lang,
        site.unit_address(unit.id, lang),
        site.phrase("data-ld-unit", lang, name=name),
        site.phrase("data-ld-unit-text", lang, name=name),
        [unit_data_address(unit.id), *(plan_data_address(plan.id) for plan in plans_of(site, unit))],
    )
    return _organization(site, unit, lang), {**data, "about": {"@id": _organization_id(site, unit)}}


def indicator_page_things(
    site: Site, indicator: Indicator, lang: Language, files: Sequence[str] = ()
) -> tuple[Thing, ...]:
    """Gives what an indicator's page tells: its figures as a data set. ``files`` are the page's own CSV addresses."""
    definition = indicator.definition.get(lang)
    measure = site.dataset.measures[indicator.measure]
    data = _dataset(
        site,
        lang,
        indicator_address(indicator.id, lang),
        indicator.name.get(lang),
        f"{definition} {measure.meaning.get(lang)}",
        [*files, data_address("progress.csv"), data_address("progress.json")],
    )
    return ({**data, "variableMeasured": indicator.short.get(lang), "measurementTechnique": measure.name.get(lang)},)


def _website(site: Site, lang: Language) -> Thing:
    return {
        "@type": "WebSite",
        "@id": site.absolute("/#site"),
        "url": site.absolute(HOME[lang]),
        "name": site.phrase("site-name", lang),
        "description": site.dataset.campaign.tagline.get(lang),
        "inLanguage": lang,
    }


def _breadcrumbs(site: Site, page: Page) -> Thing:
    steps = [*way_to(site, page), Crumb(page.short or page.title, page.address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.label, "item": site.absolute(step.address)}
            for place, step in enumerate(steps, start=1)
        ],
    }


def _organization_id(site: Site, unit: Unit) -> str:
    return site.absolute(f"{site.unit_address(unit.id, 'vi')}#unit")


def _organization(site: Site, unit: Unit, lang: Language) -> Thing:
    thing: dict[str, object] = {
        "@type": "GovernmentOrganization",
        "@id": _organization_id(site, unit),
        "name": unit.name.get(lang),
    }
    if unit.website:
        thing["url"] = unit.website
    if unit.code and unit.level in _AREA_LEVELS:
        thing["identifier"] = unit.code
    if unit.abolished_on:
        thing["dissolutionDate"] = unit.abolished_on.isoformat()
    if unit.parent:
        parent = site.dataset.units[unit.parent]
        thing["parentOrganization"] = {"@type": "GovernmentOrganization", "name": parent.name.get(lang)}
    return thing


def _dataset(
    site: Site, lang: Language, address: str, name: str, description: str, files: Sequence[str]
) -> dict[str, object]:
    return {
        "@type": "Dataset",
        "@id": site.absolute(f"{address}#data"),
        "name": name,
        "description": description,
        "url": site.absolute(address),
        "inLanguage": ["vi", "en"],
        "isAccessibleForFree": True,
        "license": LICENCE_URL,
        "creator": {"@type": "Organization", "name": site.phrase("data-publisher", lang), "url": site.absolute("/")},
        "spatialCoverage": {"@type": "Country", "name": site.phrase("data-country", lang)},
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": site.phrase("data-ld-name", lang),
            "url": site.absolute(data_address("catalog.jsonld")),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": site.absolute(file),
                "encodingFormat": media_type(file),
            }
            for file in files
        ],
    }
