"""Owns the records of activities: what happens, when, where, for whom, and what has changed since it was announced.

Nothing here is expanded or counted: on which days a weekly class really meets belongs to ``derive/activities.py``.
Also owns the slogans of the campaign with their lines for LED signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generators.problems import Language
from generators.schema.document import Source
from generators.schema.scalars import Day, Flag, HttpsUrl, Id, Record, Text, Words, read_date

ActivityKind = Literal["class", "talk", "festival", "contest", "help-desk", "market", "online"]
ActivityStatus = Literal["planned", "confirmed", "moved", "cancelled"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
AccessFeature = Literal[
    "step-free", "accessible-toilet", "sign-language", "large-print", "captions", "helper", "seats", "home-visit"
]

WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The longest line that the usual one-line LED signs show without scrolling off before it is read.
LED_LINE = 40
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_DAY_TIME = re.compile(r"(?P<day>\S+)(?:\s+(?P<hour>[01]?[0-9]|2[0-3])[:hg](?P<minute>[0-5][0-9]))?")
_PHONE = re.compile(r"(?:\+84|0|1[89]00)[0-9 .]{4,13}[0-9]")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True, order=True)
class DayTime:
    """A day, perhaps with the time of day, as clocks in Vietnam show it (Asia/Ho_Chi_Minh, +07:00)."""

    day: date
    clock: time | None = None

    @property
    def instant(self) -> datetime:
        """The moment with its time zone; a whole day starts at midnight."""
        return datetime.combine(self.day, self.clock or time(), VIETNAM)

    @property
    def iso(self) -> str:
        """The moment by ISO 8601: ``2026-10-10`` for a whole day, ``2026-10-10T08:00:00+07:00`` with its time."""
        return self.instant.isoformat() if self.clock else self.day.isoformat()

    def on(self, day: date) -> DayTime:
        """Gives the same time of another day."""
        return DayTime(day, self.clock)


def read_day_time(value: Any) -> DayTime:
    """Gives a moment from ``10/10/2026 08:00`` or ``10/10/2026`` alone. Fails with ``bad-moment``."""
    match = _DAY_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("bad-moment", "{found}", {"found": str(value)[:40]})
    clock = time(int(match["hour"]), int(match["minute"])) if match["hour"] else None
    return DayTime(read_date(match["day"]), clock)


def read_phone(value: Any) -> str:
    """Gives a Vietnamese telephone number as written. Fails with ``bad-phone``."""
    text = value.strip() if isinstance(value, str) else ""
    if not _PHONE.fullmatch(text):
        raise PydanticCustomError("bad-phone", "{found}", {"found": str(value)[:40]})
    return text


def read_email(value: Any) -> str:
    """Gives an e-mail address. Fails with ``bad-email``."""
    text = value.strip() if isinstance(value, str) else ""
    if not _EMAIL.fullmatch(text):
        raise PydanticCustomError("bad-email", "{found}", {"found": str(value)[:40]})
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


DayTimeText = Annotated[DayTime, BeforeValidator(read_day_time)]
Phone = Annotated[str, BeforeValidator(read_phone)]
Email = Annotated[str, BeforeValidator(read_email)]


class Place(Record):
    """Where people meet."""

    name: Words = Field(description="Tên nơi tổ chức, ví dụ: Nhà văn hóa thôn.")
    address: Words | None = Field(None, description="Địa chỉ bằng lời, đủ để người lạ tìm được.")


class OnlinePlace(Record):
    """Where people meet on the net."""

    url: HttpsUrl = Field(description="Đường dẫn vào; chỉ dùng tên miền chính thức.")
    note: Words | None = Field(None, description="Cách vào, ví dụ: đăng nhập bằng VNeID.")


class ContactPoint(Record):
    """Whom to ask: a body and its desk, never a private person. The only place for a telephone or e-mail."""

    body: Words = Field(description="Cơ quan, tổ chức.")
    desk: Words | None = Field(None, description="Bộ phận hoặc bàn tiếp dân.")
    phone: Phone | None = Field(None, description="Điện thoại của bộ phận ấy.")
    email: Email | None = Field(None, description="Thư điện tử của bộ phận ấy.")


class Access(Record):
    """What the place offers to people who hear, see, walk or read differently."""

    features: tuple[AccessFeature, ...] = Field((), description="Những gì nơi này có, ví dụ: step-free.")
    note: Words | None = Field(None, description="Điều cần biết thêm, kể cả điều chưa có.")


class SkippedDay(Record):
    """A day on which a repeated activity does not take place."""

    on: Day = Field(description="Ngày nghỉ.")
    why: Words | None = Field(None, description="Vì sao nghỉ.")


class ChangedDay(Record):
    """A day of a repeated activity that takes place at another time or place."""

    on: Day = Field(description="Ngày theo lịch thường.")
    starts: DayTimeText = Field(description="Bắt đầu lúc nào thay cho lịch thường.")
    ends: DayTimeText | None = Field(None, description="Kết thúc lúc nào.")
    place: Place | None = Field(None, description="Nơi khác, nếu đổi nơi.")
    why: Words | None = Field(None, description="Vì sao đổi.")


class Repetition(Record):
    """How an activity repeats: every week on some weekdays until a day, or every year on the same day."""

    every: Literal["week", "year"] = Field(description="week: hằng tuần; year: hằng năm.")
    weekdays: tuple[Weekday, ...] = Field((), description="Các thứ trong tuần; để trống thì theo ngày bắt đầu.")
    until: Day | None = Field(None, description="Ngày cuối cùng; bắt buộc khi lặp hằng tuần.")
    skipped: tuple[SkippedDay, ...] = Field((), description="Những ngày nghỉ.")
    changed: tuple[ChangedDay, ...] = Field((), description="Những ngày đổi giờ hoặc đổi nơi.")

    @model_validator(mode="after")
    def _weeks_end(self) -> Repetition:
        if self.every == "week" and self.until is None:
            raise PydanticCustomError("activity-no-until", "{found}", {"found": self.every})
        return self


class Change(Record):
    """One change after the announcement. Their number is the SEQUENCE that calendars look at (RFC 5545, 3.8.7.4)."""

    date: Day = Field(description="Ngày báo thay đổi.")
    what: Words = Field(description="Đổi điều gì.")


class ProgrammeItem(Record):
    """One part of an activity's programme."""

    at: Text = Field(description="Giờ, đặt trong ngoặc kép, ví dụ: “08:00”.")
    text: Words = Field(description="Làm gì.")


