"""Random input: what is valid builds, and whatever else is typed gets complaints and never a traceback.

What once broke the program stands in ``fixtures/once-broken`` and is tried first. The random part is the same at every
run and short; ``CAMPAIGN_FUZZ=2000 pytest site_tests/test_fuzz.py`` tries as many new inputs for each property.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from generators.artefact import Artefact
from generators.pipeline import OUTPUTS, load_site, site_parts
from generators.problems import ContentError, Problems
from generators.render.html import Templates
from generators.render.markdown import outline, to_html
from generators.render.safe_html import TAGS, safe_html
from generators.site import Site
from generators.source import load_markdown, load_yaml
from site_tests import hostile
from site_tests.small_project import FIXTURES, lay_out_every_kind
from site_tests.telling_problems import told

TODAY = date(2026, 3, 5)
ONCE_BROKEN = FIXTURES / "once-broken"
MORE = int(os.environ.get("CAMPAIGN_FUZZ", "0"))


def tries(few: int) -> settings:
    return settings(
        max_examples=MORE or few,
        derandomize=not MORE,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with one thing of every kind; each test leaves it as it was."""
    return lay_out_every_kind(root, tmp_path_factory.mktemp("fuzz"))


def outcome(project: Path) -> tuple[Site | None, Problems]:
    """What the program makes of a project. Whatever it complains of can be printed and points into the file."""
    site: Site | None
    try:
        site, problems = load_site(project, TODAY, "https://example.com/")
    except ContentError as error:
        site, problems = None, error.problems
        assert problems.errors
    "\n".join(told(problems)).encode("utf-8")
    for problem in problems:
        assert problem.line >= 1 and problem.column >= 1
        assert "{" not in problem.message("en") or "{" in str(problem.values), problem
    return site, problems


def render(site: Site) -> dict[str, str | bytes]:
    """All pages and files but large pictures, which take longer than all else together."""
    templates = Templates(site.phrase)
    quick = [one for one in OUTPUTS if MORE or one.__module__.rpartition(".")[2] not in {"banners", "share_images"}]
    made = [one for output in quick for one in output(site, templates)]
    return {one.path: one.content if isinstance(one, Artefact) else one.body for one in made}


# --- what once broke


def mishaps() -> list[str]:
    return sorted(folder.name for folder in ONCE_BROKEN.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", mishaps())
def test_what_once_broke_does_so_no_more(name: str, root: Path, tmp_path: Path) -> None:
    """``expected.txt`` holds a line for each complaint, its file and its code; where it is empty, the site builds."""
    project = lay_out_every_kind(root, tmp_path)
    shutil.copytree(ONCE_BROKEN / name, project, dirs_exist_ok=True)
    expected = (project / "expected.txt").read_text(encoding="utf-8").splitlines()
    site, problems = outcome(project)
    assert sorted({f"{one.path} {one.code}" for one in problems.errors}) == sorted(expected)
    if site is not None:
        assert [made for part in site_parts(site, Templates(site.phrase)) for made in part.make()]


# --- any change of any file


@contextmanager
def changed(project: Path, path: str, content: bytes) -> Iterator[None]:
    file = project / path
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(before)


def inputs(project: Path) -> list[str]:
    files = [file for part in ("data", "content") for file in (project / part).rglob("*")]
    return sorted(file.relative_to(project).as_posix() for file in files if file.suffix in {".yml", ".md"})


SCRAPS = [
    *(text.encode() for text in hostile.LANDS.values()),
    *(b"\t", b"\r\n", b"\r", b"\xef\xbb\xbf", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3"),
    *(b"- ", b": ", b"? ", b"&a ", b"*a ", b"---\n", b"!!python/name:os.system ", b"{", b"[", b"]", b'"', b"'"),
    *(b"|\n", b">-\n", b"#", b"%YAML 9\n", b"<<: ", b"null", b"~", b"yes", b"12.345", b"12.000", b"1:30", b"0x1F"),
    *(b"1e999", b"NaN", b"-1", b"9" * 20, b"01/01/0001", b"31/12/9999", b"29/02/2025", b"2025-q5", b"2099-q4"),
    *(b"100,01%", b"https://", b"../..", b"con", "\u0301".encode(), "\u202e".encode(), "\u200b".encode()),
    *("٣".encode(), "😀".encode() * 50, b"x" * 600),
]


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, float, float, bytes]]:
    """A few changes of bytes: what to do, where from and where to as parts of the file, and with what."""
    part = st.floats(0, 1)
    one = st.tuples(st.sampled_from(sorted(EDITS)), part, part, st.sampled_from(SCRAPS) | st.binary(max_size=4))
    return draw(st.lists(one, min_size=1, max_size=3))


