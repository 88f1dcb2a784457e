"""Owns how the English of a report travels in the form: beside the Vietnamese that it translates, by its place.

A translation belongs to the words that it was made from. Where the Vietnamese was changed in the form, the old English
no longer says the same and is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generators.schema.progress import ProgressReport
from generators.schema.scalars import Words

TEXT_NAMES = {
    "summary": "Nói gọn cả kỳ",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Đề xuất, kiến nghị",
    "done": "Công tác triển khai, phối hợp",
    "why_lower": "Vì sao thấp hơn kỳ trước",
    "assessment": "Đánh giá",
    "evidence": "Tài liệu minh chứng",
    "parts": "Tên phần",
    "corrections": "Vì sao sửa",
    "note": "Ghi chú",
}
_SAID = ("done", "why_lower", "assessment", "difficulties", "proposals")


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """A text of a report and where it stands: the key of its line (empty for the whole report) and its field."""

    key: str
    field: str
    words: Words

    @property
    def place(self) -> str:
        """The place as one text, which the form keeps."""
        return f"{self.key}:{self.field}"


def placed_words(report: ProgressReport) -> Iterator[PlacedWords]:
    """Gives every text of a report that may have an English, in the order of the record."""
    for field in ("summary", "difficulties", "proposals"):
        yield from _one("", field, getattr(report, field))
    for reading in report.readings:
        key = f"target:{reading.target}"
        for field in _SAID:
            yield from _one(key, field, getattr(reading, field))
        yield from (PlacedWords(key, "evidence", one.text) for one in reading.evidence)
        yield from (PlacedWords(key, "parts", one.name) for one in reading.parts)
        yield from (PlacedWords(key, "corrections", one.reason) for one in reading.corrections)
    for task in report.tasks:
        key = f"task:{task.task}"
        for field in _SAID:
            yield from _one(key, field, getattr(task, field, None))
        yield from (PlacedWords(key, "evidence", one.text) for one in task.evidence)
    for counted in report.models:
        yield from _one(f"{counted.model}/{counted.measure}", "note", counted.note)


def _one(key: str, field: str, words: Words | None) -> Iterator[PlacedWords]:
    if words is not None:
        yield PlacedWords(key, field, words)
