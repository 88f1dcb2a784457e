"""Owns the one step in which a finished folder takes the place of another.

Linux and macOS exchange two folders in a single call: at no moment is there a third state. Elsewhere (Windows, and file
systems that cannot exchange) two renames do it, and whoever starts next must look whether a kill came between them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_HERE = -100  # AT_FDCWD of fcntl.h on Linux: relative paths count from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np(2) on macOS


def take_place(fresh: Path, place: Path, aside: Path) -> Path:
    """Puts the folder ``fresh`` where the folder ``place`` stands, and gives the path where the old one stands now.

    That is ``fresh`` after an exchange and ``aside`` after two renames. Raises ``OSError``; ``place`` is then the old
    folder, whole.
    """
    if exchange(fresh, place):
        return fresh
    place.rename(aside)
    try:
        fresh.rename(place)
    except BaseException:
        aside.rename(place)
        raise
    return aside


def exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders of one file system in a single step; gives ``False`` where this machine cannot do so.

    Raises ``OSError`` when it could, but was not allowed to.
    """
    if sys.platform not in {"linux", "darwin"}:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    paths = (os.fsencode(one), os.fsencode(other))
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_HERE, paths[0], _HERE, paths[1], ctypes.c_uint(_EXCHANGE))
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*paths, ctypes.c_uint(_EXCHANGE))
    else:
        return False
    if not failed:
        return True
    reason = ctypes.get_errno()
    if reason in _CANNOT:
        return False
    raise OSError(reason, os.strerror(reason), str(one), None, str(other))
