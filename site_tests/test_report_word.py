"""The Word file of an official paper, opened again: layout by Nghị định 30/2020, headings, table, language, bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from generators.render.letter_width import line_width
from generators.render.word_document import word_document
from site_tests.papers import ANNEX, HOSTILE, hostile_paper, paper


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(word_document(paper(mark="Số liệu minh họa")))


def _find(document: Document, start: str) -> Paragraph:
    return next(one for one in document.paragraphs if one.text.strip().startswith(start))


def test_the_letter_is_a4_and_upright_and_the_annex_lies_across(document: Document) -> None:
    sizes = [(round(Emu(one.page_width or 0).mm), round(Emu(one.page_height or 0).mm)) for one in document.sections]
    assert sizes == [(210, 297), (210, 297), (210, 297), (297, 210)]
    assert [int(one.orientation) for one in document.sections] == [0, 0, 0, 1]


def test_the_margins_are_those_of_the_decree(document: Document) -> None:
    """20–25 mm at head and foot, 30–35 mm on the left, 15–20 mm on the right; a twentieth of a point may be lost."""
    for section in document.sections[:3]:
        found = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for length, least, most in zip(found, (20, 20, 30, 15), (25, 25, 35, 20), strict=True):
            assert length is not None
            assert Mm(least) - 635 <= length <= Mm(most) + 635


def test_every_style_that_is_used_is_times_new_roman_and_none_brings_its_own_colour(document: Document) -> None:
    used = {one.style.name for one in document.paragraphs if one.style}
    assert used == {"Normal", "Heading 1", "Heading 2", "List Bullet"}
    for name in used:
        fonts = document.styles[name].element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert not [key for key in fonts.attrib if "heme" in key]
    assert str(document.styles["Heading 1"].font.color.rgb) == "000000"
    assert document.styles["Normal"].font.size == Pt(14)


def test_all_text_is_vietnamese(document: Document) -> None:
    language = next(document.styles.element.iter(qn("w:lang")))
    assert {language.get(qn(f"w:{script}")) for script in ("val", "eastAsia", "bidi")} == {"vi-VN"}
    own = list(document.element.body.iter(qn("w:lang")))
    assert own == [] and len(list(document.styles.element.iter(qn("w:lang")))) == 1
    assert document.core_properties.language == "vi-VN"


def test_headings_are_headings_in_order(document: Document) -> None:
    styled = [(one.style.name or "", one.text) for one in document.paragraphs if one.style]
    assert [one for one in styled if one[0].startswith("Heading")] == [
        ("Heading 1", "BÁO CÁO\nKết quả quý 2"),
        ("Heading 2", "I. KẾT QUẢ"),
        ("Heading 2", "II. KHÓ KHĂN"),
        ("Heading 2", "Phụ lục\nBẢNG KẾT QUẢ"),
    ]


def test_the_head_has_the_sizes_of_the_decree(document: Document) -> None:
    sizes = {
        "CỘNG HÒA": (12, True, False),
        "Độc lập": (13, True, False),
        "ỦY BAN": (12, True, False),
        "Số:": (13, False, False),
        "……, ngày": (13, False, True),
        "Nơi nhận": (12, True, True),
        "- Lưu": (11, None, None),
    }
    for start, expected in sizes.items():
        run = _find(document, start).runs[-1]
        assert run.font.size is not None
        assert (run.font.size.pt, run.bold, run.italic) == expected


def test_the_line_under_the_motto_is_as_long_as_the_motto(document: Document) -> None:
    motto = _find(document, "Độc lập")
    rule = Paragraph(motto._p.getnext(), motto._parent)
    assert rule._p.pPr is not None and rule._p.pPr.find(qn("w:pBdr")) is not None
    left, right = rule.paragraph_format.left_indent, rule.paragraph_format.right_indent
    assert left is not None and right is not None
    length = Mm(93).pt - left.pt - right.pt
    assert length == pytest.approx(line_width("Độc lập - Tự do - Hạnh phúc", 13, bold=True), abs=1.5)


def test_only_the_table_of_the_annex_is_a_table_and_its_head_is_marked(document: Document) -> None:
    (table,) = document.tables
    heads = [row for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert [[cell.text for cell in row.cells] for row in heads] == [list(ANNEX.table.columns)]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert look.get(qn("w:firstRow")) == "1"
    described = [table._tbl.tblPr.find(qn(tag)).get(qn("w:val")) for tag in ("w:tblCaption", "w:tblDescription")]
    assert described == ["BẢNG KẾT QUẢ", "Kỳ báo cáo: quý 2 năm 2026"]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [list(row) for row in ANNEX.table.rows]
    assert not list(table._tbl.iter(qn("w:gridSpan"))) and not list(table._tbl.iter(qn("w:vMerge")))
    assert [run.bold for run in table.rows[1].cells[1].paragraphs[0].runs] == [True]


def test_pages_are_numbered_but_not_the_first_ones(document: Document) -> None:
    code = [one.text for one in document.sections[0].header.paragraphs[0]._p.iter(qn("w:instrText"))]
    assert code == ["PAGE"]
    first = document.sections[0].first_page_header.paragraphs
    assert not [one for part in first for one in part._p.iter(qn("w:instrText"))]
    firsts = [one.different_first_page_header_footer for one in document.sections]
    assert firsts == [True, False, False, True]
    starts = [one._sectPr.find(qn("w:pgNumType")) for one in document.sections]
    assert starts[0] is None and starts[3] is not None and starts[3].get(qn("w:start")) == "1"


def test_a_sample_says_so_on_every_page(document: Document) -> None:
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        assert "Số liệu minh họa" in [one.text for one in header.paragraphs]
    assert all(one.header.is_linked_to_previous for one in document.sections[1:])
    plain = opened(word_document(paper()))
    assert "minh họa" not in "".join(one.text for one in plain.sections[0].header.paragraphs)


def test_the_properties_name_the_paper_and_no_moment(document: Document) -> None:
    known = document.core_properties
    assert (known.title, known.subject) == ("Kết quả quý 2: xã A", "Kết quả quý 2")
    assert known.author == known.last_modified_by == "ỦY BAN NHÂN DÂN XÃ A"
    assert known.created == known.modified == datetime(2026, 6, 30, tzinfo=UTC)


def test_the_same_paper_gives_the_same_bytes() -> None:
    content = word_document(paper())
    assert content == word_document(paper())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_hostile_text_stays_text() -> None:
    content = word_document(hostile_paper())
    document = opened(content)
    assert HOSTILE[0] in [one.text for one in document.paragraphs]
    assert "đoạn lạ" not in [one.text for one in document.paragraphs]
    assert document.tables[0].rows[1].cells[1].text == HOSTILE[0]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text = package.read("word/document.xml").decode("utf-8")
    etree.fromstring(text.encode("utf-8"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert "😀" in text and "x" * 500 in text
