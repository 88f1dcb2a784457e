"""Owns what every output may know, frozen, and which pages the site has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generators.addresses import (
    CALENDAR_FILES,
    FEED_FILES,
    HOME,
    MADE_SECTIONS,
    NEWS_PARTS,
    NEWS_PER_PAGE,
    REMINDER_FILES,
    activity_address,
    festival_address,
    has_news_page,
    language_of,
    model_address,
    nearest_language,
    news_address,
    older_page_address,
    other_language,
    page_address,
    page_count,
    place_address,
    plan_address,
    record_addresses,
    section_address,
    unit_address,
)
from generators.dataset import LANGUAGES, Dataset
from generators.derive import Derived
from generators.derive.news import NewsList
from generators.derive.news_entry import NewsEntry
from generators.derive.paging import older_page_count
from generators.limits import ACTIVITY_LINES_ON_ONE_PAGE
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.plan import Plan
from generators.schema.unit import Unit
from generators.text import LooseDate, format_date

MOVED_ADDRESSES = "data/moved.yml"


@dataclass(frozen=True, slots=True)
class Move:
    """One address that led to something before: where that is now, what it is called, and which file says so."""

    old: str
    new: str
    lang: Language
    title: str
    source: str


@dataclass(frozen=True)
class Site:
    """One build's whole knowledge: the dataset, what is derived from it, the day, and where the site will stand."""

    dataset: Dataset
    derived: Derived
    today: date
    url: str

    def absolute(self, address: str) -> str:
        """Gives the full URL of a site address."""
        return self.url.rstrip("/") + address

    def phrase(self, key: str, lang: Language, **values: object) -> str:
        """Gives an interface phrase in ``lang``."""
        return self.dataset.phrases.get(key, lang, **values)

    def page_addresses(self) -> frozenset[str]:
        """Gives the address of every page of the site, hand-written ones and those made from data."""
        return frozenset((*(page.address for page in self.dataset.pages), *self.data_addresses))

    def has_section(self, section: str, lang: Language) -> bool:
        """True where a section has a first page: made from data, or written by hand."""
        address = section_address(section, lang)
        return section in MADE_SECTIONS or any(page.address == address for page in self.dataset.pages)

    @cached_property
    def data_addresses(self) -> frozenset[str]:
        """The address of every page that is made from data."""
        return frozenset((*record_addresses(self.dataset), *self._derived_addresses()))

    def _derived_addresses(self) -> Iterator[str]:
        for lang in LANGUAGES:
            yield from (festival_address(year.year, lang) for year in self.derived.festival_years)
            yield from self._place_addresses(lang)
            yield from self._activity_place_addresses(lang)
            yield from self._news_addresses(lang)

    def _place_addresses(self, lang: Language) -> Iterator[str]:
        if self.derived.by_province:
            yield from (place_address("tien-do", place.id, lang) for place in self.derived.places)
            yield from (place_address("ke-hoach", place.id, lang) for place in self.derived.places if place.plans)

    def _activity_place_addresses(self, lang: Language) -> Iterator[str]:
        for place, activities in self.derived.activities_by_place.items():
            first = place_address("lich", place, lang)
            pages = range(1, page_count(len(activities), ACTIVITY_LINES_ON_ONE_PAGE) + 1)
            yield from (page_address(first, number, lang) for number in pages)

    def _news_addresses(self, lang: Language) -> Iterator[str]:
        yield from (news_address(entry, lang) for entry in self.derived.news.entries if lang in entry.languages)
        for part in self.news_lists(lang):
            first = self.news_list_address(part, lang)
            older = older_page_count(len(part.in_language(lang)), NEWS_PER_PAGE)
            yield from (first, *(older_page_address(first, number, lang) for number in range(1, older + 1)))

    def news_lists(self, lang: Language) -> Iterator[NewsList]:
        """Gives the lists of news that have a page: all of it, each topic, and whatever else is not empty."""
        news = self.derived.news
        yield from (part for part in (news.all, *news.lists.values()) if has_news_page(part, lang))

    def news_list_address(self, part: NewsList, lang: Language) -> str:
        """Gives the address of a list's first page; English ones carry the English ids of topics and models."""
        section = section_address("tin-tuc", lang)
        if part.kind == "all":
            return section
        name = part.id
        if lang == "en" and part.kind == "topic":
            name = self.dataset.topics[part.id].english_id
        elif lang == "en" and part.kind == "model":
            name = self.dataset.models[part.id].english_id
        return f"{section}{NEWS_PARTS[part.kind][lang] if part.kind in NEWS_PARTS else ''}{name}/"

    def news_item_address(self, entry: NewsEntry, lang: Language) -> str:
        """Gives :func:`news_address` to templates, which know the site alone."""
        return news_address(entry, lang)

    def moves(self) -> Iterator[Move]:
        """Gives every address that moved, each once: those that news items had, then those of data/moved.yml."""
        told = set()
        for entry in (one for one in self.derived.news.entries if one.old_places):
            for lang, texts in entry.texts.items():
                for place in entry.old_places:
                    old = f"{section_address('tin-tuc', lang)}{place}/"
                    told.add(old)
                    yield Move(old, news_address(entry, lang), lang, texts.title, entry.path)
        for moved in self.dataset.moved.values():
            if moved.old not in told:
                yield Move(moved.old, moved.new, language_of(moved.old), moved.new, MOVED_ADDRESSES)

    def unit_address(self, unit_id: str, lang: Language) -> str:
        """Gives the address of a unit's progress page: the Vietnamese one where there is none in ``lang``."""
        return unit_address(unit_id, nearest_language(self.dataset.units[unit_id], lang))

    def plan_address(self, plan_id: str, lang: Language) -> str:
        """Gives the address of a plan's page: the Vietnamese one where there is none in ``lang``."""
        return plan_address(plan_id, nearest_language(self.dataset.plans[plan_id], lang))

    def plan_reporting_address(self, plan: Plan, lang: Language) -> str:
        """Gives where a plan's page tells of its reports."""
        return f"{self.plan_address(plan.id, lang)}#{self.phrase('id-reporting', nearest_language(plan, lang))}"

    def activity_address(self, activity_id: str, lang: Language) -> str:
        """Gives the address of an activity's page: the Vietnamese one where there is none in ``lang``."""
        return activity_address(activity_id, nearest_language(self.dataset.activities[activity_id], lang))

    def twin(self, record: Unit | Plan | Activity, lang: Language) -> str:
        """Gives the address of the record's page in the other language, or nothing where there is none."""
        other = other_language(lang)
        if other not in record.languages:
            return ""
        if isinstance(record, Unit):
            return unit_address(record.id, other)
        return plan_address(record.id, other) if isinstance(record, Plan) else activity_address(record.id, other)

    def unit_calendar_address(self, unit_id: str, lang: Language) -> str:
        """Gives the address of the calendar file with a unit's activities, in the language of :meth:`unit_address`."""
        nearest = nearest_language(self.dataset.units[unit_id], lang)
        return f"{unit_address(unit_id, nearest)}{CALENDAR_FILES[nearest]}"

    def unit_reminder_address(self, unit_id: str, lang: Language) -> str:
        """Gives the address of the calendar file with a unit's due days, in the language of :meth:`unit_address`."""
        nearest = nearest_language(self.dataset.units[unit_id], lang)
        return f"{unit_address(unit_id, nearest)}{REMINDER_FILES[nearest]}"

    def has_feed(self, part: NewsList, lang: Language) -> bool:
        """True where a list has feeds in ``lang``: a unit's stand below its page, and only where that is."""
        return part.kind != "unit" or lang in self.dataset.units[part.id].languages

    def feed_home(self, part: NewsList, lang: Language) -> str:
        """Gives the page that a list's feeds belong to, below which they stand: for a unit or a model its own page.

        A unit without English has its feeds in Vietnamese alone.
        """
        if part.kind == "all":
            return HOME[lang]
        if part.kind == "unit":
            return self.unit_address(part.id, lang)
        if part.kind == "model":
            return model_address(self.dataset.models[part.id], lang)
        return self.news_list_address(part, lang)

    def feed_archive(self, number: int, lang: Language) -> str:
        """Gives the folder of an archive document of the feed of all news; 1 holds the oldest."""
        return f"{HOME[lang]}{'archive' if lang == 'en' else 'luu-tru'}/{number}/"

    def feed_links(self, part: NewsList, lang: Language) -> tuple[tuple[str, str, str], ...]:
        """Gives a list's feeds as (title, address, media type), as :class:`Page` takes them."""
        home = self.feed_home(part, lang)
        title = self.feed_title(part, lang)
        return tuple((f"{title} ({name})", f"{home}{file}", kind) for file, (name, kind) in FEED_FILES.items())

    def feed_title(self, part: NewsList, lang: Language) -> str:
        """Gives the name under which readers list a feed."""
        name = self.news_list_name(part, lang)
        if part.kind == "unit" and self.dataset.units[part.id].sample:
            name = f"{name} ({self.phrase('ui-sample', lang)})"
        return self.phrase(f"feed-title-{'all' if part.kind == 'all' else 'part'}", lang, name=name)

    def news_list_name(self, part: NewsList, lang: Language) -> str:
        """Gives what a list is about: the record's name, the year, the month."""
        if part.kind == "topic":
            return self.dataset.topics[part.id].name.get(lang)
        if part.kind == "model":
            return self.dataset.models[part.id].name.get(lang)
        if part.kind == "unit":
            return self.dataset.units[part.id].name.get(lang)
        if part.kind == "all":
            return self.phrase("menu-tin-tuc", lang)
        year, _, month = part.id.partition("/")
        return format_date(LooseDate(int(year), int(month) if month else None), lang)
