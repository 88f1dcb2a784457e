"""Owns the address of every page and file of the site (a promise: they do not change), told from names and records.

Which pages a site has, and what else rests on all it knows, is told by :mod:`generators.site`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.dataset import LANGUAGES, Dataset
from generators.derive.news import ListKind, NewsList
from generators.derive.news_entry import NewsEntry
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.unit import Unit

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
MADE_SECTIONS = (  # those whose first page is made from data, whatever the data holds
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
CALENDAR_FILES: dict[Language, str] = {"vi": "lich.ics", "en": "calendar.ics"}
REMINDER_FILES: dict[Language, str] = {"vi": "lich-bao-cao.ics", "en": "report-dates.ics"}
DATA_ROOT = "/api/v1/"


def record_addresses(dataset: Dataset) -> Iterator[str]:
    """Gives the address of every page made from data that records alone decide, whatever day it is."""
    for lang in LANGUAGES:
        yield from (section_address(section, lang) for section in MADE_SECTIONS)
        yield method_address(lang)
        yield from (plan_address(plan.id, lang) for plan in dataset.plans.values() if lang in plan.languages)
        yield from (model_address(model, lang) for model in dataset.models.values())
        yield from (unit_address(unit.id, lang) for unit in dataset.units.values() if lang in unit.languages)
        yield from (indicator_address(indicator, lang) for indicator in dataset.indicators)
        yield from (activity_address(one.id, lang) for one in dataset.activities.values() if lang in one.languages)


def language_of(address: str) -> Language:
    """Gives the language of the page at an address."""
    return "en" if address.startswith(HOME["en"]) else "vi"


def section_address(section: str, lang: Language) -> str:
    """Gives the address of a section's first page."""
    return SECTIONS[section][lang]


def place_address(section: str, place_id: str, lang: Language) -> str:
    """Gives the address of a section's page about one province."""
    return f"{section_address(section, lang)}{'province' if lang == 'en' else 'tinh'}/{place_id}/"


def nearest_language(record: Unit | Plan | Activity, lang: Language) -> Language:
    """Gives the language in which a reader of ``lang`` is shown the record's page."""
    return lang if lang in record.languages else "vi"


def plan_address(plan_id: str, lang: Language) -> str:
    """Gives the address of a plan's page in ``lang``, where there is one."""
    return f"{section_address('ke-hoach', lang)}{plan_id}/"


def model_address(model: OutreachModel, lang: Language) -> str:
    """Gives the address of an outreach model's page; the English one carries the English id."""
    return f"{section_address('mo-hinh', lang)}{model.english_id if lang == 'en' else model.id}/"


def news_address(entry: NewsEntry, lang: Language) -> str:
    """Gives the address of a news item's page. It rests on the item's date and file name, not on its folder."""
    return f"{section_address('tin-tuc', lang)}{entry.date.month}/{entry.slug(lang)}/"


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


def unit_address(unit_id: str, lang: Language) -> str:
    """Gives the address of a unit's progress page in ``lang``, where there is one."""
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


def activity_address(activity_id: str, lang: Language) -> str:
    """Gives the address of an activity's page in ``lang``, where there is one."""
    return f"{section_address('lich', lang)}{activity_id}/"


def activity_calendar_address(activity_id: str, lang: Language) -> str:
    """Gives the address of the calendar file with one activity."""
    return f"{section_address('lich', lang)}{activity_id}.ics"


def calendar_address(lang: Language) -> str:
    """Gives the address of the calendar file with all activities."""
    return f"{HOME[lang]}{CALENDAR_FILES[lang]}"


def reminder_address(lang: Language) -> str:
    """Gives the address of the calendar file with the due days of all units' reports."""
    return f"{HOME[lang]}{REMINDER_FILES[lang]}"


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
