"""Owns the records of news: the front matter of an item, of its English twin, and the topics.

An item's ``id`` is what feed readers know it by (tag URIs, RFC 4151, are made of it), so it never changes; the file
may be moved and its title rewritten. Nothing here knows an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from generators.schema.document import Source
from generators.schema.scalars import Day, Flag, Id, Record, Words, read_date, read_text

VIETNAM_TIME = timezone(timedelta(hours=7))  # one offset all year, in all of the country
# A day without a time counts from 07:00 in Vietnam, which is midnight UTC: who reckons in UTC sees the same day.
START_OF_DAY = time(7, tzinfo=VIETNAM_TIME)

_CLOCK = re.compile(r"(?P<day>\S+?)(?:T| +)(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})")
_AUTHORITY = re.compile(r"(?P<host>[a-z0-9-]+(\.[a-z0-9-]+)+),(?P<year>20[0-9]{2})")
_OLD_ADDRESS = re.compile(r"/tin-tuc/(?P<place>20[0-9]{2}/(?:0[1-9]|1[0-2])/[a-z0-9]+(?:-[a-z0-9]+)*)/?")
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(?:png|jpe?g|webp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class NewsDate:
    """A day, or a day with a time, in Vietnam. ``at`` always has the offset +07:00."""

    at: datetime
    timed: bool

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return self.at.date()

    @property
    def month(self) -> str:
        """The month in Vietnam as addresses name it: ``2026/10``."""
        return f"{self.at.year}/{self.at.month:02}"


@dataclass(frozen=True, slots=True)
class TagAuthority:
    """Who gives names to entries and since when (RFC 4151): a domain name and the year in which it was held."""

    host: str
    year: int

    def tag(self, name: str) -> str:
        """Gives the tag URI of a name, which no move of the site or of a page changes."""
        return f"tag:{self.host},{self.year}:{name}"

    @property
    def since(self) -> datetime:
        """The first moment of the year: before it nothing can have been named."""
        return datetime.combine(date(self.year, 1, 1), START_OF_DAY)


# Each of thousands of reports asks, and they come on few days.
@lru_cache(maxsize=4096)
def news_date(day: date) -> NewsDate:
    """Gives the moment that a day without a time stands for."""
    return NewsDate(datetime.combine(day, START_OF_DAY), timed=False)


def read_news_date(value: Any) -> NewsDate:
    """Gives the moment of ``10/10/2026``, ``10/10/2026 08:30`` or ISO 8601 with or without an offset.

    A time without an offset is Vietnam's. Fails with ``bad-news-date``.
    """
    text = value.strip() if isinstance(value, str) else ""
    try:
        if match := _CLOCK.fullmatch(text):
            clock = time(int(match["hour"]), int(match["minute"]), tzinfo=VIETNAM_TIME)
            return NewsDate(datetime.combine(read_date(match["day"]), clock), timed=True)
        if "T" in text:
            at = datetime.fromisoformat(text)
            read_date(at.date().isoformat())  # the years that any other date may have
            return NewsDate((at if at.tzinfo else at.replace(tzinfo=VIETNAM_TIME)).astimezone(VIETNAM_TIME), timed=True)
        return news_date(read_date(text))
    except (ValueError, OverflowError, PydanticCustomError):
        raise PydanticCustomError("bad-news-date", "{found}", {"found": text[:40] or "(trống)"}) from None


def read_headline(value: Any) -> str:
    """Gives a text of one line. Fails as :func:`read_text` does."""
    return " ".join(read_text(value).split())


def read_image_name(value: Any) -> str:
    """Gives the name of a picture that stands beside the item's file. Fails with ``news-image-name``."""
    if not isinstance(value, str) or not _IMAGE.fullmatch(value):
        raise PydanticCustomError("news-image-name", "{found}", {"found": str(value)[:60]})
    return value


def read_old_address(value: Any) -> str:
    """Gives ``2025/09/ten-cu`` of the address ``/tin-tuc/2025/09/ten-cu/``. Fails with ``news-old-address``."""
    match = _OLD_ADDRESS.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("news-old-address", "{found}", {"found": str(value)[:80]})
    return match["place"]


