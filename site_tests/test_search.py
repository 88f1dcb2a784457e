"""Holds the search index: how words are compared, what of a page is found, how lists and shards are written."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generators.artefact import Page
from generators.outputs.search import SearchFiles, render
from generators.render.html import Templates
from generators.render.search_index import LONGEST, Document, SearchIndex, entry_of
from generators.render.search_text import folded, page_text, words
from generators.site import Site
from site_tests.small_project import small_site

PLAIN = Document("/a/", "Tên", "Mô tả", "Tin tức", "<p>lời</p>")


def built(*documents: Document) -> dict[str, Any]:
    index = SearchIndex({})
    for document in documents:
        index.add(entry_of(document))
    return {path: json.loads(text) for path, text in index.files("")}


def entry(files: dict[str, Any], kind: str, key: str) -> dict[str, list[int]]:
    """What the index holds of a folded word or pair, found the way a reader's script finds it."""
    shard = bisect_right(files["index.json"][kind], key) - 1
    found: dict[str, list[int]] = files[f"{kind}/{shard}.json"].get(key, {})
    return found


def pages(steps: list[int]) -> list[tuple[int, int]]:
    """A list as (page, weight)."""
    found, page = [], 0
    for step in steps[1:]:
        page += step >> 4
        found.append((page, step & 15))
    return found


@pytest.mark.parametrize(
    ("text", "spelled", "plain"),
    [
        ("Số", "sô'", "so"),
        ("SỞ", "sơ?", "so"),
        ("Đường", "đương`", "duong"),
        ("hòa", "hoa`", "hoa"),
        ("hoà", "hoa`", "hoa"),
        ("uỷ", "uy?", "uy"),
        ("ủy", "uy?", "uy"),
        ("4T", "4t", "4t"),
        ("1.234,5", "1.234,5", "1.234,5"),
        ("nghĩa", "nghia~", "nghia"),
        ("Việt", "viêt.", "viet"),
    ],
)
def test_a_word_has_a_form_with_all_marks_and_one_without_any(text: str, spelled: str, plain: str) -> None:
    for form in ("NFC", "NFD"):
        assert words(unicodedata.normalize(form, text)) == [spelled]
    assert folded(spelled) == plain


def test_words_end_where_letters_and_digits_end() -> None:
    assert words("“Kế hoạch” 378/KH-UBND, năm 2025.") == ["kê'", "hoach.", "378", "kh", "ubnd", "năm", "2025"]
    assert words("một\nhai") == ["môt.", "", "hai"]


def test_the_text_of_a_page_is_its_running_words() -> None:
    text = page_text(
        "<div><h1>Tên</h1><p>Một <b>h</b>ai (<span lang='en'>three</span>).</p><svg><text>hình</text></svg>"
        "<!-- thầm --><form><label>lọc</label></form><nav>lối</nav><h2 id='x'>Mục <a href='#'>nhỏ</a></h2>"
        "<table><tr><td>a &amp; b</td><td>c</td></tr></table></div>"
    )
    assert text.blocks == ("Một hai (three).", "Mục nhỏ", "a & b", "c")
    assert text.headings == ("Mục nhỏ",)
    assert page_text("").blocks == ()


def test_an_explained_word_is_found_and_its_explanation_does_not_break_the_sentence() -> None:
    text = page_text(
        '<p>Có <button type="button" class="term" popovertarget="x">mã OTP</button><span id="x" role="note" popover>'
        '<b>mã OTP:</b> dãy số <span lang="en">once</span> dùng một lần</span>, <button>Nghe</button>đừng đọc.</p>'
    )
    assert " ".join(text.blocks) == "Có mã OTP, đừng đọc."


def test_a_title_weighs_more_than_a_heading_and_a_heading_more_than_text() -> None:
    files = built(
        replace(PLAIN, body="<p>số</p>"),
        replace(PLAIN, body="<h2>Số</h2>"),
        replace(PLAIN, title="Chợ số 4T"),
        replace(PLAIN, title="Một hai ba bốn năm sáu số"),
        replace(PLAIN, body="<p>số số</p><p>số số</p>"),
        replace(PLAIN, title="Chợ số 4T", sample=True),
    )
    assert pages(entry(files, "w", "so")["sô'"]) == [(0, 0), (1, 4), (2, 12), (3, 9), (4, 2), (5, 6)]


