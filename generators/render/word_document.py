"""Owns how an official paper becomes a Word file (.docx): the same bytes for the same paper.

Headings are headings, the table's head is repeated on every page and marked as such, and nothing that only stands side
by side is a table: the two halves of the head and of the foot are columns, so that a screen reader meets no false
table. Text goes in as text and never as markup. How a style looks belongs to ``word_styles.py``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from generators.render.letter_width import line_width
from generators.render.official_paper import Annex, OfficialPaper
from generators.render.word_styles import SMALL_SIZE, TABLE_SIZE, set_page, set_settings, set_styles

_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can name
_HEAD = (Mm(72), Mm(93))
_FOOT = (Mm(75), Mm(90))
_POINT = 12700  # EMU, in which python-docx measures
_HALF_POINT = "4"  # of a line, in eighths of a point
_CENTER = WD_ALIGN_PARAGRAPH.CENTER


def word_document(paper: OfficialPaper) -> bytes:
    """Gives the file. Raises ``ValueError`` for text with control characters (see ``official_paper.harmless``)."""
    document = docx.Document()
    lang = _LANGUAGES[paper.lang]
    set_styles(document, lang)
    set_settings(document, lang)
    _set_properties(document, paper, lang)
    _head(document, paper)
    _body(document, paper)
    _foot(document, paper)
    for annex in paper.annexes:
        _annex(document, annex)
    _headers(document, paper)
    saved = io.BytesIO()
    document.save(saved)
    return _timeless(saved.getvalue())


def _set_properties(document: Document, paper: OfficialPaper, lang: str) -> None:
    made = datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=UTC)
    known = document.core_properties
    known.title, known.subject, known.language = paper.name, paper.abstract, lang
    known.author = known.last_modified_by = " ".join(paper.agency)
    known.comments, known.keywords, known.revision = paper.mark, "", 1
    known.created = known.modified = made


def _timeless(package: bytes) -> bytes:
    """Packs the file anew, as python-docx writes the time of saving into it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the kind of machine would stand in it
            fresh.writestr(entry, old.read(name))
    return packed.getvalue()


def _head(document: Document, paper: OfficialPaper) -> None:
    """The body that writes on the left, the country and its motto on the right (Phụ lục I, II.1–4)."""
    set_page(document.sections[0], landscape=False)
    _columns(document, _HEAD)
    if paper.superior:
        _centred(document, paper.superior, 12)
    for line in paper.agency:
        _centred(document, line, 12, bold=True)
    longest = max(line_width(line, 12, bold=True) for line in paper.agency)
    _rule(document, min(longest / 2.5, 60), _HEAD[0] / _POINT)
    _centred(document, paper.number, 13, after=6)
    _begin_column(_centred(document, paper.country, 12, bold=True))
    _centred(document, paper.motto, 13, bold=True)
    _rule(document, line_width(paper.motto, 13, bold=True), _HEAD[1] / _POINT)
    _centred(document, paper.place, 13, italic=True, after=6)


def _body(document: Document, paper: OfficialPaper) -> None:
    document.add_section(WD_SECTION.CONTINUOUS)
    _columns(document, ())
    heading = document.add_heading(level=1)
    heading.paragraph_format.space_before = Pt(12)
    heading.add_run(paper.kind).add_break()
    heading.add_run(paper.abstract)
    _rule(document, 70, (Mm(165)) / _POINT)
    for text in paper.opening:
        _paragraph(document, text)
    for part in paper.parts:
        document.add_heading(part.heading, level=2)
        for text in part.paragraphs:
            _paragraph(document, text)
        for text in part.items:
            _justified(document.add_paragraph(text, style="List Bullet"))
    closing = _paragraph(document, paper.closing)
    closing.paragraph_format.space_after = Pt(12)
    closing.paragraph_format.keep_together = closing.paragraph_format.keep_with_next = True


def _foot(document: Document, paper: OfficialPaper) -> None:
    """Who gets the paper on the left, the blank for the signature on the right (Phụ lục I, II.7 and II.9)."""
    document.add_section(WD_SECTION.CONTINUOUS)
    _columns(document, _FOOT)
    title = document.add_paragraph()
    title.paragraph_format.space_after = Pt(0)
    run = title.add_run(paper.recipients_title)
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in paper.recipients:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"- {text}").font.size = Pt(SMALL_SIZE)
    post, *rest = paper.signature
    first = _centred(document, post, 13, bold=True)
    _begin_column(first)
    first.paragraph_format.space_after = Pt(72)
    for text in rest:
        _centred(document, text, 13, italic=True)


def _annex(document: Document, annex: Annex) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    set_page(section, landscape=True)
    _columns(document, ())
    _count_pages_anew(document)
    heading = document.add_heading(level=2)
    heading.alignment = _CENTER
    heading.add_run(annex.label).add_break()
    heading.add_run(annex.title)
    for note in annex.notes:
        _centred(document, note, 13, italic=True)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)
    _table(document, section, annex)


