"""Holds the spreadsheet of a report to its rules: all of the paper in it, as text, ready to be printed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generators.adapters.cli import main
from generators.pipeline import load_site
from generators.render.official_paper import Annex, OfficialPaper, Part
from generators.render.paper_workbook import paper_workbook
from generators.render.tables import Table
from generators.schema.progress import read_period
from generators.telling.report_document import ReportDocument, report_document
from site_tests.conftest import ROOT

TODAY = date(2026, 11, 20)
ODD = ("=1+1", "+84", "-5", "@SUM(A1)", "1,1", "69,85%", "08/12/2025", "#N/A", "_x0041_")


def paper(*rows: tuple[str, ...], mark: str = "") -> OfficialPaper:
    columns = tuple(f"Cột {number}" for number in range(1, 10))
    annex = Annex("Phụ lục I", "Kết quả", ("Kỳ: quý 3",), Table("Kết quả", columns, rows), (5, 19, *(11,) * 7))
    return OfficialPaper(
        lang="vi", name="Báo cáo", day=TODAY, country="CỘNG HÒA", motto="Độc lập", superior="UBND TỈNH",
        agency=("VĂN PHÒNG",), number="Số: …", place="…, ngày …", kind="BÁO CÁO", abstract="Về việc học",
        opening=("Thực hiện kế hoạch.",), parts=(Part("I. Kết quả", ("Đã làm.",), ("=một",)),), closing="Hết./.",
        recipients_title="Nơi nhận:", recipients=("Lưu: VT.",), signature=("CHỦ TỊCH", "(Ký)"), annexes=(annex,),
        mark=mark,
    )  # fmt: skip


def sheets(data: bytes) -> list[Worksheet]:
    return load_workbook(io.BytesIO(data)).worksheets


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_text_stays_a_text_whatever_it_begins_with() -> None:
    table, words = sheets(paper_workbook(paper(ODD)))
    row = next(row for row in table.iter_rows() if row[0].value == ODD[0])
    assert [cell.data_type for cell in row] == ["s"] * len(ODD)
    assert [cell.value for cell in row[:8]] == list(ODD[:8])
    assert all(cell.quotePrefix for cell in row[:6]), "a program that edits the cell keeps it a text"
    assert "– =một" in texts(words)
    assert not [cell for sheet in (table, words) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_sheet_prints_on_a4_with_its_headings_on_each_page() -> None:
    table, words = sheets(paper_workbook(paper(*(tuple(map(str, range(9))) for _ in range(60)))))
    assert (table.page_setup.paperSize, table.page_setup.orientation) == ("9", "landscape") or (
        int(table.page_setup.paperSize), table.page_setup.orientation
    ) == (9, "landscape")  # fmt: skip
    head = next(row[0].row for row in table.iter_rows() if row[0].value == "Cột 1")
    assert table.print_title_rows == f"${head}:${head + 1}"
    assert table.freeze_panes == f"A{head + 2}"
    assert (table.page_setup.fitToWidth, table.page_setup.fitToHeight) == (1, 0) and table.sheet_properties.pageSetUpPr
    assert table.oddHeader.center.text == "&P" and table.HeaderFooter.differentFirst
    assert words.page_setup.orientation == "portrait"
    assert {cell.font.name for row in table.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_the_head_and_the_foot_stand_around_the_table() -> None:
    table, words = sheets(paper_workbook(paper(tuple("abcdefghi"), mark="Số liệu minh họa")))
    found = texts(table)
    assert found[:2] == ["UBND TỈNH", "CỘNG HÒA"] and found[-1] == "(Ký)"
    for text in ("Độc lập", "Số: …", "Số liệu minh họa", "Phụ lục I", "Nơi nhận:", "Lưu: VT.", "CHỦ TỊCH"):
        assert text in found
    assert texts(words)[0] == "Số liệu minh họa" and "Hết./." in texts(words)


def test_a_paper_gives_the_same_bytes_each_time() -> None:
    assert paper_workbook(paper(ODD)) == paper_workbook(paper(ODD))


@pytest.fixture(scope="module")
def quarter() -> ReportDocument:
    site, _ = load_site(ROOT, TODAY, "")
    plan = site.dataset.plans["xa-mau-2025"]
    return report_document(site, site.dataset.units["xa-mau"], plan, read_period("2026-q3"))


def test_the_nine_columns_of_a_real_report_are_there_and_gaps_say_so(quarter: ReportDocument) -> None:
    table = sheets(paper_workbook(quarter.paper))[0]
    rows = [tuple(cell.value or "" for cell in row) for row in table.iter_rows()]
    head = rows.index(quarter.columns)
    assert len(quarter.columns) == 9
    body = rows[head + 2 : head + 2 + len(quarter.rows)]
    assert body == [row.cells for row in quarter.rows]
    assert any(row[0] == "1,1" for row in body)
    assert not [row for row in body if row[5] in ("0", "0%")]


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "bao-cao.xlsx"
    arguments = ["xa-mau", "2026-q2", "--output", str(target), "--project", str(ROOT), "--today", "20/11/2026"]
    assert main(["report", *arguments]) == 0
    assert "bao-cao.xlsx" in capsys.readouterr().out
    assert any("Chưa có số liệu" in text for text in texts(sheets(target.read_bytes())[0]))
