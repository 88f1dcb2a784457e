"""Holds the blocks in hand-written pages: each can be filled in both languages, and nothing else is touched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generators.blocks import BLOCKS, fill_blocks, page_body
from generators.problems import Language
from generators.render.html import Templates
from generators.site import Site
from site_tests.small_project import small_site


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


@pytest.fixture(scope="module")
def templates(site: Site) -> Templates:
    return Templates(site.phrase)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_block_is_filled_in_both_languages(
    name: str, lang: Language, site: Site, templates: Templates
) -> None:
    html = fill_blocks(f"<p>a</p>\n<!-- campaign: {name} -->\n<p>b</p>", site, templates, lang, "/x/y/")
    assert html.startswith("<p>a</p>") and html.endswith("<p>b</p>")
    filling = html.removeprefix("<p>a</p>").removesuffix("<p>b</p>").strip()
    assert filling and "campaign:" not in filling
    assert not re.findall(r"<script(?![^>]*\ssrc=)|<[a-z][^>]*\s(?:style|on[a-z]+)=", filling)
    assert not re.findall(r'(?:href|src)="/', filling), "links must fit the depth of the page"


def test_a_block_can_stand_twice_and_its_spaces_do_not_matter(site: Site, templates: Templates) -> None:
    twice = "<!--campaign:platform-button--><!--  campaign:  platform-button  -->"
    html = fill_blocks(twice, site, templates, "vi", "/")
    assert html.count('href="https://hoc.example.gov.vn"') == 2


def test_an_unknown_block_raises_and_other_comments_stay(site: Site, templates: Templates) -> None:
    with pytest.raises(KeyError):
        fill_blocks("<!-- campaign: no-such-block -->", site, templates, "vi", "/")
    assert fill_blocks("<!-- a note -->", site, templates, "vi", "/") == "<!-- a note -->"


def test_a_page_has_one_title_and_links_that_fit_its_address(site: Site, templates: Templates) -> None:
    page = next(page for page in site.dataset.pages if page.address == "/bat-dau/")
    body = page_body('<p><a href="/ke-hoach/">x</a></p>', site, templates, page)
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", body) == ["Bắt đầu học"]
    assert '<a href="../ke-hoach/">x</a>' in body


def test_the_opening_of_the_home_page_ends_with_its_first_block(site: Site, templates: Templates) -> None:
    page = next(page for page in site.dataset.pages if page.address == "/")
    body = page_body("<p>mở</p><!-- campaign: platform-button --><p>sau</p>", site, templates, page)
    opening, _, rest = body.partition("<p>sau</p>")
    assert "<p>mở</p>" in opening and 'href="https://hoc.example.gov.vn"' in opening
    assert opening.index("<p>mở</p>") < opening.index("</section>") and "</section>" not in rest


def test_the_countdown_tells_the_day_itself_from_the_days_around_it(root: Path) -> None:
    counts, days = {}, {}
    for day in (9, 10, 11):
        site = small_site(root, date(2026, 10, day))
        html = fill_blocks("<!-- campaign: festival-countdown -->", site, Templates(site.phrase), "vi", "/")
        days[day] = re.findall(r'datetime="([^"]*)"', html)
        counts[day] = re.findall(r"<p [^>]*data-festival-count[^>]*>(.*?)</p>", html)
    assert days == {9: ["2026-10-10"], 10: ["2026-10-10"], 11: ["2027-10-10"]}
    said = [re.findall(r"\b(?:1|364) ngày", counts[day][0]) for day in counts]
    assert said == [["1 ngày"], [], ["364 ngày", "1 ngày"]]
