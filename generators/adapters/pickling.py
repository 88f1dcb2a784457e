"""Owns how values of this program are written as bytes and made of them again, records with a part that sleeps.

Of a record as the outermost of its kind, what is plain is made at once, and each field that holds other records only
when it is asked for (see ``schema/sleeping.py``): of thousands of files a build looks into a handful. Nothing is made
but values of this program's own kinds. Where the bytes lie, and whether they are whole, is not known here.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from generators.schema.progress import ReportingPeriod
from generators.schema.scalars import Record, Words
from generators.schema.sleeping import asleep_in, lay_to_sleep, put_values

_PLAIN = {"datetime": ("date", "datetime", "time", "timedelta", "timezone"), "decimal": ("Decimal",)}
_LIGHT = (Words, ReportingPeriod)  # asked for of every record
_new = object.__new__
_put_extra, _put_private = (BaseModel.__dict__[f"__pydantic_{name}__"].__set__ for name in ("extra", "private"))


def pickled(value: object) -> bytes:
    """Gives a value as bytes."""
    return _written(_Pickler, value)


def unpickled(content: bytes, start: int) -> dict[str, Any]:
    """Gives the mapping that :func:`pickled` wrote, from a place on; an empty one for bytes that say anything else."""
    try:
        found: dict[str, Any] = _made(content, start)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no result
        return {}
    return found


class _Fields(dict[str, bytes]):
    """Fields that are not there yet, each as bytes."""

    __slots__ = ()

    def made(self, name: str) -> Any:
        """Gives the value of one of them. Raises ``KeyError`` for any other."""
        return _made(self[name])


class _WholePickler(pickle.Pickler):
    """Writes what a record holds and not how it was made, which takes a third of the time to read again."""

    def reducer_override(self, value: Any) -> Any:
        """Gives how a value is made again."""
        kind: Any = type(value)
        if issubclass(kind, Record):
            return self.record(kind, value)
        return (_slotted, (kind, *map(value.__getattribute__, _slots(kind)))) if _slots(kind) else NotImplemented

    def record(self, kind: type[Record], record: Record) -> Any:
        """Gives how a record is made again."""
        return _record, (kind, *map(record.__dict__.__getitem__, kind.__pydantic_fields__))


class _Pickler(_WholePickler):
    """Writes the outermost records so that a part of them sleeps when they are made again."""

    def record(self, kind: type[Record], record: Record) -> Any:
        """Gives how a record is made again."""
        slept = asleep_in(record)
        asleep = slept if isinstance(slept, _Fields) else _fields_of(record)
        if not asleep:
            return super().record(kind, record)
        awake = {name: getattr(record, name) for name in kind.__pydantic_fields__ if name not in asleep}
        return _sleeping, (kind, awake, dict(asleep))


class _Unpickler(pickle.Unpickler):
    """Makes values of this program's kinds only: a file that says anything else is no result."""

    def find_class(self, module: str, name: str) -> Any:
        """Gives a kind of value. Raises ``UnpicklingError`` for anything else that a module holds."""
        return _kind(module, name)


@cache
def _kind(module: str, name: str) -> Any:
    found = getattr(import_module(module), name, None)
    own = module.startswith("generators.") and isinstance(found, type) and found.__module__ == module
    if own or found in _MAKERS or name in _PLAIN.get(module, ()):
        return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _written(pickler: type[pickle.Pickler], value: object) -> bytes:
    written = io.BytesIO()
    pickler(written, pickle.HIGHEST_PROTOCOL).dump(value)
    return written.getvalue()


def _made(content: bytes, start: int = 0) -> Any:
    opened = io.BytesIO(content)  # a slice would be a copy
    opened.seek(start)
    return _Unpickler(opened).load()


def _fields_of(record: Record) -> _Fields:
    return _Fields((name, _written(_WholePickler, value)) for name, value in record.__dict__.items() if _sleeps(value))


def _sleeps(value: object) -> bool:
    """True for what holds records; the words and the period of a record are asked for as often as the record."""
    if isinstance(value, tuple):
        return bool(value) and not isinstance(value[0], str)
    return isinstance(value, Record) and not isinstance(value, _LIGHT)


def _record(kind: type[Record], *values: object) -> Record:
    return _with_values(kind, dict(zip(kind.__pydantic_fields__, values)))  # noqa: B905 - see _slotted


def _sleeping(kind: type[Record], awake: dict[str, Any], asleep: dict[str, bytes]) -> Record:
    record = _with_values(kind, awake)
    lay_to_sleep(record, awake, _Fields(asleep))
    return record


def _with_values(kind: type[Record], values: dict[str, Any]) -> Record:
    record = _new(kind)
    put_values(record, values)  # and what ``BaseModel.__setstate__`` sets besides, in a third of its time
    _put_extra(record, None)
    _put_private(record, None)
    return record


def _slotted(kind: Any, *values: object) -> Any:
    made = _new(kind)
    for put, value in zip(_setters(kind), values):  # noqa: B905 - to be asked for it takes longer than to do it
        put(made, value)
    return made


_MAKERS = (_record, _sleeping, _slotted)


@cache
def _slots(kind: Any) -> tuple[str, ...]:
    """Gives the names of all that a value of a kind without ``__dict__`` holds; none for other kinds."""
    names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return () if kind.__dictoffset__ else names


@cache
def _setters(kind: Any) -> tuple[Callable[[Any, object], None], ...]:
    """They pass by what forbids to change a value that has been made."""
    return tuple(getattr(kind, name).__set__ for name in _slots(kind))
