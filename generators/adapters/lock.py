"""Owns the lock by which only one process works in a place: the system frees it when that process ends in any way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(handle: IO[bytes], *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:  # LK_LOCK gives up after ten seconds
                if not wait:
                    return False
            else:
                return True

else:
    import fcntl

    def _take(handle: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(file: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock ``file`` inside the ``with`` block; waits for it when another holds it, after ``on_wait``.

    Raises ``OSError`` when the file cannot be made or the file system knows no locks.
    """
    with file.open("ab") as handle:
        if not _take(handle, wait=False):
            on_wait()
            _take(handle, wait=True)
        yield
