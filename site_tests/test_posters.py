"""Posters: one tagged A4 page that can be printed, says what the page says, and whose code scans from the paper."""

from __future__ import annotations

import io
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from lxml import html
from PIL import Image
from pypdf import PdfReader

from generators import limits
from generators.artefact import Page
from generators.outputs import banners, posters, progress
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.render.kept import forget
from generators.render.poster import Poster, PosterFact, poster_pdf
from generators.site import Site
from generators.telling.posters import activity_poster, has_unit_poster

DAY = date(2026, 11, 22)
A4 = (595.28, 841.89)  # ISO 216 in points
EVENING = "lich/xa-mau-lop-buoi-toi/ap-phich.pdf"
HOSTILE = 'Lớp <script>alert(1)</script> ]]> & #panic("x") 😀 \u202etxt\u0007 '
FACTS = (PosterFact("Khi nào", ("Thứ Tư, 25/11/2026, 19:00",), strong=True), PosterFact("Ở đâu", ("Nhà văn hóa",)))


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, DAY, "https://example.com/so/")[0]


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, bytes]:
    files = posters.render(site, Templates(site.phrase))
    return {file.path: file.content for file in files if isinstance(file.content, bytes)}


def poster(**changed: Any) -> Poster:
    plain = Poster(
        lang="vi", site="Bình dân học vụ số", motto="Không ai bị bỏ lại phía sau", kicker="Lớp học",
        title="Lớp buổi tối", summary="Học gọi hình.", mark="", notice="", facts=FACTS,
        url="https://example.com/lich/lop/", qr_alt="Mã QR", scan="Quét mã", address="example.com/lich/lop",
        learn="Gõ:", learn_address="binhdanhocvuso.gov.vn",
    )  # fmt: skip
    return replace(plain, **changed)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def fonts_of(page: Mapping[str, Any]) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_who_has_a_poster(site: Site, made: dict[str, bytes]) -> None:
    """Units with a plan in force; activities to come. On 22/11/2026 the market of the sample is still to come."""
    units = {path.split("/")[1] for path in made if path.startswith("tien-do/")}
    assert units == {
        "cao-bang-so-noi-vu", "dong-thap-van-phong", "ha-tinh-nong-thon-moi", "hung-nguyen-nam", "xa-mau",
    }  # fmt: skip
    activities = {path.split("/")[1] for path in made if path.startswith("lich/")}
    assert {"xa-mau-lop-buoi-toi", "xa-mau-phien-cho-4t", "ngay-hoi-dong-thap-van-phong"} <= activities
    assert "xa-mau-ngay-hoi-2026" not in activities, "it is over"
    assert "xa-mau-noi-chuyen-lua-dao" not in activities, "it was cancelled"
    assert not has_unit_poster(site, site.dataset.units["vinh-linh"]), "it is no more"


