"""Owns what news there is on a day: one list of entries from written items and from progress reports, and its parts.

Every page, feed and data file of news takes its entries from here, so that all say the same. Holds no address and no
HTML. An entry of a sample unit stands only in that unit's own list; so does one made from a report where there are so
many units that their reports, thousands on one day, would bury what people have written.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from generators.dataset import LANGUAGES, Dataset
from generators.dataset.news import REPORT_TOPIC, NewsItem, Picture
from generators.dataset.reports import report_path
from generators.derive.lazy_mapping import LazyMapping
from generators.derive.progress import Progress, ReportsByPlan
from generators.derive.report_news import ReportedFigure, leading_figure, report_words, reported_figures
from generators.problems import Language
from generators.schema.document import Source
from generators.schema.news import NewsDate, news_date
from generators.schema.progress import ProgressReport
from generators.schema.scalars import Day, Words

ListKind = Literal["all", "year", "month", "topic", "model", "unit"]
Unpublished = Literal["", "draft", "future"]
"""Why an entry is seen in the live preview only."""

_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_DIRECTIONS = re.compile(f"[{''.join(_OPENERS)}]")


@dataclass(frozen=True, slots=True)
class NewsText:
    """An entry in one language. ``body`` is Markdown, and empty for an entry whose words are made from figures."""

    title: str
    summary: str
    body: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PublishedCorrection:
    """A change that readers are told of: the day on which it was made, and what was changed."""

    date: date
    what: Words


@dataclass(frozen=True, eq=False, kw_only=True)
class NewsEntry(ABC):
    """One published piece of news: an item that somebody wrote, or a report told as one.

    ``id`` never changes and is unique; ``slugs`` are the last parts of its addresses; ``path`` is the file it comes
    from; ``languages`` are those that it can be read in. What it says is found when it is asked for: a country has tens
    of thousands, and a change tells a few.
    """

    id: str
    slugs: Mapping[Language, str]
    date: NewsDate
    path: str
    languages: tuple[Language, ...]
    today: Day
    topics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    author: Words | None = None
    sample: bool = False
    unpublished: Unpublished = ""

    @property
    @abstractmethod
    def texts(self) -> Mapping[Language, NewsText]:
        """What it says in each of its languages."""

    @property
    @abstractmethod
    def models(self) -> tuple[str, ...]:
        """The ids of the outreach models that it tells of."""

    @property
    @abstractmethod
    def source(self) -> Source | None:
        """What the entry rests on: what its writer cites, or the report's document."""

    @property
    def report(self) -> ProgressReport | None:
        """The report that it is made from, if it is."""
        return None

    @property
    def figures(self) -> tuple[ReportedFigure, ...]:
        """The figures of the report, in the plan's order."""
        return ()

    @property
    def picture(self) -> Picture | None:
        """The picture that its writer has put beside it."""
        return None

    @property
    def old_places(self) -> tuple[str, ...]:
        """The ends of addresses that it had before, such as ``2025/09/ten-cu``."""
        return ()

    @cached_property
    def corrections(self) -> tuple[PublishedCorrection, ...]:
        """The changes that readers are told of by now, in order of time."""
        return tuple(sorted((one for one in self._changes() if one.date <= self.today), key=lambda one: one.date))

    @abstractmethod
    def _changes(self) -> Iterable[PublishedCorrection]: ...

    @property
    def updated(self) -> datetime:
        """When the entry last changed: its last correction, or else its own date."""
        return max([self.date.at, *(news_date(correction.date).at for correction in self.corrections)])

    @property
    def is_corrected(self) -> bool:
        """True when a correction was published."""
        return bool(self.corrections)


@dataclass(frozen=True, eq=False, kw_only=True)
class _WrittenEntry(NewsEntry):
    item: NewsItem

    @cached_property
    def texts(self) -> Mapping[Language, NewsText]:
        return LazyMapping(self.languages, self._text)

    def _text(self, lang: Language) -> NewsText:
        told = self.item.english if lang == "en" and self.item.english else self.item
        meta = told.meta
        return NewsText(visible_line(meta.title), visible_line(meta.summary), told.source.body, meta.alt or "")

    @property
    def models(self) -> tuple[str, ...]:
        return self.item.meta.models

    @property
    def source(self) -> Source | None:
        return self.item.meta.source

    @property
    def picture(self) -> Picture | None:
        return self.item.picture

    @property
    def old_places(self) -> tuple[str, ...]:
        return self.item.meta.old_addresses

    def _changes(self) -> Iterator[PublishedCorrection]:
        return (PublishedCorrection(one.date, one.what) for one in self.item.meta.corrections)


