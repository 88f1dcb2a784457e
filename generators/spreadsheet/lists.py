"""Owns the smaller sheets of the form: counts of outreach models, parts of a figure, corrections, the English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from generators.render.workbook import Rule, Sheet
from generators.spreadsheet import layout
from generators.spreadsheet.drawing import Row, head_row, heading, input_cell, rule, sheet
from generators.spreadsheet.english import TEXT_NAMES, placed_words
from generators.spreadsheet.layout import Column
from generators.spreadsheet.rows import FormOf, FormRow, model_rows, state_words
from generators.spreadsheet.values import day_cell, percent_cell

_SPARE_LINES = 20


def models_sheet(form: FormOf) -> Iterator[Sheet]:
    """Gives the sheet of counts by outreach model, where the plan or the report has any."""
    lines = model_rows(form.site, form.plan, form.period, form.report)
    said = {(one.model, one.measure): one for one in form.report.models} if form.report else {}
    states = state_words(form.site)
    rows = []
    for line in lines:
        values: dict[str, Any] = {"key": line.key, "name": line.name, "measure": line.counted, "unit": line.unit}
        values["before"] = line.before or form.site.phrase("ui-no-data", "vi")
        if one := said.get((line.model, line.measure)):
            values |= {"value": one.value, "of": one.of, "state": states[one.state]}
            values["note"] = one.note.vi if one.note else None
        rows.append(values)
    if rows:
        yield _table(form, layout.MODELS_SHEET, "Số đếm theo mô hình", layout.MODELS, rows, tuple(states.values()))


def parts_sheet(form: FormOf, lines: Sequence[FormRow], options: str) -> Iterator[Sheet]:
    """Gives the sheet of the parts that add up to a figure, where the plan has targets."""
    labels = _labels(lines)
    rows: list[dict[str, Any]] = [
        {"target": labels[reading.target], "name": part.name.vi, "reached": part.reached, "of": part.of}
        for reading in (form.report.readings if form.report else ())
        for part in reading.parts
    ]
    if labels:
        title = "Con số chia theo thôn, trường hoặc nhóm (không bắt buộc)"
        yield _table(form, layout.PARTS_SHEET, title, layout.PARTS, [*rows, *_spare()], options)


def corrections_sheet(form: FormOf, lines: Sequence[FormRow], options: str) -> Iterator[Sheet]:
    """Gives the sheet of corrections, only where a report is there that may be corrected."""
    if form.report is None or not form.report.readings:
        return
    labels = _labels(lines)
    rows: list[dict[str, Any]] = [
        {
            "target": labels[reading.target],
            "date": day_cell(one.date),
            "reached": one.reached,
            "of": one.of,
            "percent": None if one.percent is None else percent_cell(one.percent),
            "reason": one.reason.vi,
        }
        for reading in form.report.readings
        for one in reading.corrections
    ]
    title = "Sửa số đã đăng: ghi con số CŨ ở đây, con số mới ở Phụ lục II"
    yield _table(form, layout.CORRECTIONS_SHEET, title, layout.CORRECTIONS, [*rows, *_spare()], options)


def english_sheet(form: FormOf, lines: Sequence[FormRow]) -> Iterator[Sheet]:
    """Gives the sheet of translations, where the report has any text."""
    names = {line.key: line.number for line in lines}
    names |= {row.key: row.counted for row in model_rows(form.site, form.plan, form.period, form.report)}
    rows: list[dict[str, Any]] = [
        {
            "key": one.place,
            "where": f"{names[one.key]} · {TEXT_NAMES[one.field]}" if one.key else TEXT_NAMES[one.field],
            "vi": one.words.vi,
            "en": one.words.en,
        }
        for one in (placed_words(form.report) if form.report else ())
    ]
    if rows:
        yield _table(form, layout.ENGLISH_SHEET, "Bản tiếng Anh (không bắt buộc)", layout.ENGLISH, rows, ())


def _labels(lines: Iterable[FormRow]) -> dict[str, str]:
    return {line.id: line.label for line in lines if line.kind == "target"}


def _spare() -> list[dict[str, Any]]:
    return [{} for _ in range(_SPARE_LINES)]


def _table(
    form: FormOf,
    name: str,
    title: str,
    columns: Sequence[Column],
    values: Sequence[dict[str, Any]],
    options: tuple[str, ...] | str,
) -> Sheet:
    rows: list[Row] = [*heading(form, title, columns), head_row(columns)]
    head = len(rows)
    rows += [tuple(input_cell(column, one.get(column.id)) for column in columns) for one in values]
    rules = tuple(_rules(columns, head + 1, len(rows), options))
    return sheet(name, columns, rows, rules, head=(head, head), freeze=f"A{head + 1}")


def _rules(columns: Sequence[Column], first: int, last: int, options: tuple[str, ...] | str) -> Iterator[Rule]:
    for number, column in enumerate(columns, 1):
        if column.is_input:
            letter = get_column_letter(number)
            chosen = options if column.kind == "choice" else ()
            yield rule(f"{letter}{first}:{letter}{last}", column.kind, column.header, column.hint, chosen)
