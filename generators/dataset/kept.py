"""Owns what is asked of a store that keeps what files gave when they were last read, so that none is read twice.

A result is found by the path of its file and the digest of what it was made from. Whatever else decides how a file is
read (the program, its libraries, Python) is the store's to look after. Where the store lies is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from generators.clean_text import Unreadable, look_at_file, read_bytes
from generators.dataset.files import Files
from generators.dataset.signs import Signs
from generators.limits import FILE_BYTES
from generators.schema.scalars import Record


class Kept(Protocol):
    """Results of several kinds."""

    def digest(self, path: str) -> str | None:
        """Gives the :func:`digest_of` a file's bytes where it is known without reading them, else ``None``."""
        ...

    def get(self, kind: str, path: str, digest: str) -> Any | None:
        """Gives what is kept for a file if it was made from what has this digest, else ``None``."""
        ...

    def put(self, kind: str, path: str, digest: str, value: object) -> None:
        """Keeps a result in the place of an older one; may fail silently."""
        ...

    def ahead(self, kind: str, paths: Sequence[str], find: Callable[[str], object]) -> None:
        """May have ``find`` called for many files, each once, perhaps in other processes: what it puts is kept here.

        So nothing but what is put may come of it. Only where it pays: otherwise nothing happens.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave by itself, without any complaint: its record, its signs and what its light source holds."""

    record: Record
    signs: Signs
    first_line: int
    body: str
    body_line: int


class Readings:
    """The readings of a project's files in a store, each found by the digest of its file.

    The words that are watched for are all that the reading of one file knows of others; a reading is good for the same
    words only.
    """

    def __init__(self, files: Files, kept: Kept) -> None:
        self._files = files
        self._kept = kept
        self._words = b""

    def watch(self, words: Iterable[str]) -> None:
        """Says which words are watched for from now on."""
        self._words = "\0".join(sorted(words)).encode()

    def find(self, path: str, record: type[Record]) -> tuple[Reading | None, str, bytes | None]:
        """Gives what a file gave that is still the same, its digest, and its bytes where they had to be read."""
        digest, raw = self._kept.digest(path), None
        try:
            if digest is None:
                raw = read_bytes(self._files.root, path, FILE_BYTES)
                digest = digest_of(raw)
            elif not self._files.is_plain(path):  # one that is was not too big when it was read, and is the same
                look_at_file(self._files.root, path, FILE_BYTES)
        except Unreadable:
            return None, "", None  # whoever reads it says so
        return self._kept.get(record.__name__, path, self._name(digest)), digest, raw

    def ahead(self, paths: Sequence[str], record: type[Record], read: Callable[[str], object]) -> None:
        """May have ``read`` called for many files that are such a record, so that what they give is kept."""
        self._kept.ahead(record.__name__, paths, read)

    def keep(self, path: str, digest: str, reading: Reading) -> None:
        """Keeps what a file with this digest gave."""
        self._kept.put(type(reading.record).__name__, path, self._name(digest), reading)

    def _name(self, digest: str) -> str:
        return digest_of(digest.encode(), self._words) if self._words else digest


def digest_of(*parts: bytes) -> str:
    """Gives the SHA-256 of bytes, in hexadecimal."""
    return sha256(b"".join(parts)).hexdigest()
