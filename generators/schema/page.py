"""Owns the front matter of hand-written pages and of the Markdown that belongs to a record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generators.schema.scalars import Day, Id, Record, Text


class PageMeta(Record):
    """The front matter of a page under ``content/``."""

    title: Text = Field(description="Tên trang; cũng là tiêu đề lớn.")
    description: Text = Field(description="Một hai câu cho công cụ tìm kiếm và khi chia sẻ.")
    twin: Text | None = Field(None, description="Địa chỉ của trang này ở ngôn ngữ kia.")
    section: Text = Field("", description="Mục trong thanh điều hướng.")
    page_class: Id | None = Field(None, description="Kiểu trình bày riêng.")
    reviewed: Day | None = Field(None, description="Ngày xem lại gần nhất.")


class NarrativeMeta(Record):
    """The front matter of a Markdown file that tells a plan or a model in plain words."""

    record: Literal["plan", "model"] = Field(description="Loại bản ghi.")
    reviewed: Day | None = Field(None, description="Ngày xem lại gần nhất.")
