"""Owns the records of organisations and of the administrative places that they stand in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from generators.problems import Language
from generators.schema.document import Source
from generators.schema.scalars import Day, Flag, HttpsUrl, Id, Record, Text, Words

UnitLevel = Literal["province", "province-office", "department", "district", "commune", "sample"]


class Province(Record):
    """One of the 34 provinces and centrally run cities since 01/7/2025 (Nghị quyết 202/2025/QH15)."""

    id: Id = Field(description="Mã ASCII của tỉnh, ví dụ: nghe-an.")
    code: Text = Field(description="Mã số chính thức, hai chữ số.")
    name: Words = Field(description="Tên đầy đủ, ví dụ: Tỉnh Nghệ An.")


class Unit(Record):
    """An organisation that issues plans or reports progress."""

    id: Id = Field(description="Mã của đơn vị; bằng tên tệp.")
    name: Words = Field(description="Tên đầy đủ của đơn vị.")
    short: Words | None = Field(None, description="Tên gọn, dùng trong bảng.")
    level: UnitLevel = Field(description="Cấp của đơn vị.")
    province: Id | None = Field(None, description="Tỉnh của đơn vị (mã trong data/provinces.yml).")
    code: Text | None = Field(None, description="Mã đơn vị hành chính chính thức, nếu có.")
    parent: Id | None = Field(None, description="Đơn vị cấp trên trực tiếp, nếu có trang riêng.")
    abolished_on: Day | None = Field(None, description="Ngày đơn vị thôi hoạt động.")
    succeeded_by: tuple[Id, ...] = Field((), description="Các đơn vị kế tiếp.")
    website: HttpsUrl | None = Field(None, description="Trang thông tin điện tử chính thức.")
    platform: HttpsUrl | None = Field(None, description="Nền tảng học riêng của đơn vị, ngoài nền tảng quốc gia.")
    sample: Flag = Field(False, description="true chỉ dành cho đơn vị minh họa.")
    note: Words | None = Field(None, description="Điều người đọc cần biết thêm về đơn vị.")
    sources: tuple[Source, ...] = Field((), description="Nguồn của mã và của tình trạng đơn vị.")

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that its pages and files stand in: English where its name has English."""
        return self.name.languages

    def stands_on(self, day: date) -> bool:
        """True unless the unit has been abolished by that day."""
        return self.abolished_on is None or self.abolished_on > day

    @property
    def called(self) -> Words:
        """The name that lists, tables and links call it by."""
        return self.short or self.name
