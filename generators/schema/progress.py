"""Owns the record of one progress report: what one unit says about one period, as it says it.

Nothing here is computed; shares, trends and states of progress belong to ``derive/``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from generators.schema.scalars import STRICT, Day, Flag, HttpsUrl, Id, Percent, Record, Text, Whole, Words

ReadingState = Literal["final", "provisional", "estimated", "not_reported", "not_applicable", "withheld"]
TaskStatus = Literal["not_started", "in_progress", "done"]
PeriodKind = Literal["month", "quarter", "half-year", "year"]

_PERIOD = re.compile(r"(?P<year>20[0-9]{2})(?:-(?:q(?P<quarter>[1-4])|h(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")
_MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class ReportingPeriod(Record):
    """A month (``2025-11``), quarter (``2025-q4``), half-year (``2025-h2``) or year (``2025``)."""

    id: Text = Field(description="Mã của kỳ, ví dụ: 2025-q4.")
    kind: PeriodKind = Field(description="Loại kỳ.")
    year: int = Field(description="Năm.")
    number: int = Field(description="Số thứ tự trong năm: tháng 1–12, quý 1–4, nửa năm 1–2; năm là 1.")

    @property
    def first_month(self) -> int:
        """The number of the period's first month."""
        return (self.number - 1) * _MONTHS[self.kind] + 1

    @property
    def last_month(self) -> int:
        """The number of the period's last month."""
        return self.number * _MONTHS[self.kind]

    @property
    def start(self) -> date:
        """The first day of the period."""
        return _first_day(self.year, self.first_month)

    @property
    def end(self) -> date:
        """The last day of the period."""
        return _last_day(self.year, self.last_month)

    @property
    def next(self) -> ReportingPeriod:
        """The period of the same kind that follows."""
        per_year = 12 // _MONTHS[self.kind]
        if self.number == per_year:
            return period_of(self.kind, self.year + 1, 1)
        return period_of(self.kind, self.year, self.number + 1)

    def holds(self, other: ReportingPeriod) -> bool:
        """True for the period itself and for each that lies wholly in it, as a quarter lies in its year."""
        return self.start <= other.start and other.end <= self.end


# Every figure of every unit asks for the days of its period, and there are few periods.
@lru_cache(maxsize=1024)
def _first_day(year: int, month: int) -> date:
    return date(year, month, 1)


@lru_cache(maxsize=1024)
def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=1024)
def period_of(kind: PeriodKind, year: int, number: int) -> ReportingPeriod:
    """Gives the period of a kind by its number in the year."""
    ending = {"month": f"-{number:02}", "quarter": f"-q{number}", "half-year": f"-h{number}", "year": ""}[kind]
    return ReportingPeriod(id=f"{year}{ending}", kind=kind, year=year, number=number)


def period_with(kind: PeriodKind, day: date) -> ReportingPeriod:
    """Gives the period of a kind in which a day lies."""
    return period_of(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)


def read_period(value: Any) -> ReportingPeriod:
    """Gives the period named by its id. Fails with ``bad-period``."""
    if not isinstance(value, str):
        raise PydanticCustomError("bad-period", "{found}", {"found": str(value)[:40]})
    return _period(value)


@lru_cache(maxsize=1024)
def _period(value: str) -> ReportingPeriod:
    """The same periods stand in many files."""
    match = _PERIOD.fullmatch(value.strip())
    if not match:
        raise PydanticCustomError("bad-period", "{found}", {"found": value[:40]})
    year = int(match["year"])
    for kind, group in (("quarter", "quarter"), ("half-year", "half"), ("month", "month")):
        if match[group]:
            return period_of(kind, year, int(match[group]))
    return period_of("year", year, 1)


# What stands in reports by the dozen, and in the whole country by the hundred thousand, is kept in slots: a record with
# a dict of its own is three to five times as large.
Period = Annotated[ReportingPeriod, BeforeValidator(read_period)]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Evidence:
    """Something that shows that a figure or a task is true."""

    text: Words = Field(description="Là tài liệu gì.")
    url: HttpsUrl | None = Field(None, description="Địa chỉ, nếu có.")


class ReportSource(Record):
    """The document that a report stands in."""

    document: Text = Field(description="Tên và số của văn bản báo cáo.")
    date: Day = Field(description="Ngày của văn bản.")
    url: HttpsUrl | None = Field(None, description="Địa chỉ, nếu có.")


class Correction(Record):
    """A published figure that was changed, and why."""

    date: Day = Field(description="Ngày sửa.")
    reached: Whole | None = Field(None, description="Số đạt trước khi sửa.")
    of: Whole | None = Field(None, description="Tổng số trước khi sửa.")
    percent: Percent | None = Field(None, description="Tỷ lệ trước khi sửa.")
    reason: Words = Field(description="Vì sao sửa.")


