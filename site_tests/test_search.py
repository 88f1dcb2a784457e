"""Holds the search index: how words are compared, what of a page is found, how lists and shards are written."""

from __future__ import annotations

import json
import pickle
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generators.artefact import Page
from generators.outputs.search import SearchFiles, render
from generators.render import search_index, search_lists
from generators.render.html import Templates
from generators.render.search_entry import Document, entry_of
from generators.render.search_index import SearchIndex
from generators.render.search_shards import DIGITS, LARGEST, NUMBER_BITS, SMALLEST, list_text, name_of
from generators.render.search_text import folded, page_text, piece_terms, words
from generators.site import Site
from site_tests.small_project import small_site

PLAIN = Document("/a/", "Tên", "Mô tả", "Tin tức", "<p>lời</p>")


def at(*documents: Document) -> list[Document]:
    """The documents at addresses of their own: ``/0/``, ``/1/`` and so on."""
    return [replace(document, address=f"/{place}/") for place, document in enumerate(documents)]


def texts(documents: Iterable[Document]) -> dict[str, str]:
    index = SearchIndex({})
    for document in documents:
        index.add(entry_of(document))
    return dict(index.files(""))


def built(*documents: Document) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in texts(at(*documents)).items()}


def addresses(files: dict[str, Any]) -> dict[int, str]:
    """The address of each page by its number."""
    records = [found for path, found in files.items() if path.startswith("t/")]
    return {int(number): record["a"] for found in records for number, record in found.items()}


def starts(text: str) -> list[str]:
    """Where the shards of one kind begin."""
    found: list[str] = []
    for part in text.split("|") if text else ():
        found.append((found[-1][: int(part[0], 36)] if found else "") + part[1:])
    return found


def entry(files: dict[str, Any], kind: str, key: str) -> dict[str, str]:
    """The lists of a folded word or pair by spelling, found the way a reader's script finds them."""
    beginnings = starts(files["index.json"][kind])
    shard = files[f"{kind}/{name_of(beginnings[bisect_right(beginnings, key) - 1])}.json"]
    return {word: text for word, text in shard.items() if " ".join(map(folded, word.split(" "))) == key}


def pages(files: dict[str, Any], text: str) -> dict[str, int]:
    """A list as weight by address, read as its description says."""
    found, parts = {}, [part for part in text.split(" ") if not part.startswith("*")]
    for part in parts:
        number = step = bits = 0
        for letter in part[1:]:
            digit = DIGITS.index(letter)
            step |= (digit & 31) << bits
            bits += 5
            if digit < 32:
                number += step
                found[addresses(files)[number]] = int(part[0], 16)
                step = bits = 0
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
    assert words("một\nhai") == ["môt.", "hai"]


def found_in(html: str) -> list[str]:
    """The terms of a page in order."""
    return [term for piece in page_text(html).pieces for term in piece_terms(piece)]


def test_the_terms_of_a_page_are_those_of_its_running_text() -> None:
    html = (
        "<div><h1>Tên</h1><p>Một <b>h</b>ai (<span lang='en'>three</span>).</p><svg><text>hình</text></svg>"
        "<!-- thầm --><form><label>lọc</label></form><nav>lối</nav>\n<h2 id='x'>Mục <a href='#'>nhỏ</a></h2>\n"
        "<table><tr><td>a &amp; b</td>\n<td>c</td></tr></table></div>"
    )
    assert found_in(html) == [
        *("môt.", "hai", "three", "môt. hai", "hai three"),
        *("muc.", "nho?", "muc. nho?"),
        *("a", "b", "a b", "c"),
    ]
    assert [piece_terms(heading) for heading in page_text(html).headings] == [("muc.", "nho?", "muc. nho?")]
    assert found_in("") == [] and found_in("lời") == ["lơi`"]


def test_a_line_that_ends_inside_a_paragraph_does_not_part_neighbours() -> None:
    assert "chơ. sô'" in found_in("<p>Mở chợ\nsố mỗi\n<b>tuần</b> một phiên.</p>")
    assert found_in("<p>chợ</p>\n<p>số</p>") == ["chơ.", "sô'"]


def test_an_explained_word_is_found_and_its_explanation_does_not_break_the_sentence() -> None:
    found = found_in(
        '<p>Có <button type="button" class="term" popovertarget="x">mã OTP</button><span id="x" role="note" popover>'
        '<b>mã OTP:</b> dãy số <span lang="en">once</span> dùng một lần</span>, <button>Nghe</button>đừng đọc.</p>'
    )
    assert found == ["co'", "ma~", "otp", "co' ma~", "ma~ otp", "đưng`", "đoc.", "đưng` đoc."]


