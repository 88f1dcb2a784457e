"""Owns how typed rows become open data: CSV cells, JSON records and the JSON Schema that describes both.

A column is described once; the cells, the values and the schema follow from it. Missing is ``null`` in JSON and an
empty cell in CSV, never 0. Knows no campaign rule: a row is a tuple of plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic_core import to_json

from generators.problems import Language
from generators.render.tables import csv_bytes
from generators.text import LooseDate

Kind = Literal["id", "text", "whole", "number", "flag", "day", "moment", "loose-day", "url", "list"]
Value = str | int | Decimal | date | LooseDate | Sequence[str] | None
Row = tuple[Value, ...]

LIST_SEPARATOR = "; "

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}"
_ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_SCHEMAS: Mapping[Kind, Mapping[str, object]] = {
    "id": _ID,
    "text": {"type": "string", "minLength": 1},
    "whole": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "moment": {"type": "string", "pattern": f"^{_DAY}(T{_TIME})?$"},
    "loose-day": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
    "url": {"type": "string", "format": "uri"},
    "list": {"type": "array", "items": {"type": "string", "minLength": 1}},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the kind of its values, and what it means in each language.

    ``optional`` columns may be ``null``; ``choices`` are the only values that a column of codes can have.
    """

    name: str
    kind: Kind
    about: Mapping[Language, str]
    optional: bool = False
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        """Gives the JSON Schema of one value of this column."""
        schema = dict(_SCHEMAS[self.kind])
        choices: list[str | None] = list(self.choices)
        if choices:
            schema.pop("pattern", None)
            schema["enum"] = [*choices, None] if self.optional else choices
        if self.optional:
            schema["type"] = [schema["type"], "null"]
        schema["description"] = " / ".join(self.about.values())
        return schema


def record_schema(columns: Sequence[Column], title: str, description: str) -> dict[str, object]:
    """Gives the JSON Schema of one record: every column is always there, and no other key is."""
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": {column.name: column.schema() for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document: the records under ``key``, or the single record when it is not ``many``.

    The records may have ``parts`` of their own: then each says once what all records inside it share.
    """

    key: str
    schema: str
    columns: tuple[Column, ...]
    many: bool = True
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """A row whose record has parts; ``rows`` holds each part's rows by its key."""

    row: Row
    rows: Mapping[str, Sequence[Row]]


def document_schema(head: Sequence[Column], parts: Sequence[Part], title: str, description: str) -> dict[str, object]:
    """Gives the JSON Schema of a document: its head's values, then its parts by reference to their own schemas."""
    schema = record_schema(head, title, description)
    references: dict[str, dict[str, object]] = {
        part.key: {"$ref": f"#/components/schemas/{part.schema}"} for part in parts
    }
    properties = {
        part.key: {"type": "array", "items": references[part.key]} if part.many else references[part.key]
        for part in parts
    }
    columns = {column.name: column.schema() for column in head}
    return {**schema, "properties": {**columns, **properties}, "required": [*columns, *properties]}


def document(
    head: Sequence[Column], row: Row, parts: Sequence[Part], rows: Mapping[str, Sequence[Row | Nested]]
) -> dict[str, object]:
    """Gives a document by the same description as its schema; ``rows`` holds each part's rows by its key."""
    found = record(head, row)
    for part in parts:
        records = [_part_record(part, one) for one in rows[part.key]]
        found[part.key] = records if part.many else records[0]
    return found


def _part_record(part: Part, row: Row | Nested) -> dict[str, object]:
    if isinstance(row, Nested):
        return document(part.columns, row.row, part.parts, row.rows)
    return record(part.columns, row)


def record(columns: Sequence[Column], row: Row) -> dict[str, object]:
    """Gives a row as a JSON object, its keys in the order of the columns."""
    return {
        column.name: value if type(value) in _SAID_ALIKE else _json_value(value)
        for column, value in zip(columns, row, strict=True)
    }


def records_json(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """Gives the rows as a JSON list of flat records, a line each, so that programs and eyes both follow it."""
    return f"{_list_json([record(columns, row) for row in rows])}\n"


def records_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Gives the rows as a CSV file with the same columns and values as the JSON."""
    return csv_bytes([column.name for column in columns], ([_cell(value) for value in row] for row in rows))


def document_json(document: Mapping[str, object]) -> str:
    """Gives a document of several parts as JSON, its keys in the order given: a line for each value and each record."""
    members = [
        f"{_written(key)}:{_list_json(value) if isinstance(value, list) else _written(value)}"
        for key, value in document.items()
    ]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _list_json(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(map(_written, values)) + "\n]" if values else "[]"


def _written(value: object) -> str:
    """Gives a value as JSON in one line, as ``json.dumps`` does without spaces and escapes; in a third of its time."""
    return to_json(value).decode()


_SAID_ALIKE = frozenset({str, int, bool, type(None)})  # in Python and in JSON


def _json_value(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, LooseDate):
        return value.iso
    return value if isinstance(value, (int, str)) or value is None else list(value)


def _cell(value: Value) -> str | None:
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.iso if isinstance(value, LooseDate) else LIST_SEPARATOR.join(value)