def as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


# What is done to the bytes of a file, from one place to another, with a scrap.
EDITS: dict[str, Callable[[bytes, int, int, bytes], bytes]] = {
    "delete": lambda raw, start, end, _: raw[:start] + raw[end:],
    "insert": lambda raw, start, _, scrap: raw[:start] + scrap + raw[start:],
    "replace": lambda raw, start, end, scrap: raw[:start] + scrap + raw[end:],
    "double": lambda raw, start, end, _: raw[:end] + raw[start:end] + raw[end:],
    "cut": lambda raw, start, *_: raw[:start],
    "line ends": lambda raw, *_: raw.replace(b"\n", b"\r\n"),
    "mark": lambda raw, *_: b"\xef\xbb\xbf" + raw,
    "tabs": lambda raw, *_: raw.replace(b"  ", b"\t"),
    "apart": lambda raw, *_: unicodedata.normalize("NFD", as_text(raw)).encode("utf-8", "replace"),
    "utf-16": lambda raw, *_: as_text(raw).encode("utf-16", "replace"),
    "latin": lambda raw, *_: as_text(raw).encode("latin-1", "replace"),
    "key": lambda raw, start, _, scrap: raw[:start] + re.sub(rb"\w+:", lambda _: scrap + b":", raw[start:], count=1),
}


def edited(raw: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    for kind, start, size, scrap in changes:
        at = int(start * len(raw))
        raw = EDITS[kind](raw, at, min(len(raw), at + int(size * 40)), scrap)
    return raw


@tries(30)
@given(data=st.data(), changes=edits())
def test_any_change_of_the_bytes_of_a_file_is_told_in_words(
    project: Path, data: st.DataObject, changes: list[tuple[str, float, float, bytes]]
) -> None:
    path = data.draw(st.sampled_from(inputs(project)))
    with changed(project, path, edited((project / path).read_bytes(), changes)):
        site, _ = outcome(project)
        if site is not None and data.draw(st.sampled_from([MORE > 0, True, False])):
            render(site)


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*place, key))


def at(value: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        value = value[step]
    return value


LEAVES = st.sampled_from([
    None, True, False, "", "~", "x", "0", "12.345", "-1", "9" * 40, "50%", "100,0000000001%", "1.000 người", "٣", "½",
    "2026", "2026-q1", "01/01/2026", "31/12/9999", "01/01/0001", "00/00/2026", "10/10", "10/10/2026 25:61",
    "10/10/2026 08:00", "xa-thu", "khong-co", "con", "https://hoc.example.gov.vn/", "javascript:x", "draft", "a" * 600,
    "{x}", "{0}", "@@content@@", [], {}, ["a"], {"vi": "a"}, {"vi": None}, {"en": "a"}, [[["a"]]], {"vi": {"vi": "a"}},
])  # fmt: skip


@st.composite
def reshaping(draw: st.DrawFn, value: Any) -> Any:
    """The value of a file with a few of its parts deleted, replaced, doubled, renamed or put in each other's place."""
    value = deepcopy(value)  # the reader may give the same value again for the same text
    for _ in range(draw(st.integers(1, 3))):
        known = list(places(value))[1:]
        if not known:
            break
        place = draw(st.sampled_from(known))
        parent, key = at(value, place[:-1]), place[-1]
        match draw(st.sampled_from(("delete", "replace", "swap", "double", "rename", "wrap"))):
            case "delete":
                del parent[key]
            case "replace":
                parent[key] = draw(LEAVES)
            case "swap":
                parent[key] = deepcopy(at(value, draw(st.sampled_from(known))))
            case "double" if isinstance(parent, list):
                parent.append(deepcopy(parent[key]))
            case "rename" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["vi", "id", "xx", "unit", "date"]))] = parent.pop(key)
            case _:
                parent[key] = [parent[key]]
    return value


