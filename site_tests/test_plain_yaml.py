"""The quick way through YAML: what it takes is what the slow way takes, and what is odd it leaves to the slow way."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generators import limits
from generators.clean_text import INVISIBLE
from generators.plain_yaml import NotPlain, plain_value
from generators.problems import Problems
from generators.source import load_markdown, load_yaml, read_yaml

# Pieces that mean something to YAML, in the order of chance: most of what comes out is odd, and some of it is read.
_PIECES = st.sampled_from([
    "a", "b", "id", "vi", "en", "é", "e", "\u0301", "Xã Mẫu", "no", "Yes", "null", "~", "true", "12", "12.000", "1.000",
    "10:30", "+1:2", "09/09/2025", "-", "- ", ": ", ":", "? ", ", ", "[", "]", "{", "}", "'", '"', "''", "\\", "\\n",
    "\\0", "\\u0301", "\\\n", "|", ">", ">-", "|2", "#", " #", "&x ", "*x", "!", "!!str ", "!!int ", "<<", "=", "%",
    "@", "---", "...", "\n", "\n", "\n  ", "\n    ", "\n- ", " ", "  ", "\t", "a: ", "b: ", "id: ", "x: y", "\n\n",
])  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)
_SCALARS = st.one_of(st.none(), st.booleans(), st.text(max_size=30), st.integers(), st.dates().map(str))
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=9), inner))
)


def is_clean(text: str) -> bool:
    """True for what ``read_text`` passes on."""
    return not INVISIBLE.search(text) and unicodedata.is_normalized("NFC", text)


def agree(text: str) -> bool:
    """Holds both ways against each other; true where the quick way took the text."""
    problems = Problems()
    slow = read_yaml("a.yml", text, problems)
    try:
        quick = plain_value(text)
    except NotPlain:
        return False
    assert slow is not None and not len(problems)
    assert repr(quick) == repr(slow.value)  # True is not 1, and keys keep their order
    return True


@given(_TEXTS)
def test_both_ways_agree_on_what_no_editor_would_write(text: str) -> None:
    if is_clean(text):
        agree(text)


@given(_VALUES, st.booleans(), st.integers(20, 200))
def test_both_ways_agree_on_what_a_program_writes(value: object, flow: bool, width: int) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=width)
    if is_clean(text):
        agree(text)


def test_the_project_s_own_files_go_the_quick_way(root: Path) -> None:
    slow = []
    for file in sorted([*(root / "data").rglob("*.yml"), *(root / "content").rglob("*.md")]):
        path = file.relative_to(root).as_posix()
        source = (load_yaml if file.suffix == ".yml" else load_markdown)(root, path, Problems())
        if source is None or (source.yaml_text.strip() and not agree(source.yaml_text)):
            slow.append(path)
    assert slow == []


@pytest.mark.parametrize(
    "text",
    [
        "", "# only a remark\n", "a: 1\na: 2\n", "a: no\n", "a: OFF\n", "a: 10:30\n", "a: 12.000\n", "a: &x 1\nb: *x\n",
        "a: &x 1\n", "&x a: 1\n", "*x : 1\n", "a: !!str 1\n", "!!map {a: 1}\n", "a: ! 1\n", "a: <<\n",
        "a: 1\n---\nb: 2\n", "%YAML 1.1\n---\na: 1\n", "? [a]\n: 1\n", "{[a]: 1}\n", "a: [\n", "a: b: c\n",
        "a:\tb:\n\t- c",
        'a: "\\0"\n', 'a: "e\\u0301"\n', 'a: "e\\\n  \u0301"\n', f"a: {'b ' * limits.TEXT_LENGTH}\n",
        "[" * (limits.YAML_DEPTH + 2) + "]" * (limits.YAML_DEPTH + 2), "- a\n" * (limits.YAML_ENTRIES + 1),
    ],
)  # fmt: skip
def test_the_quick_way_leaves_what_is_odd_to_the_slow_one(text: str) -> None:
    with pytest.raises(NotPlain):
        plain_value(text)


def test_the_quick_way_takes_what_is_plain() -> None:
    text = "a: [1, 'no', null, true, ~]\nb:\n  c: >-\n    d\n    e\nno: '12.000'\nd:\n"
    found = {"a": ["1", "no", None, True, None], "b": {"c": "d e"}, "no": "12.000", "d": None}
    assert repr(plain_value(text)) == repr(found)
