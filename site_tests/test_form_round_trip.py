"""Holds the form to its promise: what a report says goes into the spreadsheet and comes back, every word and digit."""

from __future__ import annotations

import random
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generators.dataset import Dataset
from generators.derive import derive
from generators.limits import FIRST_YEAR, LAST_YEAR
from generators.pipeline import load_project
from generators.problems import Problems
from generators.scaffold.report import report_file, report_in
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport, read_period
from generators.site import Site
from generators.spreadsheet import layout
from generators.spreadsheet.form import form_bytes
from generators.spreadsheet.rows import FormOf
from generators.spreadsheet.taking import TakenForm, take_form
from generators.text import nfc
from site_tests.conftest import ROOT
from site_tests.filled_form import FilledForm
from site_tests.telling_problems import told

TODAY = date(2026, 11, 20)
PERIOD = read_period("2026-q3")
SILENT = ("not_reported", "not_applicable", "withheld")


DATASET, WHOLE_SITE, _ = load_project(ROOT, TODAY, "")


def small_site(dataset: Dataset) -> Site:
    """The project with a sample plan of a few lines, so that two hundred forms take seconds."""
    plan = dataset.plans["xa-mau-2025"]
    small = plan.model_copy(
        update={"targets": plan.targets[4:7], "tasks": plan.tasks[:2], "models": plan.models[:1]}
    )
    reports = tuple(report for report in dataset.reports if report.unit != plan.unit)
    chosen = replace(dataset, plans={**dataset.plans, plan.id: small}, reports=reports)
    return Site(chosen, derive(chosen, TODAY), TODAY, "")


SITE = small_site(DATASET)
PLAN: Plan = SITE.dataset.plans["xa-mau-2025"]

LETTERS = st.characters(exclude_categories=("C", "Z"), include_characters=" \u00a0", exclude_characters="⏎")
ODD = st.sampled_from([
    "=1+1", "+84", "-5", "@x", "'a", '"a" và "b', "a: b", "# a", "a|b", "a |", "| a", "https://a.vn/|", "12.345",
    "69,85%", "08/12/2025", "true", "null", "_x0041_", "_x005F_", "#N/A", "#DIV/0!", "một\nhai", "Một\n\nHai", "0",
    "-", "yes",
])  # fmt: skip
TEXT = (ODD | st.text(LETTERS, min_size=1, max_size=30).map(nfc)).filter(lambda text: bool(text.strip()))

