"""Publishes the outreach models: the list and one page each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from generators.addresses import model_address, other_language, place_address, section_address
from generators.artefact import Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.places import Place
from generators.origins import fact, file_origin, news_origins
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.render.markdown import to_html
from generators.schema.outreach import OutreachModel
from generators.site import Site
from generators.telling.figures import plan_title
from generators.telling.places import place_name
from generators.telling.sharing import model_share

_SECTION = "mo-hinh"


@Output
def render(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives the list of models and each model's page, in each language."""
    models = sorted(site.dataset.models.values(), key=lambda model: (model.order, model.id))
    committed = {model.id: _committed(site, model) for model in models}
    for lang in LANGUAGES:
        index = partial(_index, site, templates, models, lang)
        yield Part(f"models/{lang}", index, tuple(chain.from_iterable(committed.values())))
        for model in models:
            make = partial(_model, site, templates, model, lang)
            entries = site.derived.news.of("model", model.id).in_language(lang)
            yield Part(f"models/{lang}/{model.id}", make, (*committed[model.id], *news_origins(entries)))


def _committed(site: Site, model: OutreachModel) -> tuple[str, ...]:
    """Stands for what pages tell of the plans that commit to a model: all that they say, or only how many there are."""
    plans = [entry.plan for entry in site.derived.commitments[model.id]]
    known = fact(model.id, [(plan.id, plan.unit) for plan in plans])
    if _by_place(site, model):
        return (known,)
    return known, *(file_origin(f"data/plans/{plan.id}.yml") for plan in plans)


def _index(site: Site, templates: Templates, models: list[OutreachModel], lang: Language) -> Iterator[Page]:
    address = section_address(_SECTION, lang)
    body = templates.render(
        "models.html", lang, address, site=site, models=models, model_address=model_address, plan_title=plan_title
    )
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("models-title", lang),
        description=site.phrase("models-description", lang, count=len(models)),
        body=body,
        source="data/models",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-models",
    )


def _by_place(site: Site, model: OutreachModel) -> list[tuple[Place, int]]:
    """Gives how many plans of each province commit to the model, where all of them are too many for one page."""
    if not site.derived.by_province:
        return []
    committed = {entry.plan.id for entry in site.derived.commitments[model.id]}
    counts = ((place, sum(plan.id in committed for plan in place.plans)) for place in site.derived.places)
    return [(place, count) for place, count in counts if count]


def _model(site: Site, templates: Templates, model: OutreachModel, lang: Language) -> Iterator[Page]:
    address = model_address(model, lang)
    name = model.english_id if lang == "en" else model.id
    narrative = site.dataset.narratives.get(("model", name, lang))
    share = model_share(site, model, lang)
    body = templates.render(
        "model.html",
        lang,
        address,
        site=site,
        model=model,
        commitments=site.derived.commitments[model.id],
        by_place=_by_place(site, model),
        place_name=place_name,
        place_address=place_address,
        narrative=to_html(narrative.body, address) if narrative else "",
    )
    yield Page(
        address=address,
        lang=lang,
        title=model.name.get(lang),
        description=model.summary.get(lang),
        body=body,
        source=f"data/models/{model.id}.yml",
        section=_SECTION,
        twin=model_address(model, other_language(lang)),
        crumbs=(Crumb(site.phrase("menu-mo-hinh", lang), section_address(_SECTION, lang)),),
        page_class="page-model",
        image=share.address,
        image_alt=share.alt,
        feeds=site.feed_links(site.derived.news.of("model", model.id), lang),
    )