class Activity(Record):
    """One activity, or one series of them that repeats."""

    id: Id = Field(description="Mã của hoạt động; bằng tên tệp.")
    title: Words = Field(description="Tên hoạt động.")
    summary: Words = Field(description="Một hai câu: làm gì, cho ai.")
    unit: Id = Field(description="Đơn vị tổ chức (mã trong data/units).")
    kind: ActivityKind = Field(description="Loại hoạt động.")
    festival: Flag = Field(False, description="true khi thuộc Ngày hội 10/10 của năm bắt đầu.")
    starts: DayTimeText = Field(description="Bắt đầu: “10/10/2026 08:00”, hoặc chỉ ngày khi cả ngày.")
    ends: DayTimeText | None = Field(None, description="Kết thúc; cả ngày thì là ngày cuối cùng.")
    time_note: Words | None = Field(None, description="Nói rõ khi chưa công bố giờ.")
    repeats: Repetition | None = Field(None, description="Cách lặp lại.")
    place: Place | None = Field(None, description="Nơi tổ chức.")
    online: OnlinePlace | None = Field(None, description="Nơi vào trên mạng.")
    place_note: Words | None = Field(None, description="Nói rõ khi chưa công bố địa điểm.")
    contact: ContactPoint | None = Field(None, description="Hỏi ai.")
    access: Access | None = Field(None, description="Nơi này dễ đến, dễ dùng với ai.")
    bring: tuple[Words, ...] = Field((), description="Cần mang theo gì.")
    programme: tuple[ProgrammeItem, ...] = Field((), description="Chương trình theo giờ.")
    groups: tuple[Id, ...] = Field((), description="Nhóm người mà hoạt động nhắm tới.")
    models: tuple[Id, ...] = Field((), description="Mô hình mà hoạt động thuộc về.")
    status: ActivityStatus = Field(description="planned, confirmed, moved (đã dời) hoặc cancelled (đã hủy).")
    status_note: Words | None = Field(None, description="Vì sao dời hoặc hủy; bắt buộc khi ấy.")
    moved_from: DayTimeText | None = Field(None, description="Lịch cũ, khi đã dời.")
    announced: Day = Field(description="Ngày công bố lần đầu.")
    changed: tuple[Change, ...] = Field((), description="Các lần thay đổi sau khi công bố, cũ trước mới sau.")
    source: Source = Field(description="Văn bản hoặc thông báo nêu hoạt động này.")
    draft: Flag = Field(False, description="true: bản nháp, chưa lên trang. Viết xong thì xóa dòng này.")

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that its pages and files stand in: English where its title has English."""
        return self.title.languages

    @property
    def all_day(self) -> bool:
        """True when only days are given, no time."""
        return self.starts.clock is None

    @property
    def sequence(self) -> int:
        """How often the activity was changed since it was announced."""
        return len(self.changed)

    @property
    def revised_on(self) -> date:
        """The day of the last change, or of the announcement."""
        return self.changed[-1].date if self.changed else self.announced

    @model_validator(mode="after")
    def _time_runs_forward(self) -> Activity:
        pairs = [(self.starts, self.ends)]
        if self.repeats:
            pairs += [(day.starts, day.ends) for day in self.repeats.changed]
        for starts, ends in pairs:
            if (starts.clock is None) != self.all_day or (ends and (ends.clock is None) != self.all_day):
                raise PydanticCustomError("activity-half-time", "{found}", {"found": self.id})
            if ends and (ends < starts or (not self.all_day and ends == starts)):
                raise PydanticCustomError("activity-ends-first", "{found}", {"found": self.id})
        return self

    @model_validator(mode="after")
    def _says_where(self) -> Activity:
        if not (self.place or self.online or self.place_note):
            raise PydanticCustomError("activity-no-place", "{found}", {"found": self.id})
        return self

    @model_validator(mode="after")
    def _explains_change(self) -> Activity:
        """A calendar that was fetched before learns of a change only when SEQUENCE rises, so each must be listed."""
        if self.status in ("moved", "cancelled") and not (self.status_note and self.changed):
            raise PydanticCustomError("activity-change-unsaid", "{found}", {"found": self.status})
        days = [self.announced, *(change.date for change in self.changed)]
        if days != sorted(days):
            raise PydanticCustomError("activity-change-order", "{found}", {"found": self.id})
        return self

    @model_validator(mode="after")
    def _repetition_fits(self) -> Activity:
        if self.repeats is None:
            return self
        first, until = self.starts.day, self.repeats.until
        if self.repeats.weekdays and WEEKDAYS[first.weekday()] not in self.repeats.weekdays:
            raise PydanticCustomError("activity-first-day", "{found}", {"found": self.id})
        if until and until < first:
            raise PydanticCustomError("activity-ends-first", "{found}", {"found": self.id})
        named = [*(day.on for day in self.repeats.skipped), *(day.on for day in self.repeats.changed)]
        for day in named:
            if not self._meets_on(day) or named.count(day) > 1:
                raise PydanticCustomError("activity-not-its-day", "{found}", {"found": f"{day:%d/%m/%Y}"})
        return self

    def _meets_on(self, day: date) -> bool:
        if self.repeats is None or day < self.starts.day or (self.repeats.until and day > self.repeats.until):
            return False
        if self.repeats.every == "year":
            return (day.day, day.month) == (self.starts.day.day, self.starts.day.month)
        return WEEKDAYS[day.weekday()] in (self.repeats.weekdays or (WEEKDAYS[self.starts.day.weekday()],))


class Slogan(Record):
    """A slogan: where its words come from, and how it is cut for LED signs."""

    id: Id = Field(description="Mã của khẩu hiệu.")
    text: Text = Field(description="Khẩu hiệu, tiếng Việt.")
    meaning: Text = Field(description="Nghĩa bằng tiếng Anh.")
    origin: Literal["quoted", "own"] = Field(description="quoted: trích từ kế hoạch; own: trang này tự viết.")
    plan: Id | None = Field(None, description="Kế hoạch được trích.")
    section: Text | None = Field(None, description="Mục của kế hoạch.")
    led: tuple[Text, ...] = Field(description="Các dòng cho bảng đèn LED, mỗi dòng nhiều nhất 40 ký tự.")

    @model_validator(mode="after")
    def _fits_led_signs(self) -> Slogan:
        for line in self.led:
            if len(line) > LED_LINE:
                values = {"found": line, "length": len(line), "limit": LED_LINE}
                raise PydanticCustomError("led-line-long", "{found}", values)
        if not self.led:
            raise PydanticCustomError("text-empty", "{found}", {"found": self.id})
        return self

    @model_validator(mode="after")
    def _keeps_quoted_words(self) -> Slogan:
        """Whoever reads a sign must not take our words for those of a plan."""
        if self.origin == "quoted" and _words(" ".join(self.led)) != _words(self.text):
            raise PydanticCustomError("slogan-led-words", "{found}", {"found": " / ".join(self.led)})
        return self

    @model_validator(mode="after")
    def _names_its_plan(self) -> Slogan:
        if (self.origin == "quoted") != (self.plan is not None):
            raise PydanticCustomError("slogan-origin", "{found}", {"found": self.id})
        return self
