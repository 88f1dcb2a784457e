"""Owns the stamp on the service worker: which build of styles, scripts, fonts and pictures it keeps.

The worker's file changes only when one of those files does; that is what tells a browser to fetch them anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

WORKER = "sw.js"
MARK = "@@assets@@"
_FOLDERS = ("css", "fonts", "img", "js", "spoken")


def stamp_worker(folder: Path) -> None:
    """Writes the hash of the built assets into the service worker of ``folder``, where there is one."""
    worker = folder / WORKER
    if worker.is_file():
        text = worker.read_text(encoding="utf-8")
        worker.write_text(text.replace(MARK, assets_version(folder)), encoding="utf-8", newline="\n")


def assets_version(folder: Path) -> str:
    """Gives a name for the state of all assets below ``folder`` and the page for lost network."""
    seen = hashlib.sha256()
    files = [file for name in _FOLDERS for file in sorted((folder / "assets" / name).rglob("*")) if file.is_file()]
    for file in (*files, folder / "offline.html"):
        if file.is_file():
            seen.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()[:12]
