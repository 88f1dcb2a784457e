"""Owns the walk over all texts of a file's value, for rules that read words wherever they stand."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from generators.marks import Loc


def texts_below(value: Any, skipped: Container[str] = ()) -> Iterator[tuple[Loc, str]]:
    """Gives every text below ``value`` with its place, leaving out the keys in ``skipped``."""
    found: list[tuple[Loc, str]] = []
    _gather(value, skipped, (), found)
    return iter(found)


def _gather(value: Any, skipped: Container[str], loc: tuple[str | int, ...], found: list[tuple[Loc, str]]) -> None:
    if isinstance(value, str):
        found.append((loc, value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in skipped:
                _gather(inner, skipped, (*loc, key), found)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _gather(inner, skipped, (*loc, index), found)
