"""Owns what every output may know, frozen, and the address of every page (a promise: addresses do not change)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generators.dataset import LANGUAGES, Dataset
from generators.derive import Derived
from generators.derive.news import ListKind, NewsEntry, NewsList
from generators.derive.paging import older_page_count
from generators.limits import ACTIVITY_LINES_ON_ONE_PAGE
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.unit import Unit
from generators.text import LooseDate, format_date

# The sections of the site; data/words.yml names them as "menu-<key>".
SECTIONS: dict[str, dict[Language, str]] = {
    "bat-dau": {"vi": "/bat-dau/", "en": "/en/start/"},
    "ke-hoach": {"vi": "/ke-hoach/", "en": "/en/plans/"},
    "mo-hinh": {"vi": "/mo-hinh/", "en": "/en/models/"},
    "tien-do": {"vi": "/tien-do/", "en": "/en/progress/"},
    "ngay-hoi": {"vi": "/ngay-hoi/", "en": "/en/festival/"},
    "lich": {"vi": "/lich/", "en": "/en/calendar/"},
    "tin-tuc": {"vi": "/tin-tuc/", "en": "/en/news/"},
    "theo-doi": {"vi": "/theo-doi/", "en": "/en/follow/"},
    "du-lieu": {"vi": "/du-lieu/", "en": "/en/data/"},
    "bieu-duong": {"vi": "/bieu-duong/", "en": "/en/praise/"},
    "tai-lieu": {"vi": "/tai-lieu/", "en": "/en/materials/"},
    "banner": {"vi": "/banner/", "en": "/en/banners/"},
    "huong-dan": {"vi": "/huong-dan/", "en": "/en/editors-guide/"},
    "gioi-thieu": {"vi": "/gioi-thieu/", "en": "/en/about/"},
    "tim-kiem": {"vi": "/tim-kiem/", "en": "/en/search/"},
    "giai-thich": {"vi": "/giai-thich/", "en": "/en/glossary/"},
    "tro-nang": {"vi": "/tro-nang/", "en": "/en/accessibility/"},
    "so-do-trang": {"vi": "/so-do-trang/", "en": "/en/site-map/"},
}
_MADE_SECTIONS = (  # those whose first page is made from data, whatever the data holds
    "ke-hoach", "mo-hinh", "du-lieu", "tim-kiem", "giai-thich", "tro-nang", "so-do-trang", "tien-do",
    "tai-lieu", "bieu-duong", "banner", "lich", "ngay-hoi", "theo-doi",
)  # fmt: skip
MENU = ("bat-dau", "ke-hoach", "mo-hinh", "tien-do", "ngay-hoi", "tin-tuc", "gioi-thieu")
# The words in addresses of lists of news.
NEWS_PARTS: dict[ListKind, dict[Language, str]] = {
    "topic": {"vi": "chu-de/", "en": "topic/"},
    "model": {"vi": "mo-hinh/", "en": "model/"},
    "unit": {"vi": "don-vi/", "en": "unit/"},
}
PAGE_WORD: dict[Language, str] = {"vi": "trang", "en": "page"}
NEWS_PER_PAGE = 20
# The files of every feed: the name of the format and its media type.
FEED_FILES: dict[str, tuple[str, str]] = {
    "feed.xml": ("RSS", "application/rss+xml"),
    "atom.xml": ("Atom", "application/atom+xml"),
    "feed.json": ("JSON Feed", "application/feed+json"),
}
HOME: dict[Language, str] = {"vi": "/", "en": "/en/"}
_CALENDAR: dict[Language, str] = {"vi": "lich.ics", "en": "calendar.ics"}
_REMINDERS: dict[Language, str] = {"vi": "lich-bao-cao.ics", "en": "report-dates.ics"}
DATA_ROOT = "/api/v1/"
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
        return section in _MADE_SECTIONS or any(page.address == address for page in self.dataset.pages)

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
        yield from (news_address(entry, lang) for entry in self.derived.news.entries if lang in entry.texts)
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
        return _unit_address(unit_id, _nearest(self.dataset.units[unit_id], lang))

    def plan_address(self, plan_id: str, lang: Language) -> str:
        """Gives the address of a plan's page: the Vietnamese one where there is none in ``lang``."""
        return _plan_address(plan_id, _nearest(self.dataset.plans[plan_id], lang))

    def plan_reporting_address(self, plan: Plan, lang: Language) -> str:
        """Gives where a plan's page tells of its reports."""
        return f"{self.plan_address(plan.id, lang)}#{self.phrase('id-reporting', _nearest(plan, lang))}"

    def activity_address(self, activity_id: str, lang: Language) -> str:
        """Gives the address of an activity's page: the Vietnamese one where there is none in ``lang``."""
        return _activity_address(activity_id, _nearest(self.dataset.activities[activity_id], lang))

    def twin(self, record: Unit | Plan | Activity, lang: Language) -> str:
        """Gives the address of the record's page in the other language, or nothing where there is none."""
        other = other_language(lang)
        if other not in record.languages:
            return ""
        if isinstance(record, Unit):
            return _unit_address(record.id, other)
        return _plan_address(record.id, other) if isinstance(record, Plan) else _activity_address(record.id, other)

    def unit_calendar_address(self, unit_id: str, lang: Language) -> str:
        """Gives the address of the calendar file with a unit's activities, in the language of :meth:`unit_address`."""
        nearest = _nearest(self.dataset.units[unit_id], lang)
        return f"{_unit_address(unit_id, nearest)}{_CALENDAR[nearest]}"

    def unit_reminder_address(self, unit_id: str, lang: Language) -> str:
        """Gives the address of the calendar file with a unit's due days, in the language of :meth:`unit_address`."""
        nearest = _nearest(self.dataset.units[unit_id], lang)
        return f"{_unit_address(unit_id, nearest)}{_REMINDERS[nearest]}"

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


