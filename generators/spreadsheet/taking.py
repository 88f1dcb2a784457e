"""Owns how a filled form becomes a report: what concerns the whole, and what the sheets give together.

All that cannot be taken is complained of at once, each with its cell. Where each value stood is remembered, so that a
rule which the report breaks later is shown where it was typed. The lines of each sheet are read by ``desk``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from generators.problems import Place, Problems, catalogue
from generators.scaffold.writing import id_of
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport, ReportingPeriod, read_period
from generators.schema.scalars import shown
from generators.site import Site
from generators.spreadsheet import layout
from generators.spreadsheet.desk import Desk, Loc
from generators.spreadsheet.layout import GeneralField
from generators.spreadsheet.lines import take_corrections, take_models, take_parts, take_table
from generators.spreadsheet.opening import Grid, open_workbook, place
from generators.spreadsheet.rows import FormRow, report_rows
from generators.spreadsheet.tables import Line

_DRAFT_WORDS = {"true": layout.DRAFT, "false": layout.OFFICIAL}
_KEYS: dict[str | int, Callable[[Any], str]] = {
    "readings": lambda one: f"target:{one.target}",
    "tasks": lambda one: f"task:{one.task}",
    "models": lambda one: f"{one.model}/{one.measure}",
}
_NEEDED = frozenset({"reported_on", "document", "source_date"})


@dataclass(frozen=True, slots=True)
class TakenForm:
    """A report as a form says it, its plan, the sign of the report that the form was filled with, if any (``basis``).

    ``places`` are the cells by where their values stand in the record.
    """

    plan: Plan
    report: ProgressReport
    basis: str
    places: Mapping[Loc, Place]

    def saying(self, report: ProgressReport) -> TakenForm:
        """Gives the same form with the report as it will be written."""
        return replace(self, report=report)

    def place(self, loc: Loc) -> Place:
        """Gives the cell of a value, or of the nearest thing that it is part of.

        What is listed is found by its key, as the report may be told in another order than the form's.
        """
        if len(loc) > 1 and isinstance(loc[1], int) and loc[0] in _KEYS:
            loc = (_KEYS[loc[0]](getattr(self.report, str(loc[0]))[loc[1]]), *loc[2:])
        return _nearest(self.places, loc)


def take_form(site: Site, data: bytes, path: str, problems: Problems) -> TakenForm | None:
    """Gives what a filled form says, or ``None`` with every reason why it cannot be taken.

    ``data`` are the bytes of the file, ``path`` its name in complaints. Never raises, whatever the bytes are.
    """
    grids = open_workbook(data, path, problems)
    facts = _facts(grids, path, problems) if grids is not None else None
    if grids is None or facts is None:
        return None
    plan = site.dataset.plans.get(facts.get("plan", ""))
    period = _period(facts.get("period", ""))
    if period is None:
        problems.add(path, (1, 1), "sheet-foreign")
        return None
    if plan is None or plan.unit != facts.get("unit"):
        problems.add(path, (1, 1), "sheet-plan-gone", found=facts.get("plan", ""), unit=facts.get("unit", ""))
        return None
    desk = Desk(site, path, problems, grids)
    value = _taken(desk, plan, period, names_plan=facts.get("names-plan") == "yes")
    if problems.errors:
        return None
    report = _record(desk, value)
    return None if report is None else TakenForm(plan, report, facts.get("basis", ""), desk.places)


def _facts(grids: Mapping[str, Grid], path: str, problems: Problems) -> dict[str, str] | None:
    """Gives what the form knows of itself, or ``None`` with a problem for a spreadsheet that is no form of ours."""
    hidden = grids.get(layout.HIDDEN_SHEET)
    rows = hidden.rows.values() if hidden else ()
    facts = {str(row[1].value): str(row[2].value) for row in rows if 1 in row and 2 in row}
    if facts.get("form") != layout.FORM:
        problems.add(path, (1, 1), "sheet-foreign")
        return None
    if facts.get("version") != layout.VERSION:
        problems.add(path, (1, 1), "sheet-version", found=facts.get("version", ""), known=layout.VERSION)
        return None
    names = {id_of(name) for name in grids}
    missing = [name for name in facts.get("sheets", "").split(layout.BETWEEN_NAMES) if id_of(name) not in names]
    for name in missing:
        problems.add(path, (1, 1), "sheet-missing", found=name)
    return None if missing else facts


def _period(text: str) -> ReportingPeriod | None:
    try:
        return read_period(text)
    except ValueError:
        return None


def _taken(desk: Desk, plan: Plan, period: ReportingPeriod, *, names_plan: bool) -> dict[str, Any]:
    """Gives the report as a data file would hold it; targets, tasks and models in the order of the plan."""
    for line in desk.lines(layout.ENGLISH_SHEET):
        desk.translations.add(line)
    value: dict[str, Any] = {"unit": plan.unit, "period": period.id}
    if names_plan:
        value["plan"] = plan.id
    _take_general(desk, value)
    rows = report_rows(desk.site, plan, period)
    said = take_table(desk, rows)
    take_parts(desk, rows, said)
    take_corrections(desk, rows, said)
    value["readings"] = _in_order(desk, "readings", rows, "target", said)
    value["tasks"] = _in_order(desk, "tasks", rows, "task", said)
    value["models"] = take_models(desk)
    desk.translations.note_unused()
    desk.note_other_sheets()
    return value


def _in_order(
    desk: Desk, name: str, rows: tuple[FormRow, ...], kind: str, said: Mapping[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Gives what is said line by line in the plan's order, and moves the places along."""
    keys = [row.key for row in rows if row.kind == kind and row.key in said]
    for index, key in enumerate(keys):
        for loc in [loc for loc in desk.places if loc[0] == key]:
            desk.places[name, index, *loc[1:]] = desk.places[loc]
    return [said[key] for key in keys]


