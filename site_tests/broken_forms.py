"""The wicked forms: each a name, what somebody did to a good form, and the exact complaints that it must get.

Owns the mistakes that can be typed; files that are no forms at all stand in ``test_take_refusals``. Holds no assertion.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generators.spreadsheet.layout import GENERAL_SHEET, MODELS_SHEET, PARTS_SHEET, REPORT_SHEET
from site_tests.filled_form import FilledForm

Change = Callable[[FilledForm], object]


def figure(header: str, value: Any, number_format: str = "", target: str = "officials-2026") -> Change:
    """Types into the line of a target, whose own figures are 45 of 46."""
    return lambda form: form.type(REPORT_SHEET, f"target:{target}", header, value, number_format)


def task(header: str, value: Any) -> Change:
    return lambda form: form.type(REPORT_SHEET, "task:free-wifi", header, value)


def general(key: str, value: Any) -> Change:
    return lambda form: form.general(key, value)


def model(header: str, value: Any, key: str = "cho-so-4t/selling-online") -> Change:
    return lambda form: form.type(MODELS_SHEET, key, header, value)


def part(row: int, **values: Any) -> Change:
    headers = {"target": "Chỉ tiêu", "name": "Tên phần", "reached": "Số đạt", "of": "Trên tổng số"}
    return lambda form: [form.type(PARTS_SHEET, row, headers[name], value) for name, value in values.items()]


def every(*changes: Change) -> Change:
    return lambda form: [change(form) for change in changes]


def heading(sheet: str, old: str, new: str | None) -> Change:
    def change(form: FilledForm) -> None:
        form.header(sheet, old).value = new

    return change


def cell(sheet: str, name: str, value: Any) -> Change:
    def change(form: FilledForm) -> None:
        form.sheet(sheet)[name] = value

    return change


def formula(header: str, text: str) -> Change:
    return lambda form: form.formula(REPORT_SHEET, "target:officials-2026", header, text)


def no_sheet(name: str) -> Change:
    return lambda form: form.book.remove(form.sheet(name))


def fact(name: str, value: str) -> Change:
    """Changes what the form knows of itself."""

    def change(form: FilledForm) -> None:
        row = next(row for row in form.sheet("bieu").iter_rows() if row[0].value == name)
        row[1].value = value

    return change


OFFICIALS = "1,6 Cán bộ biết làm, 2026"

BROKEN: dict[str, Change] = {
    "no day of report": general("reported_on", None),
    "no document": general("document", "  "),
    "a day that is none": general("source_date", "31-02-2026"),
    "a year of two digits": general("source_date", "8/12/26"),
    "a day as a bare number": lambda form: form.type(GENERAL_SHEET, "source_date", "Nội dung", 46363, "General"),
    "a draft that is neither": general("draft", "xong rồi"),
    "an address without https": general("source_url", "http://binhdanhocvuso.gov.vn/a"),
    "an address of somebody": general("source_url", "https://example.com/a"),
    "reported before the period": general("reported_on", "08/09/2026"),
    "a telephone number": general("summary", "Gọi chị Hai số 0912345678."),
    "words for a number": figure("Số đạt", "bốn mươi"),
    "a number with its unit": figure("Số đạt", "45 người"),
    "less than nothing": figure("Số đạt", -3),
    "thousands turned into a fraction": figure("Số đạt", 25.736),
    "thousands whose zeros were lost": figure("Số đạt", 25.7),
    "a comma with two readings": figure("Số đạt", "25,736"),
    "a number turned into yes": figure("Số đạt", True),
    "too many percent": figure("Tỷ lệ %", "120%"),
    "a share without its sign": figure("Tỷ lệ %", 0.7),
    "percent with two readings": figure("Tỷ lệ %", "12.345%"),
    "percent in a count": figure("Số đạt", 0.5, "0%"),
    "a word that no list has": figure("Tình trạng", "gần xong"),
    "a task's word for a target": figure("Tình trạng", "Đã hoàn thành"),
    "a state that hides a figure": figure("Tình trạng", "Chưa công bố"),
    "a state without its figure": figure("Tình trạng", "Số ước tính", target="students-2026"),
    "a total alone": figure("Trên tổng số", 1260, target="students-2026"),
    "a count without its total": figure("Số đạt", 1210, target="students-2026"),
    "a share where people are counted": figure("Tỷ lệ %", "80%", target="traders-2026"),
    "nobody to count": every(
        figure("Số đạt", 0, target="students-2026"), figure("Trên tổng số", 0, target="students-2026")
    ),
    "more than all": figure("Số đạt", 50),
    "a percentage that belies its counts": figure("Tỷ lệ %", "90%"),
    "a formula that nobody computed": formula("Số đạt", "=40+5"),
    "an error for a figure": formula("Số đạt", "#DIV/0!"),
    "a sign that nobody sees": figure("Đánh giá", "t\x85ốt"),
    "a whole article in a cell": figure("Đánh giá", "chữ " * 2500),
    "yes for a text": figure("Đánh giá", False),
    "evidence on a foreign host": figure("Tài liệu minh chứng", "Danh sách | https://example.com/x"),
    "text without a status": task("Đánh giá", "Làm tốt"),
    "a figure for a task": every(task("Tình trạng", "Đang thực hiện"), task("Số đạt", 10)),
    "a count that is none": model("Con số", "nhiều"),
    "more than all of a model": every(model("Con số", 700), model("Trên tổng số", 640)),
    "a part without a target": part(6, name="Thôn 1", reached=45),
    "a part of an unknown target": part(6, target="Cán bộ", name="Thôn 1", reached=45),
    "a part of a silent target": part(6, target="1,8 Học sinh biết làm, 2026", name="Trường 1", reached=45),
    "a part without a name": part(6, target=OFFICIALS, reached=45),
    "parts that do not add up": part(6, target=OFFICIALS, name="Thôn 1", reached=40),
    "parts without the whole": every(
        figure("Số đạt", None), figure("Trên tổng số", None), figure("Tỷ lệ %", "90%"),
        part(6, target=OFFICIALS, name="Thôn 1", reached=40),
    ),
    "a heading written anew": heading(REPORT_SHEET, "Số đạt", "Đạt"),
    "a heading twice": heading(REPORT_SHEET, "Đánh giá", "Đề xuất, kiến nghị"),
    "no headings at all": every(
        *(heading(GENERAL_SHEET, name, None) for name in ("Mã dòng", "Mục", "Nội dung", "Cách ghi"))
    ),
    "a note beside the table": cell(REPORT_SHEET, "T14", "hỏi lại anh Ba"),
    "a line that no plan has": every(
        cell(REPORT_SHEET, "D60", "Trồng cây"), cell(REPORT_SHEET, "I60", 5)
    ),
    "a line copied": every(
        cell(REPORT_SHEET, "A60", "target:officials-2026"), cell(REPORT_SHEET, "D60", "Cán bộ biết làm, 2026"),
        cell(REPORT_SHEET, "I60", 5),
    ),
    "names sorted without their figures": figure("Tên nhiệm vụ", "Học sinh biết làm, 2026"),
    "a model's names sorted": every(model("Con số", 150), model("Đếm gì", "Người đã tiết kiệm số")),
    "a model that nobody knows": every(cell(MODELS_SHEET, "B60", "Mô hình mới"), cell(MODELS_SHEET, "F60", 5)),
    "a count copied": every(cell(MODELS_SHEET, "A60", "cho-so-4t/selling-online"), cell(MODELS_SHEET, "F60", 5),
        model("Con số", 150)),
    "a needed line taken out": lambda form: form.sheet(GENERAL_SHEET).delete_rows(10),
    "a sheet taken out": no_sheet(MODELS_SHEET),
    "a form of tomorrow": fact("version", "2"),
    "a plan that is no more": fact("plan", "xa-mau-2020"),
    "a period that is none": fact("period", "2026-q7"),
    "a spreadsheet of something else": fact("form", "so-thu-chi"),
    "a sheet far too long": cell(REPORT_SHEET, "D2500", "x"),
    "three mistakes at once": every(
        figure("Số đạt", "x"), figure("Trên tổng số", "y"), general("source_date", "hôm qua"), model("Con số", "z")
    ),
}  # fmt: skip
