"""Owns the record of a link banner: what it says and where it leads. Its sizes and its look are no matter of data."""

from __future__ import annotations

from pydantic import Field

from generators.schema.scalars import HttpsUrl, Id, Record, Words


class BannerLink(Record):
    """A banner that other sites may hang up; it leads to one official place to learn."""

    id: Id = Field(description="Mã của banner, nằm trong tên tệp ảnh; đã đăng rồi thì không đổi nữa.")
    target: HttpsUrl = Field(description="Dẫn tới đâu; chỉ tên miền chính thức trong data/campaign.yml.")
    unit: Id | None = Field(None, description="Đơn vị có nền tảng này, nếu là nền tảng riêng (mã trong data/units).")
    name: Words = Field(description="Tên banner, dùng trên trang.")
    headline: Words = Field(description="Dòng chữ lớn, vài chữ.")
    line: Words = Field(description="Dòng chữ nhỏ, một câu ngắn.")
    action: Words = Field(description="Chữ trên nút, một hai chữ.")
