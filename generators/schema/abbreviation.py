"""Owns the record of an abbreviation that Vietnamese papers use and that people type when they search."""

from __future__ import annotations

from pydantic import Field

from generators.schema.scalars import Id, Record, Text, Words


class Abbreviation(Record):
    """A short form and what it stands for."""

    id: Id = Field(description="Mã, thường là chữ tắt viết thường không dấu.")
    short: Text = Field(description="Chữ tắt, đúng như người ta viết. Ví dụ: UBND.")
    name: Words = Field(description="Cụm từ đầy đủ, bằng hai ngôn ngữ.")
