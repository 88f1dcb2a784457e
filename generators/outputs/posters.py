"""Publishes the posters for notice boards: one PDF for each unit with a plan in force and each activity to come."""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact
from generators.dataset.activities import activity_path
from generators.render.html import Templates
from generators.render.poster import poster_pdf
from generators.site import Site, activity_address, poster_address, unit_address
from generators.telling.posters import activity_poster, unit_poster


def render(site: Site, _: Templates) -> Iterator[Artefact]:
    """Gives the PDF files, each below the Vietnamese page that its code leads to."""
    for unit in site.dataset.units.values():
        if poster := unit_poster(site, unit):
            path = poster_address(unit_address(unit.id, "vi")).lstrip("/")
            yield Artefact(path, poster_pdf(poster, site.today), f"data/units/{unit.id}.yml")
    for series in site.derived.activities.series.values():
        if poster := activity_poster(site, series):
            path = poster_address(activity_address(series.activity.id, "vi")).lstrip("/")
            yield Artefact(path, poster_pdf(poster, site.today), activity_path(series.activity))
