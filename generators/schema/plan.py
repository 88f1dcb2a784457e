"""Owns the record of one plan: everything that the document commits its issuer to, as data.

What the plan says in words stands here in our own plain words; only phrases of a few words are quotations.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generators.problems import Language
from generators.schema.document import BasisDocument, Document
from generators.schema.scalars import Amount, Day, DayMonth, Flag, HttpsUrl, Id, Record, Text, Whole, Words, Year

PlanStatus = Literal["in_force", "historical"]
Period = Literal["month", "quarter", "half-year", "year"]
DutyKind = Literal[
    "website", "section", "link", "banner", "social", "led", "article", "festival", "outreach", "access"
]  # fmt: skip


class Statement(Record):
    """Something that the plan says, in plain words, and the part of the plan that says it."""

    text: Words = Field(description="Nội dung, viết bằng lời thường.")
    section: Text | None = Field(None, description="Mục của kế hoạch, ví dụ: I.1.")


class Quotation(Record):
    """A motto or official phrase of a few words, kept exactly as the plan writes it."""

    quote: Text = Field(description="Nguyên văn, vài chữ.")
    meaning: Words = Field(description="Nghĩa bằng lời thường; bản tiếng Anh cho người đọc tiếng Anh.")
    section: Text | None = Field(None, description="Mục của kế hoạch.")


class Baseline(Record):
    """Where a target started from, as measured before the work began."""

    at: Amount = Field(description="Mức lúc bắt đầu, ví dụ: 35%.")
    on: Day = Field(description="Ngày đo.")
    source: Words = Field(description="Nguồn của con số.")


class Target(Record):
    """One target: who, what is measured, how much, by when."""

    id: Id = Field(description="Mã của chỉ tiêu, ví dụ: officials-2025.")
    year: Year | None = Field(None, description="Năm phải đạt; để trống khi kế hoạch không ghi năm.")
    years_text: Words | None = Field(None, description="Lời kế hoạch khi không có một năm cụ thể.")
    group: Id = Field(description="Nhóm người.")
    population: Words = Field(description="Những ai được tính, theo đúng phạm vi kế hoạch ghi.")
    indicator: Id = Field(description="Chỉ số.")
    at_least: Amount | None = Field(
        None, description="Mức phải đạt, ví dụ: 80%. Để trống khi kế hoạch chỉ nói bằng lời."
    )
    statement: Words = Field(description="Phải đạt điều gì, nói bằng lời thường.")
    baseline: Baseline | None = Field(None, description="Mốc bắt đầu, khi đã đo trước khi làm.")
    effort: Flag = Field(False, description="true khi kế hoạch chỉ viết “phấn đấu”.")
    quote: Text | None = Field(None, description="Vài chữ nguyên văn cần giữ, ví dụ: Tối thiểu 100%.")
    platform: Words | None = Field(None, description="Nền tảng hoặc công cụ mà chỉ tiêu nêu tên.")
    section: Text = Field(description="Mục của kế hoạch, ví dụ: III.1.")
    note: Words | None = Field(None, description="Điều cần lưu ý khi đọc chỉ tiêu này.")

    @model_validator(mode="after")
    def _says_when(self) -> Target:
        if self.year is None and self.years_text is None:
            raise PydanticCustomError("target-no-year", "{found}", {"found": self.id})
        return self


class When(Record):
    """The time of a task: the plan's words, and a machine date only where the words give one."""

    text: Words | None = Field(None, description="Thời gian đúng như kế hoạch ghi; để trống khi kế hoạch không ghi.")
    from_: Day | None = Field(None, alias="from", description="Ngày bắt đầu, chỉ khi lời văn cho biết.")
    due: Day | None = Field(None, description="Hạn cuối, chỉ khi lời văn cho biết.")
    yearly: DayMonth | None = Field(None, description="Ngày lặp lại hằng năm, dạng dd/mm.")
    every: Literal["week", "month", "quarter", "year"] | None = Field(None, description="Nhịp lặp lại.")


