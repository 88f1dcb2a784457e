"""Owns the records of words: what a term means in plain language, and how writing is said aloud.

Knows neither where a term is shown nor how a page is read.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from generators.problems import Language
from generators.schema.scalars import Flag, Id, Record, Text, Words

TermKind = Literal["account", "service", "money", "safety", "movement", "plan"]
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)


class Term(Record):
    """A word of the pages that not everybody knows, and what it means in a sentence or two."""

    id: Id = Field(description="Mã của từ, dùng trong địa chỉ của lời giải thích.")
    kind: TermKind = Field(
        description="Nhóm: account (tài khoản), service (dịch vụ), money (tiền, buôn bán), safety (an toàn), "
        "movement (phong trào), plan (kế hoạch)."
    )
    name: Words = Field(description="Từ cần giải thích.")
    also_vi: tuple[Text, ...] = Field((), description="Cách viết khác của từ trong bài tiếng Việt.")
    also_en: tuple[Text, ...] = Field((), description="Cách viết khác của từ trong bài tiếng Anh.")
    text: Words = Field(description="Giải thích bằng lời dễ hiểu, một hai câu.")
    explain: Flag = Field(True, description="false: chỉ hiện ở trang giải thích, không gắn vào bài viết.")

    def forms(self, lang: Language) -> tuple[str, ...]:
        """Gives every way in which the term is written in texts of ``lang``; none where it has no name there."""
        if self.name.language(lang) != lang:
            return ()
        return (self.name.get(lang), *(self.also_en if lang == "en" else self.also_vi))


class SpokenForm(Record):
    """Something written that a voice would stumble over, and how it is said."""

    written: Text = Field(description="Chữ như trong bài, phân biệt chữ hoa, chữ thường.")
    spoken: Words = Field(description="Lời đọc thành tiếng.")


class SpokenPhrases(Record):
    """How dates and numbers are said. Names in braces are filled in by the reader of the page."""

    date: Words = Field(description="Ngày đủ năm: {day}, {month}, {month-name}, {year}.")
    day_month: Words = Field(description="Ngày không có năm: {day}, {month}, {month-name}.")
    month_year: Words = Field(description="Tháng của một năm: {month}, {month-name}, {year}.")
    percent: Words = Field(description="Phần trăm: {number}.")
    decimal: Words = Field(description="Số có phần lẻ: {whole}, {part}.")
    range: Words = Field(description="Từ số này đến số kia: {first}, {last}.")
    at_least: Words = Field(description="Dấu ≥: {number}.")
    dot: Words = Field(description="Dấu chấm trong địa chỉ trang mạng.")
    cell: Words = Field(description="Một ô của bảng: {column}, {value}.")


class Spoken(Record):
    """The rules by which a page is read aloud."""

    abbreviations: tuple[SpokenForm, ...] = Field(description="Chữ tắt và cách đọc.")
    phrases: SpokenPhrases = Field(description="Cách đọc ngày và số.")
    month_names: tuple[Words, ...] = Field(description="Tên mười hai tháng.", min_length=12, max_length=12)
