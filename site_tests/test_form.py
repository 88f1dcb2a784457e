"""Holds the form to what it is for: little can be typed wrong, and everything known stands in it already."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generators.adapters.cli import main
from generators.adapters.commands import form as form_command
from generators.adapters.commands import take
from generators.pipeline import load_project
from generators.schema.progress import read_period
from generators.schema.scalars import Words
from generators.spreadsheet import layout
from generators.spreadsheet.form import form_bytes, too_long
from generators.spreadsheet.layout import ENGLISH_SHEET, GENERAL_SHEET, GUIDE_SHEET, MODELS_SHEET, REPORT_SHEET
from generators.spreadsheet.rows import FormOf
from site_tests.conftest import ROOT
from site_tests.filled_form import FilledForm

TODAY = date(2026, 12, 10)
SAVED_BY_LIBREOFFICE = Path(__file__).parent / "fixtures/forms/saved-by-libreoffice.xlsx"

LOADED = load_project(ROOT, TODAY, "")


def form_of(plan: str, period: str) -> FormOf:
    dataset, site, _ = LOADED
    found = dataset.plans[plan]
    report = next((one for one in dataset.reports if (one.unit, one.period.id) == (found.unit, period)), None)
    return FormOf(site, found, read_period(period), report, name_plan=False)


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return load_workbook(io.BytesIO(form_bytes(form_of("xa-mau-2025", "2026-q4"))))


@pytest.fixture(scope="module")
def filled() -> FilledForm:
    return FilledForm(form_bytes(form_of("xa-mau-2025", "2026-q3")))


def rules_at(sheet: Worksheet, cell: str) -> list[DataValidation]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def test_the_nine_columns_stand_over_the_table(blank: Workbook) -> None:
    sheet = blank[REPORT_SHEET]
    numbers = next(row for row in sheet.iter_rows() if "(1)" in [cell.value for cell in row])
    assert [cell.value for cell in numbers if cell.value] == [f"({number})" for number in range(1, 10)]
    upper = [cell.value for cell in sheet[numbers[0].row - 2] if cell.value]
    assert upper[2:7] == [
        "STT", "Tên nhiệm vụ", "Thời gian thực hiện", "Chỉ tiêu", "Công tác triển khai, phối hợp",
    ]  # fmt: skip
    assert upper[7].startswith("Kết quả thực hiện") and upper[8:] == [
        "Đánh giá", "Khó khăn, vướng mắc", "Đề xuất, kiến nghị",
    ]  # fmt: skip
    assert sheet.freeze_panes == f"E{numbers[0].row + 1}"
    assert sheet.print_title_rows == f"${numbers[0].row - 2}:${numbers[0].row}"


def test_there_is_a_line_for_each_target_and_task_with_what_was_said_last(blank: Workbook) -> None:
    plan = LOADED[0].plans["xa-mau-2025"]
    form = FilledForm(form_bytes(form_of("xa-mau-2025", "2026-q4")))
    for target in plan.targets:
        assert form.cell(REPORT_SHEET, f"target:{target.id}", "STT").value.startswith("1,")
    for task in plan.tasks:
        assert form.cell(REPORT_SHEET, f"task:{task.id}", "Tên nhiệm vụ").value == task.text.vi
    assert form.cell(REPORT_SHEET, "target:officials-2026", "Kỳ trước").value == "43/46 (93,48%)\nTháng 10 năm 2026"
    assert form.cell(REPORT_SHEET, "target:officials-2026", "Chỉ tiêu").value == "100%"
    assert form.cell(MODELS_SHEET, "cho-so-4t/selling-online", "Kỳ trước").value == "146/640"


def test_labels_are_locked_without_a_password_and_inputs_are_not(blank: Workbook) -> None:
    for name, columns in layout.SHEETS.items():
        if name not in blank.sheetnames:
            continue
        sheet = blank[name]
        assert sheet.protection.sheet and sheet.protection.password is None, name
        form = FilledForm(form_bytes(form_of("xa-mau-2025", "2026-q4")))
        first = form.header(name, columns[-1].header).row + (3 if name == REPORT_SHEET else 1)
        if name in (GENERAL_SHEET, REPORT_SHEET):
            first += 4  # below the lines that only tell
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(first, place)
            assert cell.protection.locked != column.is_input, f"{name}!{cell.coordinate}"


def test_figures_of_tasks_and_shares_of_counts_cannot_be_typed(blank: Workbook) -> None:
    form = FilledForm(form_bytes(form_of("xa-mau-2025", "2026-q4")))
    for header in ("Số đạt", "Trên tổng số", "Tỷ lệ %", "Vì sao thấp hơn kỳ trước"):
        assert form.cell(REPORT_SHEET, "task:free-wifi", header).protection.locked
    assert form.cell(REPORT_SHEET, "target:traders-2026", "Tỷ lệ %").protection.locked
    assert not form.cell(REPORT_SHEET, "target:traders-2026", "Số đạt").protection.locked


@pytest.mark.parametrize(
    ("key", "header", "kind"),
    [
        ("target:officials-2026", "Số đạt", "whole"),
        ("target:officials-2026", "Tỷ lệ %", "decimal"),
        ("target:officials-2026", "Tình trạng", "list"),
        ("target:officials-2026", "Đánh giá", "textLength"),
        ("task:free-wifi", "Tình trạng", "list"),
    ],
)
def test_each_input_says_what_may_be_typed(key: str, header: str, kind: str, filled: FilledForm) -> None:
    cell = filled.cell(REPORT_SHEET, key, header)
    (rule,) = rules_at(filled.sheet(REPORT_SHEET), cell.coordinate)
    assert rule.type == kind and rule.errorStyle in (None, "stop")
    assert rule.showErrorMessage and rule.showInputMessage and rule.prompt and rule.error
    assert len(rule.prompt) <= 255 and len(rule.error) <= 225 and len(rule.promptTitle) <= 32, "what Excel can show"


def test_the_words_to_choose_from_are_those_of_the_site(filled: FilledForm) -> None:
    sheet = filled.sheet(REPORT_SHEET)
    target = filled.cell(REPORT_SHEET, "target:officials-2026", "Tình trạng").coordinate
    task = filled.cell(REPORT_SHEET, "task:free-wifi", "Tình trạng").coordinate
    assert rules_at(sheet, target)[0].formula1 == (
        '"Số chính thức,Số sơ bộ,Số ước tính,Chưa báo cáo,Không áp dụng,Chưa công bố"'
    )
    assert rules_at(sheet, task)[0].formula1 == '"Chưa thực hiện,Đang thực hiện,Đã hoàn thành"'
    dates = filled.cell(GENERAL_SHEET, "reported_on", "Nội dung").coordinate
    assert rules_at(filled.sheet(GENERAL_SHEET), dates)[0].type == "date"


def test_a_form_for_a_period_with_a_report_holds_all_of_it(filled: FilledForm, blank: Workbook) -> None:
    assert filled.cell(REPORT_SHEET, "target:adults-2026", "Số đạt").value == 7228
    assert filled.cell(REPORT_SHEET, "target:adults-vneid-2026", "Tỷ lệ %").value == 0.453
    assert filled.cell(REPORT_SHEET, "target:workers-2026", "Tình trạng").value == "Chưa công bố"
    assert filled.cell(GENERAL_SHEET, "draft", "Nội dung").value == "Bản chính thức"
    assert ENGLISH_SHEET in filled.book.sheetnames and ENGLISH_SHEET not in blank.sheetnames
    assert "chợ" in filled.cell(ENGLISH_SHEET, "target:traders-2026:done", "Lời tiếng Việt").value


def test_a_sample_says_so_on_every_sheet_and_a_real_unit_does_not(blank: Workbook) -> None:
    def marked(book: Workbook) -> set[str]:
        heads = {sheet.title: [cell.value for row in sheet.iter_rows(max_row=5) for cell in row] for sheet in book}
        return {name for name, values in heads.items() if "Số liệu minh họa" in values}

    assert marked(blank) == {sheet.title for sheet in blank if sheet.sheet_state == "visible"}
    assert marked(load_workbook(io.BytesIO(form_bytes(form_of("hung-nguyen-nam-2025", "2026-q4"))))) == set()


def test_the_same_data_gives_the_same_bytes() -> None:
    assert form_bytes(form_of("xa-mau-2025", "2026-q3")) == form_bytes(form_of("xa-mau-2025", "2026-q3"))


def test_every_plan_has_a_form_that_prints_on_a4() -> None:
    for plan in LOADED[0].plans.values():
        book = load_workbook(io.BytesIO(form_bytes(form_of(plan.id, "2026-q4"))))
        assert book.sheetnames[0] == GUIDE_SHEET and REPORT_SHEET in book.sheetnames
        assert {int(sheet.page_setup.paperSize) for sheet in book if sheet.sheet_state == "visible"} == {9}
        assert book[REPORT_SHEET].page_setup.orientation == "landscape"


def test_a_text_too_long_for_a_cell_is_named() -> None:
    form = form_of("xa-mau-2025", "2026-q3")
    assert form.report is not None and too_long(form) == ""
    long = form.report.model_copy(update={"summary": Words.model_validate("chữ " * 9000)})
    assert too_long(FormOf(form.site, form.plan, form.period, long, name_plan=False)) == ":summary"


Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(form_command, "load_project", lambda *_: LOADED)
    monkeypatch.setattr(take, "load_project", lambda *_: LOADED)
    return lambda *arguments: main([*arguments, "--today", "10/12/2026"])


def test_a_form_is_never_overwritten(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.xlsx"
    assert run("form", "Xã Mẫu", "2026-q4", "--output", str(target)) == 0
    before = target.read_bytes()
    assert run("form", "xa-mau", "2026-q3", "--output", str(target)) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xa-mao", "2026-q4"), 'Có phải "xa-mau"?'),
        (("xa-mau", "2026-q5"), '"2026-q5" không phải kỳ báo cáo'),
        (("tinh-nghe-an", "2026-q4"), "campaign new plan --unit tinh-nghe-an"),
        (("xa-mau", "2026-q4", "--plan", "xa-mau-2024"), "--plan: xa-mau-2025."),
    ],
)
def test_wrong_words_are_explained(
    arguments: tuple[str, ...], said: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("form", *arguments, "--output", str(tmp_path / "a.xlsx")) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_form_saved_by_libreoffice_is_taken(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Filled in and saved with LibreOffice 7.4, which stores strings, dates and styles in its own way."""
    assert run("take", str(SAVED_BY_LIBREOFFICE), "--project", str(tmp_path)) == 0
    assert "Có số: 4 trên 4" in capsys.readouterr().out
    text = (tmp_path / "data/progress/2026-q4/xa-mau.yml").read_text(encoding="utf-8")
    for line in ("reported_on: 08/12/2026", "  date: 07/12/2026", "    reached: 7400", "    percent: 69,85%"):
        assert f"\n{line}\n" in text
    assert 'assessment: {vi: "=Tốt"}' in text
