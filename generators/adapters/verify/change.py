"""Owns the look at a tree that was whole before some of its files changed: it reads the changes, and little more.

Nothing is kept from one build to the next, so whether others ask for what has vanished is searched for in the old tree.
A file is read only where its bytes show that it may. Where that cannot be seen, this look says that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import dirname

from generators.adapters.hands import hands, share_out
from generators.adapters.verify.files import names_addresses, unbroken
from generators.adapters.verify.look import QuickLook
from generators.adapters.verify.page import read_page
from generators.adapters.verify.quick_page import QuickReader
from generators.adapters.verify.target import Place

_MOST_WORDS = 20  # looking at the whole tree takes no longer than searching it for more
_TELLING_WORD = 4  # letters; shorter ones stand in nearly every file
_AT_ONCE = 100  # files for each turn of a process
_FEW_FILES = 2_000  # less work than this is done before a second process has begun
_SEARCHABLE = re.compile(r"[\w./-]*", re.ASCII)
# An address can be written so that a search for what it means does not find it: with letters written as numbers or by
# name; and with folders on its way that it leaves again.
_PER_CENT = re.compile(rb"%(?:2[dDeEfF]|3[0-9]|[46][0-9a-fA-F]|[57][0-9aAeEfF])")
_REFERENCE = re.compile(rb"&(?:amp;)*(?:#(?!34;|39;|x27;)|(?:period|lowbar|UnderBar|sol|num|percnt|fjlig);)")
_SLASHES = {b"%2F", b"%2f"}
_DETOUR = re.compile(rb"(?<!:)//|(?<![^.]\.\.)/\.\.?/")


def look_at_change(
    before: Path,
    changed: Path,
    removed: Collection[str],
    files: Set[str],
    url: str = "",
    required: Collection[str] = (),
    unlinked: Collection[str] = (),
) -> bool:
    """True when a tree is whole that has come from a whole one; otherwise the whole of it must be looked at to know.

    ``before`` holds the tree as it was, whole by the same ``url`` and ``required``; ``changed`` only the files that are
    new or differ; ``removed`` are the paths that are gone, ``files`` all that the tree has now. To those of the removed
    ones that are ``unlinked`` no file leads that is not in ``changed``. Raises ``OSError`` for a file that cannot be
    read.
    """
    place, look = Place.at(url), QuickLook(url)
    fresh = {file.relative_to(changed).as_posix() for file in changed.rglob("*") if file.is_file()}
    if not (fresh <= files and files.isdisjoint(removed)):
        return False
    for name in sorted(fresh):
        look.note(name, (changed / name).read_bytes())
    ids_of = partial(_ids_of, before, QuickReader(place))
    look.trust(files, ids_of)
    if not look.is_whole(required):
        return False
    pages = (name for name in fresh if name.endswith(".html") and (before / name).is_file())
    anchors = {(page, one) for page in pages for one in ids_of(page) if not look.has_anchor(page, one)}
    gone = _Gone(frozenset(removed).difference(unlinked), frozenset(anchors))
    others = sorted(name for name in files - fresh if names_addresses(name)) if gone.files or anchors else []
    return not others or (gone.can_be_searched_for() and not _is_asked_for(gone, before, others, url))


def _ids_of(folder: Path, reader: QuickReader, page: str) -> Collection[str]:
    html = (folder / page).read_bytes()
    quick = reader.news(page, html)
    return quick.ids if quick else read_page(html).ids


@dataclass(frozen=True)
class _Gone:
    """What has vanished from a tree: files, and anchors in pages that are still there."""

    files: frozenset[str]
    anchors: frozenset[tuple[str, str]]

    def can_be_searched_for(self) -> bool:
        """True when there is not too much, and all of it is written with letters that mean nothing else in a link."""
        texts = {*self.files, *(text for anchor in self.anchors for text in anchor)}
        return len(_words(self.wanted())) <= _MOST_WORDS and all(map(_SEARCHABLE.fullmatch, texts))

    def wanted(self) -> list[tuple[str, bytes]]:
        """Gives what a link must hold to lead there from the top: a path, and an anchor with its mark.

        A folder whose own page is gone stands for all that is gone in it.
        """
        paths = {_as_linked(file) for file in self.files}
        outermost = {path for path in paths if not any(above in paths for above in _folders_above(path))}
        anchors = {(_as_linked(page), f"#{one}".encode()) for page, one in self.anchors}
        return sorted({(path, b"") for path in outermost} | anchors)


def _as_linked(file: str) -> str:
    """Gives the path by which a file is linked to: a page by its folder."""
    return file.removesuffix("index.html") if f"/{file}".endswith("/index.html") else file


def _folders_above(path: str) -> Iterator[str]:
    """Gives each folder in which a path lies, the innermost first, with a slash at its end; the top is empty."""
    while path:
        folder = dirname(path.rstrip("/"))
        path = f"{folder}/" if folder else ""
        yield path


def _words(wanted: list[tuple[str, bytes]]) -> set[str]:
    """Gives words of which each wanted path holds one: the names at their ends, but for those that hold another."""
    words: set[str] = set()
    for word in sorted({path.rstrip("/").rpartition("/")[2] for path, _ in wanted}, key=len):
        if not any(shorter in word for shorter in words if len(shorter) >= _TELLING_WORD):
            words.add(word)
    return words


def _is_asked_for(gone: _Gone, before: Path, names: list[str], url: str) -> bool:
    number = hands() if len(names) > _FEW_FILES else 1
    turns = range(0, len(names), _AT_ONCE)
    wanted = gone.wanted()
    words = [(word, word.encode()) for word in sorted(_words(wanted))]

    def search(own: Iterable[int]) -> bool:
        look = QuickLook(url)
        for turn in own:
            for name in names[turns[turn] : turns[turn] + _AT_ONCE]:
                content = _read(f"{before}/{name}")
                if _may_lead(name, content, words, wanted):
                    look.note(name, content)
        return look.is_led_to(gone.files, gone.anchors)

    return any(share_out(len(turns), search, _tell_nobody, number))


def _read(file: str) -> bytes:
    """Gives what a file holds, in half the time that its path would take for it: there are very many."""
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123
        return opened.read()


def _tell_nobody(_: int) -> None:
    """Searching shows no progress."""


def _may_lead(name: str, content: bytes, words: list[tuple[str, bytes]], wanted: list[tuple[str, bytes]]) -> bool:
    """True when a file may lead to something wanted.

    Each of the ``words`` that is not part of the file's own path must stand in any link to what ends with it.
    """
    text = unbroken(name, content)
    coded = set(_PER_CENT.findall(text))
    if not coded <= _SLASHES or _REFERENCE.search(text):
        return True
    for slash in coded:
        text = text.replace(slash, b"/")
    if not any(written in text or word in name for word, written in words):
        return False
    return any(_may_hold(text, name, path, anchor) for path, anchor in wanted)


def _may_hold(text: bytes, name: str, path: str, anchor: bytes) -> bool:
    """True when a link may stand in a file that leads to ``path``.

    It must hold the part of it that begins where the ways to both divide, or all of that in pieces.
    """
    if anchor not in text:
        return False
    way = _apart(name, path)
    end = way[way.rstrip("/").rfind("/") + 1 :].encode()
    return end in text and (way.encode() in text or _DETOUR.search(text) is not None)


def _apart(name: str, path: str) -> str:
    """Gives what is left of ``path`` below the innermost folder in which ``name`` lies as well."""
    folders = (folder for folder in (path, *_folders_above(path)) if folder.endswith("/"))
    return path.removeprefix(next(filter(name.startswith, folders), ""))
