"""Owns how a province is named and what is said of the units in it, for every list that goes by province."""

from __future__ import annotations

from generators.derive.places import Place
from generators.problems import Language
from generators.site import Site


def place_name(site: Site, place: Place, lang: Language) -> str:
    """Gives the province's full name, or that it is elsewhere."""
    return place.province.name.get(lang) if place.province else site.phrase("places-elsewhere", lang)


def place_headline(site: Site, place: Place, lang: Language) -> str:
    """Gives who of a province has reported, in one sentence; that nobody has is said in words, as it is no figure."""
    if not place.planning:
        return site.phrase("places-no-plan", lang)
    key = "progress-index-headline" if place.reported else "progress-index-nobody"
    return site.phrase(key, lang, count=len(place.reported), total=len(place.planning))
