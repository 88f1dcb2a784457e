"""Owns what every output may know, frozen, and the address of every page (a promise: addresses do not change)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generators.dataset import LANGUAGES, Dataset
from generators.derive import Derived
from generators.problems import Language
from generators.schema.outreach import OutreachModel

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
    "banner": {"vi": "/banner/", "en": "/en/banners/"},
    "bieu-duong": {"vi": "/bieu-duong/", "en": "/en/praise/"},
    "tai-lieu": {"vi": "/tai-lieu/", "en": "/en/materials/"},
    "gioi-thieu": {"vi": "/gioi-thieu/", "en": "/en/about/"},
    "so-do-trang": {"vi": "/so-do-trang/", "en": "/en/site-map/"},
}
MENU = ("bat-dau", "ke-hoach", "mo-hinh", "gioi-thieu")
HOME: dict[Language, str] = {"vi": "/", "en": "/en/"}


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
        return frozenset((*(page.address for page in self.dataset.pages), *self._data_addresses()))

    def _data_addresses(self) -> Iterator[str]:
        for lang in LANGUAGES:
            for section in ("ke-hoach", "mo-hinh", "so-do-trang"):
                yield section_address(section, lang)
            yield from (plan_address(plan, lang) for plan in self.dataset.plans)
            yield from (model_address(model, lang) for model in self.dataset.models.values())


def section_address(section: str, lang: Language) -> str:
    """Gives the address of a section's first page."""
    return SECTIONS[section][lang]


def plan_address(plan_id: str, lang: Language) -> str:
    """Gives the address of a plan's page."""
    return f"{section_address('ke-hoach', lang)}{plan_id}/"


def model_address(model: OutreachModel, lang: Language) -> str:
    """Gives the address of an outreach model's page; the English one carries the English id."""
    return f"{section_address('mo-hinh', lang)}{model.english_id if lang == 'en' else model.id}/"


def other_language(lang: Language) -> Language:
    """Gives the language that this is not."""
    return "en" if lang == "vi" else "vi"
