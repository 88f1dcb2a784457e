"""Owns the record of an outreach model, such as Chợ số 4T or Đại sứ số."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generators.schema.scalars import Icon, Id, Record, Whole, Words


class OutreachMeasure(Record):
    """Something that is counted to see whether a model works."""

    id: Id = Field(description="Mã của số đo.")
    name: Words = Field(description="Đếm cái gì.")
    unit: Words = Field(description="Đơn vị đếm, ví dụ: người, hộ, buổi.")


class Step(Record):
    """One step of a way to join or to start."""

    title: Words = Field(description="Việc làm, vài chữ.")
    text: Words = Field(description="Làm thế nào, một hai câu.")


class OutreachModel(Record):
    """A way in which the campaign reaches people."""

    id: Id = Field(description="Mã của mô hình; bằng tên tệp.")
    name: Words = Field(description="Tên mô hình.")
    english_id: Id = Field(description="Mã tiếng Anh dùng trong địa chỉ /en/.")
    kind: Literal["model", "campaign", "class"] = Field(description="Mô hình, chiến dịch hay lớp học.")
    order: Whole = Field(description="Thứ tự hiện trên trang danh sách.")
    icon: Icon = Field(description="Tên biểu tượng.")
    summary: Words = Field(description="Một câu: mô hình là gì.")
    helps: tuple[Id, ...] = Field(description="Giúp nhóm người nào.")
    join: tuple[Step, ...] = Field(description="Cách tham gia, từng bước.")
    start: tuple[Step, ...] = Field(description="Cách bắt đầu một mô hình, từng bước.")
    measures: tuple[OutreachMeasure, ...] = Field(description="Đo bằng gì.")
