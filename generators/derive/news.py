"""Owns what news there is on a day: one list of entries from written items and from progress reports, and its parts.

Every page, feed and data file of news takes its entries from here, so that all say the same. Holds no address and no
HTML. An entry of a sample unit stands only in that unit's own list; so does one made from a report where there are so
many units that their reports, thousands on one day, would bury what people have written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, compress
from typing import Literal

from generators.dataset import LANGUAGES, Dataset
from generators.derive.news_entry import NewsEntry, is_due, report_entries, written_entry
from generators.derive.progress import Progress, ReportsByPlan
from generators.problems import Language

ListKind = Literal["all", "year", "month", "topic", "model", "unit"]


@dataclass(frozen=True)
class NewsList:
    """Entries that belong together, newest first: all of them, or those of a year, month, topic, model or unit.

    ``id`` is the record's id, ``2026`` for a year, ``2026/10`` for a month, empty for all.
    """

    kind: ListKind
    id: str
    entries: tuple[NewsEntry, ...]

    def in_language(self, lang: Language) -> tuple[NewsEntry, ...]:
        """Gives the entries that can be read in ``lang``."""
        return self._by_language[lang]

    @cached_property
    def _by_language(self) -> dict[Language, tuple[NewsEntry, ...]]:
        return {lang: tuple(entry for entry in self.entries if lang in entry.languages) for lang in LANGUAGES}


@dataclass(frozen=True)
class News:
    """All news of one build: the main list, and every part of it by kind and id.

    ``apart`` are the entries that stand in their units' lists alone: those of sample units and, where
    ``reports_apart`` says so, all that are made from reports.
    """

    all: NewsList
    apart: tuple[NewsEntry, ...]
    reports_apart: bool
    lists: Mapping[tuple[ListKind, str], NewsList]

    def of(self, kind: ListKind, record_id: str) -> NewsList:
        """Gives one list. Raises ``KeyError`` for a year or month without news, or a record that does not exist."""
        return self.lists[kind, record_id]

    def lists_of(self, kind: ListKind) -> tuple[NewsList, ...]:
        """Gives the lists of one kind: years and months newest first, records in their own order."""
        return self._by_kind.get(kind, ())

    def stands_apart(self, entry: NewsEntry) -> bool:
        """True for an entry that its units' lists alone name."""
        return _stands_apart(entry, self.reports_apart)

    @cached_property
    def _by_kind(self) -> dict[ListKind, tuple[NewsList, ...]]:
        found: dict[ListKind, list[NewsList]] = {}
        for part in self.lists.values():
            found.setdefault(part.kind, []).append(part)
        return {kind: tuple(parts) for kind, parts in found.items()}

    @property
    def entries(self) -> tuple[NewsEntry, ...]:
        """Every published entry, those that stand apart last."""
        return (*self.all.entries, *self.apart)


def derive_news(
    dataset: Dataset,
    reports: ReportsByPlan,
    progress: Progress,
    today: date,
    *,
    preview: bool = False,
    reports_apart: bool = False,
) -> News:
    """Gives the news that is out on ``today``; what is dated later, or held back until later, is left out.

    With ``preview=True`` that is in the list too, and says so. With ``reports_apart=True`` what is made from reports
    stands in its units' lists alone.
    """
    # A unit is unknown only where sample units are left out: what tells of them goes with them.
    known = (item for item in dataset.news if all(unit in dataset.units for unit in item.meta.units))
    written = (written_entry(dataset, item, today) for item in known if preview or is_due(item, today))
    reported = chain.from_iterable(
        report_entries(dataset, progress, [one for one in own if one.reported_on <= today], dataset.plans[plan], today)
        for plan, own in reports.items()
    )
    entries = sorted((*written, *reported), key=lambda entry: (entry.date.at, entry.id), reverse=True)
    apart = [_stands_apart(entry, reports_apart) for entry in entries]
    main = tuple(entry for entry, aside in zip(entries, apart, strict=True) if not aside)
    return News(
        all=NewsList("all", "", main),
        apart=tuple(compress(entries, apart)),
        reports_apart=reports_apart,
        lists=dict(_lists(dataset, main, entries)),
    )


def _stands_apart(entry: NewsEntry, reports_apart: bool) -> bool:
    return (reports_apart and entry.report is not None) or entry.sample


def _lists(
    dataset: Dataset, main: Iterable[NewsEntry], entries: Iterable[NewsEntry]
) -> Iterator[tuple[tuple[ListKind, str], NewsList]]:
    """Gives every list but that of all news: of ``main`` by time, topic and model, of all ``entries`` by unit."""
    by_time: dict[tuple[ListKind, str], list[NewsEntry]] = {}
    records: dict[tuple[ListKind, str], list[NewsEntry]] = {
        **{("topic", topic): [] for topic in dataset.topics},
        **{("model", model): [] for model in dataset.models},
        **{("unit", unit): [] for unit in dataset.units},
    }

    def note(entry: NewsEntry, kind: ListKind, ids: Iterable[str]) -> None:
        for record_id in dict.fromkeys(ids):
            if (kind, record_id) in records:
                records[kind, record_id].append(entry)

    for entry in main:
        month = entry.date.month
        by_time.setdefault(("year", month[:4]), []).append(entry)
        by_time.setdefault(("month", month), []).append(entry)
        note(entry, "topic", entry.topics)
        note(entry, "model", entry.models)
    for entry in entries:
        note(entry, "unit", entry.units)
    for (kind, record_id), found in (*by_time.items(), *records.items()):
        yield (kind, record_id), NewsList(kind, record_id, tuple(found))
