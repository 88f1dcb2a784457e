"""Owns the record of an address elsewhere that the check of outside links passes over, and why."""

from __future__ import annotations

from pydantic import Field

from generators.schema.scalars import HttpsUrl, Record, Text


class LinkException(Record):
    """An address, or the beginning of several, that cannot be checked from outside."""

    address: HttpsUrl = Field(description="Địa chỉ, hoặc phần đầu chung của nhiều địa chỉ.")
    reason: Text = Field(description="Vì sao bỏ qua, ví dụ: trang chỉ mở sau khi đăng nhập.")

    @property
    def id(self) -> str:
        """What tells one entry from another."""
        return self.address
