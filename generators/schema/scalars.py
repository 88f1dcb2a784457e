"""Owns the small values that records are made of, and how forgivingly each is read from text.

Every reader here takes what the source gives (text, ``True``/``False``, ``None``) and gives a typed value, or raises
``PydanticCustomError`` whose type is a code of ``problems.yml``. Nothing here knows a whole record.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from generators.limits import FIRST_YEAR, ID_LENGTH, LAST_YEAR
from generators.problems import Language
from generators.schema.sleeping import Sleeper
from generators.text import LooseDate, typographic

R = TypeVar("R")

_POOLED = 100_000  # records of one reading that are held once for all
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"/([A-Za-z0-9_.-]+/)*([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DMY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MY = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_YEAR = re.compile(r"20[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(\.[0-9]{3}){1,4}")
_DECIMAL = re.compile(r"[0-9]{1,15}(,[0-9]{1,10})?|[0-9]{1,3}(\.[0-9]{3}){1,4}(,[0-9]{1,10})?|[0-9]{1,15}\.[0-9]{1,2}")
# Names that Windows keeps for devices, whatever the ending: nobody there could open such a file.
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_AMOUNT = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?P<percent>%)?\s*(?P<unit>[^\W\d_][^%]*)?", re.UNICODE)


def _fail(code: str, value: object, **more: object) -> PydanticCustomError:
    return PydanticCustomError(code, "{found}", {"found": shown(value), **more})


def shown(value: object) -> str:
    """Gives how a complaint names a value that an editor wrote."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "(trống)"
    if isinstance(value, str):
        return value[:80]
    return "(danh sách)" if isinstance(value, list) else "(nhóm khóa)"


def read_text(value: Any) -> str:
    """Gives trimmed text. Fails with ``not-text`` for a list or a mapping, ``text-empty`` for nothing."""
    if not isinstance(value, str):
        raise _fail("text-empty" if value is None else "not-text", value)
    text = typographic(value) if "\n" not in value.strip() else value.strip()
    if not text:
        raise _fail("text-empty", value)
    return text


def read_id(value: Any) -> str:
    """Gives an id: ASCII, lower case, words joined by ``-``. Fails with ``bad-id``, ``id-long``, ``id-reserved``."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _fail("bad-id", value)
    if len(value) > ID_LENGTH:
        raise _fail("id-long", value, length=len(value), limit=ID_LENGTH)
    if _DEVICES.fullmatch(value):
        raise _fail("id-reserved", value)
    return intern(value)  # the same few stand in every report


def read_flag(value: Any) -> bool:
    """Gives a yes/no value. Only ``true`` and ``false`` are taken; fails with ``bad-flag``."""
    if not isinstance(value, bool):
        raise _fail("bad-flag", value)
    return value


def read_whole(value: Any) -> int:
    """Gives a whole number; ``12.000`` is twelve thousand, as Vietnamese writes it. Fails with ``bad-whole``."""
    if not isinstance(value, str) or not _WHOLE.fullmatch(value.strip()):
        raise _fail("bad-whole", value)
    return int(value.replace(".", ""))


def read_decimal(text: str) -> Decimal:
    """Gives the number behind ``69,85``, ``1.234,5`` or ``69.85``.

    Fails with ``number-ambiguous`` for ``12.345``, which may be twelve thousand or twelve and a bit, and with
    ``bad-number`` for anything else.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text):
        raise _fail("number-ambiguous", text, whole=text.replace(".", ""), fraction=text.replace(".", ","))
    if not _DECIMAL.fullmatch(text):
        raise _fail("bad-number", text)
    if re.fullmatch(r"[0-9]+\.[0-9]{1,2}", text):
        return Decimal(text)
    return Decimal(text.replace(".", "").replace(",", "."))


def read_percent(value: Any) -> Decimal:
    """Gives a percentage from 0 to 100 of ``69,85%``. Fails with ``bad-percent``."""
    text = value.strip() if isinstance(value, str) else ""
    if not text.endswith("%"):
        raise _fail("bad-percent", value)
    percent = read_decimal(text.removesuffix("%"))
    if percent > 100:
        raise _fail("bad-percent", value)
    return percent


def read_ratio(value: Any) -> Decimal:
    """Gives a plain number of ``0,95``. Fails with ``bad-number``."""
    if not isinstance(value, str):
        raise _fail("bad-number", value)
    return read_decimal(value)


def read_year(value: Any) -> int:
    """Gives a year from 2000 to 2099. Fails with ``bad-year``."""
    if not isinstance(value, str) or not _YEAR.fullmatch(value.strip()):
        raise _fail("bad-year", value)
    return int(value)


def read_date(value: Any) -> date:
    """Gives a calendar day from ``dd/mm/yyyy`` or ``yyyy-mm-dd``. Fails with ``bad-date``."""
    exact = read_loose_date(value).exact
    if exact is None:
        raise _fail("bad-date", value)
    return exact


def read_loose_date(value: Any) -> LooseDate:
    """Gives a date that may lack its day or month: also ``07/2025`` and ``2025``. Fails with ``bad-date``."""
    if not isinstance(value, str):
        raise _fail("bad-date", value)
    return _loose_date(value)


@lru_cache(maxsize=4096)
def _loose_date(value: str) -> LooseDate:
    """The same days stand in many files."""
    text = value.strip()
    if match := _DMY.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _MY.fullmatch(text):
        month, year = map(int, match.groups())
        day = 0
    elif _YEAR.fullmatch(text):
        return LooseDate(int(text))
    else:
        raise _fail("bad-date", value)
    try:
        date(year, month, day or 1)
    except ValueError:
        raise _fail("bad-date", value) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _fail("bad-date", value)
    return LooseDate(year, month, day or None)


