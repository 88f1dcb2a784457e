"""Publishes the pictures that social networks show beside a link: the whole site's, progress', and each unit's."""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.render.html import Templates
from generators.render.share_image import ShareImage, draw_share
from generators.site import Site
from generators.telling.progress_figures import index_share, site_share, unit_share


def render(site: Site, _: Templates) -> Iterator[Artefact | Page]:
    """Gives a PNG for each share image in each language; units without a figure have none and share the site's."""
    for lang in LANGUAGES:
        yield _file(site_share(site, lang), "data/campaign.yml")
        yield _file(index_share(site, lang), "data/progress")
        for unit in site.dataset.units.values():
            if image := unit_share(site, unit, lang):
                yield _file(image, f"data/units/{unit.id}.yml")


def _file(image: ShareImage, source: str) -> Artefact:
    return Artefact(image.address.lstrip("/"), draw_share(image), source)
