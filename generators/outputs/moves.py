"""Publishes, at each address that a page had before, a small page that leads to where it is now.

A server may answer there by itself (``Site.moves`` tells where to); where none does, these pages do. They stand in no
site map and no search, so they are plain files and know nothing of the shell.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact
from generators.render.html import Templates
from generators.site import Site


def render(site: Site, templates: Templates) -> Iterator[Artefact]:
    """Gives one HTML file for each old address in each language."""
    for old, new, entry, lang in site.moves():
        values = {"title": entry.texts[lang].title, "target": new, "canonical": site.absolute(new)}
        yield Artefact(f"{old.lstrip('/')}index.html", templates.render("moved.html", lang, old, **values), entry.path)
