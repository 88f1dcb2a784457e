"""Owns the record of one figure that was published elsewhere: dated, second-hand, shown apart from units' reports."""

from __future__ import annotations

from pydantic import Field

from generators.schema.document import Source
from generators.schema.scalars import Day, Id, Percent, Record, Whole, Words


class PressValue(Record):
    """One number out of a published figure, where the words give it exactly or nearly."""

    name: Words = Field(description="Đếm cái gì, ví dụ: người lớn có tài khoản mức 2.")
    value: Whole = Field(description="Con số.")
    of: Whole | None = Field(None, description="Trên tổng số, nếu nguồn có ghi.")
    percent: Percent | None = Field(None, description="Tỷ lệ, đúng như nguồn ghi.")
    bound: Words | None = Field(None, description="Chữ đi trước con số khi nguồn không nói chính xác, ví dụ: hơn, gần.")


class PressFigure(Record):
    """What a publication says about one place, and which publication."""

    id: Id = Field(description="Mã của số liệu.")
    place: Words = Field(description="Nơi được nói tới.")
    province: Id | None = Field(None, description="Tỉnh (mã trong data/provinces.yml).")
    text: Words = Field(description="Nguồn nói gì, bằng lời thường.")
    values: tuple[PressValue, ...] = Field((), description="Các con số rõ ràng trong câu.")
    happened_on: Day | None = Field(None, description="Ngày việc xảy ra, nếu nguồn có ghi.")
    source: Source = Field(description="Nguồn và ngày đăng.")
    other_sources: tuple[Source, ...] = Field((), description="Nguồn khác nói về cùng việc.")
    note: Words | None = Field(None, description="Điều cần biết thêm, ví dụ: hai nguồn nói khác nhau.")
