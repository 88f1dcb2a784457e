"""Publishes the pictures that social networks show beside a link: of sections, plans, models and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generators.addresses import SECTIONS
from generators.artefact import Artefact
from generators.dataset import LANGUAGES
from generators.origins import fact
from generators.parts import Output, Part
from generators.render.html import Templates
from generators.render.share_image import ShareImage, draw_share
from generators.site import Site
from generators.telling.progress_figures import unit_share
from generators.telling.sharing import SharePictures, model_share, plan_share, section_share


@Output
def render(site: Site, _: Templates) -> Iterator[Part]:
    """Gives a PNG for each share image in each language; pages without a picture show another, see ``sharing``.

    A record without English has no English page to stand beside. All are drawn by one process: there are never many,
    and the pen and the evening class behind the words take longer to fetch than a picture to draw.
    """
    images = tuple(_images(site))
    yield Part("share_images", partial(_files, images), (fact(images),))


def _images(site: Site) -> Iterator[tuple[ShareImage, str]]:
    """Gives each share image with the file that it comes from."""
    pictures = SharePictures(site)
    for lang in LANGUAGES:
        for section in ("", *SECTIONS):  # none is the home page's
            yield section_share(site, section, lang), "data/words.yml"
        for plan in site.dataset.plans.values():
            if lang in plan.languages and pictures.has_own(site.dataset.unit_of(plan)):
                yield plan_share(site, plan, lang), f"data/plans/{plan.id}.yml"
        for model in site.dataset.models.values():
            yield model_share(site, model, lang), f"data/models/{model.id}.yml"
        for unit in site.dataset.units.values():
            if lang in unit.languages and pictures.has_own(unit) and (image := unit_share(site, unit, lang)):
                yield image, f"data/units/{unit.id}.yml"


def _files(images: Iterable[tuple[ShareImage, str]]) -> Iterator[Artefact]:
    for image, source in images:
        yield Artefact(image.address.lstrip("/"), draw_share(image), source)