@tries(40)
@given(data=st.data())
def test_any_change_of_the_shape_of_a_file_is_told_in_words(project: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([one for one in inputs(project) if not one.endswith("words.yml")]))
    read = load_yaml if path.endswith(".yml") else load_markdown
    source = read(project, path, Problems())
    assert source is not None
    front = hostile.dumped(data.draw(reshaping(source.value)))
    text = front if path.endswith(".yml") else f"---\n{front}---\n{source.body}"
    with changed(project, path, text.encode("utf-8")):
        site, _ = outcome(project)
        if site is not None and data.draw(st.sampled_from([MORE > 0, True, False])):
            render(site)


@tries(8)
@given(data=st.data())
def test_a_file_taken_away_or_put_in_the_place_of_another_is_told_in_words(project: Path, data: st.DataObject) -> None:
    path, other = (data.draw(st.sampled_from(inputs(project))) for _ in range(2))
    content = data.draw(st.sampled_from([b"", b"---\n---\n", (project / other).read_bytes()]))
    with changed(project, path, content):
        outcome(project)
    file = project / path
    before = file.read_bytes()
    file.unlink()
    try:
        outcome(project)
    finally:
        file.write_bytes(before)


# --- what is valid

WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Nd"), exclude_characters="@"), min_size=1
).map(str.strip).filter(lambda text: bool(text.strip("\ufeff \t\n")))  # fmt: skip


@tries(8)
@given(data=st.data())
def test_whatever_words_are_written_the_site_is_made_and_its_feeds_are_sound(
    project: Path, data: st.DataObject
) -> None:
    held = ("words.yml", "spoken.yml")
    paths = [one for one in inputs(project) if one.startswith("data/") and not one.endswith(held)]
    path = data.draw(st.sampled_from(paths))
    source = load_yaml(project, path, Problems())
    assert source is not None
    texts = WORDS | st.sampled_from(list(hostile.LANDS.values()))
    value = hostile.changed_texts(source.value, lambda _: data.draw(texts))
    with changed(project, path, hostile.dumped(value).encode("utf-8")):
        site, problems = outcome(project)
        assert site is not None, told(problems)
        made = render(site)
    for name in ("feed.xml", "atom.xml", "sitemap.xml"):
        content = made[name]
        etree.fromstring(content if isinstance(content, bytes) else content.encode("utf-8"))


# --- Markdown

PIECES = st.sampled_from([
    "a", " ", "\n", "\n\n", "    ", "# ", "- ", "1. ", "> ", "*", "**", "_", "`", "```", "[", "]", "(", ")", "](", "![",
    "<", ">", "</", "<p", "<div>", "</div>", "<script>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&lt;", "&#106;", "{:",
    "}", "{: .a #b }", "onclick=x", "href=", "javascript:x", '"', "'", "|", "| - |", "\n: ", "[^1]", "[^1]: ", "~", "=",
    "[a]: /b", "\\", "---", "***", "ế", "\u0301", "😀", "<a href=", "<img src=x onerror=x", "style=", "<svg", "<math>",
    "<style>", "<title>", "<textarea>",
])  # fmt: skip


@tries(60)
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_markdown_becomes_html_from_the_list_and_nothing_else(pieces: list[str]) -> None:
    text = "".join(pieces)
    made = str(to_html(text, "/"))
    outline(text)
    page = hostile.Elements.of(made)
    for tag, attrs in page.seen:
        assert tag in TAGS
        assert not [name for name in attrs if name.startswith("on") or name in {"style", "srcset"}]
        assert not attrs.get("href", "").lower().startswith(("javascript", "data"))
    assert safe_html(made) == made
