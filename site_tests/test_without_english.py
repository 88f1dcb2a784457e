"""Records without English: a Vietnamese page alone, no English file beside it, and English pages that lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from generators.adapters.cli import main
from site_tests.small_project import lay_out_every_kind

TODAY = date(2026, 3, 5)
# Each record of the small project that gets no English, by the key that decides, and the folder of its English page.
RECORDS = {
    "data/units/xa-thu.yml": ("name", "en/progress/xa-thu"),
    "data/plans/xa-thu-2025.yml": ("title", "en/plans/xa-thu-2025"),
    "data/activities/xa-thu-lop-toi.yml": ("title", "en/calendar/xa-thu-lop-toi"),
}
REPORT = "en/news/2026/03/report-xa-thu-2026-q1"


def _built(root: Path, folder: Path, *, english: bool) -> Path:
    """Builds the small project, and so looks at every link and file of it (adapters/verify)."""
    project = lay_out_every_kind(root, folder)
    if not english:
        for path, (key, _) in RECORDS.items():
            file = project / path
            text = file.read_text(encoding="utf-8")
            bare = re.sub(rf"^({key}|short): \{{vi: (.*?), en: .*\}}$", r"\1: \2", text, flags=re.MULTILINE)
            assert bare != text
            file.write_text(bare, encoding="utf-8")
        story = project / "content/tin-tuc/2026/02/xa-thu-mo-lop.en.md"  # it may lead only where a page is
        told = story.read_text(encoding="utf-8").replace("/en/plans/xa-thu-2025/", "/en/plans/")
        story.write_text(told, encoding="utf-8")
    output = folder / "made"
    assert main(["build", "--project", str(project), "--today", TODAY.isoformat(), "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="module")
def bilingual(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(root, tmp_path_factory.mktemp("bilingual"), english=True)


@pytest.fixture(scope="module")
def bare(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(root, tmp_path_factory.mktemp("bare"), english=False)


def _files(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}


def test_only_what_speaks_english_of_the_record_is_gone(bilingual: Path, bare: Path) -> None:
    before, after = _files(bilingual), _files(bare)
    gone = before - after
    # Files of search are named by words with which they begin.
    assert all(path.startswith(("search/en/w/", "search/en/p/")) for path in after - before)
    for _, page in RECORDS.values():
        assert f"{page}/index.html" in gone
    assert not [path for path in after if path.startswith("en/progress/xa-thu/")]
    beside = {path for path in gone if not path.startswith(tuple(f"{page}/" for _, page in RECORDS.values()))}
    assert {"en/calendar/xa-thu-lop-toi.ics", "chia-se/ke-hoach-xa-thu-2025-en.png"} <= beside
    assert all("-en" in path or path.startswith(("en/", "search/en/")) for path in beside), sorted(beside)
    assert not [path for path in after if "report-xa-thu" in path]


def _english_pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for file in sorted((site / "en").rglob("index.html")):
        yield file.relative_to(site).as_posix(), html.fromstring(file.read_text(encoding="utf-8"))


def test_english_pages_lead_to_the_vietnamese_one_and_say_so(bare: Path) -> None:
    led = set()
    for path, page in _english_pages(bare):
        for link in page.findall(".//main//a[@href]"):
            way = re.search(r"(tien-do/xa-thu|ke-hoach/xa-thu-2025|lich/xa-thu-lop-toi)/(?:#.*)?$", link.get("href"))
            if way:
                assert link.get("hreflang") == "vi", (path, link.get("href"))
                led.add(way[1])
    assert led == {"tien-do/xa-thu", "ke-hoach/xa-thu-2025", "lich/xa-thu-lop-toi"}


def test_a_vietnamese_name_in_an_english_link_is_marked(bare: Path) -> None:
    page = html.fromstring((bare / "en/progress/index.html").read_text(encoding="utf-8"))
    (link,) = (one for one in page.findall(".//main//table//a") if one.text_content() == "Xã Thử")
    assert link.find("span").get("lang") == "vi"


def test_the_vietnamese_page_names_no_twin_and_its_language_link_leads_to_the_section(bare: Path) -> None:
    page = html.fromstring((bare / "tien-do/xa-thu/index.html").read_text(encoding="utf-8"))
    assert not page.findall(".//head/link[@hreflang]")
    (other,) = (one for one in page.findall(".//a[@hreflang='en']") if one.text_content().strip() == "English")
    assert other.get("href") == "../../en/progress/"


def test_neither_sitemap_nor_feeds_nor_data_know_an_english_page_of_it(bare: Path) -> None:
    for file in ("sitemap.xml", "en/feed.xml", "en/atom.xml", "en/calendar.ics", "en/report-dates.ics"):
        text = (bare / file).read_text(encoding="utf-8").replace("\r\n ", "")
        for _, page in RECORDS.values():
            assert f"/{page}/" not in text, file
    assert "/lich/xa-thu-lop-toi/" in (bare / "en/calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "")


def test_with_english_nothing_is_marked_as_elsewhere(bilingual: Path) -> None:
    for path, page in _english_pages(bilingual):
        assert not page.findall(".//main//a[@hreflang='vi']") or path == "en/banners/index.html", path
