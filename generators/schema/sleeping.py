"""Owns records of which a part sleeps: fields that are made when somebody first asks for them, and then stay.

Nobody can tell such a record from another by what it says: it compares, is copied, shown and written as one whose
fields are all there. Only what it takes to hold it, and to read it from where records are kept, is less. Knows no kind
of record, nor what its fields are made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

_ASLEEP = ""  # among a record's values; no field is called so
_PLACE: Any = BaseModel.__dict__["__dict__"]  # where a record's values really are
values_of, put_values = _PLACE.__get__, _PLACE.__set__


class Asleep(Protocol):
    """Fields that are not there yet."""

    def __iter__(self) -> Iterator[str]:
        """Gives their names."""
        ...

    def made(self, name: str) -> Any:
        """Gives the value of one of them, each time a new one. Raises ``KeyError`` for any other."""
        ...


def lay_to_sleep(record: Sleeper, awake: dict[str, Any], asleep: Asleep) -> None:
    """Gives a record its fields: the values of some, and what makes the others."""
    put_values(record, awake)
    awake[_ASLEEP] = asleep


def asleep_in(record: Sleeper) -> Asleep | None:
    """Gives what the fields that slept are made from, be some of them awake by now; ``None`` once all of them are."""
    asleep: Asleep | None = values_of(record).get(_ASLEEP)
    return asleep


def lay_down_again(record: Sleeper) -> None:
    """Lets go of the fields that slept: they are made once more when they are asked for."""
    values: dict[str, Any] = values_of(record)
    for name in values.get(_ASLEEP, ()):
        values.pop(name, None)


def _whole(record: Sleeper) -> dict[str, Any]:
    """Gives the values of all fields, in the order in which they are declared."""
    values: dict[str, Any] = values_of(record)
    asleep = values.get(_ASLEEP)
    if asleep is not None:
        kind = type(record)
        values = {name: _value(values, asleep, name) for name in kind.__pydantic_fields__}
        put_values(record, values)
    return values


def _value(values: dict[str, Any], asleep: Asleep, name: str) -> Any:
    found = values.get(name, asleep)
    return asleep.made(name) if found is asleep else found


class Sleeper(BaseModel):
    """A record that may sleep. Where two threads wake a field, or one lays it down, each is given its value."""

    # Whatever reads a record as a whole asks for this: pydantic's own methods, its core, copying, pickling.
    __dict__: Any = property(_whole, put_values)

    if not TYPE_CHECKING:  # a slip in a field's name is still found

        def __getattr__(self, name: str) -> Any:
            """Gives what is not among the values. Raises ``AttributeError`` for what is no field."""
            values: dict[str, Any] = values_of(self)
            asleep = values.get(_ASLEEP)
            if asleep is None or name not in type(self).__pydantic_fields__:
                return values[name] if name in values else super().__getattr__(name)
            found = values[name] = _value(values, asleep, name)
            return found