class Task(Record):
    """One task: what, who leads, who helps, when."""

    id: Id = Field(description="Mã của nhiệm vụ.")
    section: Text = Field(description="Mục của kế hoạch, ví dụ: IV.1.")
    text: Words = Field(description="Việc phải làm, viết bằng lời thường.")
    details: tuple[Words, ...] = Field((), description="Các phần việc nhỏ.")
    lead: Words | None = Field(None, description="Đơn vị chủ trì, đúng như kế hoạch ghi.")
    lead_note: Words | None = Field(None, description="Nói rõ khi kế hoạch không giao ai chủ trì.")
    with_: tuple[Words, ...] = Field((), alias="with", description="Các đơn vị phối hợp.")
    when: When = Field(default_factory=lambda: When.model_validate({}), description="Thời gian.")
    groups: tuple[Id, ...] = Field((), description="Nhóm người mà việc này nhắm tới.")
    models: tuple[Id, ...] = Field((), description="Mô hình mà việc này thuộc về.")


class CommittedNumber(Record):
    """A number in a plan's commitment to an outreach model, such as "at least 5 learners for each guide"."""

    id: Id = Field(description="Mã của con số.")
    at_least: Amount = Field(description="Mức tối thiểu, ví dụ: 5 người học.")
    per: Words | None = Field(None, description="Tính trên mỗi cái gì, ví dụ: mỗi người hướng dẫn.")
    text: Words = Field(description="Câu nói đầy đủ, bằng lời thường.")


class Commitment(Record):
    """What a plan commits to under one outreach model."""

    model: Id = Field(description="Mã của mô hình.")
    name_in_plan: Text | None = Field(None, description="Tên mô hình đúng như kế hoạch viết.")
    section: Text = Field(description="Mục của kế hoạch.")
    text: Words = Field(description="Kế hoạch cam kết điều gì, bằng lời thường.")
    numbers: tuple[CommittedNumber, ...] = Field((), description="Các con số đi kèm.")
    lead: Words | None = Field(None, description="Đơn vị chủ trì.")
    motto: Quotation | None = Field(None, description="Phương châm đi kèm.")


class Duty(Record):
    """A duty of communication: a page, a link, a banner, a slogan, a festival."""

    id: Id = Field(description="Mã của việc truyền thông.")
    kind: DutyKind = Field(description="Loại việc truyền thông.")
    text: Words = Field(description="Việc phải làm, bằng lời thường.")
    links: tuple[HttpsUrl, ...] = Field((), description="Địa chỉ mà kế hoạch nêu.")
    section: Text = Field(description="Mục của kế hoạch.")


class DueDay(Record):
    """The day by which a report is due: ``day`` of a month of the period, or of a fixed month of the year."""

    day: Whole = Field(description="Ngày trong tháng.")
    month_of_period: Literal["last", "each"] | None = Field(None, description="Tháng nào của kỳ báo cáo.")
    month: Whole | None = Field(None, description="Tháng cố định trong năm, ví dụ: 12.")

    @model_validator(mode="after")
    def _one_month(self) -> DueDay:
        if (self.month is None) == (self.month_of_period is None) or not self._is_real():
            raise PydanticCustomError("due-day", "{found}", {"found": str(self.day)})
        return self

    def _is_real(self) -> bool:
        try:
            date(2023, 1 if self.month is None else self.month, self.day)  # no leap year: due in every year
        except ValueError:
            return False
        return True


class ReportingDuty(Record):
    """One duty to report: who, to whom, how often, by when."""

    id: Id = Field(description="Mã của nghĩa vụ báo cáo, ví dụ: hang-quy.")
    who: Words = Field(description="Ai phải báo cáo.")
    to: Words | None = Field(None, description="Báo cáo cho ai; để trống khi kế hoạch không ghi nơi nhận.")
    via: Words | None = Field(None, description="Gửi qua đầu mối nào.")
    every: Period | None = Field(None, description="Kỳ báo cáo; để trống với báo cáo đột xuất, sơ kết, tổng kết.")
    before: DueDay | None = Field(None, description="Hạn là TRƯỚC ngày này (chữ “trước ngày” trong kế hoạch).")
    on: DueDay | None = Field(None, description="Hạn là ĐÚNG ngày này.")
    form: Words | None = Field(None, description="Biểu mẫu kèm theo, nếu có.")
    text: Words = Field(description="Nghĩa vụ, bằng lời thường.")
    quote: Text | None = Field(None, description="Vài chữ nguyên văn về hạn.")
    conditional: Flag = Field(False, description="true khi kế hoạch viết “nếu có”.")
    section: Text = Field(description="Mục của kế hoạch.")


