"""Owns what a part of an output is made from: whose records, which files, which facts.

A part says so in origins, of six kinds: ``unit:<id>`` stands for all that belongs to a unit, ``news:<path>`` for all
that belongs to a news item (:func:`files_by_owner`), ``place:<id>`` for all that tells of the units of a province,
``file:<path>`` for one file of the project, ``folder:<path>`` for all files in a folder, and ``=<text>`` for a fact as
it is. Whatever else a build reads (units' own records, settings, words, templates) belongs to every part, as do
:func:`common_facts`: what is made from nothing else has no origins of its own. When files have changed, and which parts
are made again, is not known here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain

from generators.addresses import HOME
from generators.dataset import Dataset
from generators.dataset.belongings import belongings_by_unit
from generators.dataset.news import NewsItem
from generators.derive.news_entry import NewsEntry
from generators.derive.places import place_of
from generators.derive.rollup import derive_counted, derive_units_below
from generators.parts import Bundle, Part
from generators.schema.unit import Unit
from generators.site import Site

UNIT, NEWS, PLACE, FILE, FOLDER, FACT = "unit:", "news:", "place:", "file:", "folder:", "="
PLANS, REPORTS, ACTIVITIES, PRAISE = (f"{FOLDER}data/{one}/" for one in ("plans", "progress", "activities", "praise"))
"""Stand for all plans, reports, activities and praise."""


def unit_origin(unit_id: str) -> str:
    """Stands for all files that belong to a unit."""
    return f"{UNIT}{unit_id}"


def place_origin(place: str) -> str:
    """Stands for all that belongs to the units of a place and to those below them, and for the news about them."""
    return f"{PLACE}{place}"


def file_origin(path: str) -> str:
    """Stands for one file, whether it is there or not; ``path`` is below the project's folder."""
    return f"{FILE}{path}"


def fact(*values: object) -> str:
    """Stands for values as they are; each must have a ``repr`` that says all of it."""
    return f"{FACT}{hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()}"


def files_by_owner(dataset: Dataset) -> dict[str, Collection[str]]:
    """Gives, for the origin of every unit and news item, the files that belong to it.

    To a unit belong plans and their texts, reports, activities and praise; to an item its texts and its picture.
    """
    return {
        **{unit_origin(unit): list(own.paths()) for unit, own in belongings_by_unit(dataset).items()},
        **{_news_origin(item.path): list(_files_of(item)) for item in dataset.news},
    }


def owners_by_place(dataset: Dataset) -> dict[str, Collection[str]]:
    """Gives, for the origin of every place, the origins of its units, of those below them, and of the news about them.

    The place stands for all that belongs to any of these; see :func:`files_by_owner`.
    """
    found: dict[str, set[str]] = {place_of(unit): set() for unit in dataset.units.values()}
    for name, below in derive_counted(dataset, derive_units_below(dataset)).items():
        found[place_of(dataset.units[name])].update(map(unit_origin, (name, *below)))
    for item in dataset.news:
        for name in item.meta.units:
            if name in dataset.units:
                found[place_of(dataset.units[name])].add(_news_origin(item.path))
    return {place_origin(place): owners for place, owners in found.items()}


def by_place(
    site: Site, name: str, parts_of: Callable[[str, Unit], Iterable[Part]], *facts: str
) -> Iterator[Bundle]:
    """Gives the parts of all units in bundles, one for each place.

    ``parts_of`` gives the parts of one unit; it is told how their names begin. Beside what belongs to the unit, to the
    units below it, and to the news about it, they may rest on ``facts``, which are origins.
    """
    for place, units in site.derived.units_by_place.items():
        bundle = f"{name}/{place}"
        yield Bundle(bundle, partial(_parts_of_all, partial(parts_of, bundle), units), (place_origin(place), *facts))


def _parts_of_all(parts_of: Callable[[Unit], Iterable[Part]], units: Iterable[Unit]) -> Iterator[Part]:
    return chain.from_iterable(map(parts_of, units))


def _news_origin(path: str) -> str:
    return f"{NEWS}{path}"


def _files_of(item: NewsItem) -> Iterator[str]:
    yield item.path
    if item.english:
        yield item.english.source.path
    if item.picture:
        yield f"{item.path.rpartition('/')[0]}/{item.picture.name}"


def news_origins(entries: Iterable[NewsEntry | None]) -> tuple[str, ...]:
    """Stands for some entries in their order, with all their words and pictures; where there is none, for that.

    All that is said of a report stands in its unit's files, of any other entry in its own.
    """
    found: list[str] = []
    for entry in entries:
        if entry is None:
            found.append(FACT)
        elif entry.report:
            found += (f"{FACT}{entry.id}", unit_origin(entry.units[0]))
        else:
            found.append(_news_origin(entry.path))
    return tuple(dict.fromkeys(found))


def files_of_pages(dataset: Dataset) -> Iterator[str]:
    """Gives the files of hand-written pages; not the home pages', whose titles stand in other pages' pictures."""
    return (page.path for page in dataset.pages if page.address not in HOME.values())
