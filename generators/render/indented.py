"""Owns how JSON for programs and eyes is written: a line for each value, as ``json.dumps(…, indent=…)`` writes it.

Python's own encoder gives up its fast half as soon as lines are indented; the documents of the open data are too many
for the slow one.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted


def indented_json(value: object, width: int) -> str:
    """Gives a value as JSON whose lines are indented by ``width`` blanks a level, its keys in the order given.

    Raises ``TypeError`` for a key that is no text and for what JSON cannot say.
    """
    return _written(value, "\n", " " * width)


def _written(value: object, line: str, step: str) -> str:
    """``line`` is what begins a line around the value, ``step`` what goes before each line inside it."""
    if isinstance(value, str):
        return quoted(value)
    inside = line + step
    if isinstance(value, dict):
        members = [
            f"{quoted(key)}: {quoted(one) if type(one) is str else _written(one, inside, step)}"
            for key, one in value.items()
        ]
        return _between("{}", members, line, inside)
    if isinstance(value, list | tuple):
        return _between("[]", [_written(one, inside, step) for one in value], line, inside)
    return "null" if value is None else str(value) if type(value) is int else json.dumps(value)


def _between(brackets: str, values: list[str], line: str, inside: str) -> str:
    return f"{brackets[0]}{inside}{f',{inside}'.join(values)}{line}{brackets[1]}" if values else brackets
