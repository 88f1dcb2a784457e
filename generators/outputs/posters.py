"""Publishes the posters for notice boards: one PDF for each unit with a plan in force and each activity to come."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from generators.artefact import Artefact
from generators.dataset.activities import activity_path
from generators.parts import Output, Part
from generators.render.html import Templates
from generators.render.poster import Poster, poster_pdf
from generators.site import Site, poster_address
from generators.telling.posters import activity_poster, unit_poster


@Output
def render(site: Site, _: Templates) -> Iterator[Part]:
    """Gives the PDF files, each below the Vietnamese page that its code leads to."""
    units = (
        (unit_poster(site, unit), site.unit_address(unit.id, "vi"), f"data/units/{unit.id}.yml")
        for unit in site.dataset.units.values()
    )
    activities = (
        (activity_poster(site, one), site.activity_address(one.activity.id, "vi"), activity_path(one.activity))
        for one in site.derived.activities.series.values()
    )
    for poster, page, source in chain(units, activities):
        if poster:
            yield Part(f"posters{page}", partial(_file, site, poster, page, source))


def _file(site: Site, poster: Poster, page: str, source: str) -> Iterator[Artefact]:
    yield Artefact(poster_address(page).lstrip("/"), poster_pdf(poster, site.today), source)
