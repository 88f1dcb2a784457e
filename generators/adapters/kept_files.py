"""Owns where results of rendering outlive a build: one file each below ``.cache/rendered`` of the project.

The folder may be removed at any time, may be shared by builds that run side by side, and may be read-only: then nothing
is kept. Each file begins with the hash of its content, so that one cut off by a full disk is not taken for a result.
Some results are programs (compiled templates), so a file is only taken if it is this user's and nobody else may write
in it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

FOLDER = ".cache/rendered"
_DIGEST = hashlib.sha256().digest_size
_UNUSED_DAYS = 30
_DAY = 24 * 60 * 60  # seconds
_OWN = 0o600
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class KeptFiles:
    """The store below one folder; see :class:`generators.render.kept.Store`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Gives what is kept under a name, unharmed, or ``None``."""
        file = self._folder / name
        try:
            with file.open("rb") as opened:
                status = os.fstat(opened.fileno())
                own = _is_own(status)
                digest, content = (opened.read(_DIGEST), opened.read()) if own else (b"", b"")
            if status.st_mtime < time.time() - _DAY:
                os.utime(file)  # it is in use
        except OSError:
            return None
        return content if hashlib.sha256(content).digest() == digest else None

    def put(self, name: str, content: bytes) -> None:
        """Keeps a result; where the disk refuses, nothing is kept."""
        file = self._folder / name
        fresh = file.with_name(f".{name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.touch(_OWN, exist_ok=False)
            fresh.write_bytes(hashlib.sha256(content).digest() + content)
            fresh.replace(file)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Removes what no build has used for a month."""
        oldest = time.time() - _UNUSED_DAYS * _DAY
        with suppress(OSError):
            for file in self._folder.iterdir():
                with suppress(OSError):
                    if file.stat().st_mtime < oldest:
                        file.unlink()


def _is_own(status: os.stat_result) -> bool:
    """True where the system knows no owners, too."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE)
