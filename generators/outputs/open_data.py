"""Publishes the open data: lists as JSON and CSV, a file for each unit and plan, index, OpenAPI, DCAT, and their page.

What the data are belongs to ``open_data/``; here they get their places and the words around them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from generators.addresses import (
    DATA_ROOT,
    data_address,
    other_language,
    plan_data_address,
    section_address,
    unit_data_address,
)
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.open_data import SCHEMA_VERSION
from generators.open_data.documents import LICENCE_NAME, MISSING, SAMPLES, OpenData, PublishedKind, schemas
from generators.open_data.events import NEWS
from generators.open_data.parting import GENERAL, RowsPart
from generators.origins import PLANS, by_place, fact, file_origin, news_origins, unit_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.dcat import Catalogue, DataSet, Distribution, catalogue_document
from generators.render.html import Templates
from generators.render.indented import indented_json
from generators.render.openapi import ApiInfo, Operation, openapi_document, reference
from generators.render.records import document_json
from generators.schema.plan import Plan
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.structured_data import LICENCE_URL, data_page_things, media_type
from generators.text import format_number

_SECTION = "du-lieu"
_SOURCE = "data"
# Viet Nam in the named authority list of countries of the Publications Office of the European Union.
_COUNTRY = "http://publications.europa.eu/resource/authority/country/VNM"
_TAGS = {"lists": "Danh sách / Lists", "one": "Một đơn vị, một kế hoạch / One unit, one plan", "about": "Mô tả / About"}
_ENDINGS = ("csv", "json")
_MOST_LINKS = 80  # of units and as many of plans; 200 bytes each
Named = TypeVar("Named", Unit, Plan)


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives every file of open data, and the page about them in each language."""
    data = OpenData(site)
    yield Part("data", partial(_lists, site, templates, data), _list_origins(site, data))
    for rows in data.parts():
        name = f"data/parts/{rows.kind.name}/{rows.name}"
        yield Part(name, partial(_rows, site, rows), _rows_origins(site, rows))
    yield from by_place(site, "data/units", partial(_of_unit, site, data))


def _list_origins(site: Site, data: OpenData) -> tuple[str, ...]:
    """Lists say what stands in them, the index which plans there are, and the page names plans while they are few."""
    plans = site.dataset.plans
    told = fact(data.told(), list(plans), _time_covered(site))
    return (told, PLANS) if _short(plans.values()) else (told,)


def _of_unit(site: Site, data: OpenData, bundle: str, unit: Unit) -> Iterator[Part]:
    units = (unit.id, *site.derived.counted_below[unit.id])
    origins = (*map(unit_origin, units), *news_origins(site.derived.news.of("unit", unit.id).entries))
    yield Part(f"{bundle}/{unit.id}", partial(_unit, data, unit), origins)
    for plan in site.derived.plans_of_unit[unit.id]:
        yield Part(f"{bundle}/plans/{plan.id}", partial(_plan, data, plan), (unit_origin(plan.unit),))


def _rows_origins(site: Site, part: RowsPart) -> tuple[str, ...] | None:
    """A part is made from the records that hold its rows, and it is a fact which ones these are.

    Rows about news say what lists say of news, some others what stands in their holder's file. The rest is made from
    units, and from those below them; what is general, from anything.
    """
    holders = part.kind.holders
    if part.kind is NEWS:  # these origins say which entries there are
        return fact(part.skipped, part.count), *news_origins(part.holders)
    which = fact([holders.name_of(one) for one in part.holders], part.skipped, part.count)
    if part.kind.file_of:
        return which, *map(file_origin, map(part.kind.file_of, part.holders))
    if part.place == GENERAL:
        return None
    own = dict.fromkeys(unit for one in part.holders for unit in holders.units_of(one))
    below = (unit for name in own for unit in site.derived.counted_below[name])
    return which, *map(unit_origin, dict.fromkeys((*own, *below)))


def _rows(site: Site, part: RowsPart) -> Iterator[Artefact]:
    return (_file(address, content) for address, content in part.files(site))


def _unit(data: OpenData, unit: Unit) -> Iterator[Artefact]:
    yield _file(unit_data_address(unit.id), document_json(data.unit(unit)), f"data/units/{unit.id}.yml")


