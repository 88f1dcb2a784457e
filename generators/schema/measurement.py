"""Owns the records that say *what* is counted and *whom*: measures, groups, indicators.

The measures stay apart everywhere: a figure of one is never drawn or added with a figure of another.
"""

from __future__ import annotations

from pydantic import Field

from generators.schema.document import Source
from generators.schema.scalars import Flag, Icon, Id, Record, Words


class Measure(Record):
    """A way of counting that is not comparable with any other, such as "has skills" or "confirmed on VNeID"."""

    id: Id = Field(description="Mã của cách đo.")
    name: Words = Field(description="Tên ngắn của cách đo.")
    meaning: Words = Field(description="Một người được tính khi nào.")
    not_same_as: Words = Field(description="Dễ lẫn với cách đo nào, và khác ở đâu.")


class Group(Record):
    """A group of people that plans address."""

    id: Id = Field(description="Mã của nhóm.")
    name: Words = Field(description="Tên của nhóm.")
    main: Flag = Field(False, description="true cho bốn nhóm chính của khung kỹ năng số.")
    part_of: Id | None = Field(None, description="Nhóm chính chứa nhóm này.")
    icon: Icon | None = Field(None, description="Tên biểu tượng.")
    start: Words | None = Field(None, description="Một câu: người trong nhóm này nên bắt đầu từ đâu.")


class Indicator(Record):
    """What a target measures: one measure, in one group of people."""

    id: Id = Field(description="Mã của chỉ số.")
    name: Words = Field(description="Tên đầy đủ của chỉ số.")
    short: Words = Field(description="Tên ngắn, dùng trong bảng và biểu đồ.")
    group: Id = Field(description="Nhóm người được tính.")
    measure: Id = Field(description="Cách đo.")
    canonical: Flag = Field(False, description="true cho năm chỉ số chung mà các tỉnh cùng dùng.")
    definition: Words = Field(description="Tử số và mẫu số là gì, nói bằng lời thường.")
    source: Source | None = Field(None, description="Nơi định nghĩa chỉ số.")
