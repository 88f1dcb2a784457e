"""Publishes the learning materials: one page in each language, place by place, each fact said once.

What no source says is shown as not known; nothing is guessed from the look of a platform.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generators.addresses import other_language, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.dataset.rules import host_of
from generators.origins import file_origin
from generators.parts import made_from
from generators.render.html import Templates
from generators.schema.document import Source
from generators.schema.material import FORMS, Material
from generators.schema.scalars import Words
from generators.site import Site

_SECTION = "tai-lieu"
# The one plan that says which forms materials should have (part IV.3); a project without it shows no such part.
_ASKING_PLAN = "vinh-linh-2025"
_FACTS = ("forms", "format", "length", "transcript", "captions", "groups")
_UNKNOWN = (None, (), "unknown")


@dataclass(frozen=True, slots=True)
class Place:
    """The materials at one address. ``shared`` are the names of the facts that are the same for all of them."""

    url: str
    host: str
    name: Words
    how: Words | None
    materials: tuple[Material, ...]
    shared: tuple[str, ...]
    sources: tuple[Source, ...]

    def own(self) -> tuple[str, ...]:
        """Gives the names of the facts that differ from material to material."""
        return tuple(fact for fact in _FACTS if fact not in self.shared)

    def unknown(self) -> tuple[str, ...]:
        """Gives the names of the shared facts that no source states."""
        return tuple(fact for fact in self.shared if getattr(self.materials[0], fact) in _UNKNOWN)


@made_from(lambda _: (file_origin(f"data/plans/{_ASKING_PLAN}.yml"),))
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives the page in each language."""
    places = material_places(site)
    counts = {form: sum(form in one.forms for one in site.dataset.materials.values()) for form in FORMS}
    for lang in LANGUAGES:
        address = section_address(_SECTION, lang)
        body = templates.render(
            "materials.html",
            lang,
            address,
            site=site,
            places=places,
            counts=counts,
            asking=site.dataset.plans.get(_ASKING_PLAN),
            kit=section_address("banner", lang),
        )
        yield Page(
            address=address,
            lang=lang,
            title=site.phrase("materials-title", lang),
            description=site.phrase("materials-description", lang),
            body=body,
            source="data/materials.yml",
            section=_SECTION,
            twin=section_address(_SECTION, other_language(lang)),
            page_class="page-materials",
        )


def material_places(site: Site) -> tuple[Place, ...]:
    """Gives the materials by the address where they are found, in the order of the file."""
    first: dict[str, int] = {}
    for material in site.dataset.materials.values():
        first.setdefault(material.where, len(first))
    ordered = sorted(site.dataset.materials.values(), key=lambda material: first[material.where])
    return tuple(_place(site, url, tuple(group)) for url, group in groupby(ordered, key=lambda one: one.where))


def _place(site: Site, url: str, materials: tuple[Material, ...]) -> Place:
    ways = {material.how for material in materials}
    return Place(
        url=url,
        host=host_of(url),
        name=_name(site, url),
        how=materials[0].how if len(ways) == 1 else None,
        materials=materials,
        shared=tuple(fact for fact in _FACTS if len({getattr(one, fact) for one in materials}) == 1),
        sources=tuple(dict.fromkeys(source for material in materials for source in material.sources)),
    )


def _name(site: Site, url: str) -> Words:
    campaign = site.dataset.campaign
    if host_of(url) == host_of(campaign.platform.url):
        return campaign.platform.name
    return next(host.owner for host in campaign.official_hosts if host.host == host_of(url))
