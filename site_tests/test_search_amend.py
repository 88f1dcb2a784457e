"""An amended search index is, byte for byte, the one that is made of all pages; what cannot be amended is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from generators.outputs.search import published_entry
from generators.render import search_amend, search_index, search_lists, search_numbers, search_shards
from generators.render.search_amend import Amended, IndexBefore, amended
from generators.render.search_entry import Document, Entry, entry_of
from generators.render.search_index import SearchIndex
from generators.render.search_kept import CannotAmend
from generators.render.search_lists import Exhausted, Frequent, rank
from generators.render.search_shards import NotListed, changed_text, first_of, last_of, length_of, list_text, name_of

SHORT = {"UBND": "Ủy ban nhân dân"}
SYLLABLES = [f"{onset}{vowel}{coda}" for onset in ("b", "đ", "kh") for vowel in "aáăêoơ" for coda in "nmt"]
Files = dict[str, str]
Entries = dict[str, Entry]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets few pages do what many thousands do: words are frequent, shards many, and lists are dropped on the way."""
    for name, value in {"COMPLETE": 20, "LONGEST": 5, "IN_TITLES": 30, "SPARE": 10}.items():
        monkeypatch.setattr(search_lists, name, value)
    for name, value in {"SMALLEST": 200, "LARGEST": 500, "_SPREAD": 128}.items():
        monkeypatch.setattr(search_shards, name, value)
    monkeypatch.setattr(search_index, "_SHORTENED_EVERY", 70)


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every third page share its number with another, so that neighbours move."""
    hash_of = search_numbers.hash_of

    def few(address: str) -> int:
        return hash_of(address) % 350 << 44 | hash_of(address) >> 20

    monkeypatch.setattr(search_index, "hash_of", few)
    monkeypatch.setattr(search_amend, "hash_of", few)


def page(chance: Random, place: int) -> Entry:
    """A page with words that all pages have, some, and few."""
    title = f"{chance.choice(('Kế hoạch xã', 'Tin', 'Tiến độ của rất nhiều xã:'))} {chance.choice(SYLLABLES)}"
    text = " ".join(chance.sample(SYLLABLES, chance.randrange(12)))
    often = "học vụ số " * chance.choice((0, 1, 1, 2, 4, 8))
    return entry_of(Document(f"/xa/{place}/", title, "Mô tả", "Tin", f"<p>Bình dân {often}{text} {place % 50}</p>"))


def made(pages: Mapping[str, Entry]) -> tuple[Files, bytes]:
    """The whole index, and what is kept of it."""
    index = SearchIndex(SHORT, "cơ sở")
    for entry in pages.values():
        index.add(entry)
    files = dict(index.files("vi/"))
    return files, index.kept()


def amend(files: Files, kept: bytes, old: Entries, changes: Mapping[str, Entry | None]) -> Amended:
    return amended(IndexBefore(kept, "vi/", SHORT, "cơ sở"), changes, files.__getitem__, known(old))


def known(pages: Entries) -> search_amend.Before:
    """Gives pages as they were, by record."""
    return lambda record: pages[str(record["a"])]


def after(files: Files, change: Amended) -> Files:
    """The published files after a change, which must name only what changes."""
    assert all(files.get(path) != text for path, text in change.files.items())
    assert change.gone <= files.keys()
    return {path: text for path, text in files.items() if path not in change.gone} | change.files


def edits(chance: Random, pages: Entries) -> dict[str, Entry | None]:
    """Some pages that come, change or go."""
    found: dict[str, Entry | None] = {}
    for _ in range(chance.choice((1, 3, 10, 60))):
        entry = page(chance, chance.randrange(320))
        if entry.address in pages and chance.random() < 0.4:
            found[entry.address] = None
        else:
            found[entry.address] = entry
    return found


def check_in_sequence(seed: int, count: int) -> int:
    """Amends an index again and again; gives how often that could be done."""
    chance = Random(seed)  # noqa: S311  # the same pages each time, no secret
    pages = {entry.address: entry for entry in (page(chance, place) for place in range(count))}
    files, kept = made(pages)
    done = 0
    for _ in range(8):
        changes = edits(chance, pages)
        becomes = {address: entry for address, entry in {**pages, **changes}.items() if entry}
        expected, kept_anew = made(becomes)
        try:
            change = amend(files, kept, pages, changes)
        except CannotAmend:
            kept = kept_anew
        else:
            assert after(files, change) == expected
            kept = change.kept
            done += 1
        files, pages = expected, becomes
    return done


@pytest.mark.parametrize(("seed", "count"), [(0, 0), (1, 1), (2, 30), (3, 100), (4, 300), (5, 300), (6, 300)])
def test_amended_it_is_the_index_made_anew(small: None, seed: int, count: int) -> None:
    assert check_in_sequence(seed, count) >= 7


@pytest.mark.parametrize("seed", range(3))
def test_it_is_so_where_a_page_moves_its_neighbours(small: None, crowded: None, seed: int) -> None:
    assert check_in_sequence(seed, 250) >= 7


def test_it_is_so_with_the_limits_of_a_real_index() -> None:
    assert check_in_sequence(7, 300) == 8


def some(count: int = 120) -> Entries:
    chance = Random(count)  # noqa: S311  # the same pages each time, no secret
    return {entry.address: entry for entry in (page(chance, place) for place in range(count))}


def other(entry: Entry, text: str = "<p>chữ mới</p>") -> Entry:
    return entry_of(Document(entry.address, "Tên khác", "Mô tả", "Tin", text))


def test_a_small_edit_reads_few_files(small: None) -> None:
    pages = some(300)
    files, kept = made(pages)
    entry = pages["/xa/7/"]
    weightless = replace(entry, terms=(f"{entry.terms[0]}\nthêm", *entry.terms[1:]))
    read: list[str] = []

    def note(path: str) -> str:
        read.append(path)
        return files[path]

    change = amended(IndexBefore(kept, "vi/", SHORT, "cơ sở"), {"/xa/7/": weightless}, note, known(pages))
    assert len(change.files) <= 4 and len(read) <= 5 < len(files) // 10
    assert {path[:5] for path in change.files} == {"vi/in", "vi/w/"}


def test_nothing_comes_of_pages_that_did_not_change(small: None) -> None:
    pages = some()
    files, kept = made(pages)
    for changes in ({}, {"/xa/7/": pages["/xa/7/"]}, {"/nowhere/": None}):
        change = amend(files, kept, pages, changes)
        assert (change.files, change.gone) == ({}, frozenset())


def test_another_abbreviation_changes_one_file(small: None) -> None:
    pages = some()
    files, kept = made(pages)
    index = IndexBefore(kept, "vi/", {**SHORT, "HTX": "Hợp tác xã"}, "cơ sở")
    change = amended(index, {}, files.__getitem__, known(pages))
    assert change.files.keys() == {"vi/index.json"}
    assert json.loads(change.files["vi/index.json"])["a"][1] == ["HTX", "Hợp tác xã"]


def test_what_is_not_the_index_that_was_kept_is_not_amended(small: None) -> None:
    pages = some()
    files, kept = made(pages)
    changes = {"/xa/7/": other(pages["/xa/7/"])}
    touched = amend(files, kept, pages, changes).files.keys() & files.keys()
    assert len(touched) > 3
    for path in touched:
        with pytest.raises(CannotAmend):
            amend({**files, path: files[path].replace("A", "B", 1) + " "}, kept, pages, changes)
        with pytest.raises(CannotAmend):
            amended(IndexBefore(kept, "vi/", SHORT, "cơ sở"), changes, lacking(files, path), known(pages))
    with pytest.raises(CannotAmend, match="/xa/7/"):
        amend(files, kept, {**pages, "/xa/7/": pages["/xa/8/"]}, changes)
    with pytest.raises(CannotAmend, match="another index"):
        amended(IndexBefore(kept, "vi/", SHORT, "other"), changes, files.__getitem__, known(pages))


def lacking(files: Files, gone: str) -> search_amend.Read:
    def read(path: str) -> str:
        if path == gone:
            raise FileNotFoundError(path)
        return files[path]

    return read


def test_what_was_kept_under_other_rules_is_not_used(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = some()
    files, kept = made(pages)
    monkeypatch.setattr(search_lists, "LONGEST", 6)
    with pytest.raises(CannotAmend, match="another index"):
        amend(files, kept, pages, {"/xa/7/": None})


def test_what_was_kept_and_is_torn_or_damaged_is_never_believed(small: None) -> None:
    pages = some()
    files, kept = made(pages)
    changes: dict[str, Entry | None] = {"/xa/7/": other(pages["/xa/7/"], "<p>Bình dân học vụ số</p>"), "/xa/8/": None}
    expected = after(files, amend(files, kept, pages, changes))
    chance = Random(1)  # noqa: S311  # the same damage each time, no secret
    refused = 0
    for _ in range(300):
        place = chance.randrange(len(kept))
        damaged = chance.choice((kept[:place], kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :]))
        try:
            assert after(files, amend(files, damaged, pages, changes)) == expected
        except CannotAmend:
            refused += 1
    assert refused > 200


def test_a_frequent_word_that_loses_more_than_was_kept_is_told(small: None) -> None:
    words = {f"/xa/{place}/": entry_of(Document(f"/xa/{place}/", "x", "y", "z", "<p>chợ</p>")) for place in range(60)}
    files, kept = made(words)
    listed = list(words)[:8]
    while len(listed) < 60:
        try:
            change = amend(files, kept, words, dict.fromkeys(listed))
            assert after(files, change) == made({key: words[key] for key in words if key not in listed})[0]
        except CannotAmend:
            break
        listed = list(words)[: len(listed) + 8]
    assert 8 < len(listed) < 60


def test_a_kept_list_never_tells_more_than_it_knows(small: None) -> None:
    ranked = [rank(3, number) for number in range(0, 388, 4)]
    frequent = Frequent.of(ranked, 97, 0)
    assert length_of(frequent.text) == search_lists.SPARE and frequent.bound == last_of(frequent.text) == ranked[9]
    assert not frequent.amend((), [rank(0, 1)], pair=False)
    assert frequent.amend(ranked[:5], (), pair=False)
    assert frequent.published().endswith(list_text(ranked[5:10]))
    assert frequent.amend(ranked[5:6], (), pair=False)
    with pytest.raises(Exhausted):
        frequent.published()
    with pytest.raises(NotListed):
        frequent.amend(ranked[:1], (), pair=False)


def test_a_list_is_changed_without_being_written_anew() -> None:
    chance = Random(3)  # noqa: S311  # the same lists each time, no secret
    every = [rank(weight, number) for weight in (0, 3, 12) for number in chance.sample(range(1 << 20), 60)]
    for _ in range(50):
        before, now = (set(chance.sample(every, chance.randrange(100))) for _ in range(2))
        text = list_text(sorted(now))
        assert changed_text(list_text(sorted(before)), before - now, now - before) == text
        assert length_of(text) == len(now)
        assert first_of(text, 40) == (list_text(sorted(now)[:40]), min(40, len(now)))


def test_names_of_files_are_apart_and_fit_for_every_disk() -> None:
    beginnings = ["", "a", "a b", "ab", "1.2", "1_2e_2", "1,2", "đ", "ß", "𝐀", "con"]
    names = list(map(name_of, beginnings))
    assert len(set(map(str.lower, names))) == len(beginnings)
    assert all(name.isascii() and name.replace("-", "").replace("_", "").isalnum() for name in names)


def test_words_that_begin_alike_for_long_do_not_make_long_names() -> None:
    pages = {
        f"/{place}/": entry_of(Document(f"/{place}/", "x", "y", "z", f"<p>{'a' * 150}{place} {'b' * 150}{place}</p>"))
        for place in range(300)
    }
    assert max(map(len, made(pages)[0])) < 100


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_published_pages_tell_what_they_gave_to_search(built_site: Path, lang: str) -> None:
    folder = built_site / "search" / lang
    published = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.json")}
    index = SearchIndex(dict(json.loads(published["index.json"])["a"]))
    for path, text in published.items():
        for record in json.loads(text).values() if path.startswith("t/") else ():
            html = (built_site / record["a"].lstrip("/") / "index.html").read_text("utf-8")
            index.add(published_entry(record, html))
    assert dict(index.files("")) == published
