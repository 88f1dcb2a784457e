"""Owns the record of an address that moved: what stood there is found somewhere else now."""

from __future__ import annotations

from pydantic import Field

from generators.schema.scalars import Address, Record


class MovedAddress(Record):
    """An old address, and the one that took its place. Servers send whoever asks for the old one to the new one."""

    old: Address = Field(description="Địa chỉ cũ, không có tên miền, như /ke-hoach/xa-cu-2025/.")
    new: Address = Field(description="Địa chỉ mới của nội dung ấy, phải đang có trên trang.")

    @property
    def id(self) -> str:
        """What tells one entry from another: an old address leads to one place."""
        return self.old
