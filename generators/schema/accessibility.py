"""Owns the records of the accessibility statement: what is aimed at, what is known to fail, what the tests found.

The words are written by people (``data/accessibility.yml``); the findings by the test that looked at the pages
(``data/accessibility-results.yml``), so that the statement never claims more than was tested.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generators.schema.scalars import Day, Id, Record, Text, Whole, Words

SchemeName = Literal["light", "dark", "contrast"]


class KnownBarrier(Record):
    """Something that is known not to work for everybody."""

    id: Id = Field(description="Mã của điều này, dùng trong địa chỉ.")
    what: Words = Field(description="Điều gì chưa tốt, và với ai.")
    why: Words = Field(description="Vì sao chưa sửa được.")
    instead: Words = Field(description="Trong lúc chờ thì làm thế nào.")


class Control(Record):
    """A key or a button of the site and what it does."""

    name: Words = Field(description="Phím hoặc nút.")
    does: Words = Field(description="Bấm vào thì sao.")


class AccessibilityStatement(Record):
    """What the site says of its own accessibility."""

    reviewed: Day = Field(description="Ngày xem lại trang này gần nhất.")
    standard: Words = Field(description="Chuẩn mà trang hướng tới.")
    standard_notes: tuple[Words, ...] = Field((), description="Điều nói thêm về chuẩn.")
    methods: tuple[Words, ...] = Field(description="Cách thử, mỗi cách một câu.")
    barriers: tuple[KnownBarrier, ...] = Field(description="Điều chưa tốt đã biết.")
    keyboard: tuple[Control, ...] = Field(description="Dùng bằng bàn phím.")
    controls: tuple[Control, ...] = Field(description="Các nút giúp đọc.")
    screen_readers: tuple[Words, ...] = Field(description="Điều nên biết khi dùng phần mềm đọc màn hình.")
    report: tuple[Words, ...] = Field(description="Các bước báo chỗ khó dùng.")


class TestedPage(Record):
    """One kind of page and what the test found on it."""

    kind: Id = Field(description="Loại trang.")
    address: Text = Field(description="Trang đã thử.")
    checks: Whole = Field(description="Số lần thử: số bề rộng nhân số bảng màu.")
    violations: Whole = Field(description="Số lỗi tìm thấy.")


class OtherChecker(Record):
    """Another tool that looked at the pages, and what it found."""

    engine: Text = Field(description="Tên công cụ.")
    version: Text = Field(description="Phiên bản công cụ.")
    pages: Whole = Field(description="Số trang đã xem.")
    checks: Whole = Field(description="Số lần xem: số trang nhân số bề rộng.")
    violations: Whole = Field(description="Số lỗi tìm thấy.")


class AccessibilityResults(Record):
    """What the automatic test looked at and found. Written by the test, never by hand."""

    tested_on: Day = Field(description="Ngày thử.")
    engine: Text = Field(description="Tên công cụ.")
    version: Text = Field(description="Phiên bản công cụ.")
    widths: tuple[Whole, ...] = Field(description="Các bề rộng màn hình, tính bằng điểm ảnh.")
    schemes: tuple[SchemeName, ...] = Field(description="Các bảng màu.")
    pages: tuple[TestedPage, ...] = Field(description="Mỗi loại trang một dòng.")
    others: tuple[OtherChecker, ...] = Field((), description="Những công cụ khác cũng đã xem.")

    @property
    def checks(self) -> int:
        """How many times a page was looked at."""
        return sum(page.checks for page in self.pages)

    @property
    def violations(self) -> int:
        """How many faults were found in all."""
        return sum(page.violations for page in self.pages)
