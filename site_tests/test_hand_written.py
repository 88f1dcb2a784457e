"""Holds hand-written pages: each is a part of its own, and its text and front matter become a page of the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generators import hand_written
from generators.artefact import Page
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.schema.page import PageMeta
from generators.site import Site
from generators.source import Source


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, date(2026, 11, 22), "https://example.org/")[0]


def made(site: Site) -> dict[str, Page]:
    parts = hand_written.render.parts(site, Templates(site.phrase))
    pages = {part.name: list(part.make()) for part in parts}
    assert all(len(files) == 1 for files in pages.values())
    return {name: one for name, files in pages.items() for one in files if isinstance(one, Page)}


def with_text(site: Site, path: str, body: str, **meta: str) -> Site:
    """The site with another text and front matter in one of its pages."""
    page = next(one for one in site.dataset.pages if one.path == path)
    told = PageMeta(title="Tên", description="Lời", **meta)
    fresh = replace(page, meta=told, source=Source(path, {}, "", 1, body, 4))
    pages = tuple(fresh if one is page else one for one in site.dataset.pages)
    return replace(site, dataset=replace(site.dataset, pages=pages))


def test_each_page_is_a_part_of_its_own(site: Site) -> None:
    pages = made(site)
    assert sorted(page.source for page in pages.values()) == [page.path for page in site.dataset.pages]
    assert pages["page/vi/index"].path == "index.html"
    assert pages["page/en/index"].path == "en/index.html"


def test_the_text_becomes_safe_html_with_blocks_and_links_that_fit(site: Site) -> None:
    text = "Xem [kế hoạch](/ke-hoach/).<script>x</script>\n\n<!-- campaign: platform-button -->\n\n| a |\n|---|\n| b |"
    page = made(with_text(site, "content/bat-dau.md", text))["page/vi/bat-dau"]
    assert "<h1>Tên</h1>" in page.body
    assert 'href="../ke-hoach/"' in page.body
    assert site.dataset.campaign.platform.url in page.body
    assert 'class="table-scroll"' in page.body
    assert "script" not in page.body and "campaign:" not in page.body


def test_the_front_matter_says_what_stands_around_the_text(site: Site) -> None:
    told = with_text(site, "content/en/start.md", "x", twin="/bat-dau/", section="bat-dau", page_class="page-own")
    page = made(told)["page/en/start"]
    assert (page.title, page.description, page.lang, page.address) == ("Tên", "Lời", "en", "/en/start/")
    assert (page.twin, page.section, page.page_class) == ("/bat-dau/", "bat-dau", "page-own")
    plain = made(with_text(site, "content/bat-dau.md", "x"))["page/vi/bat-dau"]
    assert (plain.twin, plain.section, plain.page_class) == ("", "", "page-content")
