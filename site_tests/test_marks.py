"""The place of a value is the same, whether the parser's events or the whole tree tell it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generators.marks import Far, far_mark, near_mark

_NAMES = st.sampled_from(["a", "b", "vi", "en", "1"])
_VALUES = st.recursive(
    st.sampled_from([None, True, "x", "hai dòng\nvà nữa", ""]),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_NAMES, inner, max_size=4)),
)


@given(_VALUES, st.lists(st.one_of(_NAMES, st.integers(0, 3)), max_size=5), st.booleans(), st.booleans())
def test_both_ways_point_at_one_place(value: object, loc: list[str | int], flow: bool, of_key: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow)
    far = far_mark(text, loc, of_key=of_key)
    near = near_mark(text, loc, of_key=of_key)
    assert (near.line, near.column) == (far.line, far.column)


def test_an_empty_text_has_no_places() -> None:
    assert near_mark("", ["a"], of_key=False) is far_mark("", ["a"], of_key=False) is None


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "- a\n" * 1000])
def test_what_is_far_or_behind_an_alias_is_left_to_the_tree(text: str) -> None:
    loc = ["b", 0] if text.startswith("a") else [999]
    with pytest.raises(Far):
        near_mark(text, loc, of_key=False)
    assert far_mark(text, loc, of_key=False) is not None