def record_addresses(dataset: Dataset) -> Iterator[str]:
    """Gives the address of every page made from data that records alone decide, whatever day it is."""
    for lang in LANGUAGES:
        yield from (section_address(section, lang) for section in _MADE_SECTIONS)
        yield method_address(lang)
        yield from (_plan_address(plan.id, lang) for plan in dataset.plans.values() if lang in plan.languages)
        yield from (model_address(model, lang) for model in dataset.models.values())
        yield from (_unit_address(unit.id, lang) for unit in dataset.units.values() if lang in unit.languages)
        yield from (indicator_address(indicator, lang) for indicator in dataset.indicators)
        yield from (_activity_address(one.id, lang) for one in dataset.activities.values() if lang in one.languages)


def language_of(address: str) -> Language:
    """Gives the language of the page at an address."""
    return "en" if address.startswith(HOME["en"]) else "vi"


def section_address(section: str, lang: Language) -> str:
    """Gives the address of a section's first page."""
    return SECTIONS[section][lang]


def place_address(section: str, place_id: str, lang: Language) -> str:
    """Gives the address of a section's page about one province."""
    return f"{section_address(section, lang)}{'province' if lang == 'en' else 'tinh'}/{place_id}/"


def _nearest(record: Unit | Plan | Activity, lang: Language) -> Language:
    """Gives the language in which a reader of ``lang`` is shown the record's page."""
    return lang if lang in record.languages else "vi"


def _plan_address(plan_id: str, lang: Language) -> str:
    return f"{section_address('ke-hoach', lang)}{plan_id}/"


def model_address(model: OutreachModel, lang: Language) -> str:
    """Gives the address of an outreach model's page; the English one carries the English id."""
    return f"{section_address('mo-hinh', lang)}{model.english_id if lang == 'en' else model.id}/"


def news_address(entry: NewsEntry, lang: Language) -> str:
    """Gives the address of a news item's page. It rests on the item's date and file name, not on its folder."""
    return f"{section_address('tin-tuc', lang)}{entry.date.day:%Y/%m}/{entry.slugs[lang]}/"


