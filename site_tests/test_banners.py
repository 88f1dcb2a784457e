"""The banner kit: each picture in its size, words that can be read, links that lead where they say, codes that scan."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from lxml import etree, html
from PIL import Image, ImageChops

from generators.artefact import Artefact, Page
from generators.blocks import block_names, fill_blocks
from generators.dataset.rules import host_of
from generators.outputs import banners
from generators.render.banner import Banner, Scheme, banner_png, banner_svg
from generators.render.html import Templates
from generators.render.kept import forget
from generators.render.qr import qr_png, qr_svg
from generators.site import Site
from generators.telling.banners import SCHEMES, SIZES
from site_tests.small_project import small_site

SVG = "{http://www.w3.org/2000/svg}"
USUAL = {(728, 90), (300, 250), (160, 600), (320, 100), (970, 250), (1200, 630), (1080, 1080)}
HOSTILE = 'Lớp <script>alert(1)</script> ]]> & "x" #panic("a") 😀 \u202etxt\u0007 '
LONG = HOSTILE + "Bình dân học vụ số cho mọi người " * 14


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, Artefact | Page]:
    return {one.path: one for one in banners.render(site, Templates(site.phrase))}


def banner(width: int, height: int, headline: str = "Bình dân học vụ số", scheme: Scheme = "light") -> Banner:
    words = {"line": "Không ai bị bỏ lại phía sau", "action": "Vào học", "host": "binhdanhocvuso.gov.vn"}
    return Banner(width=width, height=height, scheme=scheme, lang="vi", headline=headline, alt=headline, **words)


def content(one: Artefact | Page) -> bytes:
    assert isinstance(one, Artefact)
    return one.content if isinstance(one.content, bytes) else one.content.encode()


def test_every_usual_size_is_there_in_both_languages_and_schemes(made: dict[str, Artefact | Page]) -> None:
    assert {(size.width, size.height) for size in SIZES} == USUAL
    names = {
        f"banner/hoc-thu-{width}x{height}{lang}{scheme}.{kind}"
        for width, height in USUAL
        for lang in ("", "-en")
        for scheme in ("", "-dark")
        for kind in ("svg", "png")
    }
    codes = {"banner/hoc-thu-qr.svg", "banner/hoc-thu-qr.png"}
    assert set(made) == names | codes | {"banner/index.html", "en/banners/index.html"}
    assert len(names) == 56
    for name in names:
        width, height = (int(side) for side in re.findall(r"[0-9]+", name.partition("hoc-thu-")[2])[:2])
        if name.endswith(".png"):
            assert Image.open(io.BytesIO(content(made[name]))).size == (width, height), name
        else:
            svg = etree.fromstring(content(made[name]))
            assert (svg.get("width"), svg.get("height")) == (str(width), str(height)), name
            words = (
                "Learn with us. Everyone learns. Start"
                if "-en" in name
                else "Cùng học thử. Mọi người cùng học. Vào học"
            )
            assert svg.findtext(f"{SVG}title") == f"{words}: hoc.example.gov.vn"


def test_a_drawing_is_inert_small_and_the_same_each_time(made: dict[str, Artefact | Page]) -> None:
    for name, one in made.items():
        if not name.endswith(".svg") or name.endswith("qr.svg"):
            continue
        text = content(one).decode()
        assert len(text) < 26_500, name
        names = {etree.QName(element).localname for element in etree.fromstring(text.encode()).iter(etree.Element)}
        assert not names & {"script", "style", "text", "image", "foreignObject", "a", "animate", "set"}, name
        assert not re.findall(r"\s(?:style|on\w+)=|javascript:|data:|@import", text), name
        assert set(re.findall(r'href="(.)', text)) == {"#"}, "nothing is loaded from elsewhere"
        assert set(re.findall(r"https?://[^\"]+", text)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }
    first = banner_svg(banner(300, 250)), banner_png(banner(300, 250))
    forget()
    assert (banner_svg(banner(300, 250)), banner_png(banner(300, 250))) == first


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_and_button_have_a_contrast_of_seven(scheme: Scheme) -> None:
    svg = etree.fromstring(banner_svg(banner(970, 250, scheme=scheme)).encode())
    ground = svg.find(f"{SVG}path").get("fill")  # type: ignore[union-attr]
    lines = [group for group in svg.iter(f"{SVG}g") if group.find(f"{SVG}use") is not None]
    assert len(lines) == 4, "headline, line, action, host"
    for line in lines:
        around = line.getparent().getparent()  # type: ignore[union-attr]
        plate = around.find(f"{SVG}path") if around is not svg else None  # type: ignore[union-attr]
        behind = ground if plate is None else plate.get("fill")
        assert contrast(line.get("fill"), behind) >= 7, (line.get("fill"), behind)  # type: ignore[arg-type]


def pixels(one: Banner) -> Image.Image:
    return Image.open(io.BytesIO(banner_png(one))).convert("RGB")


@pytest.mark.parametrize("size", sorted(USUAL))
@pytest.mark.parametrize("headline", [HOSTILE, LONG[:500], "A" * 500, "😀", "\u202e\u200f"])
def test_hostile_words_stay_inside_the_picture(size: tuple[int, int], headline: str) -> None:
    wide = banner(*size, headline=headline)
    svg = etree.fromstring(banner_svg(wide).encode())
    assert "script" not in {etree.QName(one).localname for one in svg.iter(etree.Element)}
    title = svg.findtext(f"{SVG}title") or ""
    assert not re.findall("[\u202a-\u202e\u2066-\u2069\x00-\x1f]", title)
    assert ("<script>" in title) == ("<script>" in headline)
    picture, usual = pixels(wide), pixels(banner(*size))
    assert picture.size == size
    changed = ImageChops.difference(picture, usual).getbbox() or (8, 8, 8, 8)
    assert min(changed[:2]) >= 8 and changed[2] <= size[0] - 8 and changed[3] <= size[1] - 8, "words keep off the edge"


def test_a_longer_headline_is_set_smaller_not_cut() -> None:
    def letters(headline: str) -> int:
        return banner_svg(banner(1200, 630, headline)).count("<use ")

    short, long = "Cùng học", "Cùng học kỹ năng số với bà con trong thôn mỗi tối thứ Tư"
    more = len(long.replace(" ", "")) - len(short.replace(" ", ""))
    assert letters(long) - letters(short) == more


def test_a_code_reads_back_as_its_address(made: dict[str, Artefact | Page]) -> None:
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(content(made["banner/hoc-thu-qr.png"]))))
    assert [one.text for one in read] == ["https://hoc.example.gov.vn"]
    long = "https://example.gov.vn/tien-do/xa-co-ten-rat-dai/?" + "a" * 120
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(long))))[0].text == long
    svg = etree.fromstring(qr_svg(long, "Mã <b> & hơn").encode())
    assert svg.findtext(f"{SVG}title") == "Mã <b> & hơn"


def test_the_page_gives_html_that_holds_a_link_and_a_picture_only(made: dict[str, Artefact | Page]) -> None:
    page = made["banner/index.html"]
    assert isinstance(page, Page)
    body = html.fromstring(page.body)
    boxes = {one.get("id"): one for one in body.iter("textarea")}
    assert len(boxes) == 14
    box = boxes["ma-hoc-thu-728x90-dark"]
    expected = (
        '<a href="https://hoc.example.gov.vn"><img src="https://example.com/so/banner/hoc-thu-728x90-dark.svg" '
        'width="728" height="90" alt="Cùng học thử. Mọi người cùng học. Vào học: hoc.example.gov.vn"></a>'
    )
    assert box.text == expected
    assert box.get("readonly") is not None
    assert expected in [one.get("data-copy") for one in body.iter("button")]
    for one in body.iter("img"):
        assert one.get("alt") and one.get("width") and one.get("height")
    weights = re.findall(r"\((\d+) KB\)", body.text_content())
    assert len(weights) == 7 * 4 + 2
    assert int(weights[0]) == round(len(content(made["banner/hoc-thu-728x90.svg"])) / 1000)


def test_the_block_hangs_a_banner_with_its_size_in_both_schemes(site: Site) -> None:
    templates = Templates(site.phrase)
    assert "link-banner hoc-thu" in block_names(site.dataset)
    for block in ("link-banner", "link-banner  hoc-thu"):
        filled = fill_blocks(f"<!-- campaign: {block} -->", site, templates, "en", "/en/start/")
        link = html.fromstring(filled)
        assert [one.get("href") for one in link.iter("a")] == ["https://hoc.example.gov.vn"]
        shown = [
            (source.getparent().get("class"), source.get("srcset"), source.get("width"), source.get("height"))  # type: ignore[union-attr]
            for source in link.iter("source")
        ]
        assert shown == [
            ("in-light", "../../banner/hoc-thu-728x90-en.svg", "728", "90"),
            ("in-dark", "../../banner/hoc-thu-728x90-en-dark.svg", "728", "90"),
        ]
        pictures = [(one.get("src"), one.get("width"), one.get("height"), one.get("alt")) for one in link.iter("img")]
        alt = "Learn with us. Everyone learns. Start: hoc.example.gov.vn"
        assert pictures == [
            ("../../banner/hoc-thu-320x100-en.svg", "320", "100", alt),
            ("../../banner/hoc-thu-320x100-en-dark.svg", "320", "100", alt),
        ]


def test_banners_in_the_site_lead_to_official_hosts_only(built_site: Path, root: Path) -> None:
    official = set(re.findall(r"- host: (\S+)", (root / "data/campaign.yml").read_text(encoding="utf-8")))
    targets = re.findall(r"target: (\S+)", (root / "data/banners.yml").read_text(encoding="utf-8"))
    assert targets and {host_of(target) for target in targets} <= official
    unit = html.fromstring((built_site / "tien-do/ha-tinh-nong-thon-moi/index.html").read_bytes())
    hung = unit.xpath("//p[@class='link-banner']/a")
    assert [one.get("href") for one in hung] == ["https://hatinh.mobiedu.vn"]
    for source in hung[0].iter("source", "img"):
        address = source.get("srcset") or source.get("src")
        assert (built_site / "tien-do/ha-tinh-nong-thon-moi" / address).resolve().is_file()
    for page in ("gioi-thieu", "en/about"):  # a block with an id, in a page written by hand
        written = html.fromstring((built_site / page / "index.html").read_bytes())
        assert written.xpath("//p[@class='link-banner']/a/@href") == ["https://binhdanhocvuso.gov.vn"], page
