"""Owns the way from bytes on the disk to clean text: inside the project, plain files, UTF-8, no hidden signs, NFC.

Knows nothing of what the text says.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from generators import limits
from generators.problems import Problems

# What no editor shows: control characters, line ends that only some programs know, zero-width and direction marks.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


class Unreadable(Exception):
    """Raised for a file that is not there or must not be read; ``code`` is the complaint, ``values`` fill it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Any] = values


def read_bytes(root: Path, path: str, limit: int) -> bytes:
    """Gives the bytes of a plain file that lies inside ``root``, symbolic links followed, of at most ``limit`` bytes.

    Raises :class:`Unreadable` for anything else, before a byte of it is read: a pipe would never end.
    """
    try:
        file = _plain_file(root, path, limit)
        with open(file, "rb") as opened:  # noqa: PTH123 - a Path would take longer to make than the file to read
            return opened.read()
    except OSError as error:
        raise _unreadable(error) from None


def look_at_file(root: Path, path: str, limit: int) -> None:
    """Raises :class:`Unreadable` where :func:`read_bytes` would before a byte is read."""
    try:
        _plain_file(root, path, limit)
    except OSError as error:
        raise _unreadable(error) from None


def _plain_file(root: Path, path: str, limit: int) -> str:
    file = f"{root}/{path}"
    status = os.lstat(file)
    if stat.S_ISLNK(status.st_mode) or not _is_below(str(root), path.rpartition("/")[0]):
        status = Path(file).stat()
        if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root)):
            raise Unreadable("file-outside")
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise Unreadable("file-special")
    if stat.S_ISREG(status.st_mode) and status.st_size > limit:
        raise Unreadable("file-too-big", size=status.st_size, limit=limit)
    return file


def _unreadable(error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable("file-missing")
    return Unreadable("file-unreadable", reason=error.strerror or type(error).__name__)


@lru_cache(maxsize=1024)
def _is_below(root: str, folder: str) -> bool:
    """True when a folder lies inside ``root`` by its name and in truth. Asked once for all files of a folder.

    A folder that becomes a link later is told of by ``dataset/files.py``, which looks at each anew.
    """
    return os.path.realpath(f"{root}/{folder}") == f"{os.path.realpath(root)}/{folder}".rstrip("/")


def read_raw(root: Path, path: str, problems: Problems) -> bytes | None:
    """Gives the bytes of a text file, or ``None`` with a problem when they must not be read."""
    try:
        return read_bytes(root, path, limits.FILE_BYTES)
    except Unreadable as refused:
        problems.add(path, (1, 1), refused.code, **refused.values)
        return None


def read_text(root: Path, path: str, problems: Problems) -> str | None:
    """Gives the file's text in NFC with plain line ends, or ``None`` with a problem when it is not readable text."""
    raw = read_raw(root, path, problems)
    return None if raw is None else text_of(raw, path, problems)


def text_of(raw: bytes, path: str, problems: Problems) -> str | None:
    """Gives what :func:`read_text` gives for a file with these bytes."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(path, (line, 1), "file-not-utf8")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := INVISIBLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        problems.add(path, (line, column), "control-character", character=f"U+{ord(found.group()):04X}")
        return None
    return None if _has_long_line(text, path, problems) else _normalised(text, path, problems)


def _has_long_line(text: str, path: str, problems: Problems) -> bool:
    if len(text) <= limits.LINE_LENGTH:
        return False
    lengths = [len(line) for line in text.split("\n")]
    if max(lengths) <= limits.LINE_LENGTH:
        return False
    number, length = next((n, length) for n, length in enumerate(lengths, start=1) if length > limits.LINE_LENGTH)
    problems.add(path, (number, 1), "line-long", length=length, limit=limits.LINE_LENGTH)
    return True


def _normalised(text: str, path: str, problems: Problems) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if not unicodedata.is_normalized("NFC", line):
            problems.add(path, (number, 1), "text-not-nfc")
            break
    return unicodedata.normalize("NFC", text)
