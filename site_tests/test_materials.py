"""Holds the learning materials: what a page says of them, and above all what it says of things not known."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from lxml import html as parser

from generators.artefact import Page
from generators.outputs import materials
from generators.outputs.materials import material_places
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.site import Site
from site_tests.small_project import BASE, small_site

RECORDS = """\
- id: mot
  title: {vi: Mở máy, en: Switch on}
  helps: {vi: Biết mở máy., en: Know how to switch on.}
  forms: [text, video]
  length: {vi: 10 phút, en: 10 minutes}
  where: https://hoc.example.gov.vn
  captions: there
  sources: [{name: {vi: Sách thử, en: Test book}}]
- id: hai
  title: {vi: Gọi điện, en: Make a call}
  helps: {vi: Biết gọi., en: Know how to call.}
  forms: [text, video]
  where: https://hoc.example.gov.vn
  groups: [officials]
  transcript: missing
  captions: there
  sources: [{name: {vi: Sách thử, en: Test book}}]
"""


def site_with(tmp_path: Path, root: Path, records: str) -> Site:
    project = shutil.copytree(BASE, tmp_path / "project")
    (project / "data/materials.yml").write_text(records, encoding="utf-8")
    site, _ = load_site(project, date(2026, 3, 5), "https://example.com/")
    return replace(site, dataset=replace(site.dataset, phrases=small_site(root).dataset.phrases))


def texts(site: Site) -> dict[str, str]:
    pages = [page for page in materials.render(site, Templates(site.phrase)) if isinstance(page, Page)]
    return {page.lang: page.body for page in pages}


def facts(item: parser.HtmlElement) -> dict[str, str]:
    names = [" ".join(one.text_content().split()) for one in item.xpath(".//dt")]
    values = [" ".join(one.text_content().split()) for one in item.xpath(".//dd")]
    return dict(zip(names, values, strict=True))


def test_facts_that_all_share_are_said_once_and_unknown_ones_are_named(tmp_path: Path, root: Path) -> None:
    site = site_with(tmp_path, root, RECORDS)
    (place,) = material_places(site)
    assert (place.host, place.name.vi) == ("hoc.example.gov.vn", "Nền tảng thử")
    assert place.shared == ("forms", "format", "captions")
    assert place.unknown() == ("format",)
    assert place.own() == ("length", "transcript", "groups")
    page = parser.fromstring(texts(site)["vi"])
    (shared,) = page.xpath("//dl[@class='facts']")
    assert facts(shared) == {"Dạng": "Bài đọc, video", "Phụ đề của video": "Có", "Chưa rõ": "Định dạng tệp"}
    first, second = page.xpath("//ul[contains(@class, 'materials')]/li")
    assert facts(first) == {
        "Dài bao lâu": "10 phút", "Bản chữ của video": "Chưa rõ", "Dành cho nhóm nào": "Chưa rõ",
    }  # fmt: skip
    group = site.dataset.groups["officials"].name.vi
    assert facts(second) == {
        "Dài bao lâu": "Chưa rõ", "Bản chữ của video": "Không có", "Dành cho nhóm nào": group,
    }  # fmt: skip


def test_a_place_is_named_by_its_owner_and_keeps_the_order_of_the_file(tmp_path: Path, root: Path) -> None:
    project = shutil.copytree(BASE, tmp_path / "project")
    campaign = project / "data/campaign.yml"
    owner = "owner: {vi: Tỉnh thử, en: Test province}"
    host = f"official_hosts:\n  - {{host: tinh.example.gov.vn, {owner}, source: Mục I.}}\n"
    campaign.write_text(campaign.read_text(encoding="utf-8").replace("official_hosts:\n", host), encoding="utf-8")
    other = RECORDS[: RECORDS.index("- id: hai")].replace("mot", "ba").replace("hoc.example", "tinh.example")
    (project / "data/materials.yml").write_text(other + RECORDS, encoding="utf-8")
    site, _ = load_site(project, date(2026, 3, 5), "https://example.com/")
    assert [(place.name.vi, [one.id for one in place.materials]) for place in material_places(site)] == [
        ("Tỉnh thử", ["ba"]),
        ("Nền tảng thử", ["mot", "hai"]),
    ]


def test_without_materials_the_page_says_so(tmp_path: Path, root: Path) -> None:
    page = parser.fromstring(texts(site_with(tmp_path, root, "[]\n"))["vi"])
    assert page.xpath("count(//div[@class='empty'])") == 1
    assert page.xpath("//table") == [], "the small project has no plan that asks for forms"


def test_the_projects_own_materials_are_those_with_a_source(root: Path) -> None:
    site, _ = load_site(root, date(2026, 11, 22), "https://example.com/")
    national, ha_tinh = material_places(site)
    assert (national.host, len(national.materials), national.own()) == ("binhdanhocvuso.gov.vn", 7, ())
    assert {one.forms for one in national.materials} == {("text", "video")}, "reading and video: no source says more"
    assert (ha_tinh.host, len(ha_tinh.materials)) == ("hatinh.mobiedu.vn", 1)
    assert ha_tinh.unknown() == ("forms", "format", "length", "transcript", "captions", "groups")
    assert national.unknown() == ("format", "length", "transcript", "captions", "groups")


def test_the_five_forms_are_counted_as_they_are(root: Path) -> None:
    site, _ = load_site(root, date(2026, 11, 22), "https://example.com/")
    page = parser.fromstring(texts(site)["en"])
    body = page.xpath("//table[caption/@id='forms']/tbody/tr")
    rows = [[cell.text_content() for cell in row.xpath("*")][::2] for row in body]
    assert rows == [
        ["Text", "7 topics"], ["Pictures", "None yet"], ["Sound", "None yet"], ["Video", "7 topics"],
        ["Slides", "None yet"],
    ]  # fmt: skip
    assert page.xpath("//a[contains(@href, 'vinh-linh-2025')]")
