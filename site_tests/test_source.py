"""Holds the reader of input files: what it takes, what it refuses, and that every place it names is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators import limits
from generators.problems import Problems
from generators.source import Source, load_markdown, load_yaml
from site_tests.telling_problems import told

YAML = """\
# một ghi chú
title: {vi: Tên, en: Name}
targets:
  - id: một
    note:
      vi: >-
        Dài
  - id: hai
empty:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, content: str | bytes) -> tuple[Source | None, Problems]:
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    (folder / "a.yml").write_bytes(raw)
    problems = Problems()
    return load_yaml(folder, "a.yml", problems), problems


def value(folder: Path, content: str | bytes) -> Any:
    source, problems = read(folder, content)
    assert source is not None, told(problems)
    return source.value


def codes(folder: Path, content: str | bytes) -> list[str]:
    return [problem.code for problem in read(folder, content)[1]]


def test_plain_scalars_stay_text_but_for_null_and_true_and_false(folder: Path) -> None:
    text = "a: 12\nb: 1.5\nc: 2025-01-01\nd: true\ne: null\nf:\ng: 'true'\nh: 0x10\ni: ~\nj: 10/10\nk: 'no'\nl: False\n"
    assert value(folder, text) == {
        "a": "12", "b": "1.5", "c": "2025-01-01", "d": True, "e": None, "f": None, "g": "true", "h": "0x10",
        "i": None, "j": "10/10", "k": "no", "l": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("loc", "of_key", "place"),
    [
        ([], False, (2, 1)),
        (["title"], False, (2, 1)),
        (["title", "en"], False, (2, 22)),
        (["title", "en"], True, (2, 18)),
        (["targets"], False, (4, 3)),
        (["targets", 0], False, (4, 5)),
        (["targets", 0, "note"], False, (5, 5)),
        (["targets", 0, "note", "vi"], False, (6, 11)),
        (["targets", 1, "id"], False, (8, 9)),
        (["targets", 1, "id"], True, (8, 5)),
        (["targets", 1, "gone", "deeper"], False, (8, 5)),
        (["targets", 7], False, (4, 3)),
        (["empty"], False, (9, 7)),
        (["nowhere"], False, (2, 1)),
    ],
)
def test_places_of_values_and_keys(folder: Path, loc: list[str | int], of_key: bool, place: tuple[int, int]) -> None:
    source, _ = read(folder, YAML)
    assert source is not None
    assert source.position(loc, of_key=of_key) == place


