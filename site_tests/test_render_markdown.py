"""Holds how Markdown becomes HTML: tables that everyone can reach, folded anchors, what a strict policy blocks."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from generators.render.markdown import heading_id, outline, to_html

TABLE = "| Nơi | Mức |\n| --- | ---: |\n| Xã | 80% |\n"


def test_a_table_is_a_named_region_with_scoped_headers_and_no_inline_style() -> None:
    html = to_html(f"## Các mức\n\n{TABLE}", "/x/")
    region = etree.fromstring(f"<body>{html}</body>").find("div")
    assert dict(region.attrib) == {
        "class": "table-scroll", "role": "region", "tabindex": "0", "aria-labelledby": "cac-muc",
    }  # fmt: skip
    cells = [(cell.tag, cell.text, dict(cell.attrib)) for cell in region.iter("th", "td")]
    assert cells == [
        ("th", "Nơi", {"scope": "col"}),
        ("th", "Mức", {"scope": "col", "class": "align-right"}),
        ("td", "Xã", {}),
        ("td", "80%", {"class": "align-right"}),
    ]
    assert [node.tag for node in region] == ["table"]


def test_a_table_without_a_heading_is_no_nameless_landmark() -> None:
    html = to_html(TABLE, "/x/")
    assert 'tabindex="0"' in html and "role=" not in html and "aria-labelledby" not in html


def test_each_table_is_named_by_the_heading_above_it_also_inside_other_blocks() -> None:
    inside = "1. Việc\n\n    | a | b |\n    | - | - |\n    | c | d |\n\n"
    html = to_html(f"## Một\n\n{TABLE}\n### Hai\n\n{inside}{TABLE}", "/")
    assert re.findall(r'aria-labelledby="([^"]*)"', html) == ["mot", "hai", "hai"]
    assert html.count("<table>") == html.count("table-scroll") == 3


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Đại sứ số", "dai-su-so"),
        ("Tôi cần chuẩn bị gì?", "toi-can-chuan-bi-gi"),
        ("  4T – Chợ số / Nông thôn  ", "4t-cho-so-nong-thon"),
        ("Ưu đãi & ỨNG DỤNG", "uu-dai-ung-dung"),
    ],
)
def test_anchors_are_folded_words(heading: str, anchor: str) -> None:
    assert heading_id(heading, "-") == anchor
    assert outline(f"## {heading}\n").ids == (anchor,)


def test_anchors_by_hand_and_doubles() -> None:
    text = "## Một {#mot-hai}\n\n## Hai\n\n## Hai\n\nĐoạn.\n{: #doan }\n\n## 学\n"
    assert outline(text).ids == ("mot-hai", "hai", "hai_1", "doan", "_1")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một\n{: .lead }", '<p class="lead">Một</p>'),
        ("*nghiêng*, **đậm**, xã_mẫu_một", "<p><em>nghiêng</em>, <strong>đậm</strong>, xã_mẫu_một</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("[xem](/bat-dau/)", '<p><a href="../bat-dau/">xem</a></p>'),
        ("![](/a.png)", '<p><img alt="" src="../a.png" /></p>'),
        ("Nơi\n: nghĩa", "<dl>\n<dt>Nơi</dt>\n<dd>nghĩa</dd>\n</dl>"),
        ("1. a\n\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
        ("22/05/2025. Một", "<p>22/05/2025. Một</p>"),
        ("2025\\. Năm", "<p>2025. Năm</p>"),
        ("", ""),
    ],
)
def test_corners_of_markdown(text: str, html: str) -> None:
    assert to_html(text, "/x/").replace(" />", ">") == html.replace(" />", ">")


def test_footnotes_of_one_text_do_not_leak_into_the_next() -> None:
    with_note = "Một[^1]\n\n[^1]: Chú thích.\n"
    first = to_html(with_note, "/")
    assert to_html("Hai", "/") == "<p>Hai</p>"
    assert to_html(with_note, "/") == first
    assert "fn:1" in first


def test_an_outline_tells_links_in_order_and_leaves_code_alone() -> None:
    text = (
        "[a](/a/) `[b](/b/)` ![c](/c.png) <https://d.example> [e][x]\n\n    [f](/f/)\n\n"
        "<a href='/g/'>g</a> <!-- [h](/h/) -->\n\n[x]: /e/ \"Tên\"\n"
    )
    assert outline(text).targets == ("/a/", "/c.png", "https://d.example", "/e/", "/g/")


def test_an_outline_tells_what_browsers_will_block() -> None:
    text = '<script>x</script>\n\n<p onclick="x" style="a:b">x</p>\n\n<iframe src="/x/"></iframe>\n\n`<style>`\n'
    assert outline(text).unsafe == ("<script", "onclick=", "style=", "<iframe")
    assert outline(f"## Bảng\n\n{TABLE}\n[^1]\n\n[^1]: x").unsafe == ()
