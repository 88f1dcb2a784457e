"""Owns how a hand-written page becomes a page of the site: its Markdown, the blocks in it, what its front matter says.

Each page is a part of its own, as pages made from data are. Knows neither the shell nor who makes the parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generators.artefact import Page
from generators.blocks import block_origins, page_body
from generators.dataset.content import CONTENT_FOLDER, ContentPage
from generators.origins import fact, file_origin
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.render.markdown import rooted_html
from generators.site import Site
from generators.telling.sharing import SharePictures

_FOLDERS: dict[Language, str] = {"vi": f"{CONTENT_FOLDER}/", "en": f"{CONTENT_FOLDER}/en/"}


@Output
def render(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives each page below ``content/`` that is no record's text."""
    pictures = SharePictures(site)
    for page in site.dataset.pages:
        name = page.path.removeprefix(_FOLDERS[page.lang]).removesuffix(".md")
        shown = fact(pictures.of_section(page.meta.section, page.lang).alt)
        origins = (file_origin(page.path), *block_origins(page.source.body, site), shown)
        yield Part(f"page/{page.lang}/{name}", partial(_made, site, templates, page), origins)


def _made(site: Site, templates: Templates, page: ContentPage) -> Iterator[Page]:
    yield Page(
        address=page.address,
        lang=page.lang,
        title=page.meta.title,
        description=page.meta.description,
        body=page_body(rooted_html(page.source.body), site, templates, page),
        source=page.path,
        section=page.meta.section,
        twin=page.meta.twin or "",
        page_class=page.meta.page_class or "page-content",
    )
