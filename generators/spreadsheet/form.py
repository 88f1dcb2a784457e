"""Owns the form as a file: its sheets with everything known filled in, made so that little can be typed wrong.

A form for a period that has a report already holds all of that report, and taking it back gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from generators import limits
from generators.render.workbook import Cell, Rule, Sheet, fits, workbook_bytes
from generators.scaffold.report import report_mark
from generators.schema.progress import ProgressReport
from generators.spreadsheet import layout, look
from generators.spreadsheet.annex import annex_sheet
from generators.spreadsheet.drawing import Row, head_row, heading, rule, sheet
from generators.spreadsheet.english import placed_words
from generators.spreadsheet.guide import guide_sheet
from generators.spreadsheet.lists import corrections_sheet, english_sheet, models_sheet, parts_sheet
from generators.spreadsheet.rows import FormOf, FormRow, report_rows
from generators.spreadsheet.values import day_cell, evidence_cell


def form_name(form: FormOf) -> str:
    """Gives the name of the form's file: ``bieu-xa-mau-2026-q4.xlsx``."""
    return f"bieu-{form.plan.unit}-{form.period.id}.xlsx"


def too_long(form: FormOf) -> str:
    """Gives where the report has a text that is longer than a cell may be; nothing where all of it fits."""
    return next((place for place, text in _texts(form.report) if len(text) > limits.CELL_LENGTH or not fits(text)), "")


def _texts(report: ProgressReport | None) -> Iterator[tuple[str, str]]:
    if report is None:
        return
    yield "source", report.source.document
    for one in placed_words(report):
        yield from ((one.place, text) for text in (one.words.vi, one.words.en) if text)
    yield from ((f"{one.target}:evidence", evidence_cell(one.evidence)) for one in report.readings)
    yield from ((f"{one.task}:evidence", evidence_cell(one.evidence)) for one in report.tasks)


def form_bytes(form: FormOf) -> bytes:
    """Gives the form as an .xlsx file. The same data gives the same bytes."""
    lines = report_rows(form.site, form.plan, form.period)
    targets = [line for line in lines if line.kind == "target"]
    options = f"{layout.HIDDEN_SHEET}!$D$1:$D${max(len(targets), 1)}"
    sheets = (
        guide_sheet(form),
        _general_sheet(form),
        annex_sheet(form, lines),
        *models_sheet(form),
        *parts_sheet(form, lines, options),
        *corrections_sheet(form, lines, options),
        *english_sheet(form, lines),
    )
    names = [sheet.name for sheet in sheets]
    return workbook_bytes(
        (*sheets, _hidden_sheet(form, targets, names)), f"Biểu báo cáo {form.period_name}, {form.unit_name}"
    )


def _general_sheet(form: FormOf) -> Sheet:
    rows = [*heading(form, "Thông tin chung của báo cáo", layout.GENERAL), head_row(layout.GENERAL)]
    head = len(rows)
    values = _general_values(form)
    rules: list[Rule] = []
    for field in layout.GENERAL_FIELDS:
        style = replace(look.INPUTS.get(field.kind, look.LABEL), align="left")
        labels = Cell(field.key, look.LABEL), Cell(field.label, look.GROUP)
        rows.append((*labels, Cell(values.get(field.key), style), Cell(field.hint, look.HINT)))
        if field.kind != "label":
            options = (layout.DRAFT, layout.OFFICIAL) if field.kind == "choice" else ()
            rules.append(rule(f"C{len(rows)}", field.kind, field.label, field.hint, options))
    return sheet(layout.GENERAL_SHEET, layout.GENERAL, rows, rules, head=(head, head), freeze=f"A{head + 1}")


def _general_values(form: FormOf) -> dict[str, Any]:
    unit = form.site.dataset.units[form.plan.unit]
    values: dict[str, Any] = {"unit": form.unit_name, "plan": form.plan.title.vi, "period": form.period_name}
    report = form.report
    if report is None:
        document = f"Báo cáo {form.period_name} của {unit.called.vi}"
        return values | {"draft": layout.DRAFT, "document": document}
    texts = {name: getattr(report, name) for name in ("summary", "difficulties", "proposals")}
    return values | {
        "draft": layout.DRAFT if report.draft else layout.OFFICIAL,
        "reported_on": day_cell(report.reported_on),
        "document": report.source.document,
        "source_date": day_cell(report.source.date),
        "source_url": report.source.url,
        **{name: words.vi for name, words in texts.items() if words},
    }


def _hidden_sheet(form: FormOf, targets: Sequence[FormRow], names: Sequence[str]) -> Sheet:
    """What the program needs to know about the form, and the list behind the drop-downs of targets."""
    names_plan = form.report.plan is not None if form.report else form.name_plan
    facts = {
        "form": layout.FORM,
        "version": layout.VERSION,
        "unit": form.plan.unit,
        "plan": form.plan.id,
        "period": form.period.id,
        "names-plan": "yes" if names_plan else "no",
        "basis": report_mark(form.report) if form.report else "",
        "sheets": layout.BETWEEN_NAMES.join(names),
    }
    rows: list[Row] = []
    for fact, target in zip_longest(facts.items(), targets):
        name, value = fact or (None, None)
        rows.append((Cell(name), Cell(value), Cell(), Cell(target.label if target else None)))
    return Sheet(layout.HIDDEN_SHEET, (16, 40, 4, 60), tuple(rows), hidden=True)
