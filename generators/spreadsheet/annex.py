"""Owns the main sheet of the form: the table of Phụ lục II, a line for each target and each task of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from generators.render.workbook import Cell, Rule, Sheet
from generators.schema.progress import ProgressReport, TargetReading, TaskReport
from generators.spreadsheet import look
from generators.spreadsheet.drawing import Row, heading, input_cell, rule, sheet
from generators.spreadsheet.layout import REPORT, REPORT_SHEET, TARGET_ONLY, Column
from generators.spreadsheet.rows import FormOf, FormRow, state_words, status_words
from generators.spreadsheet.values import evidence_cell, percent_cell

_TITLE = "Báo cáo kết quả thực hiện các chỉ tiêu, nhiệm vụ"
_CENTRED = frozenset({"number", "when", "goal", "before"})


def annex_sheet(form: FormOf, lines: Sequence[FormRow]) -> Sheet:
    """Gives the sheet, with what the report says where there is one."""
    rows = heading(form, _TITLE, REPORT)
    first = len(rows) + 1
    rows += _head_rows()
    said = _said(form)
    places: dict[str, list[int]] = {"target": [], "task": [], "share": []}
    for line in lines:
        rows.append(_row(line, said.get(line.key, {})))
        if line.kind != "group":
            places[line.kind].append(len(rows))
        if line.kind == "target" and not line.counts:
            places["share"].append(len(rows))
    return sheet(
        REPORT_SHEET,
        REPORT,
        rows,
        _rules(form, places),
        head=(first, first + 2),
        freeze=f"E{first + 3}",
        merges=tuple(_merges(first)),
        heights={first: 20, first + 1: 48},
    )


def _head_rows() -> list[Row]:
    """Two rows of headings, as the result is split, and the numbers of the columns of Phụ lục II."""
    shown: set[str] = set()
    upper = []
    for column in REPORT:
        text = column.group or column.header
        upper.append(Cell(None if text in shown else text, look.HEAD))
        shown.add(text)
    lower = (Cell(column.header if column.group else None, look.HEAD) for column in REPORT)
    numbers = (Cell(f"({column.number})" if column.number else None, look.NUMBERING) for column in REPORT)
    return [tuple(upper), tuple(lower), tuple(numbers)]


def _merges(first: int) -> Iterator[str]:
    grouped = [get_column_letter(place) for place, column in enumerate(REPORT, 1) if column.group]
    for place, column in enumerate(REPORT, 1):
        if not column.group:
            letter = get_column_letter(place)
            yield f"{letter}{first}:{letter}{first + 1}"
    yield from (f"{grouped[0]}{row}:{grouped[-1]}{row}" for row in (first, first + 2))


def _row(line: FormRow, said: Mapping[str, Any]) -> Row:
    labels = {"key": line.key, "measure": said.get("measure"), "number": line.number, "name": line.name}
    labels |= {"when": line.when, "goal": line.goal, "before": line.before}
    return tuple(_cell(column, line, labels, said) for column in REPORT)


def _cell(column: Column, line: FormRow, labels: Mapping[str, Any], said: Mapping[str, Any]) -> Cell:
    if line.kind == "group":
        return Cell(labels.get(column.id), look.GROUP_NUMBER if column.id == "number" else look.GROUP)
    if not column.is_input:
        return Cell(labels[column.id], look.CENTRED if column.id in _CENTRED else look.LABEL)
    unused = (line.kind == "task" and column.id in TARGET_ONLY) or (line.counts and column.id == "percent")
    if unused and said.get(column.id) is None:
        return Cell(None, look.DEAD)
    return input_cell(column, said.get(column.id))


def _rules(form: FormOf, places: Mapping[str, Sequence[int]]) -> Iterator[Rule]:
    for number, column in enumerate(REPORT, 1):
        if not column.is_input:
            continue
        letter = get_column_letter(number)
        if column.id == "state":
            for kind, words in (("target", state_words(form.site)), ("task", status_words(form.site))):
                yield from _rule(column, letter, places[kind], tuple(words.values()))
        elif column.id == "percent":
            yield from _rule(column, letter, places["share"])
        elif column.id in TARGET_ONLY:
            yield from _rule(column, letter, places["target"])
        else:
            yield from _rule(column, letter, (*places["target"], *places["task"]))


def _rule(column: Column, letter: str, rows: Sequence[int], options: tuple[str, ...] = ()) -> Iterator[Rule]:
    if rows:
        yield rule(_ranges(letter, rows), column.kind, column.header, column.hint, options)


def _ranges(letter: str, rows: Sequence[int]) -> str:
    """Gives the cells of some rows of a column, neighbours as one range."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return " ".join(f"{letter}{first}:{letter}{last}" for first, last in runs)


def _said(form: FormOf) -> dict[str, dict[str, Any]]:
    """Gives what the report says, by the key of the line and the id of the column."""
    report: ProgressReport | None = form.report
    if report is None:
        return {}
    states, statuses = state_words(form.site), status_words(form.site)
    return {
        **{f"target:{one.target}": _target_values(one, states[one.state]) for one in report.readings},
        **{f"task:{one.task}": _texts(one) | {"state": statuses[one.status]} for one in report.tasks},
    }


def _target_values(reading: TargetReading, state: str) -> dict[str, Any]:
    return _texts(reading) | {
        "measure": reading.measure,
        "reached": reading.reached,
        "of": reading.of,
        "percent": None if reading.percent is None else percent_cell(reading.percent),
        "state": state,
        "why_lower": reading.why_lower.vi if reading.why_lower else None,
    }


def _texts(said: TargetReading | TaskReport) -> dict[str, Any]:
    found = {name: getattr(said, name) for name in ("done", "assessment", "difficulties", "proposals")}
    texts: dict[str, Any] = {name: words.vi for name, words in found.items() if words}
    return texts | {"evidence": evidence_cell(said.evidence) or None}
