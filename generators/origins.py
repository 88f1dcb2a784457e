"""Owns what a part of an output is made from: whose records, which files, which facts.

A part says so in origins, of five kinds: ``unit:<id>`` stands for all that belongs to a unit and ``news:<path>`` for
all that belongs to a news item (see :func:`files_by_owner`), ``file:<path>`` for one file of the project,
``folder:<path>`` for all files in a folder, and ``=<text>`` for a fact as it is. Whatever else a build reads (units'
own records, settings, words, templates) belongs to every part, as do :func:`common_facts`: what is made from nothing
else has no origins of its own. When files have changed, and which parts are made again, is not known here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from generators.addresses import HOME
from generators.dataset import Dataset
from generators.dataset.belongings import belongings_by_unit
from generators.dataset.news import NewsItem
from generators.derive.news import NewsEntry

UNIT, NEWS, FILE, FOLDER, FACT = "unit:", "news:", "file:", "folder:", "="
PLANS, REPORTS, ACTIVITIES, PRAISE = (f"{FOLDER}data/{one}/" for one in ("plans", "progress", "activities", "praise"))
"""Stand for all plans, reports, activities and praise."""


def unit_origin(unit_id: str) -> str:
    """Stands for all files that belong to a unit."""
    return f"{UNIT}{unit_id}"


def file_origin(path: str) -> str:
    """Stands for one file, whether it is there or not; ``path`` is below the project's folder."""
    return f"{FILE}{path}"


def fact(*values: object) -> str:
    """Stands for values as they are; each must have a ``repr`` that says all of it."""
    return f"{FACT}{hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()}"


def files_by_owner(dataset: Dataset) -> dict[str, list[str]]:
    """Gives, for the origin of every unit and every news item, the files that belong to it.

    To a unit belong plans and their texts, reports, activities and praise; to an item its texts and its picture.
    """
    units = {unit_origin(name): list(own.paths()) for name, own in belongings_by_unit(dataset).items()}
    return units | {_news_origin(item.path): list(_files_of(item)) for item in dataset.news}


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
