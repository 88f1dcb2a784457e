"""Owns the check of what people write in Markdown: links to pages, to headings in them and to the outside; blocks.

How Markdown becomes HTML is not known here: :func:`check_links` is handed a function that gives the outline
of a file's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from generators.addresses import SECTIONS, section_address
from generators.dataset import LANGUAGES, Dataset
from generators.dataset.content import ContentPage, page_address
from generators.dataset.news import news_sources
from generators.dataset.rules import host_of
from generators.dataset.unread import Unread
from generators.problems import Problems, near_name
from generators.source import Position, Source

_BLOCK = re.compile(r"<!--\s*campaign:\s*([^\s]+(?:\s+[^\s]+)?)\s*-->")
_HIDING = re.compile(r"`+|<!--|-->")
# Browsers take "\" for "/" and leave out spaces and line ends, so that such an address may lead to another host.
_MISLEADING = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_STATIC = re.compile(r"/[\w./-]+\.(?:csv|json|xml|svg|png|ics|pdf|jsonld)")
# Below these, days and figures decide what pages there are.
_UNFORETOLD = tuple(section_address(section, lang) for section in ("tin-tuc", "ngay-hoi") for lang in LANGUAGES)


class Outline(Protocol):
    """What a Markdown text offers and asks for: its anchors, its links' targets, what browsers will block."""

    @property
    def ids(self) -> Sequence[str]:
        """The anchors that a link can point to."""
        ...

    @property
    def targets(self) -> Sequence[str]:
        """Where its links and pictures lead to."""
        ...

    @property
    def unsafe(self) -> Sequence[str]:
        """What the site's security policy forbids."""
        ...


@dataclass(frozen=True)
class _Known:
    """What links may lead to; ``hosts`` is ``None`` when the list of official ones could not be read.

    ``complete`` is false where files could not be read or hold wrong names: then pages that cannot be foretold from
    the records alone, such as lists of news, and pages of unread records may exist too.
    """

    addresses: Collection[str]
    anchors: Mapping[str, Collection[str]]
    files: Collection[str]
    hosts: Collection[str] | None
    unread: Unread
    complete: bool

    def has_page(self, address: str) -> bool:
        """True when there is a page at the address, or may be one as soon as every file can be read."""
        return address in self.addresses or (not self.complete and self._may_have_page(address))

    def _may_have_page(self, address: str) -> bool:
        parts = address.strip("/").split("/")
        english = address.startswith(section_address("mo-hinh", "en"))
        return (
            address.startswith(_UNFORETOLD)
            or any(page_address(path) == address for path in self.unread.paths if path.startswith("content/"))
            or self.unread.may_be_named(parts[-1])
            or (english and self.unread.may_be_english("model", parts[-1]))
            or (parts[-2:-1] in (["chi-so"], ["indicators"]) and self.unread.may_be("indicator", parts[-1]))
        )


def check_links(
    dataset: Dataset,
    data_addresses: Iterable[str],
    files: Collection[str],
    blocks: Collection[str],
    outline: Callable[[Source], Outline],
    problems: Problems,
    *,
    complete: bool = True,
) -> None:
    """Adds a problem for each Markdown link that leads nowhere, is unsafe or unofficial, and each unknown block.

    ``data_addresses`` are those of pages made from data, ``files`` those of published files other than pages;
    ``blocks`` the names of known blocks; ``outline`` reads a file's Markdown; ``complete`` is false where the content
    has errors (see :class:`_Known`). Anchors are judged in hand-written pages only: those of data pages are not known
    before they are rendered, so ``adapters/verify`` judges them in the built site.
    """
    made = frozenset(data_addresses)
    pages = {page.address: outline(page.source) for page in dataset.pages}
    known = _Known(
        addresses=made | pages.keys(),
        anchors={address: text.ids for address, text in pages.items()},
        files=files,
        hosts=dataset.official_hosts(),
        unread=dataset.unread,
        complete=complete,
    )
    for page in dataset.pages:
        _check_text(page.source, page.address, pages[page.address], known, problems)
        _check_page(page, dataset, known, problems)
    unread = [dataset.sources[path] for path in sorted(dataset.unread.paths) if path in dataset.sources]
    narratives = [narrative.source for narrative in dataset.narratives.values()]
    for source in (*news_sources(dataset.news), *narratives, *unread):
        _check_text(source, "", outline(source), known, problems)
    for source in (*(page.source for page in dataset.pages), *narratives):
        for position, name in _blocks(source):
            of_record = name.partition(" ")[2]
            if name not in blocks and not (of_record and dataset.unread.may_be("banner", of_record)):
                problems.add(source.path, position, "block-unknown", near=near_name(name, blocks), found=name)
    _check_addresses(dataset, made, problems)
    _check_moved(dataset, known, problems)


def _check_text(source: Source, address: str, outline: Outline, known: _Known, problems: Problems) -> None:
    if not outline.unsafe and _are_sound(outline.targets, address, known):
        return  # as nearly all are, so that nobody need look for their places
    shown = _without_hidden(source.body)
    for target, position in _placed(source, shown, outline.targets):
        _check_link(source.path, position, target, address, known, problems)
    for found, position in _placed(source, shown, outline.unsafe):
        problems.add(source.path, position, "html-unsafe", found=found)


def _are_sound(targets: Iterable[str], address: str, known: _Known) -> bool:
    problems = Problems()
    for target in targets:
        _check_link("", (1, 1), target, address, known, problems)
    return not len(problems)


