"""Publishes the posters for notice boards: one PDF for each unit with a plan in force and each activity to come."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generators.addresses import poster_address
from generators.artefact import Artefact
from generators.dataset.activities import activity_path
from generators.derive.activities import Series
from generators.origins import file_origin, unit_origin
from generators.parts import Output, Part
from generators.render.html import Templates
from generators.render.poster import Poster, poster_pdf
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.posters import activity_poster, has_activity_poster, has_unit_poster, unit_poster


@Output
def render(site: Site, _: Templates) -> Iterator[Part]:
    """Gives the PDF files, each below the Vietnamese page that its code leads to."""
    for unit in site.dataset.units.values():
        if has_unit_poster(site, unit):
            yield Part(f"posters/unit/{unit.id}", partial(_of_unit, site, unit), (unit_origin(unit.id),))
    for series in site.derived.activities.series.values():
        if has_activity_poster(site, series):
            origins = (file_origin(activity_path(series.activity)),)
            yield Part(f"posters/activity/{series.activity.id}", partial(_of_activity, site, series), origins)


def _of_unit(site: Site, unit: Unit) -> Iterator[Artefact]:
    yield _file(site, unit_poster(site, unit), site.unit_address(unit.id, "vi"), f"data/units/{unit.id}.yml")


def _of_activity(site: Site, series: Series) -> Iterator[Artefact]:
    activity = series.activity
    address = site.activity_address(activity.id, "vi")
    yield _file(site, activity_poster(site, series), address, activity_path(activity))


def _file(site: Site, poster: Poster, page: str, source: str) -> Artefact:
    return Artefact(poster_address(page).lstrip("/"), poster_pdf(poster, site.today), source)
