"""Holds `campaign form` and `campaign take` to their promise: what is typed is taken, or its cell and why are named."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generators.adapters.cli import main
from generators.pipeline import load_site
from generators.scaffold.report import report_in
from generators.schema.progress import ProgressReport
from generators.spreadsheet.layout import MODELS_SHEET, PARTS_SHEET, REPORT_SHEET
from site_tests.conftest import ROOT
from site_tests.filled_form import FilledForm

TODAY = date(2026, 12, 10)
PATH = "data/progress/2026-q4/xa-mau.yml"
MAIN = "xl/worksheets/sheet3.xml"


@dataclass(frozen=True)
class Desk:
    """A copy of the project, and the commands in it."""

    project: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> int:
        return main([*arguments, "--project", str(self.project), "--today", f"{TODAY:%d/%m/%Y}"])

    def form(self, unit: str = "xa-mau", period: str = "2026-q4", *more: str) -> bytes:
        target = self.project / "form.xlsx"
        target.unlink(missing_ok=True)
        assert self.run("form", unit, period, "--output", str(target), *more) == 0
        return target.read_bytes()

    def take(self, data: bytes, *more: str) -> int:
        target = self.project / "bieu.xlsx"
        target.write_bytes(data)
        return self.run("take", str(target), *more)

    def said(self) -> str:
        captured = self.capture.readouterr()
        return captured.out + captured.err

    def report(self, path: str = PATH) -> ProgressReport:
        text = (self.project / path).read_text(encoding="utf-8")
        found = report_in(path, text)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    project = tmp_path / "project"
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(ROOT / folder, project / folder)
    return Desk(project, capsys)


def begun(data: bytes) -> FilledForm:
    """A form with what every report must have, and a first figure."""
    form = FilledForm(data)
    form.general("reported_on", "08/12/2026")
    form.general("source_date", date(2026, 12, 7))
    form.say("officials-2026", reached=45, of=46)
    return form


def test_a_quarter_from_the_form_to_the_page(desk: Desk) -> None:
    form = begun(desk.form())
    assert "campaign take" in desk.said()
    form.say("students-2026", reached=" 1.210 ", of="1 260", done="Trường dạy mỗi tuần.")
    form.say("adults-2026", reached="7\u00a0400", of=8500.0, state="số sơ bộ")
    form.type(REPORT_SHEET, "target:adults-vneid-2026", "Tỷ lệ %", 0.6985, "0.00%")
    form.say("workers-2026", percent="69,85 %", state="UOC TINH", why_lower="Một cơ sở đóng cửa.")
    form.say("traders-2026", reached=430, evidence="Danh sách lớp | https://binhdanhocvuso.gov.vn/lop\nBiên bản")
    form.say("elderly-later", assessment="Chưa đếm xong.")
    form.type(REPORT_SHEET, "task:free-wifi", "Tình trạng", "da hoan thanh")
    form.type(REPORT_SHEET, "task:free-wifi", "Đánh giá", "=Tốt")
    form.type(MODELS_SHEET, "cho-so-4t/selling-online", "Con số", "150")
    for row, name, reached in ((6, "Thôn 1", 20), (7, "Thôn 2", 25)):
        form.type(PARTS_SHEET, row, "Chỉ tiêu", "1,6 Cán bộ biết làm, 2026")
        form.type(PARTS_SHEET, row, "Tên phần", name)
        form.type(PARTS_SHEET, row, "Số đạt", reached)
    assert desk.take(form.bytes()) == 0
    said = desk.said()
    assert f"Đã viết: {PATH}" in said and "bản nháp" in said and "08/12/2026" in said

    report = desk.report()
    readings = {one.target: one for one in report.readings}
    assert report.draft and report.reported_on == date(2026, 12, 8) and report.source.date == date(2026, 12, 7)
    assert report.source.document == "Báo cáo quý 4 năm 2026 của Xã Mẫu"
    assert [part.reached for part in readings["officials-2026"].parts] == [20, 25]
    assert (readings["students-2026"].reached, readings["students-2026"].of) == (1210, 1260)
    assert (readings["adults-2026"].reached, readings["adults-2026"].state) == (7400, "provisional")
    assert str(readings["adults-vneid-2026"].percent) == str(readings["workers-2026"].percent) == "69.85"
    assert readings["workers-2026"].state == "estimated"
    assert [one.url for one in readings["traders-2026"].evidence] == ["https://binhdanhocvuso.gov.vn/lop", None]
    assert readings["elderly-later"].state == "not_reported"
    assert "officials-2025" not in readings, "a line into which nothing was typed says nothing"
    (task,) = report.tasks
    assert (task.task, task.status, task.assessment and task.assessment.vi) == ("free-wifi", "done", "=Tốt")
    (counted,) = report.models
    assert (counted.measure, counted.value) == ("selling-online", 150)

    text = (desk.project / PATH).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../generators/schema/json/report.json\n")
    assert "  # Cán bộ biết làm, năm 2026: 100%. Kỳ 2026-10: 43/46 (93,48%).\n" in text
    assert "Số liệu minh họa" in text
    site, problems = load_site(desk.project, TODAY, "")
    assert [one.code for one in problems if one.path == PATH] == ["is-draft"]
    (desk.project / PATH).write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    site, _ = load_site(desk.project, TODAY, "")
    latest = next(one for one in site.derived.progress["xa-mau-2025"] if one.target.id == "officials-2026").latest
    assert latest is not None and latest.reading.reached == 45


def test_taking_again_keeps_what_people_wrote_into_the_file(desk: Desk) -> None:
    data = desk.form()
    form = begun(data)
    assert desk.take(form.bytes(), "--publish") == 0
    assert not desk.report().draft and "bản chính thức" in desk.said()
    assert desk.take(form.bytes()) == 0
    assert "đã nói đúng như biểu này" in desk.said()

    form.say("officials-2026", reached=46)
    assert desk.take(form.bytes()) == 2
    assert "--replace" in desk.said()
    file = desk.project / PATH
    by_hand = file.read_text("utf-8").replace("    of: 46\n", "    of: 46  # cả người mới về\n")
    file.write_text(by_hand, encoding="utf-8")
    assert desk.take(form.bytes(), "--replace") == 0
    assert "    of: 46  # cả người mới về\n" in file.read_text("utf-8")
    assert desk.report().readings[0].reached == 46 and not desk.report().draft, "what is published stays published"

    file.write_text(file.read_text("utf-8").replace('reached: "46"', "reached: 44"), encoding="utf-8")
    before = file.read_bytes()
    desk.said()
    assert desk.take(form.bytes(), "--replace") == 2
    assert "campaign form xa-mau 2026-q4" in desk.said()
    assert file.read_bytes() == before, "the file was edited by hand, and the form does not know of it"

    fresh = FilledForm(desk.form())
    assert fresh.cell(REPORT_SHEET, "target:officials-2026", "Số đạt").value == 44
    fresh.say("officials-2026", reached=45)
    assert desk.take(fresh.bytes(), "--replace") == 0
    assert desk.report().readings[0].reached == 45


def test_a_file_with_translations_and_comments_is_only_changed_where_the_form_was(desk: Desk) -> None:
    path = "data/progress/2026-q3/xa-mau.yml"
    before = (desk.project / path).read_text("utf-8")
    form = FilledForm(desk.form("Xã Mẫu", "2026-q3"))
    form.say("traders-2026", reached=396, difficulties="Người bán theo phiên hay đổi.")
    assert desk.take(form.bytes(), "--replace") == 0
    said = desk.said()
    assert "[sheet-english-old]" in said and "Those who sell on market days" in said
    after = (desk.project / path).read_text("utf-8")
    changed = {line.strip() for line in set(after.splitlines()) - set(before.splitlines())}
    mark = next(line for line in changed if line.startswith("# Từ bảng tính, dấu "))
    assert changed - {mark} == {'reached: "396"', 'vi: "Người bán theo phiên hay đổi."'}
    assert "# Số liệu minh họa: Xã Mẫu không có thật, mọi con số ở đây được đặt ra." in after
