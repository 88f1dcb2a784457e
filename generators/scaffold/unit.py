"""Owns what the file of a new unit holds."""

from __future__ import annotations

from collections.abc import Iterator

from generators.scaffold.writing import NewFile, optional_keys, scalar, schema_line, whole, words
from generators.schema.unit import Unit, UnitLevel


def unit_file(
    unit_id: str,
    name: str,
    level: UnitLevel,
    *,
    english: str = "",
    short: str = "",
    province: str = "",
    parent: str = "",
    code: str = "",
) -> NewFile:
    """Gives the file of a unit; what is empty stands in it as a comment."""
    lines = _lines(name, level, english, short, {"province": province, "parent": parent, "code": code})
    return NewFile(f"data/units/{unit_id}.yml", whole(lines))


def _lines(name: str, level: UnitLevel, english: str, short: str, more: dict[str, str]) -> Iterator[str]:
    yield schema_line("unit", 2)
    yield f"name: {words(name, english)}"
    written = {"name", "level"}
    if short:
        yield f"short: {words(short)}"
        written.add("short")
    yield f"level: {level}"
    if level == "sample":  # invented figures of a unit that nobody marks would be taken for real ones
        yield "sample: true"
        written.add("sample")
    for key, value in more.items():
        if value:
            yield f"{key}: {scalar(value)}"
            written.add(key)
    yield from optional_keys(Unit, written)