@dataclass(frozen=True, eq=False, kw_only=True)
class _ReportEntry(NewsEntry):
    told: ProgressReport
    plan_id: str
    dataset: Dataset
    progress: Progress

    @cached_property
    def texts(self) -> Mapping[Language, NewsText]:
        return LazyMapping(self.languages, self._text)

    def _text(self, lang: Language) -> NewsText:
        title, summary = report_words(self.dataset, self.told, self.figures, leading_figure(self.figures), lang)
        return NewsText(visible_line(title), visible_line(summary), "")

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reading.model for reading in self.told.models))

    @cached_property
    def source(self) -> Source:
        document = self.told.source
        given = {"name": document.document, "date": document.date.isoformat(), "url": document.url}
        return Source.model_validate(given)

    @property
    def report(self) -> ProgressReport:
        return self.told

    @cached_property
    def figures(self) -> tuple[ReportedFigure, ...]:
        return tuple(reported_figures(self.told, self.progress[self.plan_id]))

    def _changes(self) -> Iterator[PublishedCorrection]:
        for reading in self.told.readings:
            for correction in reading.corrections:
                # A report may be mended before it is dated in the file; news cannot be corrected before it is out.
                yield PublishedCorrection(max(correction.date, self.told.reported_on), correction.reason)


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

    ``apart`` are the entries that stand in their units' lists alone.
    """

    all: NewsList
    apart: tuple[NewsEntry, ...]
    lists: Mapping[tuple[ListKind, str], NewsList]

    def of(self, kind: ListKind, record_id: str) -> NewsList:
        """Gives one list. Raises ``KeyError`` for a year or month without news, or a record that does not exist."""
        return self.lists[kind, record_id]

    def lists_of(self, kind: ListKind) -> tuple[NewsList, ...]:
        """Gives the lists of one kind: years and months newest first, records in their own order."""
        return self._by_kind.get(kind, ())

    def stands_apart(self, entry: NewsEntry) -> bool:
        """True for an entry that its units' lists alone name."""
        return entry.id in self._aside

    @cached_property
    def _aside(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self.apart)

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
    written = (_written(dataset, item, today) for item in known if preview or _is_due(item, today))
    reported = (
        _reported(dataset, progress, report, plan_id, today)
        for plan_id, own in reports.items()
        for report in own
        if report.reported_on <= today
    )
    entries = sorted((*written, *reported), key=lambda entry: (entry.date.at, entry.id), reverse=True)
    apart = tuple(entry for entry in entries if entry.sample or (reports_apart and entry.report))
    aside = {entry.id for entry in apart}
    main = tuple(entry for entry in entries if entry.id not in aside)
    return News(NewsList("all", "", main), apart, dict(_lists(dataset, main, entries)))


def visible_line(text: str) -> str:
    """Gives the text as it may stand in any page or feed: no character that XML forbids, no direction left open."""
    shown = unicodedata.normalize("NFC", " ".join(_HIDDEN.sub("", text).split()))
    if not _DIRECTIONS.search(shown):
        return shown
    waiting: list[str] = []
    for character in shown:
        if character in _OPENERS:
            waiting.append(_OPENERS[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return shown + "".join(reversed(waiting))


def _is_due(item: NewsItem, today: date) -> bool:
    held = item.meta.publish_at
    return item.meta.date.day <= today and (held is None or held.day <= today)


def _unpublished(item: NewsItem, today: date) -> Unpublished:
    if item.meta.draft:
        return "draft"
    return "" if _is_due(item, today) else "future"


def _written(dataset: Dataset, item: NewsItem, today: date) -> NewsEntry:
    meta = item.meta
    return _WrittenEntry(
        id=meta.id,
        slugs=dict.fromkeys(LANGUAGES, item.name),
        date=meta.date,
        path=item.path,
        languages=LANGUAGES if item.english else ("vi",),
        today=today,
        topics=meta.topics,
        units=meta.units,
        author=meta.author,
        sample=any(dataset.units[unit].sample for unit in meta.units),
        unpublished=_unpublished(item, today),
        item=item,
    )


def _reported(
    dataset: Dataset, progress: Progress, report: ProgressReport, plan_id: str, today: date
) -> NewsEntry:
    unit = dataset.units[report.unit]
    name = f"{report.unit}-{report.period.id}"
    plan_suffix = f"-{report.plan}" if report.plan else ""
    return _ReportEntry(
        id=f"report-{name}{plan_suffix}",
        slugs={"vi": f"bao-cao-{name}{plan_suffix}", "en": f"report-{name}{plan_suffix}"},
        date=news_date(report.reported_on),
        path=report_path(report),
        languages=unit.languages,
        today=today,
        topics=(REPORT_TOPIC,) if REPORT_TOPIC in dataset.topics else (),
        units=(report.unit,),
        author=unit.name,
        sample=unit.sample,
        unpublished="draft" if report.draft else "",
        told=report,
        plan_id=plan_id,
        dataset=dataset,
        progress=progress,
    )


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
        day = entry.date.day
        by_time.setdefault(("year", f"{day:%Y}"), []).append(entry)
        by_time.setdefault(("month", f"{day:%Y/%m}"), []).append(entry)
        note(entry, "topic", entry.topics)
        note(entry, "model", entry.models)
    for entry in entries:
        note(entry, "unit", entry.units)
    for (kind, record_id), found in (*by_time.items(), *records.items()):
        yield (kind, record_id), NewsList(kind, record_id, tuple(found))
