"""Publishes the pictures that social networks show beside a link: of sections, plans, models and units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generators.artefact import Artefact
from generators.dataset import LANGUAGES
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.render.share_image import ShareImage, draw_share
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan
from generators.schema.unit import Unit
from generators.site import SECTIONS, Site
from generators.telling.progress_figures import unit_share
from generators.telling.sharing import SharePictures, model_share, plan_share, section_share


@Output
def render(site: Site, _: Templates) -> Iterator[Part]:
    """Gives a PNG for each share image in each language; pages without a picture show another, see ``sharing``.

    A record without English has no English page to stand beside.
    """
    pictures = SharePictures(site)
    for lang in LANGUAGES:
        for section in ("", *SECTIONS):  # none is the home page's
            yield Part(f"share/{lang}/section/{section}", partial(_section, site, section, lang))
        for plan in site.dataset.plans.values():
            if lang in plan.languages and pictures.has_own(site.dataset.unit_of(plan)):
                yield Part(f"share/{lang}/plan/{plan.id}", partial(_plan, site, plan, lang))
        for model in site.dataset.models.values():
            yield Part(f"share/{lang}/model/{model.id}", partial(_model, site, model, lang))
        for unit in site.dataset.units.values():
            if lang in unit.languages and pictures.has_own(unit):
                yield Part(f"share/{lang}/unit/{unit.id}", partial(_unit, site, unit, lang))


def _section(site: Site, section: str, lang: Language) -> Iterator[Artefact]:
    yield _file(section_share(site, section, lang), "data/words.yml")


def _plan(site: Site, plan: Plan, lang: Language) -> Iterator[Artefact]:
    yield _file(plan_share(site, plan, lang), f"data/plans/{plan.id}.yml")


def _model(site: Site, model: OutreachModel, lang: Language) -> Iterator[Artefact]:
    yield _file(model_share(site, model, lang), f"data/models/{model.id}.yml")


def _unit(site: Site, unit: Unit, lang: Language) -> Iterator[Artefact]:
    if image := unit_share(site, unit, lang):
        yield _file(image, f"data/units/{unit.id}.yml")


def _file(image: ShareImage, source: str) -> Artefact:
    return Artefact(image.address.lstrip("/"), draw_share(image), source)
