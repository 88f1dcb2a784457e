"""Pages that have moved: who has kept an old address still comes to the item, and no feed announces it again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from generators.adapters.verify.page import read_page
from generators.adapters.verify.target import Place
from generators.artefact import Artefact
from generators.outputs import feeds, hosting, moves
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.site import Site
from site_tests.small_project import lay_out

ITEM = """---
id: khai-giang
title: Khai giảng & <lớp> học
date: {day}
summary: Một tin.
{more}---

Lời tin.
"""
TWIN = "---\ntitle: The class begins\nsummary: One item.\n---\n\nWords.\n"


def site_with(project: Path, name: str, day: str, more: str = "") -> Site:
    folder = project / "content/tin-tuc"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / f"{name}.md").write_text(ITEM.format(day=day, more=more), encoding="utf-8")
    (folder / f"{name}.en.md").write_text(TWIN, encoding="utf-8")
    return load_site(project, date(2026, 3, 5), "https://example.com/so/")[0]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The small project without news and without a list of moves, speaking with the words of the real one."""
    project = lay_out("news-old-address", tmp_path)
    shutil.copyfile(root / "data/words.yml", project / "data/words.yml")
    (project / "data/moved.yml").write_text("[]\n", encoding="utf-8")
    for file in (project / "content/tin-tuc").iterdir():
        file.unlink()
    return project


def test_an_old_address_leads_to_the_new_one_in_both_languages(project: Path) -> None:
    more = "old_addresses: [/tin-tuc/2026/01/khai-giang/, /tin-tuc/2026/01/ten-dau]\n"
    site = site_with(project, "khai-giang-lop-hoc", "10/02/2026", more)
    assert [(move.old, move.new) for move in site.moves()] == [
        ("/tin-tuc/2026/01/khai-giang/", "/tin-tuc/2026/02/khai-giang-lop-hoc/"),
        ("/tin-tuc/2026/01/ten-dau/", "/tin-tuc/2026/02/khai-giang-lop-hoc/"),
        ("/en/news/2026/01/khai-giang/", "/en/news/2026/02/khai-giang-lop-hoc/"),
        ("/en/news/2026/01/ten-dau/", "/en/news/2026/02/khai-giang-lop-hoc/"),
    ]
    files = {file.path: file for file in moves.render(site, Templates(site.phrase))}
    assert len(files) == 4
    page = html.fromstring(str(files["tin-tuc/2026/01/khai-giang/index.html"].content))
    assert page.get("lang") == "vi"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == (
        "https://example.com/so/tin-tuc/2026/02/khai-giang-lop-hoc/"
    )
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == (
        "0; url=../../../../tin-tuc/2026/02/khai-giang-lop-hoc/"
    )
    assert page.xpath("//main//a/@href") == ["../../../../tin-tuc/2026/02/khai-giang-lop-hoc/"]
    assert page.xpath("string(//main//a)") == "Khai giảng & <lớp> học"
    assert html.fromstring(str(files["en/news/2026/01/khai-giang/index.html"].content)).get("lang") == "en"


def test_the_editors_own_list_of_moves_gives_pages_and_goes_to_servers_too(project: Path) -> None:
    listed = "- {old: /ke-hoach/cu/, new: /ke-hoach/}\n- {old: /cu.csv, new: /ke-hoach/}\n"
    (project / "data/moved.yml").write_text(listed, encoding="utf-8")
    site = site_with(project, "moi", "10/02/2026", "old_addresses: [/tin-tuc/2026/02/cu/]\n")
    assert "ke-hoach/cu/index.html" in {file.path for file in moves.render(site, Templates(site.phrase))}
    for_servers = {file.path: file for file in hosting.render(site, Templates(site.phrase))}
    assert isinstance(for_servers["_redirects"], Artefact)
    assert str(for_servers["_redirects"].content).splitlines()[1:] == [
        "/tin-tuc/2026/02/cu/ /tin-tuc/2026/02/moi/ 301",
        "/en/news/2026/02/cu/ /en/news/2026/02/moi/ 301",
        "/ke-hoach/cu/ /ke-hoach/ 301",
        "/cu.csv /ke-hoach/ 301",
    ]


def test_no_old_address_stands_among_the_pages(project: Path) -> None:
    site = site_with(project, "moi", "10/02/2026", "old_addresses: [/tin-tuc/2026/01/cu/]\n")
    assert not {address for address in site.page_addresses() if "/cu/" in address}
    assert "/tin-tuc/2026/02/moi/" in site.page_addresses()


def test_a_renamed_item_is_not_announced_again(project: Path) -> None:
    def guid(site: Site) -> str:
        (feed,) = (one for one in feeds.render(site, Templates(site.phrase)) if one.path == "feed.xml")
        assert isinstance(feed, Artefact)
        content = feed.content if isinstance(feed.content, bytes) else feed.content.encode()
        return content.decode().partition("<guid")[2].partition("</guid>")[0]

    before = guid(site_with(project, "cu", "10/02/2026"))
    after = guid(site_with(project, "moi", "10/02/2026", "old_addresses: [/tin-tuc/2026/02/cu/]\n"))
    assert before and before == after


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        ("0; url=../moi/", True),
        ("0; url=https://xau.example.com/", False),
        ("0; url=//xau.example.com/", False),
        ("0; url=javascript:alert(1)", False),
        ("5; url=../moi/", False),
        ("0", False),
    ],
)
def test_a_page_may_send_readers_on_at_once_and_within_the_site_only(content: str, allowed: bool) -> None:
    page = f'<!doctype html><meta http-equiv="refresh" content="{content}"><title>a</title>'
    faults = list(read_page(page.encode()).faults(Place("", "")))
    assert (faults == []) == allowed, faults
