"""Publishes the accessibility statement: what was aimed at, tested and found, and how to report a barrier."""

from __future__ import annotations

from collections.abc import Iterator

from generators.addresses import other_language, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.parts import made_from
from generators.render.html import Templates
from generators.site import Site

_SECTION = "tro-nang"


@made_from(lambda _: ())
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives the statement in each language."""
    for lang in LANGUAGES:
        address = section_address(_SECTION, lang)
        yield Page(
            address=address,
            lang=lang,
            title=site.phrase(f"menu-{_SECTION}", lang),
            description=site.phrase("access-description", lang),
            body=templates.render(
                "accessibility.html",
                lang,
                address,
                statement=site.dataset.accessibility,
                results=site.dataset.accessibility_results,
            ),
            source="data/accessibility.yml",
            section=_SECTION,
            twin=section_address(_SECTION, other_language(lang)),
            page_class="page-accessibility",
        )
