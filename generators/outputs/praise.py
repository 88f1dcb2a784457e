"""Publishes praise: one page in each language, and the photos of those who agreed to be shown.

Sees only what may be shown: a name or photo without a standing consent is taken away before (dataset/praise.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from generators.addresses import model_address, other_language, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.dataset.praise import PraiseItem
from generators.origins import PLANS, PRAISE
from generators.parts import made_from
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.plan import Plan
from generators.site import Site
from generators.telling.story import picture_files

_SECTION = "bieu-duong"


def _origins(site: Site) -> tuple[str, ...]:
    return (PRAISE,) if site.derived.by_province else (PRAISE, PLANS)


@made_from(_origins)
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives the page in each language and each photo that it shows."""
    for lang in LANGUAGES:
        yield _page(site, templates, lang)
    for item in site.dataset.praise.values():
        if item.picture:
            for address, copy in picture_files(photo_address(item), item.picture):
                yield Artefact(address.lstrip("/"), copy.content, item.path)


def photo_address(item: PraiseItem) -> str:
    """Gives where the photo of a record stands; one for both languages, named after the record, not the person."""
    ending = PurePosixPath(item.picture.name).suffix if item.picture else ""
    return f"{section_address(_SECTION, 'vi')}{item.record.id}{ending}"


def _page(site: Site, templates: Templates, lang: Language) -> Page:
    address = section_address(_SECTION, lang)
    items = site.dataset.praise.values()
    newest_first = sorted(items, key=lambda item: (item.record.date, item.record.id), reverse=True)
    body = templates.render(
        "praise.html",
        lang,
        address,
        site=site,
        items=[item for item in newest_first if not _is_sample(site, item)],
        samples=[item for item in newest_first if _is_sample(site, item)],
        plans=_plans(site),
        all_plans=section_address("ke-hoach", lang),
        model_address=model_address,
        photo=lambda item: picture_files(photo_address(item), item.picture),
    )
    return Page(
        address=address,
        lang=lang,
        title=site.phrase("praise-title", lang),
        description=site.phrase("praise-description", lang),
        body=body,
        source="data/praise",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-praise",
    )


def _plans(site: Site) -> list[Plan]:
    """Gives the real plans that speak of praise; none where there are too many, for each says it on its own page."""
    known = [] if site.derived.by_province else site.dataset.plans.values()
    return [plan for plan in known if plan.praise and not site.dataset.is_sample(plan)]


def _is_sample(site: Site, item: PraiseItem) -> bool:
    return site.dataset.units[item.record.unit].sample