def read_tag_authority(value: Any) -> TagAuthority:
    """Gives the authority of ``hoc.vi-du.gov.vn,2026``. Fails with ``bad-tag-authority``."""
    match = _AUTHORITY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("bad-tag-authority", "{found}", {"found": str(value)[:60]})
    return TagAuthority(match["host"], int(match["year"]))


NewsMoment = Annotated[NewsDate, BeforeValidator(read_news_date)]
Headline = Annotated[str, BeforeValidator(read_headline)]
ImageName = Annotated[str, BeforeValidator(read_image_name)]
OldAddress = Annotated[str, BeforeValidator(read_old_address)]
TagAuthorityText = Annotated[TagAuthority, BeforeValidator(read_tag_authority)]


class NewsCorrection(Record):
    """A published item that was changed: when, and what."""

    date: Day = Field(description="Ngày sửa.")
    what: Words = Field(description="Đã sửa điều gì.")


class NewsMeta(Record):
    """The front matter of a news item in Vietnamese."""

    id: Id = Field(description="Mã của tin. Không bao giờ đổi, kể cả khi chuyển tệp sang thư mục khác.")
    title: Headline = Field(description="Tên tin.")
    date: NewsMoment = Field(description="Ngày của tin: 10/10/2026, hoặc 10/10/2026 08:30.")
    summary: Headline = Field(description="Một hai câu: tin nói gì.")
    topics: tuple[Id, ...] = Field((), description="Chủ đề, mã trong data/topics.yml.")
    units: tuple[Id, ...] = Field((), description="Đơn vị được nói tới, mã trong data/units.")
    models: tuple[Id, ...] = Field((), description="Mô hình được nói tới, mã trong data/models.")
    image: ImageName | None = Field(None, description="Tên tệp ảnh (.jpg, .png hoặc .webp) đặt cạnh tệp tin này.")
    alt: Headline | None = Field(None, description="Ảnh cho thấy gì, để đọc cho người không nhìn thấy.")
    author: Words | None = Field(None, description="Cơ quan viết tin (không ghi tên người).")
    source: Source | None = Field(None, description="Nguồn của tin: tên, ngày, địa chỉ nếu có.")
    corrections: tuple[NewsCorrection, ...] = Field((), description="Các lần sửa tin sau khi đăng.")
    publish_at: NewsMoment | None = Field(None, description="Chỉ đăng từ ngày này. Bỏ trống: đăng từ ngày của tin.")
    old_addresses: tuple[OldAddress, ...] = Field(
        (), description="Địa chỉ cũ, khi đã đổi tên tệp hoặc đổi tháng của tin: /tin-tuc/2025/09/ten-cu/."
    )
    draft: Flag = Field(False, description="true: bản nháp, chưa lên trang. Viết xong thì xóa dòng này.")

    @field_validator("corrections", mode="before")
    @classmethod
    def _one_is_enough(cls, value: Any) -> Any:
        """A single correction may be written without the dash of a list."""
        return [value] if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _fits_together(self) -> NewsMeta:
        if (self.image is None) != (self.alt is None):
            raise PydanticCustomError("news-image-alt", "{found}", {"found": self.image or ""})
        for correction in self.corrections:
            if correction.date < self.date.day:
                found = f"{correction.date:%d/%m/%Y}"
                raise PydanticCustomError("news-correction-early", "{found}", {"found": found})
        return self


class NewsTwinMeta(Record):
    """The front matter of an item's English, ``<name>.en.md``: only what is in words; all else is in the Vietnamese."""

    title: Headline = Field(description="Tên tin bằng tiếng Anh.")
    summary: Headline = Field(description="Một hai câu bằng tiếng Anh.")
    alt: Headline | None = Field(None, description="Ảnh cho thấy gì, bằng tiếng Anh.")


class Topic(Record):
    """What news can be about."""

    id: Id = Field(description="Mã của chủ đề, dùng trong địa chỉ.")
    english_id: Id = Field(description="Mã tiếng Anh dùng trong địa chỉ /en/.")
    name: Words = Field(description="Tên chủ đề.")
    text: Words = Field(description="Một câu: chủ đề gồm những tin gì.")