def _without_hidden(body: str) -> str:
    """Gives the body with code and comments blanked out, line for line; in one pass, however many ticks there are."""
    marks = list(_HIDING.finditer(body))
    ends: dict[str, list[int]] = {}  # what may end a run of ticks or a comment, last place first
    for mark in reversed(marks):
        ends.setdefault(mark.group(), []).append(mark.start())
    parts, place = [], 0
    for mark in marks:
        closing = "-->" if mark.group() == "<!--" else mark.group()
        left = ends.get(closing, [])
        while left and left[-1] < mark.end():
            left.pop()
        if mark.start() < place or mark.group() == "-->" or not left:
            continue
        end = left[-1] + len(closing)
        parts += [body[place : mark.start()], re.sub(r"[^\n]", " ", body[mark.start() : end])]
        place = end
    return "".join([*parts, body[place:]])


def _placed(source: Source, shown: str, texts: Sequence[str]) -> Iterator[tuple[str, Position]]:
    """Gives each text with its place in the body: the n-th time that it is asked for, its n-th place there."""
    places: dict[str, Iterator[re.Match[str]]] = {}
    last: dict[str, int] = {}
    for text in texts:
        any_form = rf"(?<![^\s(<\"'=>])(?:{re.escape(text)}|{re.escape(escape(text))})(?=[\s)>\"']|$)"
        written = any_form if text else r"(?<=\]\()\s*(?=\))"
        found = next(places.setdefault(text, re.finditer(written, shown, re.IGNORECASE)), None)
        start = last[text] = found.start() if found else last.get(text, 0)
        line = source.body_line + shown.count("\n", 0, start)
        yield text, (line, start - shown.rfind("\n", 0, start))


def _blocks(source: Source) -> Iterator[tuple[Position, str]]:
    for number, line in enumerate(source.body.split("\n")):
        if match := _BLOCK.search(line):
            yield (source.body_line + number, match.start() + 1), " ".join(match.group(1).split())


def _check_link(path: str, position: Position, target: str, address: str, known: _Known, problems: Problems) -> None:
    parts = _split(target)
    if parts is None or _MISLEADING.search(target):
        problems.add(path, position, "link-unsafe", found=target)
    elif parts.scheme == "https":
        if known.hosts is not None and host_of(target) not in known.hosts:
            problems.add(path, position, "host-unofficial", found=target)
    elif parts.scheme or parts.netloc or target.startswith("//"):
        problems.add(path, position, "link-unsafe", found=target)
    elif target.startswith("#"):
        _check_anchor(path, position, target, address, known, problems)
    elif parts.path in known.addresses:
        _check_anchor(path, position, target, parts.path, known, problems)
    elif not known.has_page(parts.path) and not (_STATIC.fullmatch(parts.path) and parts.path in known.files):
        problems.add(path, position, "link-broken", near=near_name(parts.path, known.addresses), found=target)


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:
        return None


def _check_anchor(path: str, position: Position, target: str, address: str, known: _Known, problems: Problems) -> None:
    anchor = unquote(target.partition("#")[2])
    ids = known.anchors.get(address)
    if anchor and ids is not None and anchor not in ids:
        problems.add(path, position, "anchor-broken", near=near_name(anchor, ids), found=target)


def _check_page(page: ContentPage, dataset: Dataset, known: _Known, problems: Problems) -> None:
    twin, section = page.meta.twin, page.meta.section
    if section and section not in SECTIONS:
        position, near = page.source.position(["section"]), near_name(section, SECTIONS)
        what = {"what": "mục của trang", "what_en": "section of the site"}
        problems.add(page.path, position, "reference-unknown", near=near, found=section, **what)
    if twin is None:
        if page.lang == "en":  # an English page is always the twin of a Vietnamese one
            problems.add(page.path, page.source.position([]), "field-missing", field="twin")
        else:
            problems.add(page.path, (1, 1), "english-missing")
        return
    position = page.source.position(["twin"])
    if not known.has_page(twin):
        problems.add(page.path, position, "twin-unknown", near=near_name(twin, known.addresses), found=twin)
    elif any(other.address == twin and other.meta.twin != page.address for other in dataset.pages):
        problems.add(page.path, position, "twin-one-way", found=twin)


def _check_addresses(dataset: Dataset, made: Collection[str], problems: Problems) -> None:
    """Two pages on one address would silently take each other's place."""
    taken = set(made)
    for page in dataset.pages:
        if page.address in taken:
            problems.add(page.path, (1, 1), "address-taken", found=page.address)
        taken.add(page.address)


def _check_moved(dataset: Dataset, known: _Known, problems: Problems) -> None:
    """An old address must be free, and lead in one step to a page that is there."""
    if not dataset.moved:
        return
    source = dataset.sources["data/moved.yml"]
    # Beside the entries that could be read may stand others, whatever their shape.
    places = {str(entry.get("old")): index for index, entry in enumerate(source.value) if isinstance(entry, dict)}
    for moved in dataset.moved.values():
        at = places.get(moved.old, 0)
        if moved.old in known.addresses:
            problems.add(source.path, source.position([at, "old"]), "moved-still-there", found=moved.old)
        if moved.new.endswith("/") and not known.has_page(moved.new):
            near = near_name(moved.new, known.addresses)
            problems.add(source.path, source.position([at, "new"]), "link-broken", near=near, found=moved.new)
