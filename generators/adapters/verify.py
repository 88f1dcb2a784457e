"""Owns the last look at a built tree: every link inside the site leads to a file, and every anchor to an id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'<(?:a|link|script|img|source)\b[^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def verify_site(folder: Path, base: str = "") -> list[str]:
    """Gives one line for each internal link or anchor that leads nowhere and each id that stands twice in a page.

    ``base`` is the path below which the server shows the site, such as ``/so``; links from the root start with it.
    """
    pages = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    ids = {name: _ID.findall(html) for name, html in pages.items()}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return [
        fault
        for name in sorted(pages)
        for fault in _faults(name, pages[name].replace(f'"{base}/', '"/'), ids, files)
    ]


def _faults(name: str, html: str, ids: dict[str, list[str]], files: set[str]) -> Iterator[str]:
    yield from (f"{name}: id twice: {one}" for one, times in sorted(Counter(ids[name]).items()) if times > 1)
    for link in sorted(set(_LINK.findall(html))):
        parts = urlsplit(link.replace("&amp;", "&"))
        if parts.scheme or parts.netloc:
            continue
        target = _file_of(name, unquote(parts.path))
        if target not in files:
            yield f"{name}: broken link: {link}"
        elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
            yield f"{name}: broken anchor: {link}"


def _file_of(page: str, path: str) -> str:
    if not path:
        return page
    # The page for lost addresses is shown anywhere, so it alone links from the server's root.
    full = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(page), path))
    return normpath(f"{full}/index.html") if path.endswith("/") or full == "." else full
