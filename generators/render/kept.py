"""Owns what is made once and used again: pictures and papers, found by all that they come from, and compiled templates.

A result is kept under the hash of the program that makes it (this room's files, its fonts, the libraries' versions) and
of the whole value that it is made from. So a kept result is never an old one: whatever changes, changes its name. Of a
template only the last is kept, and it says of which program and source it is. Where either outlives the process is not
known here; see :func:`keep_in` and :func:`keep_compiled_in`.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_ROOM = Path(__file__).parent
_LIBRARIES = ("fonttools", "jinja2", "lxml", "matplotlib", "pillow", "segno", "typst")


class Store(Protocol):
    """Where results are kept beyond the process."""

    def get(self, name: str) -> bytes | None:
        """Gives what is kept under a name, unharmed, or ``None``."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Keeps a result under a name; may fail silently."""
        ...


class _Kept:
    """The results of this process, and the store behind them."""

    def __init__(self) -> None:
        self.results: dict[str, bytes] = {}
        self.store: Store | None = None

    def get(self, name: str) -> bytes | None:
        found = self.results.get(name)
        if found is None and self.store is not None:
            found = self.store.get(name)
            if found is not None:
                self.results[name] = found
        return found

    def put(self, name: str, content: bytes) -> None:
        self.results[name] = content
        if self.store is not None:
            self.store.put(name, content)


def _hash_of_files() -> str:
    """Gives a name for the files of the program and of its fonts that decide a result."""
    seen = hashlib.sha256()
    drawn = [file for ending in ("*.ttf", "*.typ", "*.svg") for file in _ROOM.rglob(ending)]
    files = [*_ROOM.rglob("*.py"), *drawn, *(_ROOM.parent / name for name in _USED)]
    for file in sorted(files):
        seen.update(f"{file.name}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


_USED = ("text.py", "problems.py")  # all that this room may import besides itself
_FILES = _hash_of_files()  # at the import, so that it is the program that runs and not one edited meanwhile


@cache
def _program() -> str:
    """Gives a name for everything but the value that decides a result; asked for late, as it takes time."""
    libraries = "".join(f"{library} {version(library)}\0" for library in _LIBRARIES)
    return f"{platform.python_version()}\0{libraries}{_FILES}"


_KEPT, _COMPILED = _Kept(), _Kept()


def keep_in(store: Store | None) -> None:
    """Puts a store behind the results of this process; ``None`` takes it away."""
    _KEPT.store = store


def keep_compiled_in(store: Store | None) -> None:
    """Puts a store behind the compiled templates of this process: it holds one for each template, the last."""
    _COMPILED.store = store


def forget() -> None:
    """Forgets the results of this process; the stores keep theirs."""
    _KEPT.results.clear()
    _COMPILED.results.clear()


def name_of(kind: str, value: object) -> str:
    """Gives the name under which a result is kept. ``value`` must tell all of itself in its ``repr``."""
    return hashlib.sha256(f"{_program()}\0{kind}\0{value!r}".encode("utf-8", "surrogatepass")).hexdigest()


def kept_bytes(kind: str, value: object, make: Callable[[], bytes]) -> bytes:
    """Gives the result for ``value`` if it is kept, else what ``make`` gives, and keeps that."""
    name = name_of(kind, value)
    found = _KEPT.get(name)
    if found is None:
        found = make()
        _KEPT.put(name, found)
    return found


def kept_text(kind: str, value: object, make: Callable[[], str]) -> str:
    """Gives :func:`kept_bytes` for a result that is text."""
    return kept_bytes(kind, value, lambda: make().encode()).decode()


class KeptTemplates(BytecodeCache):
    """Compiled templates; Jinja itself refuses one whose checksum has changed since."""

    def get_source_checksum(self, source: str) -> str:
        """Gives what stands for the source of a template and for the program that compiles it."""
        return name_of("template", source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket where its template is kept."""
        found = _COMPILED.get(bucket.key)
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the bucket's template."""
        _COMPILED.put(bucket.key, bucket.bytecode_to_string())
