"""Publishes, at each address that a page had before, a small page that leads to where it is now.

A server may answer there by itself (``Site.moves`` tells where to); where none does, these pages do. They stand in no
site map and no search, so they are plain files and know nothing of the shell.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact
from generators.origins import fact
from generators.parts import made_from
from generators.render.html import Templates
from generators.site import Site


def _origins(site: Site) -> tuple[str, ...]:
    return (fact(*site.moves()),)


@made_from(_origins)
def render(site: Site, templates: Templates) -> Iterator[Artefact]:
    """Gives one HTML file for each old address of a page; an old file's address is left to servers."""
    for move in site.moves():
        if move.old.endswith("/"):
            values = {"title": move.title, "target": move.new, "canonical": site.absolute(move.new)}
            page = templates.render("moved.html", move.lang, move.old, **values)
            yield Artefact(f"{move.old.lstrip('/')}index.html", page, move.source)
