"""Owns what the file of a new activity holds. It is a draft until its ``draft`` line is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generators.scaffold.writing import NewFile, optional_keys, scalar, schema_line, whole, words
from generators.schema.activity import Activity, ActivityKind
from generators.text import format_date


@dataclass(frozen=True, slots=True)
class NewActivity:
    """The values of an activity's file; ``starts`` and ``ends`` as an editor types them."""

    unit: str
    title: str
    summary: str
    kind: ActivityKind
    starts: str
    place: str
    announced: date
    source: str
    ends: str = ""
    online: str = ""


def activity_file(activity_id: str, activity: NewActivity) -> NewFile:
    """Gives the file of an activity. Without a place and a link it says that the place is not known yet."""
    return NewFile(f"data/activities/{activity_id}.yml", whole(_lines(activity)))


def _lines(activity: NewActivity) -> Iterator[str]:
    written = {"title", "summary", "unit", "kind", "starts", "status", "announced", "source", "draft"}
    yield schema_line("activity", 2)
    yield "# Xem lại rồi xóa dòng draft, gõ: campaign check. Chưa xóa thì hoạt động chưa lên trang."
    yield "draft: true"
    yield f"title: {words(activity.title)}"
    yield f"summary: {words(activity.summary)}"
    yield f"unit: {activity.unit}"
    yield f"kind: {activity.kind}"
    yield f"starts: {scalar(activity.starts)}"
    if activity.ends:
        yield f"ends: {scalar(activity.ends)}"
        written.add("ends")
    where = _where(activity)
    for key, value in where.items():
        yield f"{key}: {value}"
    yield "status: planned  # planned (dự kiến) hoặc confirmed (chắc chắn)"
    yield f"announced: {format_date(activity.announced, 'vi')}"
    yield "source:"
    yield f"  name: {words(activity.source)}"
    yield from optional_keys(Activity, written | set(where))


def _where(activity: NewActivity) -> dict[str, str]:
    found = {}
    if activity.place:
        found["place"] = f"{{name: {words(activity.place)}}}"
    if activity.online:
        found["online"] = f"{{url: {scalar(activity.online)}}}"
    return found or {"place_note": words("Chưa công bố địa điểm.", "The place has not been announced yet.")}