def _plan(data: OpenData, plan: Plan) -> Iterator[Artefact]:
    yield _file(plan_data_address(plan.id), document_json(data.plan(plan)), f"data/plans/{plan.id}.yml")


def _lists(site: Site, templates: Templates, data: OpenData) -> Iterator[Artefact | Page]:
    kinds = data.kinds()
    for one in kinds:
        yield _file(one.address("json"), one.json)
        yield _file(one.address("csv"), one.csv)
    yield _file(data_address("index.json"), document_json(data.index(kinds)))
    yield _file(data_address("openapi.json"), _described(_openapi(site, kinds)))
    yield _file(data_address("catalog.jsonld"), _described(_catalogue(site, kinds)))
    for lang in LANGUAGES:
        yield _page(site, templates, kinds, lang)


def _file(address: str, content: str | bytes, source: str = _SOURCE) -> Artefact:
    return Artefact(address.lstrip("/"), content, source)


def _described(document: Mapping[str, object]) -> str:
    """Gives a description for people and programs as indented JSON."""
    return indented_json(document, 1) + "\n"


def _openapi(site: Site, kinds: Sequence[PublishedKind]) -> dict[str, object]:
    info = ApiInfo(
        title=site.phrase("data-ld-name", "vi"),
        version=SCHEMA_VERSION,
        description="\n\n".join(
            text for lang in LANGUAGES for text in (site.phrase("data-description", lang), MISSING.get(lang))
        ),
        licence_name=LICENCE_NAME,
        licence_url=LICENCE_URL,
        publisher=site.phrase("data-publisher", "vi"),
        page=site.absolute(section_address(_SECTION, "vi")),
        server=site.absolute(DATA_ROOT.rstrip("/")),
        tags=_TAGS,
    )
    return openapi_document(info, _operations(site, kinds), schemas(parted=any(one.parts for one in kinds)))


def _operations(site: Site, kinds: Sequence[PublishedKind]) -> Iterator[Operation]:
    yield Operation(
        "/index.json", "getIndex", "Mục lục / Index", SAMPLES.vi, "about", "application/json", reference("Index")
    )
    for one in kinds:
        kind = one.kind
        name = "".join(part.capitalize() for part in kind.name.split("-"))
        summary = f"{kind.title.vi} / {kind.title.get('en')}"
        about = f"{kind.about.vi} / {kind.about.get('en')}"
        listed = {"type": "array", "items": reference(kind.schema)}
        cells = {"type": "string", "description": f"UTF-8, RFC 4180: {', '.join(c.name for c in kind.columns)}"}
        if not one.parts:
            yield Operation(f"/{kind.name}.json", f"list{name}", summary, about, "lists", "application/json", listed)
            yield Operation(f"/{kind.name}.csv", f"list{name}Csv", summary, about, "lists", "text/csv", cells)
            continue
        whole, parts = reference("PartList"), f"/parts/{kind.name}/{{id}}"
        names = tuple(part.name for part in one.parts)
        files = {"type": "string", "description": "UTF-8, RFC 4180: part, rows, json, csv"}
        yield Operation(f"/{kind.name}.json", f"list{name}", summary, about, "lists", "application/json", whole)
        yield Operation(f"/{kind.name}.csv", f"list{name}Csv", summary, about, "lists", "text/csv", files)
        yield Operation(f"{parts}.json", f"part{name}", summary, about, "lists", "application/json", listed, names)
        yield Operation(f"{parts}.csv", f"part{name}Csv", summary, about, "lists", "text/csv", cells, names)
    yield Operation(
        "/units/{id}.json",
        "getUnit",
        "Một đơn vị / One unit",
        SAMPLES.vi,
        "one",
        "application/json",
        reference("UnitDocument"),
        tuple(site.dataset.units),
    )
    yield Operation(
        "/plans/{id}.json",
        "getPlan",
        "Một kế hoạch / One plan",
        SAMPLES.vi,
        "one",
        "application/json",
        reference("PlanDocument"),
        tuple(site.dataset.plans),
    )