class Part(Record):
    """One part of a reading, such as one hamlet."""

    name: Words = Field(description="Tên phần.")
    reached: Whole = Field(description="Số đạt của phần này.")
    of: Whole | None = Field(None, description="Tổng số của phần này.")


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class TargetReading:
    """What a report says about one target: counts, a percentage, or an absolute number, and in what state."""

    target: Id = Field(description="Mã chỉ tiêu trong kế hoạch của đơn vị.")
    reached: Whole | None = Field(None, description="Số đạt.")
    of: Whole | None = Field(None, description="Tổng số người được tính.")
    percent: Percent | None = Field(None, description="Tỷ lệ, khi báo cáo chỉ có tỷ lệ; ví dụ: 69,85%.")
    measure: Id | None = Field(None, description="Cách đo, nếu báo cáo ghi rõ; phải trùng cách đo của chỉ tiêu.")
    state: ReadingState = Field("final", description="Tình trạng của con số.")
    parts: tuple[Part, ...] = Field((), description="Các phần cộng lại thành con số này.")
    done: Words | None = Field(None, description="Công tác triển khai, phối hợp (cột 5 của Phụ lục II).")
    evidence: tuple[Evidence, ...] = Field((), description="Tài liệu minh chứng.")
    why_lower: Words | None = Field(None, description="Vì sao số thấp hơn kỳ trước, khi điều đó là đúng.")
    assessment: Words | None = Field(None, description="Đánh giá (cột 7).")
    difficulties: Words | None = Field(None, description="Khó khăn, vướng mắc (cột 8).")
    proposals: Words | None = Field(None, description="Đề xuất, kiến nghị (cột 9).")
    corrections: tuple[Correction, ...] = Field((), description="Các lần sửa số đã công bố.")

    @property
    def has_figure(self) -> bool:
        """True when there is a number that may be shown and counted."""
        return self.state in ("final", "provisional", "estimated") and (
            self.reached is not None or self.percent is not None
        )

    @model_validator(mode="after")
    def _figure_fits_state(self) -> TargetReading:
        figures = (self.reached, self.of, self.percent, *self.parts)
        silent = self.state in ("not_reported", "not_applicable", "withheld")
        if silent and any(figure is not None for figure in figures):
            raise PydanticCustomError("reading-state-figure", "{found}", {"found": self.state})
        if not silent and self.reached is None and self.percent is None:
            raise PydanticCustomError("reading-no-figure", "{found}", {"found": self.target})
        if self.of is not None and self.reached is None:
            raise PydanticCustomError("reading-of-alone", "{found}", {"found": str(self.of)})
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class TaskReport:
    """What a report says about one task."""

    task: Id = Field(description="Mã nhiệm vụ trong kế hoạch của đơn vị.")
    status: TaskStatus = Field(description="Tình trạng: not_started, in_progress hoặc done.")
    done: Words | None = Field(None, description="Đã làm gì.")
    evidence: tuple[Evidence, ...] = Field((), description="Tài liệu minh chứng.")
    assessment: Words | None = Field(None, description="Đánh giá.")
    difficulties: Words | None = Field(None, description="Khó khăn, vướng mắc.")
    proposals: Words | None = Field(None, description="Đề xuất, kiến nghị.")


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class OutreachReading:
    """What a report counts under one outreach model."""

    model: Id = Field(description="Mã mô hình.")
    measure: Id = Field(description="Mã số đo của mô hình, trong data/models.")
    value: Whole | None = Field(None, description="Con số.")
    of: Whole | None = Field(None, description="Trên tổng số, ví dụ: số hộ.")
    state: ReadingState = Field("final", description="Tình trạng của con số.")
    note: Words | None = Field(None, description="Điều cần biết thêm.")

    @model_validator(mode="after")
    def _figure_fits_state(self) -> OutreachReading:
        silent = self.state in ("not_reported", "not_applicable", "withheld")
        if silent != (self.value is None):
            code = "reading-state-figure" if silent else "reading-no-figure"
            raise PydanticCustomError(code, "{found}", {"found": self.state if silent else self.measure})
        return self


class ProgressReport(Record):
    """One unit's report for one period; the file is ``data/progress/<period>/<unit>.yml``."""

    unit: Id = Field(description="Mã đơn vị; bằng tên tệp.")
    plan: Id | None = Field(None, description="Mã kế hoạch, khi đơn vị có nhiều kế hoạch.")
    period: Period = Field(description="Kỳ báo cáo; bằng tên thư mục.")
    reported_on: Day = Field(description="Ngày gửi báo cáo.")
    source: ReportSource = Field(description="Văn bản báo cáo.")
    summary: Words | None = Field(None, description="Một hai câu về cả kỳ.")
    readings: tuple[TargetReading, ...] = Field((), description="Từng chỉ tiêu.")
    tasks: tuple[TaskReport, ...] = Field((), description="Từng nhiệm vụ.")
    models: tuple[OutreachReading, ...] = Field((), description="Số đo của các mô hình.")
    difficulties: Words | None = Field(None, description="Khó khăn chung.")
    proposals: Words | None = Field(None, description="Đề xuất chung.")
    draft: Flag = Field(False, description="true: bản nháp, chưa lên trang. Viết xong thì xóa dòng này.")
