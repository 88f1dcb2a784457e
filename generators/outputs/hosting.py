"""Publishes what web servers read from the site itself: headers for static hosts, and the addresses that moved."""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact, Page
from generators.hosting.nginx import NGINX_MOVED, nginx_moved
from generators.hosting.static_hosts import HEADERS_FILE, MOVED_FILE, headers_file, moved_file
from generators.origins import fact
from generators.parts import made_from
from generators.render.html import Templates
from generators.site import MOVED_ADDRESSES, Site


def _origins(site: Site) -> tuple[str, ...]:
    return (fact(*site.moves()),)


@made_from(_origins)
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:  # noqa: ARG001 - every output is called alike
    """Gives ``_headers``, and the moved addresses once for each way of writing them."""
    moved = [(move.old, move.new) for move in site.moves()]
    yield Artefact(HEADERS_FILE, headers_file(), "generators/hosting/rules.py")
    yield Artefact(MOVED_FILE, moved_file(moved), MOVED_ADDRESSES)
    yield Artefact(NGINX_MOVED, nginx_moved(moved), MOVED_ADDRESSES)
