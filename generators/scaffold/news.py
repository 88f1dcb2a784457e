"""Owns what the file of a new news item holds. It is a draft until its ``draft`` line is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generators.dataset.news import NEWS_FOLDER
from generators.scaffold.writing import NewFile, ids, optional_keys, scalar, whole, words
from generators.schema.news import NewsMeta
from generators.text import format_date


def news_file(
    item_id: str,
    title: str,
    summary: str,
    day: date,
    *,
    units: Sequence[str] = (),
    models: Sequence[str] = (),
    topics: Sequence[str] = (),
    source: str = "",
) -> NewFile:
    """Gives the Markdown file of an item, in the folder of its month."""
    lines = _lines(item_id, title, summary, day, {"topics": topics, "units": units, "models": models}, source)
    return NewFile(f"{NEWS_FOLDER}/{day:%Y/%m}/{item_id}.md", whole(lines))


def _lines(
    item_id: str, title: str, summary: str, day: date, lists: dict[str, Sequence[str]], source: str
) -> Iterator[str]:
    written = {"id", "draft", "title", "date", "summary"}
    yield "---"
    yield "# Viết xong thì xóa dòng draft, rồi gõ: campaign check. Chưa xóa thì tin chưa lên trang."
    yield "draft: true"
    yield f"id: {scalar(item_id)}  # không bao giờ đổi"
    yield f"title: {scalar(title)}"
    yield f"date: {format_date(day, 'vi')}"
    yield f"summary: {scalar(summary)}"
    for key, names in lists.items():
        if names:
            yield f"{key}: {ids(names)}"
            written.add(key)
    if source:
        yield "source:"
        yield f"  name: {words(source)}"
        written.add("source")
    yield from optional_keys(NewsMeta, written)
    yield "---"
    yield ""
    yield "<!-- Xóa dòng này và viết tin ở đây: ai, làm gì, ở đâu, bao giờ, người dân được gì. Câu ngắn, chữ quen. -->"