def has_news_page(part: NewsList, lang: Language) -> bool:
    """True for all news and each topic, which may be empty for a while, and for every other list that is not empty."""
    return part.kind in {"all", "topic"} or bool(part.in_language(lang))


def page_address(first: str, number: int, lang: Language) -> str:
    """Gives the address of a page of a list: the list's own for the first."""
    return first if number == 1 else f"{first}{PAGE_WORD[lang]}-{number}/"


def older_page_address(first: str, number: int, lang: Language) -> str:
    """Gives where an older page of a growing list stands, whose newest entries stand at ``first``; 1 is the oldest."""
    return f"{first}{PAGE_WORD[lang]}-{number}/"


def page_count(entries: int, on_one_page: int) -> int:
    """Gives how many pages a list has; an empty one still has its first."""
    return max(1, -(-entries // on_one_page))


def _unit_address(unit_id: str, lang: Language) -> str:
    return f"{section_address('tien-do', lang)}{unit_id}/"


def indicator_address(indicator_id: str, lang: Language) -> str:
    """Gives the address of an indicator's page."""
    return f"{section_address('tien-do', lang)}{'indicators' if lang == 'en' else 'chi-so'}/{indicator_id}/"


def method_address(lang: Language) -> str:
    """Gives the address of the page that tells how progress is computed."""
    return f"{section_address('tien-do', lang)}{'method' if lang == 'en' else 'cach-tinh'}/"


def share_address(name: str, lang: Language) -> str:
    """Gives where the picture stands that social networks show beside a link; ``trang`` is the whole site's."""
    return f"/chia-se/{name}{'-en' if lang == 'en' else ''}.png"


def data_address(name: str) -> str:
    """Gives the address of a file of open data, such as ``targets.csv`` or ``openapi.json``."""
    return f"{DATA_ROOT}{name}"


def unit_data_address(unit_id: str) -> str:
    """Gives the address of the file with all data of one unit."""
    return data_address(f"units/{unit_id}.json")


def search_index_address(lang: Language) -> str:
    """Gives the folder of the search index of one language."""
    return f"/search/{lang}/"


def plan_data_address(plan_id: str) -> str:
    """Gives the address of the file with all data of one plan."""
    return data_address(f"plans/{plan_id}.json")


def _activity_address(activity_id: str, lang: Language) -> str:
    return f"{section_address('lich', lang)}{activity_id}/"


def activity_calendar_address(activity_id: str, lang: Language) -> str:
    """Gives the address of the calendar file with one activity."""
    return f"{section_address('lich', lang)}{activity_id}.ics"


def calendar_address(lang: Language) -> str:
    """Gives the address of the calendar file with all activities."""
    return f"{HOME[lang]}{_CALENDAR[lang]}"


def reminder_address(lang: Language) -> str:
    """Gives the address of the calendar file with the due days of all units' reports."""
    return f"{HOME[lang]}{_REMINDERS[lang]}"


def festival_address(year: int, lang: Language) -> str:
    """Gives the address of one year's festival."""
    return f"{section_address('ngay-hoi', lang)}{year}/"


def banner_address(banner_id: str, size: str, lang: Language, scheme: str, ending: str) -> str:
    """Gives where the picture of a banner stands; the plain name is Vietnamese on a light ground."""
    suffix = f"{'-en' if lang == 'en' else ''}{'-dark' if scheme == 'dark' else ''}"
    return f"{section_address('banner', 'vi')}{banner_id}-{size}{suffix}.{ending}"


def banner_qr_address(banner_id: str, ending: str) -> str:
    """Gives where the QR code to a banner's target stands; it is the same in both languages."""
    return f"{section_address('banner', 'vi')}{banner_id}-qr.{ending}"


def poster_address(page: str) -> str:
    """Gives where the poster that leads to a Vietnamese page stands: below that page."""
    return f"{page}ap-phich.pdf"


def other_language(lang: Language) -> Language:
    """Gives the language that this is not."""
    return "en" if lang == "vi" else "vi"