WORDS = st.builds(lambda vi, en: {"vi": vi, "en": en} if en else {"vi": vi}, TEXT, st.none() | TEXT)
WHOLE = (st.integers(0, 2000) | st.integers(0, 10**15 - 1)).map(str)
PERCENT = st.sampled_from(["0%", "100%", "69,85%", "85,0%", "45,300%", "0,7%", "33,3333333333%"]) | st.integers(
    0, 10000
).map(lambda n: f"{n // 100},{n % 100:02}%")
DAY = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(lambda day: f"{day:%d/%m}/{day.year}")
URL = st.sampled_from(["https://a.vn", "https://a.vn/x?y=1|2&z=%20", "https://binhdanhocvuso.gov.vn/a,b"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


EVIDENCE = st.lists(st.fixed_dictionaries({"text": WORDS}, optional={"url": URL}), min_size=1, max_size=3)
SAID = {"done": WORDS, "assessment": WORDS, "difficulties": WORDS, "proposals": WORDS, "evidence": EVIDENCE}
PART = st.fixed_dictionaries({"name": WORDS, "reached": WHOLE}, optional={"of": WHOLE})
CORRECTION = st.fixed_dictionaries(
    {"date": DAY, "reason": WORDS}, optional={"reached": WHOLE, "of": WHOLE, "percent": PERCENT}
)
FIGURE = (
    st.fixed_dictionaries({"reached": WHOLE}, optional={"of": WHOLE, "percent": PERCENT})
    | st.fixed_dictionaries({"percent": PERCENT})
).flatmap(
    lambda figure: some(
        state=st.sampled_from(["final", "provisional", "estimated"]), parts=st.lists(PART, min_size=1, max_size=2)
    ).map(lambda more: figure | more)
)
NO_FIGURE = st.fixed_dictionaries({"state": st.sampled_from(SILENT)})
MORE = some(
    measure=st.just("skills"), why_lower=WORDS, corrections=st.lists(CORRECTION, min_size=1, max_size=2), **SAID
)
READING = st.builds(lambda figure, more: figure | more, FIGURE | NO_FIGURE, MORE)
TASK = st.fixed_dictionaries({"status": st.sampled_from(["not_started", "in_progress", "done"])}, optional=SAID)
COUNT = st.fixed_dictionaries(
    {"value": WHOLE},
    optional={"of": WHOLE, "state": st.sampled_from(["final", "provisional", "estimated"]), "note": WORDS},
) | st.fixed_dictionaries({"state": st.sampled_from(SILENT)}, optional={"of": WHOLE, "note": WORDS})
MODEL = SITE.dataset.models[PLAN.models[0].model]


def of_each(name: str, ids: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    chosen = st.fixed_dictionaries({}, optional=dict.fromkeys(ids, value))
    return chosen.map(lambda found: [{name: one, **found[one]} for one in ids if one in found])


@st.composite
def reports(draw: st.DrawFn) -> ProgressReport:
    """A report that says anything at all that a report can say."""
    counts = draw(of_each("measure", [measure.id for measure in MODEL.measures], COUNT))
    value: dict[str, Any] = {
        "unit": PLAN.unit,
        "period": PERIOD.id,
        "reported_on": draw(DAY),
        "source": draw(st.fixed_dictionaries({"document": TEXT, "date": DAY}, optional={"url": URL})),
        "readings": draw(of_each("target", [target.id for target in PLAN.targets], READING)),
        "tasks": draw(of_each("task", [task.id for task in PLAN.tasks], TASK)),
        "models": [{"model": MODEL.id, **one} for one in counts],
        **draw(some(plan=st.just(PLAN.id), draft=st.booleans(), summary=WORDS, difficulties=WORDS, proposals=WORDS)),
    }
    return ProgressReport.model_validate(value)


def taken(data: bytes) -> TakenForm:
    problems = Problems()
    found = take_form(SITE, data, "bieu.xlsx", problems)
    assert found is not None and not len(problems), told(problems)
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reports())
def test_a_report_comes_back_from_the_form_as_it_went_in(report: ProgressReport) -> None:
    """YAML → xlsx → YAML: the record is the same, and so the file's text; the next test looks at the second form."""
    text = report_file(SITE, PLAN, report).text
    assert report_in("report.yml", text) == report
    form = form_bytes(FormOf(SITE, PLAN, PERIOD, report, name_plan=False))
    back = taken(form).report
    assert back == report
    assert report_file(SITE, PLAN, back).text == text


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reports(), st.randoms(use_true_random=False))
def test_rows_and_columns_may_be_moved(report: ProgressReport, chance: random.Random) -> None:
    assume(not has_two_translations(report))  # in rows that were moved nobody can tell which of them belongs where
    first = form_bytes(FormOf(SITE, PLAN, PERIOD, report, name_plan=False))
    assert form_bytes(FormOf(SITE, PLAN, PERIOD, taken(first).report, name_plan=False)) == first
    form = FilledForm(first)
    for name in layout.SHEETS:
        if name in form.book.sheetnames:
            shuffle(form, name, chance)
    assert sorted_report(taken(form.bytes()).report) == sorted_report(report)


def has_two_translations(report: ProgressReport) -> bool:
    """True where the same Vietnamese stands twice in one list, with another English or none."""
    lists = [[one.text for one in said.evidence] for said in (*report.readings, *report.tasks)]
    for reading in report.readings:
        lists += [one.name for one in reading.parts], [one.reason for one in reading.corrections]
    return any(len({one.vi for one in words}) < len({(one.vi, one.en) for one in words}) for words in lists)


def shuffle(form: FilledForm, name: str, chance: random.Random) -> None:
    """Moves the columns and the rows below the headings, with empty rows in between."""
    sheet = form.sheet(name)
    columns = layout.SHEETS[name]
    header = form.header(name, columns[-1].header).row
    header += 1 if name == layout.REPORT_SHEET else 0
    order = list(range(1, len(columns) + 1))
    chance.shuffle(order)
    cells = {(cell.row, cell.column): (cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row}
    styles = {(cell.row, cell.column): cell.number_format for row in sheet.iter_rows() for cell in row}
    rows = list(range(header + 1, sheet.max_row + 1))
    below = [*rows, *(-1 for _ in range(5))]
    chance.shuffle(below)
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(merge.coord)
    sheet.delete_rows(1, sheet.max_row)
    for number, row in enumerate([*range(1, header + 1), *below], 1):
        for place, column in enumerate(order, 1):
            value, kind = cells.get((row, column), (None, "n"))
            if value is not None:
                cell = sheet.cell(number, place)
                cell.value, cell.data_type = value, kind
                cell.number_format = styles[row, column]


def sorted_report(report: ProgressReport) -> ProgressReport:
    """The report with its lists of parts and corrections in one order: rows that were moved are in another."""

    def ordered(name: str, reading: Any) -> tuple[Any, ...]:
        return tuple(sorted(getattr(reading, name), key=repr))

    readings = tuple(map(copy, report.readings))
    for reading in readings:
        for name in ("parts", "corrections"):
            object.__setattr__(reading, name, ordered(name, reading))
    return report.model_copy(update={"readings": readings})


@pytest.mark.parametrize("period", ["2025-q3", "2025-q4", "2025", "2026-q1", "2026-q3", "2026-10"])
def test_the_sample_s_own_reports_come_back_too(period: str) -> None:
    report = next(one for one in DATASET.reports if (one.unit, one.period.id) == ("xa-mau", period))
    plan = DATASET.plans["xa-mau-2025"]
    problems = Problems()
    form = form_bytes(FormOf(WHOLE_SITE, plan, report.period, report, name_plan=False))
    back = take_form(WHOLE_SITE, form, "bieu.xlsx", problems)
    assert back is not None and not len(problems)
    assert back.report.model_dump(exclude={"readings", "tasks", "models"}) == report.model_dump(
        exclude={"readings", "tasks", "models"}
    )
    for name in ("readings", "tasks", "models"):
        assert sorted(getattr(back.report, name), key=repr) == sorted(getattr(report, name), key=repr)
