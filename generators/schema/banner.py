"""Owns the record of a link banner: what it says and where it leads. Sizes and looks belong to ``outputs/banners.py``."""

from __future__ import annotations

from pydantic import Field

from generators.schema.scalars import HttpsUrl, Id, Record, Words


class BannerLink(Record):
    """A banner that other sites may hang up; it leads to one official platform."""

    id: Id = Field(description="Mã của banner, dùng trong tên tệp ảnh; không đổi nữa.")
    target: HttpsUrl | None = Field(
        None, description="Dẫn tới đâu. Để trống thì dẫn tới nền tảng của đơn vị ở “unit”, hoặc nền tảng quốc gia."
    )
    unit: Id | None = Field(None, description="Đơn vị có nền tảng học riêng mà banner dẫn tới (mã trong data/units).")
    name: Words = Field(description="Tên banner, dùng trên trang.")
    headline: Words = Field(description="Dòng chữ lớn, vài chữ.")
    line: Words = Field(description="Dòng chữ nhỏ, một câu ngắn.")
    action: Words = Field(description="Chữ trên nút, một hai chữ.")
