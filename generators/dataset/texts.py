"""Owns the walk over all texts of a file's value, for rules that read words wherever they stand."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from generators.source import Loc


def texts_below(value: Any, skipped: Container[str] = (), loc: tuple[str | int, ...] = ()) -> Iterator[tuple[Loc, str]]:
    """Gives every text below ``value`` with its place, leaving out the keys in ``skipped``."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in skipped:
                yield from texts_below(inner, skipped, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts_below(inner, skipped, (*loc, index))
