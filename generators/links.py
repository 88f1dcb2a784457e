"""Owns the check of links that people write in Markdown: to pages of the site, to headings in them, to the outside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from generators.dataset.content import ContentPage, Narrative
from generators.problems import Problems, near_name
from generators.site import Site
from generators.source import Source

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|<((?:https?|mailto|javascript|data):[^>\s]+)>")
_CODE = re.compile(r"`[^`\n]*`")
_STATIC = re.compile(r"/[\w./-]+\.(?:csv|json|xml|svg|png|ics|pdf|jsonld)")


def check_links(site: Site, files: Collection[str], blocks: Collection[str], problems: Problems) -> None:
    """Adds a problem for each Markdown link that leads nowhere, is unsafe or unofficial, and each unknown block.

    ``files`` are the addresses of published files other than pages; ``blocks`` the names of known blocks.
    """
    addresses = site.page_addresses()
    official = {host.host for host in site.dataset.campaign.official_hosts}
    for source in _markdown(site):
        for position, target in _links(source):
            _check_link(source.path, position, target, addresses, files, official, problems)
        for position, name in _blocks(source):
            if name not in blocks:
                problems.add(source.path, position, "block-unknown", near=near_name(name, blocks), found=name)
    for page in site.dataset.pages:
        _check_twin(page, addresses, problems)


def _markdown(site: Site) -> Iterator[Source]:
    pages: list[ContentPage | Narrative] = [*site.dataset.pages, *site.dataset.narratives.values()]
    yield from (page.source for page in pages)


def _links(source: Source) -> Iterator[tuple[tuple[int, int], str]]:
    for number, line in enumerate(source.body.split("\n")):
        shown = _CODE.sub(lambda code: " " * len(code.group()), line)
        for match in _LINK.finditer(shown):
            start = match.start(1) if match.group(1) else match.start(2)
            yield (source.body_line + number, start + 1), match.group(1) or match.group(2)


def _blocks(source: Source) -> Iterator[tuple[tuple[int, int], str]]:
    for number, line in enumerate(source.body.split("\n")):
        if match := re.search(r"<!--\s*campaign:\s*([^\s]+)\s*-->", line):
            yield (source.body_line + number, match.start() + 1), match.group(1)


def _check_link(
    path: str,
    position: tuple[int, int],
    target: str,
    addresses: Collection[str],
    files: Collection[str],
    official: Collection[str],
    problems: Problems,
) -> None:
    parts = urlsplit(target)
    if target.startswith("#"):
        return
    if parts.scheme == "https":
        if parts.hostname not in official:
            problems.add(path, position, "host-unofficial", found=target)
    elif parts.scheme or target.startswith("//"):
        problems.add(path, position, "link-unsafe", found=target)
    elif parts.path not in addresses and not (_STATIC.fullmatch(parts.path) and parts.path in files):
        problems.add(path, position, "link-broken", near=near_name(parts.path, addresses), found=target)


def _check_twin(page: ContentPage, addresses: Collection[str], problems: Problems) -> None:
    twin = page.meta.twin
    if twin is None:
        problems.add(page.path, (1, 1), "english-missing")
    elif twin not in addresses:
        position = page.source.position(["twin"])
        problems.add(page.path, position, "twin-unknown", near=near_name(twin, addresses), found=twin)