class Signature(Record):
    """The signature block: on whose behalf, which post. Names of people are left out on purpose."""

    on_behalf: Text | None = Field(None, description="Dòng ký thay, ví dụ: KT. CHỦ TỊCH.")
    post: Text = Field(description="Chức vụ người ký.")
    named: Flag = Field(description="Văn bản có ghi tên người ký hay không.")


class Plan(Record):
    """One plan of one unit."""

    id: Id = Field(description="Mã của kế hoạch; bằng tên tệp.")
    title: Words = Field(description="Tên kế hoạch.")
    unit: Id = Field(description="Đơn vị ban hành (mã trong data/units).")
    document: Document = Field(description="Số, ngày, cơ quan ban hành.")
    signature: Signature | None = Field(None, description="Khối chữ ký.")
    filing: Text | None = Field(None, description="Dòng Lưu trong nơi nhận.")
    recipients: Words | None = Field(None, description="Nơi nhận đáng chú ý, ví dụ nơi nhận “để báo cáo”.")
    status: PlanStatus = Field(description="in_force: còn hiệu lực; historical: văn bản lịch sử.")
    starts: Day | None = Field(None, description="Ngày bắt đầu tính tiến độ; để trống thì tính từ ngày của văn bản.")
    status_note: Words | None = Field(None, description="Vì sao là văn bản lịch sử, nghĩa vụ chuyển đi đâu.")
    succeeded_by: tuple[Id, ...] = Field((), description="Các đơn vị nhận lại nhiệm vụ.")
    scope: Words = Field(description="Kế hoạch áp dụng cho ai, ở đâu.")
    summary: Words = Field(description="Hai ba câu nói kế hoạch này là gì.")
    based_on: tuple[BasisDocument, ...] = Field((), description="Văn bản làm căn cứ.")
    purpose: tuple[Statement, ...] = Field(description="Mục đích, bằng lời thường.")
    requirements: tuple[Statement, ...] = Field((), description="Yêu cầu, bằng lời thường.")
    content: tuple[Statement, ...] = Field((), description="Nội dung phong trào, bằng lời thường.")
    groups: tuple[Id, ...] = Field(description="Các nhóm người mà kế hoạch nhắc tới.")
    targets: tuple[Target, ...] = Field(description="Chỉ tiêu.")
    tasks: tuple[Task, ...] = Field(description="Nhiệm vụ.")
    tasks_note: Words | None = Field(None, description="Điều cần biết về phần nhiệm vụ, ví dụ: thiếu phụ lục.")
    models: tuple[Commitment, ...] = Field((), description="Cam kết theo từng mô hình.")
    communication: tuple[Duty, ...] = Field((), description="Việc truyền thông.")
    reporting: tuple[ReportingDuty, ...] = Field((), description="Chế độ báo cáo.")
    reporting_note: Words | None = Field(None, description="Nói rõ khi kế hoạch không đặt hạn báo cáo.")
    funding: tuple[Statement, ...] = Field((), description="Nguồn kinh phí.")
    funding_note: Words | None = Field(None, description="Nói rõ khi kế hoạch không nêu kinh phí.")
    praise: tuple[Statement, ...] = Field((), description="Khen thưởng, biểu dương.")
    mottos: tuple[Quotation, ...] = Field((), description="Phương châm, khẩu hiệu.")
    phrases: tuple[Quotation, ...] = Field((), description="Cụm từ chính thức đáng nhớ.")
    notes: tuple[Words, ...] = Field((), description="Ghi chú của người biên tập về văn bản gốc.")

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that its pages and files stand in: English where its title has English."""
        return self.title.languages