def _table(document: Document, section: Section, annex: Annex) -> None:
    columns, rows = annex.table.columns, annex.table.rows
    table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _describe(table, annex)
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    widths = [width * share // sum(annex.widths) for share in annex.widths]
    for column, own in zip(table.columns, widths, strict=True):
        column.width = Emu(own)
    for place, (row, texts) in enumerate(zip(table.rows, (columns, *rows), strict=True)):
        _fill_row(row, texts, widths, head=place == 0, group=place - 1 in annex.groups)


def _describe(table: Any, annex: Annex) -> None:
    """Gives the table its name and says that its first row is its head."""
    properties = _xml(table).tblPr
    for tag, text in (("w:tblCaption", annex.title), ("w:tblDescription", " ".join(annex.notes))):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        properties.append(element)
    look = properties.find(qn("w:tblLook"))
    look.set(qn("w:val"), "0620")  # the same as the five below, in the words of older programs
    for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("lastRow", "0"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    properties.remove(look)
    properties.insert(list(properties).index(properties.find(qn("w:tblCaption"))), look)  # the order of the schema


def _fill_row(row: _Row, texts: Sequence[str], widths: Sequence[int], *, head: bool, group: bool) -> None:
    properties = _xml(row).get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Emu(widths[place])
        _fill_cell(cell, text.split("\n"), bold=head or group, centred=head or place == 0)
        for paragraph in cell.paragraphs if group else ():
            paragraph.paragraph_format.keep_with_next = True  # the name of a group does not end a page


def _fill_cell(cell: _Cell, lines: Iterable[str], *, bold: bool, centred: bool) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.alignment = _CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        if line:
            run = paragraph.add_run(line)
            run.bold = bold or None
            run.font.size = Pt(TABLE_SIZE)


def _headers(document: Document, paper: OfficialPaper) -> None:
    """The number of the page in the middle above the text, on all pages but the first of the paper and each annex."""
    first = document.sections[0]
    number = first.header.paragraphs[0]
    number.alignment = _CENTER
    _page_number(number)
    for section in document.sections:
        # A letter's own sections follow on the same page, and only the first one begins it.
        section.different_first_page_header_footer = section.start_type == WD_SECTION.NEW_PAGE
    if paper.mark:
        _marked(first.header.add_paragraph(), paper.mark)
        _marked(first.first_page_header.paragraphs[0], paper.mark)


def _marked(paragraph: Paragraph, mark: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(mark)
    run.bold = True
    run.font.size = Pt(12)


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            _xml(run).append(mark)
        elif text == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = text
            _xml(run).append(code)
        else:
            run.text = text  # what a program shows that does not count pages


def _count_pages_anew(document: Document) -> None:
    """Each annex counts its own pages (Phụ lục I, III.1)."""
    section: Any = document.element.body.sectPr  # the last section, as everywhere below
    numbering = section.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")
    numbering.set(qn("w:start"), "1")


def _columns(document: Document, widths: Sequence[int]) -> None:
    """Sets the columns of the last section; none for text that runs over the whole width."""
    section: Any = document.element.body.sectPr
    columns = section.find(qn("w:cols"))
    columns.clear()
    columns.set(qn("w:space"), "0")
    if widths:
        columns.set(qn("w:num"), str(len(widths)))
        columns.set(qn("w:equalWidth"), "0")
    for width in widths:
        column = OxmlElement("w:col")
        column.set(qn("w:w"), str(width // 635))  # twentieths of a point
        column.set(qn("w:space"), "0")
        columns.append(column)


def _begin_column(paragraph: Paragraph) -> None:
    """Puts the break before the paragraph's own text: behind the text before it, it would leave an empty line."""
    paragraph.add_run().add_break(WD_BREAK.COLUMN)
    _xml(paragraph.runs[0]).addprevious(_xml(paragraph.runs[-1]))


def _centred(
    document: Document, text: str, size: float, *, bold: bool = False, italic: bool = False, after: float = 0
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = _CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size)
    return paragraph


def _paragraph(document: Document, text: str) -> Paragraph:
    paragraph = _justified(document.add_paragraph(text))
    paragraph.paragraph_format.first_line_indent = Mm(10)
    return paragraph


def _justified(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _rule(document: Document, length: float, width: float) -> None:
    """A line of ``length`` points in the middle of a column of ``width``: the upper edge of a very low paragraph."""
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Pt(round((width - length) / 2))
    layout.space_before, layout.space_after = Pt(2), Pt(4)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    edges: Any = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", _HALF_POINT), ("space", "0"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    edges.append(top)
    _xml(paragraph).get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc")


def _xml(part: Any) -> Any:
    """The element behind a part of the document, where python-docx has no words for what is set."""
    return part._element  # noqa: SLF001 - the library has no other name for it