def test_spellings_of_one_folded_word_are_told_apart() -> None:
    files = built(replace(PLAIN, body="<p>số sở</p>"), replace(PLAIN, body="<p>sở so</p>"))
    assert entry(files, "w", "so") == {"": [1, 16], "sô'": [1, 0], "sơ?": [2, 0, 16]}


def test_pairs_stand_inside_one_block_and_after_each_other() -> None:
    files = built(replace(PLAIN, body="<p>đường dẫn</p><p>lạ</p>"))
    assert entry(files, "p", "duong dan") == {"đương` dân~": [1, 0]}
    assert entry(files, "p", "dan la") == {}


def test_a_long_list_keeps_the_best_pages_and_tells_how_many_there_are() -> None:
    many = [replace(PLAIN, body="<p>số</p>") for _ in range(LONGEST)]
    files = built(*many, replace(PLAIN, title="Số"))
    steps = entry(files, "w", "so")["sô'"]
    assert steps[0] == LONGEST + 1
    assert pages(steps) == [*((page, 0) for page in range(LONGEST - 1)), (LONGEST, 12)]


def test_every_word_is_found_through_the_beginnings_of_the_shards() -> None:
    names = [f"{first}{second}" for first in "abcdđeghik" for second in "aáàảãạăâeêioôơuưy"]
    files = built(*(replace(PLAIN, body=f"<p>{name} {other}</p>") for name in names for other in names))
    assert len(files["index.json"]["w"]) > 5
    assert files["index.json"]["w"][0] == ""
    for name in names:
        found = entry(files, "w", folded(words(name)[0]))
        assert words(name)[0] in {spelled or folded(words(name)[0]) for spelled in found}


def test_shards_stay_small_enough_for_a_weak_phone() -> None:
    index = SearchIndex({})
    for number in range(400):
        words = " ".join(f"chữ{number * step % 997}" for step in range(40))
        index.add(entry_of(replace(PLAIN, body=f"<p>{words}</p>")))
    shards = [text for path, text in index.files("") if path.startswith(("w/", "p/"))]
    assert max(map(len, shards)) < 12_000


def test_a_page_is_told_once_in_its_own_words() -> None:
    files = built(replace(PLAIN, body="<h1>Tên</h1><p>Mô tả</p><p>Lời</p><td>Lời</td>", sample=True))
    assert files["t/0.json"] == {"a": "/a/", "t": "Tên", "k": "Tin tức", "d": "Mô tả", "x": "Lời", "s": 1}


def test_the_same_pages_give_the_same_files_and_others_another_version() -> None:
    one, again, other = (built(replace(PLAIN, body=f"<p>{text}</p>")) for text in ("số", "số", "sở"))
    assert one == again
    assert one["index.json"]["v"] != other["index.json"]["v"]
    empty = built()
    assert (empty["index.json"]["n"], empty["index.json"]["w"]) == (0, [])


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


def test_languages_are_apart_and_pages_that_name_all_others_stay_out(site: Site) -> None:
    collected = SearchFiles(site)
    page = Page("/ke-hoach/x/", "vi", "Kế hoạch X", "Mô tả", "<p>đường dẫn</p>", "", section="ke-hoach", sample=True)
    collected.add(collected.entry(page))
    collected.add(collected.entry(replace(page, address="/en/plans/x/", lang="en", title="Plan X", sample=False)))
    collected.add(collected.entry(replace(page, address="/so-do-trang/", section="so-do-trang")))
    for one in render(site, Templates(site.phrase)):
        collected.add(collected.entry(one))
    files = {file.path: json.loads(file.content) for file in collected.files()}
    assert files["search/vi/index.json"]["n"] == files["search/en/index.json"]["n"] == 1
    assert files["search/vi/t/0.json"]["k"] == site.phrase("menu-ke-hoach", "vi")
    assert files["search/vi/t/0.json"]["s"] == 1 and "s" not in files["search/en/t/0.json"]


def test_the_search_page_says_what_to_do_without_javascript(site: Site) -> None:
    pages_of_search = {page.lang: page for page in render(site, Templates(site.phrase))}
    assert set(pages_of_search) == {"vi", "en"}
    body = pages_of_search["vi"].body
    assert "data-search-form hidden" in body and 'href="../so-do-trang/"' in body
    assert 'data-index="../search/vi/"' in body
    english = pages_of_search["en"].body
    assert 'data-index="../../search/en/"' in english and 'data-root="../../"' in english
    assert {page.address for page in pages_of_search.values()} <= site.page_addresses()