def test_a_title_weighs_more_than_a_heading_and_a_heading_more_than_text() -> None:
    files = built(
        replace(PLAIN, body="<p>số</p>"),
        replace(PLAIN, body="<h2>Số</h2>"),
        replace(PLAIN, title="Chợ số 4T"),
        replace(PLAIN, title="Một hai ba bốn năm sáu số"),
        replace(PLAIN, body="<p>số số</p><p>số số</p>"),
        replace(PLAIN, title="Chợ số 4T", sample=True),
    )
    expected = {"/0/": 0, "/1/": 4, "/2/": 12, "/3/": 9, "/4/": 2, "/5/": 6}
    assert pages(files, entry(files, "w", "so")["sô'"]) == expected


def test_spellings_of_one_folded_word_are_told_apart() -> None:
    files = built(replace(PLAIN, body="<p>số sở</p>"), replace(PLAIN, body="<p>sở so</p>"))
    found = {word: set(pages(files, text)) for word, text in entry(files, "w", "so").items()}
    assert found == {"so": {"/1/"}, "sô'": {"/0/"}, "sơ?": {"/0/", "/1/"}}


def test_pairs_stand_inside_one_block_and_after_each_other() -> None:
    files = built(replace(PLAIN, body="<p>đường dẫn</p><p>lạ</p>"))
    assert {word: pages(files, text) for word, text in entry(files, "p", "duong dan").items()} == {
        "đương` dân~": {"/0/": 0}
    }
    assert entry(files, "p", "dan la") == {}


def test_a_list_is_written_in_few_letters() -> None:
    numbers = (0, 31, 32, 1_100, 1_048_575)
    assert list_text([(15 << NUMBER_BITS + 1) + number for number in numbers]) == "0Af" + "B" + "shB" + "z9-f"
    assert list_text([3, (15 << NUMBER_BITS + 1) + 3]) == "fD 0D"


def set_limits(monkeypatch: pytest.MonkeyPatch, *, shortened_every: int) -> None:
    """Lets words be frequent that a few pages have."""
    for name, value in {"COMPLETE": 20, "LONGEST": 5, "IN_TITLES": 30, "SPARE": 10}.items():
        monkeypatch.setattr(search_lists, name, value)
    monkeypatch.setattr(search_index, "_SHORTENED_EVERY", shortened_every)


def test_a_list_of_a_frequent_word_keeps_the_best_pages_and_tells_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_limits(monkeypatch, shortened_every=7)
    many = [replace(PLAIN, body="<p>chợ số</p>") for _ in range(100)]
    some = [replace(PLAIN, title="Chợ số") for _ in range(8)]
    files = built(*many[:60], *some, *many[60:], *(replace(PLAIN, body="<p>vài trang</p>") for _ in range(20)))
    titled = {f"/{place}/": 12 for place in range(60, 68)}
    word, pair = entry(files, "w", "so")["sô'"], entry(files, "p", "cho so")["chơ. sô'"]
    assert word.startswith("*108 ") and len(pages(files, word)) == 5
    assert pages(files, word).items() < titled.items()
    assert pair.startswith("*108 ") and pages(files, pair) == titled
    assert len(pages(files, entry(files, "p", "vai trang")["vai` trang"])) == 20


def test_every_word_is_found_through_the_beginnings_of_the_shards() -> None:
    names = [f"{first}{second}" for first in "abcdđeghik" for second in "aáàảãạăâeêioôơuưy"]
    files = built(*(replace(PLAIN, body=f"<p>{name} {other}</p>") for name in names for other in names[::4]))
    beginnings = starts(files["index.json"]["p"])
    assert len(beginnings) > 5 and beginnings[0] == "" and beginnings == sorted(beginnings)
    for name in names:
        for other in names[::4]:
            pair = words(f"{name} {other}")
            assert " ".join(pair) in entry(files, "p", " ".join(map(folded, pair)))


def test_shards_are_worth_a_file_and_small_enough_for_a_weak_phone() -> None:
    many = (
        replace(PLAIN, body=f"<p>{' '.join(f'chữ{number * step % 997}' for step in range(40))}</p>")
        for number in range(400)
    )
    found = texts(at(*many))
    for kind in "wp":
        sizes = [len(text) for path, text in found.items() if path.startswith(f"{kind}/")]
        assert len(sizes) > 3
        assert max(sizes) <= LARGEST * 1.1
        assert min(sizes[:-1]) >= SMALLEST


def test_the_files_do_not_depend_on_the_order_in_which_pages_come() -> None:
    many = synthetic(600)
    in_order = texts(many)
    shuffled = many[:]
    Random(7).shuffle(shuffled)  # noqa: S311  # the same order each time, no secret
    assert texts(shuffled) == in_order
    assert texts(reversed(many)) == in_order


def test_what_a_page_gives_goes_from_one_process_to_another() -> None:
    given = entry_of(replace(PLAIN, body="<h2>Chợ số 4T</h2>"))
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301  # what this line itself wrote


def test_what_processes_took_in_apart_gives_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    set_limits(monkeypatch, shortened_every=70)
    many = synthetic(300)
    one, other = SearchIndex({}), SearchIndex({})
    for place, document in enumerate(many):
        (one if place % 3 else other).add(entry_of(document))
    one.join(pickle.loads(pickle.dumps(other)))  # noqa: S301  # what this line itself wrote
    one.join(pickle.loads(pickle.dumps(SearchIndex({}))))  # noqa: S301
    assert dict(one.files("")) == texts(many)


