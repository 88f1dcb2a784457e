"""The PDF of an official paper, read again: PDF/UA's marks, tags, fonts, words, page numbers, bytes.

The checks follow ISO 14289-1 (PDF/UA-1) as far as a program can see them: a title that is shown, a language, a tree of
tags with headings in order and heads of columns, every font embedded. The typesetter itself refuses to write a file
that breaks the standard.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject

from generators.render.paper_pdf import paper_pdf
from site_tests.papers import ANNEX, hostile_paper, paper

MILLIMETRE = 72 / 25.4


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return opened(paper_pdf(paper(mark="Số liệu minh họa")))


def _catalogue(pdf: PdfReader) -> DictionaryObject:
    root = pdf.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    return root


def tags(node: Any) -> Iterator[DictionaryObject]:
    """Every element of the tree of tags, in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node.raw_get("/K"))


def test_the_file_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    catalogue = _catalogue(pdf)
    assert catalogue["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert catalogue["/Lang"] == "vi-VN"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)
    assert pdf.metadata is not None and pdf.metadata.title == "Kết quả quý 2: xã A"
    about = catalogue["/Metadata"].get_data().decode("utf-8")
    assert "pdfuaid:part>1<" in about and "Kết quả quý 2: xã A" in about


def test_headings_lists_and_tables_are_tagged(pdf: PdfReader) -> None:
    found = [str(one["/S"]) for one in tags(_catalogue(pdf)["/StructTreeRoot"])]
    assert [name for name in found if name.startswith("/H")] == ["/H1", "/H2", "/H2", "/H2"]
    assert found.count("/Table") == 1 and found.count("/THead") == 1
    assert found.count("/TH") == len(ANNEX.table.columns)
    assert found.count("/TD") == len(ANNEX.table.rows) * len(ANNEX.table.columns)
    assert found.count("/LI") == 4  # two in the first part, two recipients


def test_the_heads_of_columns_say_that_they_are(pdf: PdfReader) -> None:
    heads = [one for one in tags(_catalogue(pdf)["/StructTreeRoot"]) if one["/S"] == "/TH"]
    assert [_attribute(one, "/Scope") for one in heads] == ["/Column"] * len(ANNEX.table.columns)


def _attribute(node: DictionaryObject, key: str) -> object:
    owned = node["/A"].get_object()
    listed = owned if isinstance(owned, ArrayObject) else [owned]
    return next((one.get_object()[key] for one in listed if key in one.get_object()), None)


def test_every_font_is_embedded(pdf: PdfReader) -> None:
    names: set[str] = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            description = below["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(description)
            assert "/ToUnicode" in font.get_object()
            names.add(str(below["/BaseFont"]).partition("+")[2])
    assert names == {f"LiberationSerif{style}" for style in ("", "-Bold", "-Italic", "-BoldItalic")}


def test_all_content_is_tagged_or_marked_as_decoration(pdf: PdfReader) -> None:
    """Matterhorn protocol 01-005: nothing is drawn outside of marks. 28-004: Tab goes in the order of the tags."""
    for page in pdf.pages:
        assert page["/Tabs"] == "/S" and "/StructParents" in page
        contents = page.get_contents()
        assert contents is not None
        depth, stray = 0, []
        for _, operator in contents.operations:
            depth += {b"BMC": 1, b"BDC": 1, b"EMC": -1}.get(operator, 0)
            if depth == 0 and operator in {b"Tj", b"TJ", b"S", b"f", b"Do"}:
                stray.append(operator)
        assert stray == [] and depth == 0


def test_the_outline_leads_to_the_parts(pdf: PdfReader) -> None:
    found = list(_flat(pdf.outline))
    assert found == ["BÁO CÁO Kết quả quý 2", "I. KẾT QUẢ", "II. KHÓ KHĂN", "Phụ lục BẢNG KẾT QUẢ"]


def _flat(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield str(entry.title)


def test_the_letter_is_upright_and_the_annex_lies_across(pdf: PdfReader) -> None:
    sizes = [(round(page.mediabox.width / MILLIMETRE), round(page.mediabox.height / MILLIMETRE)) for page in pdf.pages]
    assert sizes == [(210, 297), (297, 210)]


def test_every_page_of_a_sample_says_so(pdf: PdfReader) -> None:
    assert all("Số liệu minh họa" in page.extract_text() for page in pdf.pages)
    assert not any("minh họa" in page.extract_text() for page in opened(paper_pdf(paper())).pages)


def test_the_words_are_there_in_order(pdf: PdfReader) -> None:
    text = pdf.pages[0].extract_text()
    words = ("XÃ A", "CỘNG HÒA", "Độc lập", "BÁO CÁO", "I. KẾT QUẢ", "Điều hai.", "II. KHÓ KHĂN", "./.", "Nơi nhận:")
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert "86,96%" in pdf.pages[1].extract_text() and "Chưa có số liệu" in pdf.pages[1].extract_text()


def test_pages_are_numbered_but_not_the_first_ones() -> None:
    long = replace(ANNEX, table=replace(ANNEX.table, rows=ANNEX.table.rows * 30), groups=frozenset())
    pdf = opened(paper_pdf(paper(opening=("Một đoạn rất dài. " * 40,) * 8, annexes=(long,))))
    firsts = [page.extract_text().lstrip().splitlines()[0].strip() for page in pdf.pages]
    upright = [text for page, text in zip(pdf.pages, firsts, strict=True) if page.mediabox.height > page.mediabox.width]
    across = [text for page, text in zip(pdf.pages, firsts, strict=True) if page.mediabox.height < page.mediabox.width]
    assert len(upright) > 1 and len(across) > 2
    for part in (upright, across):
        assert not part[0].isdigit()
        assert part[1:] == [str(number) for number in range(2, len(part) + 1)]
    heads = [page.extract_text().count("Kết quả") for page in pdf.pages[-len(across) :]]
    assert min(heads) >= 1  # the head of the table stands on each of its pages


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper_pdf(paper()) == paper_pdf(paper())


def test_hostile_text_stays_text() -> None:
    pdf = opened(paper_pdf(hostile_paper()))
    text = "".join(page.extract_text() for page in pdf.pages)
    flat = "".join(text.split())
    assert '#panic("typst")' in text and '#read("/etc/passwd")' in flat
    assert "<w:p><w:r><w:t>đoạnlạ</w:t></w:r></w:p>" in flat
    assert "xxxxxxxxxx" in flat and "\u202e" not in text and "😀" not in text
    assert "<script>alert(1)</script>" in flat
    longest = max(len(run) for run in re.findall("x+", text))
    assert 20 < longest < 100  # a word without end is broken and stays on the page