def test_in_a_site_of_the_whole_country_communes_have_none_and_are_told_so(
    site: Site, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def named() -> set[str]:
        return {part.name for part in posters.render.parts(site, Templates(site.phrase))}

    def pages() -> str:
        templates = Templates(site.phrase)
        units = (page.body for page in progress.render(site, templates) if isinstance(page, Page))
        return "".join([banners._page(site, templates, defaultdict(int), "vi").body, *units])

    everything, told = named(), site.phrase("banner-posters-above", "vi")
    assert len(everything) == len(made)
    assert told not in pages() and "hung-nguyen-nam/ap-phich.pdf" in pages()
    monkeypatch.setattr(limits, "POSTERS", len(site.dataset.units) + len(site.dataset.activities) - 1)
    assert everything - named() == {"posters/unit/hung-nguyen-nam"}
    assert told in pages() and "hung-nguyen-nam/ap-phich.pdf" not in pages()


def test_each_is_one_tagged_page_of_a4_in_vietnamese_with_its_fonts(made: dict[str, bytes]) -> None:
    for path, content in made.items():
        pdf = PdfReader(io.BytesIO(content))
        assert len(pdf.pages) == 1, path
        box = pdf.pages[0].mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(A4, abs=0.02), path
        root = pdf.trailer["/Root"]
        assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("vi", True), path
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content, path
        assert pdf.metadata and pdf.metadata.title, path
        assert pdf.metadata.creation_date is None, "no day of making, so that the bytes stay"
        fonts = fonts_of(pdf.pages[0])
        assert fonts, path
        for font in fonts:
            inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "BeVietnamPro" in inner["/FontName"] and "/FontFile2" in inner, path


def test_an_activity_says_what_when_where_and_what_to_bring(site: Site, made: dict[str, bytes]) -> None:
    text = text_of(made[EVENING])
    for words in (
        "Số liệu minh họa", "Lớp học · Xã Mẫu", "Lớp buổi tối ở nhà văn hóa thôn Một", "Mỗi thứ Tư, 19:00–20:30",
        "từ 09/09/2026 đến 30/06/2027", "trừ 03/02/2027 và 10/02/2027", "Nhà văn hóa thôn Một",
        "Điện thoại, nhớ sạc đầy", "UBND Xã Mẫu (đơn vị minh họa), Bộ phận Một cửa", "mot-cua@xa-mau.example",
        "Lối đi không bậc, xe lăn vào được", "example.com/so/lich/xa-mau-lop-buoi-toi", "binhdanhocvuso.gov.vn",
    ):  # fmt: skip
        assert words in text, words
    moved = site.derived.activities.series["xa-mau-ban-giup-vneid"]
    assert moved.activity.status == "moved" and moved.activity.status_note
    found = activity_poster(site, moved)
    assert found.notice == f"Đã đổi lịch. {moved.activity.status_note.vi}"
    assert "Đã đổi lịch." in text_of(made["lich/xa-mau-ban-giup-vneid/ap-phich.pdf"])


def test_a_unit_says_what_its_plan_aims_at_and_where_to_learn(made: dict[str, bytes]) -> None:
    cao_bang = text_of(made["tien-do/cao-bang-so-noi-vu/ap-phich.pdf"])
    assert "Sở Nội vụ tỉnh Cao Bằng" in cao_bang and "Số liệu minh họa" not in cao_bang
    assert "2026: 100%" in cao_bang and "2026: 90%" in cao_bang, "plan of Cao Bằng, targets of 2026"
    assert "2025" not in cao_bang, "what was due last year is no invitation"
    ha_tinh = text_of(made["tien-do/ha-tinh-nong-thon-moi/ap-phich.pdf"])
    assert "hatinh.mobiedu.vn" in ha_tinh, "its own platform"


def test_the_code_scans_from_the_printed_page(made: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made[EVENING])
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", "a.pdf", "a"], cwd=tmp_path, check=True)
    page = Image.open(tmp_path / "a.png")
    codes = zxingcpp.read_barcodes(page)
    assert [code.text for code in codes] == ["https://example.com/so/lich/xa-mau-lop-buoi-toi/"]
    place = codes[0].position
    assert (place.top_right.x - place.top_left.x) / 100 * 25.4 > 40, "four centimetres wide or more"


@pytest.mark.parametrize(
    "title", [HOSTILE, (HOSTILE + "Bình dân học vụ số cho mọi người " * 16)[:500], "A" * 500, "😀"]
)
def test_hostile_titles_come_out_right(title: str) -> None:
    made = poster_pdf(poster(title=title, summary=title, notice=title), DAY)
    pdf = PdfReader(io.BytesIO(made))
    assert len(pdf.pages) == 1
    text = "".join(pdf.pages[0].extract_text().replace("\u200b", "").split())
    expected = "".join(title.replace("😀", "").replace("\u202e", "").replace("\u0007", "").split())
    assert expected in text, "all of it, however long"
    assert "Nhàvănhóa" in text and "binhdanhocvuso.gov.vn" in text, "and nothing pushed off the page"


def test_facts_too_long_for_the_page_end_in_an_ellipsis() -> None:
    facts = tuple(PosterFact(f"Điều {number}", ("rất dài " * 300,)) for number in range(6))
    text = text_of(poster_pdf(poster(facts=facts), DAY))
    assert text.count("…") == 6 and "Điều 5" in text


def test_the_same_words_give_the_same_bytes_on_another_day() -> None:
    first = poster_pdf(poster(), DAY)
    forget()
    assert poster_pdf(poster(), date(2027, 1, 1)) == first
    assert poster_pdf(poster(), DAY) != poster_pdf(poster(title="Lớp khác"), DAY)


def test_pages_link_to_their_poster(built_site: Path) -> None:
    for page, href in (
        ("lich/xa-mau-lop-buoi-toi", "../../lich/xa-mau-lop-buoi-toi/ap-phich.pdf"),
        ("en/calendar/xa-mau-lop-buoi-toi", "../../../lich/xa-mau-lop-buoi-toi/ap-phich.pdf"),
        ("tien-do/xa-mau", "../../tien-do/xa-mau/ap-phich.pdf"),
        ("banner", "../lich/xa-mau-lop-buoi-toi/ap-phich.pdf"),
    ):
        document = html.fromstring((built_site / page / "index.html").read_bytes())
        links = [one.get("href") for one in document.iter("a")]
        assert href in links, page
        assert (built_site / page / href).resolve().is_file()
    over = html.fromstring((built_site / "tien-do/vinh-linh/index.html").read_bytes())
    assert not [one for one in over.iter("a") if "ap-phich" in (one.get("href") or "")]