def test_places_in_front_matter_count_from_the_top_of_the_file(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Tên\nlist:\n  - x\n---\n\nChào\n", encoding="utf-8")
    source = load_markdown(folder, "a.md", Problems())
    assert source is not None
    assert source.position(["title"]) == (2, 8)
    assert source.position(["list", 0]) == (4, 5)
    assert (source.body, source.body_line) == ("\nChào\n", 6)


def test_a_rule_in_the_body_does_not_end_the_page(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Tên\n---\nMột\n\n---\n\nHai\n", encoding="utf-8")
    source = load_markdown(folder, "a.md", Problems())
    assert source is not None
    assert source.body == "Một\n\n---\n\nHai\n"


def test_a_byte_order_mark_and_any_line_end_are_taken(folder: Path) -> None:
    plain = value(folder, YAML)
    windows, old_mac = YAML.replace("\n", "\r\n"), YAML.replace("\n", "\r")
    for raw in (b"\xef\xbb\xbf" + YAML.encode(), windows.encode(), old_mac.encode()):
        source, problems = read(folder, raw)
        assert source is not None and source.value == plain
        assert source.position(["targets", 1, "id"]) == (8, 9)
        assert len(problems) == 0


def test_text_comes_out_composed(folder: Path) -> None:
    source, problems = read(folder, "a: Tiê\u0301ng\n")
    assert source is not None and source.value == {"a": "Tiếng"}
    assert [(problem.code, problem.line) for problem in problems] == [("text-not-nfc", 1)]
    assert value(folder, 'a: "Tie\\u0302\\u0301ng"\n') == {"a": "Tiếng"}


def test_a_file_too_big_is_not_even_looked_at(folder: Path) -> None:
    raw = b"a: " + b"x" * (2 * 1024 * 1024)
    source, problems = read(folder, raw)
    assert source is None
    assert told(problems, "en") == [
        "a.yml:1:1  [file-too-big]  This file is too big: 2097155 bytes, at most 2097152 bytes are allowed."
    ]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", ": ", "- ? "])
def test_an_abyss_of_nesting_is_refused_and_ends_nothing(
    folder: Path, opening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(folder, opening * 200_000) == ["line-long"]
    monkeypatch.setattr(limits, "LINE_LENGTH", 1_000_000)  # the second wall holds without the first
    assert codes(folder, opening * 200_000)[0] in {"yaml-deep", "yaml-syntax"}


def test_forty_levels_are_enough_and_more_are_refused(folder: Path) -> None:
    assert codes(folder, "[" * 41 + "]" * 41) == []
    assert codes(folder, "[" * 42 + "]" * 42) == ["yaml-deep"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "yaml-duplicate-key"),
        ("a: {b: 1, b: 2}\n", "yaml-duplicate-key"),
        ("&a x: 1\n*a : 2\n", "yaml-key"),
        ("a: &x 1\nb: *x\n", "yaml-alias"),
        ("a: &x [*x]\n", "yaml-alias"),
        ("a: yes\n", "yaml-yes-no"),
        ("a: [OFF]\n", "yaml-yes-no"),
        ("a: 1:30:00\n", "yaml-sexagesimal"),
        ("a: !!set {b}\n", "yaml-tag"),
        ("a: `b`\n", "yaml-sign"),
        ('a: "\\q"\n', "yaml-escape"),
        ("a: 'b\n", "yaml-quote"),
        ("a:\n\t- b\n", "yaml-tab"),
        ("a: |\n\tb\n", "yaml-tab"),
        ("a: b\n---\nc: d\n", "yaml-documents"),
        ("a: b: c\n", "yaml-colon"),
        ("a: [b\n", "yaml-syntax"),
        ("", "file-empty"),
        ("# nothing\n", "file-empty"),
        ("a: \x85b\n", "control-character"),
        ("a: \u2028b\n", "control-character"),
        ("a: \ufeffb\n", "control-character"),
        ('a: "\\x1b[31m"\n', "control-character"),
    ],
)
def test_what_is_refused(folder: Path, text: str, code: str) -> None:
    source, problems = read(folder, text)
    assert source is None
    assert [problem.code for problem in problems] == [code]


def test_a_quotation_never_closed_is_shown_where_it_opens(folder: Path) -> None:
    _, problems = read(folder, "a: 1\nb: \"xin\nc: 2\nd: 3\n")
    assert [(problem.line, problem.column) for problem in problems] == [(2, 4)]


def test_emoji_and_joined_letters_are_no_control_characters(folder: Path) -> None:
    assert value(folder, "a: \U0001f469\u200d\U0001f33e\n") == {"a": "\U0001f469\u200d\U0001f33e"}


YAML_PIECES = st.text(alphabet=st.sampled_from("ab:- \n\t[]{}'\"#&*!|>%@`?,0.\\ếđ\u0301\x00\u2028\ufeff~"), max_size=60)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(text=YAML_PIECES | st.text(max_size=40))
def test_no_text_at_all_makes_the_reader_raise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = text.encode("utf-8", "surrogatepass")
    source, problems = read(folder, raw)
    assert (source is None) == bool(problems.errors)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= problem.line <= len(lines) and problem.column >= 1 for problem in problems)
    (folder / "a.md").write_bytes(b"---\n" + raw + b"\n---\nbody\n")
    inside = Problems()
    assert (load_markdown(folder, "a.md", inside) is None) == bool(inside.errors)
    assert all(2 <= problem.line <= len(lines) + 2 for problem in inside)
