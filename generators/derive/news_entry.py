"""Owns what one piece of news is: what it says, when, of whom, and what it rests on.

An entry is made from an item that somebody wrote or from a progress report, and nobody who reads one need know which.
Which entries there are on a day, and in which lists, is told by :mod:`generators.derive.news`.
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
from generators.derive.progress import Progress
from generators.derive.report_news import ReportedFigure, leading_figure, report_words, reported_figures
from generators.problems import Language
from generators.schema.document import Source
from generators.schema.news import NewsDate, news_date
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.scalars import Day, Words

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


@dataclass(frozen=True, eq=False)
class NewsEntry(ABC):
    """One published piece of news: an item that somebody wrote, or a report told as one.

    ``languages`` are those that it can be read in; ``sample`` is true where it tells of a sample unit. All else is
    found when it is asked for: a country has tens of thousands, and a change tells a few.
    """

    dataset: Dataset
    today: Day
    languages: tuple[Language, ...]
    sample: bool

    @property
    @abstractmethod
    def id(self) -> str:
        """Its name, which never changes and is unique."""

    @abstractmethod
    def slug(self, lang: Language) -> str:
        """Gives the last part of its address in a language."""

    @property
    @abstractmethod
    def date(self) -> NewsDate:
        """When it came out."""

    @property
    @abstractmethod
    def path(self) -> str:
        """The file it comes from."""

    @property
    @abstractmethod
    def texts(self) -> Mapping[Language, NewsText]:
        """What it says in each of its languages."""

    @property
    @abstractmethod
    def topics(self) -> tuple[str, ...]:
        """The ids of the topics that it is about."""

    @property
    @abstractmethod
    def units(self) -> tuple[str, ...]:
        """The ids of the units that it tells of."""

    @property
    @abstractmethod
    def models(self) -> tuple[str, ...]:
        """The ids of the outreach models that it tells of."""

    @property
    @abstractmethod
    def author(self) -> Words | None:
        """The body that wrote it."""

    @property
    @abstractmethod
    def source(self) -> Source | None:
        """What the entry rests on: what its writer cites, or the report's document."""

    @property
    @abstractmethod
    def unpublished(self) -> Unpublished:
        """Why it is seen in the live preview only, if it is."""

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


@dataclass(frozen=True, eq=False)
class _WrittenEntry(NewsEntry):
    item: NewsItem

    @property
    def id(self) -> str:
        return self.item.meta.id

    def slug(self, lang: Language) -> str:  # noqa: ARG002 - the same in both
        return self.item.name

    @property
    def date(self) -> NewsDate:
        return self.item.meta.date

    @property
    def path(self) -> str:
        return self.item.path

    @cached_property
    def texts(self) -> Mapping[Language, NewsText]:
        return LazyMapping(self.languages, self._text)

    def _text(self, lang: Language) -> NewsText:
        told = self.item.english if lang == "en" and self.item.english else self.item
        meta = told.meta
        return NewsText(visible_line(meta.title), visible_line(meta.summary), told.source.body, meta.alt or "")

    @property
    def topics(self) -> tuple[str, ...]:
        return self.item.meta.topics

    @property
    def units(self) -> tuple[str, ...]:
        return self.item.meta.units

    @property
    def models(self) -> tuple[str, ...]:
        return self.item.meta.models

    @property
    def author(self) -> Words | None:
        return self.item.meta.author

    @property
    def source(self) -> Source | None:
        return self.item.meta.source

    @property
    def unpublished(self) -> Unpublished:
        if self.item.meta.draft:
            return "draft"
        return "" if is_due(self.item, self.today) else "future"

    @property
    def picture(self) -> Picture | None:
        return self.item.picture

    @property
    def old_places(self) -> tuple[str, ...]:
        return self.item.meta.old_addresses

    def _changes(self) -> Iterator[PublishedCorrection]:
        return (PublishedCorrection(one.date, one.what) for one in self.item.meta.corrections)


@dataclass(frozen=True, eq=False)
class _ReportEntry(NewsEntry):
    progress: Progress
    told: ProgressReport
    plan_id: str

    @property
    def id(self) -> str:
        return f"report-{self._name}"

    def slug(self, lang: Language) -> str:
        return f"{'report' if lang == 'en' else 'bao-cao'}-{self._name}"

    @property
    def _name(self) -> str:
        report = self.told
        return f"{report.unit}-{report.period.id}{f'-{report.plan}' if report.plan else ''}"

    @property
    def date(self) -> NewsDate:
        return news_date(self.told.reported_on)

    @property
    def path(self) -> str:
        return report_path(self.told)

    @cached_property
    def texts(self) -> Mapping[Language, NewsText]:
        return LazyMapping(self.languages, self._text)

    def _text(self, lang: Language) -> NewsText:
        title, summary = report_words(self.dataset, self.told, self.figures, leading_figure(self.figures), lang)
        return NewsText(visible_line(title), visible_line(summary), "")

    @property
    def topics(self) -> tuple[str, ...]:
        return (REPORT_TOPIC,) if REPORT_TOPIC in self.dataset.topics else ()

    @property
    def units(self) -> tuple[str, ...]:
        return (self.told.unit,)

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reading.model for reading in self.told.models))

    @property
    def author(self) -> Words:
        return self.dataset.units[self.told.unit].name

    @cached_property
    def source(self) -> Source:
        document = self.told.source
        given = {"name": document.document, "date": document.date.isoformat(), "url": document.url}
        return Source.model_validate(given)

    @property
    def unpublished(self) -> Unpublished:
        return "draft" if self.told.draft else ""

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


def written_entry(dataset: Dataset, item: NewsItem, today: date) -> NewsEntry:
    """Gives the entry of an item that somebody wrote."""
    sample = any(dataset.units[unit].sample for unit in item.meta.units)
    return _WrittenEntry(dataset, today, LANGUAGES if item.english else ("vi",), sample, item)


def report_entries(
    dataset: Dataset, progress: Progress, reports: Iterable[ProgressReport], plan: Plan, today: date
) -> Iterator[NewsEntry]:
    """Gives the entries that tell of reports about a plan."""
    unit = dataset.unit_of(plan)
    languages = unit.languages
    return (_ReportEntry(dataset, today, languages, unit.sample, progress, report, plan.id) for report in reports)


def is_due(item: NewsItem, today: date) -> bool:
    """True for an item that is out on ``today``."""
    held = item.meta.publish_at
    return item.meta.date.day <= today and (held is None or held.day <= today)


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
