"""Facts of single plans are computed when they are asked for, once, and only those."""

from __future__ import annotations

import pickle
from operator import methodcaller

import pytest

from generators.derive.lazy_mapping import LazyMapping


def test_a_value_is_computed_when_it_is_asked_for_and_once() -> None:
    asked: list[str] = []

    def upper(key: str) -> str:
        asked.append(key)
        return key.upper()

    found = LazyMapping(["b", "a", "c"], upper)
    assert (list(found), len(found), "a" in found, "d" in found, asked) == (["b", "a", "c"], 3, True, False, [])
    assert (found["a"], found["a"], found.get("b"), asked) == ("A", "A", "B", ["a", "b"])
    assert dict(found) == {"b": "B", "a": "A", "c": "C"}
    assert asked == ["a", "b", "c"]


def test_a_key_that_is_not_there_is_not_computed() -> None:
    found = LazyMapping(["a"], str.upper)
    assert found.get("b") is None
    with pytest.raises(KeyError, match="b"):
        found["b"]


def test_it_can_be_handed_to_another_process() -> None:
    found = LazyMapping(["a", "b"], methodcaller("upper"))
    assert found["a"] == "A"
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - what was just written
    assert dict(again) == {"a": "A", "b": "B"}
