"""Publishes the posters for notice boards: one PDF for each unit with a plan in force and each activity to come."""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact
from generators.dataset.activities import activity_path
from generators.render.html import Templates
from generators.render.poster import Poster, poster_pdf
from generators.render.typesetting import side_by_side
from generators.site import Site, activity_address, poster_address, unit_address
from generators.telling.posters import activity_poster, unit_poster


def render(site: Site, _: Templates) -> Iterator[Artefact]:
    """Gives the PDF files, each below the Vietnamese page that its code leads to."""
    units = (
        (unit_poster(site, unit), unit_address(unit.id, "vi"), f"data/units/{unit.id}.yml")
        for unit in site.dataset.units.values()
    )
    activities = (
        (activity_poster(site, one), activity_address(one.activity.id, "vi"), activity_path(one.activity))
        for one in site.derived.activities.series.values()
    )
    jobs = [(poster, page, source) for poster, page, source in (*units, *activities) if poster]
    yield from side_by_side(lambda job: _file(site, *job), jobs)


def _file(site: Site, poster: Poster, page: str, source: str) -> Artefact:
    return Artefact(poster_address(page).lstrip("/"), poster_pdf(poster, site.today), source)