def synthetic(count: int) -> list[Document]:
    """So many pages in which frequent and rare words stand, each at an address of its own."""
    chance = Random(1)  # noqa: S311  # the same pages each time, no secret
    onsets = ("b", "ch", "đ", "kh", "l")
    syllables = [f"{onset}{vowel}{coda}" for onset in onsets for vowel in "aáăêoơưy" for coda in "nmt"]
    return [
        Document(
            f"/xa/{place}/",
            f"Xã {' '.join(chance.sample(syllables, 2))}",
            "Kế hoạch và tiến độ",
            "Tin tức",
            "".join(f"<p>Bình dân học vụ số {' '.join(chance.sample(syllables, 12))} {place}.</p>" for _ in range(6)),
        )
        for place in range(count)
    ]


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_an_edit_changes_the_shards_of_its_words_and_its_page_s_records() -> None:
    many = synthetic(2_000)
    before = texts(many)
    edited = many[:]
    edited[700] = replace(many[700], body=f"{many[700].body}<p>Thêm đúng bốn chữ.</p>", description="Mới")
    found = changed(before, texts(edited))
    assert len(before) > 200
    assert {path[0] for path in found} == {"w", "p", "t", "i"}
    assert len([path for path in found if path.startswith("t/")]) == 1
    assert len(found) <= 30


def test_a_new_page_leaves_the_others_their_numbers() -> None:
    many = synthetic(2_000)
    before, after = (
        addresses({path: json.loads(text) for path, text in texts(some).items()}) for some in (many[1:], many)
    )
    assert before.items() < after.items()
    assert len(after) == 2_000


def test_pages_whose_addresses_have_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "hash_of", lambda _: 7)
    files = built(*(replace(PLAIN, body=f"<p>số {word}</p>") for word in ("một", "hai", "ba")))
    assert sorted(addresses(files).values()) == ["/0/", "/1/", "/2/"]
    assert set(pages(files, entry(files, "w", "hai")["hai"])) == {"/1/"}


def test_records_say_what_a_page_is() -> None:
    files = built(replace(PLAIN, sample=True), PLAIN)
    records = {record["a"]: record for record in files["t/0.json"].values()}
    assert records["/0/"] == {"a": "/0/", "t": "Tên", "k": "Tin tức", "d": "Mô tả", "s": 1}
    assert "s" not in records["/1/"]


def test_records_stand_in_few_files_that_their_numbers_name() -> None:
    files = {path: json.loads(text) for path, text in texts(synthetic(500)).items()}
    bits = files["index.json"]["b"]
    found = [path for path in files if path.startswith("t/")]
    assert 500 / 32 <= len(found) <= 500 / 16
    for path in found:
        assert {int(number) >> NUMBER_BITS - bits for number in files[path]} == {int(path[2:-5])}


def test_the_same_pages_give_the_same_files_and_others_another_version() -> None:
    one, again, other = (built(replace(PLAIN, body=f"<p>{text}</p>")) for text in ("số", "số", "sở"))
    assert one == again
    assert one["index.json"]["v"] != other["index.json"]["v"]
    empty = built()
    assert (empty["index.json"]["n"], empty["index.json"]["w"]) == (0, "")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


def test_languages_are_apart_and_pages_that_name_all_others_stay_out(site: Site) -> None:
    collected = SearchFiles(site)
    page = Page("/ke-hoach/x/", "vi", "Kế hoạch X", "Mô tả", "<p>đường dẫn</p>", "", section="ke-hoach", sample=True)
    english = replace(page, address="/en/plans/x/", lang="en", title="Plan X", sample=False)
    map_of_all = replace(page, address="/so-do-trang/", section="so-do-trang")
    for one in (page, english, map_of_all, *render(site, Templates(site.phrase))):
        collected.add(collected.entry(one))
    files = {file.path: json.loads(file.content) for file in collected.files()}
    assert files["search/vi/index.json"]["n"] == files["search/en/index.json"]["n"] == 1
    (vietnamese,), (foreign,) = (files[f"search/{lang}/t/0.json"].values() for lang in ("vi", "en"))
    assert vietnamese["k"] == site.phrase("menu-ke-hoach", "vi")
    assert vietnamese["s"] == 1 and "s" not in foreign


def test_the_search_page_says_what_to_do_without_javascript(site: Site) -> None:
    pages_of_search = {page.lang: page for page in render(site, Templates(site.phrase))}
    assert set(pages_of_search) == {"vi", "en"}
    body = pages_of_search["vi"].body
    assert "data-search-form hidden" in body and 'href="../so-do-trang/"' in body
    assert 'data-index="../search/vi/"' in body
    english = pages_of_search["en"].body
    assert 'data-index="../../search/en/"' in english and 'data-root="../../"' in english
    assert {page.address for page in pages_of_search.values()} <= site.page_addresses()
