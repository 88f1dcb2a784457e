"""Indented JSON is, byte for byte, what Python's own encoder writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.render.indented import indented_json

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner), max_leaves=30
)


@given(VALUES, st.sampled_from((1, 2)))
def test_it_is_what_pythons_own_encoder_writes(value: object, width: int) -> None:
    assert indented_json(value, width) == json.dumps(value, ensure_ascii=False, indent=width)


@pytest.mark.parametrize("value", [{1: "x"}, {"x": object()}, [{1, 2}]])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        indented_json(value, 1)
