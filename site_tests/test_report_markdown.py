"""The Markdown of an official paper: its whole text, and that two readers of Markdown find only text in it."""

from __future__ import annotations

import markdown
import pytest
from lxml import etree, html

from generators.render.paper_markdown import paper_markdown
from site_tests.papers import HOSTILE, hostile_paper, paper

EXPECTED = """\
> **Số liệu minh họa**

**ỦY BAN NHÂN DÂN**··
**XÃ A**··
Số: ……/BC-UBND

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**··
**Độc lập - Tự do - Hạnh phúc**··
*……, ngày …… tháng …… năm ……*

# BÁO CÁO: Kết quả quý 2

Xã A báo cáo như sau:

## I. KẾT QUẢ

Một đoạn.

- Điều một.
- Điều hai.

## II. KHÓ KHĂN

Mạng yếu.

Trên đây là báo cáo./.

***Nơi nhận:***

- Tỉnh B (để báo cáo);
- Lưu: VT.

**CHỨC VỤ**··
*(Họ và tên)*

## Phụ lục: BẢNG KẾT QUẢ

*Kỳ báo cáo: quý 2 năm 2026*

| STT | Tên | Kết quả |
| --- | --- | --- |
| **1** | **Nhóm** |  |
| 1,1 | Cán bộ biết làm | 86,96%<br>Số chính thức |
| 1,2 | Học sinh | Chưa có số liệu |
"""


def read(text: str) -> etree._Element:
    return html.fromstring(f"<div>{markdown.markdown(text, extensions=['tables'])}</div>")


def test_the_whole_text() -> None:
    assert paper_markdown(paper(mark="Số liệu minh họa")) == EXPECTED.replace("··", "  ")


def test_a_superior_body_stands_first() -> None:
    assert paper_markdown(paper(superior="TỈNH B")).startswith("TỈNH B  \n**ỦY BAN NHÂN DÂN**  \n")


@pytest.mark.parametrize(
    "said", [*HOSTILE[:5], HOSTILE[7], "1. một", "12) hai", "+ ba", "- bốn", "=== năm", "a_b _c_ ~~d~~", "**e** `f`"]
)
def test_what_people_write_stays_text(said: str) -> None:
    page = read(paper_markdown(paper(opening=(said,))))
    line = " ".join(said.split())
    assert line in [" ".join(one.text_content().split()) for one in page.iter("p")]


def test_hostile_text_makes_no_element_of_its_own() -> None:
    page = read(paper_markdown(hostile_paper()))
    assert {str(one.tag) for one in page.iter()} <= {
        *("div", "blockquote", "p", "strong", "em", "br", "h1", "h2", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    rows = [len(row) for row in page.iter("tr")]
    assert set(rows) == {3} and len(rows) == len(HOSTILE) + 1
    assert len(list(page.iter("h1"))) == 1 and len(list(page.iter("h2"))) == 2