def _take_general(desk: Desk, value: dict[str, Any]) -> None:
    lines = desk.lines(layout.GENERAL_SHEET)
    if not lines:
        return  # its headings were complained of
    for field in layout.GENERAL_FIELDS:
        if field.kind == "label":
            continue
        line = _line_of(lines, field)
        if line is None:
            if field.key in _NEEDED:
                desk.complain(place(layout.GENERAL_SHEET, 1, 1), "sheet-row-missing", found=field.label)
            continue
        desk.places[field.loc] = line.place("value")
        words = _DRAFT_WORDS if field.kind == "choice" else None
        found = desk.read(line.cells.get("value"), field.kind, words)
        if found is not None:
            _put(desk, value, field, found)
        elif field.key in _NEEDED and "value" not in line.cells:
            desk.complain(line.place("value"), "text-empty")


def _line_of(lines: list[Line], field: GeneralField) -> Line | None:
    """Gives the line of a field, by its key or, where that was lost, by its label."""

    def says(line: Line, column: str, text: str) -> bool:
        return column in line.cells and id_of(str(line.cells[column].value)) == id_of(text)

    by_key = (line for line in lines if says(line, "key", field.key))
    by_label = (line for line in lines if says(line, "label", field.label))
    return next(by_key, None) or next(by_label, None)


def _put(desk: Desk, value: dict[str, Any], field: GeneralField, found: str) -> None:
    if field.key == "draft":
        value["draft"] = found == "true"
    elif field.loc[0] == "source":
        value.setdefault("source", {})[field.loc[1]] = found
    elif field.kind == "text":
        value[field.key] = desk.translations.words(f":{field.key}", found)
    else:
        value[field.key] = found


def _record(desk: Desk, value: dict[str, Any]) -> ProgressReport | None:
    try:
        return ProgressReport.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            context = {name: str(text) for name, text in (detail.get("ctx") or {}).items()}
            known = detail["type"] in catalogue() and detail["type"] != "missing"
            values = context if known else {"found": shown(detail["input"])}
            desk.complain(_nearest(desk.places, detail["loc"]), detail["type"] if known else "value-wrong", **values)
        return None


def _nearest(places: Mapping[Loc, Place], loc: Loc) -> Place:
    while loc and loc not in places:
        loc = loc[:-1]
    return places[loc] if loc else place(layout.GENERAL_SHEET, 1, 1)