def read_day_month(value: Any) -> tuple[int, int]:
    """Gives (day, month) from ``dd/mm``. Fails with ``bad-day-month``."""
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", value.strip()) if isinstance(value, str) else None
    if not match:
        raise _fail("bad-day-month", value)
    day, month = int(match[1]), int(match[2])
    try:
        date(2024, month, day)  # a leap year, so that 29/02 is taken
    except ValueError:
        raise _fail("bad-day-month", value) from None
    return day, month


def read_https(value: Any) -> str:
    """Gives an ``https`` address. Fails with ``bad-link``."""
    text = value.strip() if isinstance(value, str) else ""
    # Browsers take "\\" for "/", so that behind it another host may hide than the one that a program sees.
    if re.search(r"[\s<>\"'\\]", text) or not _is_https(text):
        raise _fail("bad-link", value)
    return text


def read_address(value: Any) -> str:
    """Gives an address inside the site, of a page (``/a/``) or of a file (``/a/b.pdf``). Fails with ``bad-address``."""
    text = value.strip() if isinstance(value, str) else ""
    if not _ADDRESS.fullmatch(text) or ".." in text:
        raise _fail("bad-address", value)
    return text


def _is_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not parts.username


Text = Annotated[str, BeforeValidator(read_text)]
Id = Annotated[str, BeforeValidator(read_id)]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Whole = Annotated[int, BeforeValidator(read_whole)]
Percent = Annotated[Decimal, BeforeValidator(read_percent)]
Ratio = Annotated[Decimal, BeforeValidator(read_ratio)]
Year = Annotated[int, BeforeValidator(read_year)]
Day = Annotated[date, BeforeValidator(read_date)]
DocumentDay = Annotated[LooseDate, BeforeValidator(read_loose_date)]
DayMonth = Annotated[tuple[int, int], BeforeValidator(read_day_month)]
Address = Annotated[str, BeforeValidator(read_address)]
HttpsUrl = Annotated[str, BeforeValidator(read_https)]

Icon = Literal[
    "start", "plans", "models", "progress", "festival", "news", "about", "officials", "students", "workers",
    "residents", "market", "ambassador", "family", "community-team", "digital-identity", "youth", "class", "lamp",
    "phone", "wifi", "calendar", "bell", "report", "elderly", "disabled", "highland", "trader", "member", "leader",
    "shield",
]  # fmt: skip


# What judges a kind of record is built for the first one that is judged: most commands judge a few records or none.
STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Record(Sleeper):
    """What every record shares: it cannot be changed, and a key that it does not know is refused."""

    model_config = STRICT | ConfigDict(frozen=True)

    # Which fields were given is never asked; kept with each of a million records it would be a third of all memory.
    __pydantic_fields_set__ = property(lambda _: set(), operator.is_)  # type: ignore[arg-type]


def _pooled(pool: dict[Any, Any], key: Hashable | None, make: Callable[[], R]) -> R:
    """Gives what the pool holds for a key, or what ``make`` gives, and puts that in as long as there is room."""
    found: R | None = None if key is None else pool.get(key)
    if found is None:
        found = make()
        if key is not None and len(pool) < _POOLED:
            pool[key] = found
    return found


def _texts_of(given: Any) -> tuple[str, str | None] | None:
    """Gives the Vietnamese and the English of a value that has nothing else, or ``None``."""
    if type(given) is not dict:
        return None
    vi, en = given.get("vi"), given.get("en")
    if type(vi) is not str:
        return None
    if type(en) is str:
        return (vi, en) if len(given) == 2 else None
    return (vi, None) if len(given) == 1 else None


class Words(Record):
    """A text in Vietnamese, with its English where there is one. Plain text is read as the Vietnamese."""

    vi: Text = Field(description="Lời tiếng Việt.")
    en: Text | None = Field(None, description="Lời tiếng Anh, cùng ý với lời tiếng Việt.")

    @model_validator(mode="wrap")
    @classmethod
    def _from_plain_text(cls, value: Any, read: Callable[[Any], Words], info: ValidationInfo) -> Words:
        if value is None:
            raise _fail("text-empty", value)
        given = {"vi": value} if isinstance(value, str | bool) else value
        return read(given) if info.context is None else _pooled(info.context, _texts_of(given), lambda: read(given))

    def get(self, lang: Language) -> str:
        """Gives the text in ``lang``, or the Vietnamese where there is no English."""
        return (self.en or self.vi) if lang == "en" else self.vi

    def language(self, lang: Language) -> Language:
        """Gives the language that :meth:`get` really answers in."""
        return "en" if lang == "en" and self.en else "vi"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the text is written in."""
        return ("vi", "en") if self.en else ("vi",)


class Amount(Record):
    """A quantity as written: ``80%``, ``1.000.000 người``, ``1000000``, ``≥ 5`` being written ``5 người``."""

    value: Decimal = Field(description="Con số.")
    kind: Literal["percent", "count"] = Field(description="Phần trăm hay số đếm.")
    unit: str = Field("", description="Đơn vị của số đếm, ví dụ: người, hộ.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            raise _fail("bad-amount", value)
        match = _AMOUNT.fullmatch(value.strip())
        if not match:
            raise _fail("bad-amount", value)
        if match["percent"]:
            percent = read_decimal(match["number"])
            if match["unit"] or percent > 100:
                raise _fail("bad-percent", value)
            return {"value": percent, "kind": "percent"}
        return {"value": Decimal(read_whole(match["number"])), "kind": "count", "unit": match["unit"] or ""}
