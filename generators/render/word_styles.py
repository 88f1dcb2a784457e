"""Owns the look of a Word file by Nghị định 30/2020/NĐ-CP, Phụ lục I: paper, margins, fonts, styles, language.

The decree asks for A4, Times New Roman, margins of 20–25 mm (head and foot), 30–35 mm (left) and 15–20 mm (right), a
body of 13–14 points, and lines no wider apart than one and a half. Holds no text of a document.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
BODY_SIZE = 14
TABLE_SIZE = 11
SMALL_SIZE = 11
HEADER_DISTANCE = Mm(10)
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(15)}
PAPER = (Mm(210), Mm(297))
LIST_BULLET = "-"
_HEADINGS = ("Heading 1", "Heading 2")
_BLACK = RGBColor(0, 0, 0)
_WORD_15 = "15"  # below that, Word opens a file in its compatibility mode
# What Word itself looks for first, before a plain font name; each would bring another font back.
_THEME_FONTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def set_styles(document: Document, lang: str) -> None:
    """Makes every style that a document uses: font, size, spacing, language, also of what Word adds later."""
    _set_defaults(document, lang)
    normal = _style(document, "Normal")
    normal.font.size = Pt(BODY_SIZE)
    _space(normal, before=0, after=6)
    for name in _HEADINGS:
        _set_heading(_style(document, name))
    _style(document, "Heading 1").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    bullet = _style(document, "List Bullet")
    _space(bullet, before=0, after=3)
    _set_bullet(document)
    _style(document, "Header").font.size = Pt(BODY_SIZE - 1)


def set_page(section: Section, *, landscape: bool) -> None:
    """Makes a section A4, upright or across, with the margins of the decree on every side of the paper as it lies."""
    short, long = PAPER
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    for name, length in MARGINS.items():
        setattr(section, name, length)
    if landscape:  # the sheet is turned to be read: its left edge was the head, and takes the margin of binding
        section.top_margin, section.left_margin, section.right_margin = Mm(25), Mm(20), Mm(20)
    section.header_distance = HEADER_DISTANCE
    section.footer_distance = HEADER_DISTANCE


def set_settings(document: Document, lang: str) -> None:
    """Makes Word take the file as one of today, in its language, without the template's picture of another file."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_15)
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.attrib.clear()
        theme.set(qn("w:val"), lang)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _set_defaults(document: Document, lang: str) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = properties.find(qn("w:rFonts"))
    _set_fonts(fonts)
    language = properties.find(qn("w:lang"))
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), lang)


def _set_fonts(fonts: Any) -> None:
    for theme in _THEME_FONTS:
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.font.name = FONT
    _set_fonts(style.element.get_or_add_rPr().get_or_add_rFonts())
    return style


def _space(style: ParagraphStyle, *, before: float, after: float) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _set_heading(style: ParagraphStyle) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(BODY_SIZE), True, False
    style.font.color.rgb = _BLACK
    _space(style, before=6, after=6)
    style.paragraph_format.keep_with_next = True


def _set_bullet(document: Document) -> None:
    """Turns the bullet of the list style into the hyphen of state documents, at the first line's indent of 10 mm."""
    style = document.styles["List Bullet"].element
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    abstract = next(
        one.find(qn("w:abstractNumId")).get(qn("w:val"))
        for one in numbering.iter(qn("w:num"))
        if one.get(qn("w:numId")) == number
    )
    for one in numbering.iter(qn("w:abstractNum")):
        if one.get(qn("w:abstractNumId")) == abstract:
            level = one.find(qn("w:lvl"))
            level.find(qn("w:lvlText")).set(qn("w:val"), LIST_BULLET)
            properties = level.find(qn("w:rPr"))
            fonts = OxmlElement("w:rFonts")
            _set_fonts(fonts)
            properties.clear()
            properties.append(fonts)
            _set_indent(level.find(qn("w:pPr")).find(qn("w:ind")))
    own = style.find(qn("w:pPr")).find(qn("w:ind"))
    if own is not None:
        _set_indent(own)


def _set_indent(indent: Any) -> None:
    indent.set(qn("w:left"), "850")  # twentieths of a point: 15 mm, of which the hyphen takes the last 5
    indent.set(qn("w:hanging"), "283")