def _catalogue(site: Site, kinds: Sequence[PublishedKind]) -> dict[str, object]:
    catalogue = Catalogue(
        url=site.absolute(data_address("catalog.jsonld")),
        page=site.absolute(section_address(_SECTION, "vi")),
        title=_texts(site, "data-ld-name"),
        description=_texts(site, "data-description"),
        publisher=_texts(site, "data-publisher"),
        publisher_page=site.absolute("/"),
        licence=LICENCE_URL,
        place=_COUNTRY,
        issued=site.today,
        api=site.absolute(DATA_ROOT),
        api_description=site.absolute(data_address("openapi.json")),
    )
    first, last = _time_covered(site)
    return catalogue_document(catalogue, (_data_set(site, one, first, last) for one in kinds))


def _texts(site: Site, key: str) -> dict[Language, str]:
    return {lang: site.phrase(key, lang) for lang in LANGUAGES}


def _time_covered(site: Site) -> tuple[date, date]:
    """Gives the days that the data are about: from the start of the first plan to the end of the last target's year."""
    real = [plan.id for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan)]
    starts = [start for plan in real if (start := site.derived.tallies[plan].start)]
    years = [year for plan in real if (year := site.derived.tallies[plan].last_year)]
    first = min(starts, default=site.today)
    return first, date(max(years), 12, 31) if years else max(first, site.today)


def _data_set(site: Site, one: PublishedKind, first: date, last: date) -> DataSet:
    return DataSet(
        url=f"{site.absolute(data_address('catalog.jsonld'))}#{one.kind.name}",
        title={lang: one.kind.title.get(lang) for lang in LANGUAGES},
        description={lang: _told(site, one, lang) for lang in LANGUAGES},
        keywords=_texts(site, "site-name"),
        first=first,
        last=last,
        distributions=(
            _distribution(site, one.address("csv"), one.csv),
            _distribution(site, one.address("json"), one.json),
        ),
    )


def _told(site: Site, one: PublishedKind, lang: Language) -> str:
    words = [one.kind.about.get(lang), MISSING.get(lang)]
    if one.parts:
        words.append(site.phrase("data-parted", lang))
    return " ".join(words)


def _distribution(site: Site, address: str, content: bytes) -> Distribution:
    return Distribution(site.absolute(address), media_type(address), len(content))


def _page(site: Site, templates: Templates, kinds: Sequence[PublishedKind], lang: Language) -> Page:
    address = section_address(_SECTION, lang)
    body = templates.render(
        "data.html",
        lang,
        address,
        site=site,
        kinds=kinds,
        units=_short(site.dataset.units.values()),
        plans=_short(site.dataset.plans.values()),
        size=_size,
        example=partial(_example, site, kinds),
        data_address=data_address,
        unit_data_address=unit_data_address,
        plan_data_address=plan_data_address,
        missing=MISSING,
        samples=SAMPLES,
        version=SCHEMA_VERSION,
        licence_name=LICENCE_NAME,
        licence_url=f"{LICENCE_URL}deed.vi" if lang == "vi" else LICENCE_URL,
    )
    return Page(
        address=address,
        lang=lang,
        title=site.phrase("menu-du-lieu", lang),
        description=site.phrase("data-description", lang),
        body=body,
        source="generators/open_data",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-data",
        json_ld=data_page_things(site, lang, [one.address(ending) for one in kinds for ending in _ENDINGS]),
    )


def _short(records: Collection[Named]) -> tuple[Named, ...]:
    """Gives the records, or none where so many links would bury the page; the lists hold their addresses anyway."""
    return tuple(records) if len(records) <= _MOST_LINKS else ()


def _example(site: Site, kinds: Sequence[PublishedKind], name: str, ending: str) -> str:
    """Gives the URL of a file with rows of a kind: the whole list, or its first part where it is parted."""
    parts = next((one.parts for one in kinds if one.kind.name == name), ())
    return site.absolute(parts[0].address(ending) if parts else data_address(f"{name}.{ending}"))


def _size(content: bytes, lang: Language) -> str:
    """Gives the size of a file in words, in kilobytes of 1000 bytes."""
    return f"{format_number(max(1, round(len(content) / 1000)), lang)} KB"
