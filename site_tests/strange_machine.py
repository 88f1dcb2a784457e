"""Another machine, as far as one can be played: what a build must give the same bytes on.

Another time zone, language, hash seed, home, user and file mask; and folders list their files the other way round,
as another file system might. Owns how that is arranged; holds no assertion.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

# Python runs this file before any other, in every process that has its folder in PYTHONPATH.
_BACKWARDS = """
import os

_listdir, _scandir = os.listdir, os.scandir


class _Backwards:
    def __init__(self, path):
        with _scandir(path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)
os.scandir = lambda path=".": _Backwards(path)
"""


def strange_environment(folder: Path) -> dict[str, str]:
    """The environment of that machine; ``folder`` is empty and stays as long as it is used."""
    (folder / "sitecustomize.py").write_text(_BACKWARDS, encoding="utf-8")
    (folder / "home").mkdir()
    return {
        **os.environ,
        "TZ": "America/Los_Angeles",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(folder),
        "HOME": str(folder / "home"),
        "USER": "someone",
        "LOGNAME": "someone",
        "SOURCE_DATE_EPOCH": "86400",
    }


def as_another_user() -> list[str]:
    """What stands before a command so that it finds itself another user; empty where the system does not allow that."""
    command = ["unshare", "--user", "--map-user=12345"]
    if not shutil.which("unshare"):
        return []
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return [] if tried.returncode else command


def with_a_narrow_mask() -> None:
    """Run in the child before it starts: new files are its user's alone."""
    os.umask(0o077)
