"""Owns how a catalogue of data sets is written as JSON-LD by DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/).

The context stands in the file, so that nothing has to be fetched to read it. Knows nothing of the campaign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generators.problems import Language

CONTEXT: Mapping[str, object] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Named authority lists of the Publications Office of the European Union and the media types of IANA, as DCAT profiles
# use them.
_LANGUAGES: Mapping[Language, str] = {
    "vi": "http://publications.europa.eu/resource/authority/language/VIE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

Texts = Mapping[Language, str]
Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a data set."""

    url: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set; ``url`` names it, ``first`` and ``last`` are the days that it is about."""

    url: str
    title: Texts
    description: Texts
    keywords: Texts
    first: date
    last: date
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue and what all of its data sets share. ``place`` is the URL of the country."""

    url: str
    page: str
    title: Texts
    description: Texts
    publisher: Texts
    publisher_page: str
    licence: str
    place: str
    issued: date
    api: str
    api_description: str


def catalogue_document(catalogue: Catalogue, data_sets: Iterable[DataSet]) -> Node:
    """Gives the catalogue as a JSON-LD object."""
    sets = tuple(data_sets)
    shared = {
        "dct:publisher": {
            "@id": f"{catalogue.publisher_page}#publisher",
            "@type": "foaf:Agent",
            "foaf:name": _texts(catalogue.publisher),
            "foaf:homepage": _link(catalogue.publisher_page),
        },
        "dct:license": _link(catalogue.licence),
        "dct:language": [_link(url) for url in _LANGUAGES.values()],
        "dct:spatial": {"@id": catalogue.place, "@type": "dct:Location"},
        "dct:modified": _day(catalogue.issued),
    }
    return {
        "@context": CONTEXT,
        "@id": catalogue.url,
        "@type": "dcat:Catalog",
        "dct:title": _texts(catalogue.title),
        "dct:description": _texts(catalogue.description),
        "foaf:homepage": _link(catalogue.page),
        **shared,
        "dcat:dataset": [_data_set(one, catalogue, shared) for one in sets],
        "dcat:service": {
            "@id": f"{catalogue.url}#service",
            "@type": "dcat:DataService",
            "dct:title": _texts(catalogue.title),
            "dcat:endpointURL": _link(catalogue.api),
            "dcat:endpointDescription": _link(catalogue.api_description),
            "dct:license": _link(catalogue.licence),
            "dcat:servesDataset": [_link(one.url) for one in sets],
        },
    }


def _data_set(one: DataSet, catalogue: Catalogue, shared: Node) -> Node:
    return {
        "@id": one.url,
        "@type": "dcat:Dataset",
        "dct:title": _texts(one.title),
        "dct:description": _texts(one.description),
        "dcat:keyword": _texts(one.keywords),
        "dcat:landingPage": _link(catalogue.page),
        **shared,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(one.first),
            "dcat:endDate": _day(one.last),
        },
        "dcat:distribution": [_distribution(file, one, catalogue) for file in one.distributions],
    }


def _distribution(file: Distribution, one: DataSet, catalogue: Catalogue) -> Node:
    return {
        "@id": f"{file.url}#file",
        "@type": "dcat:Distribution",
        "dct:title": _texts(one.title),
        "dcat:accessURL": _link(file.url),
        "dcat:downloadURL": _link(file.url),
        "dcat:mediaType": _link(f"{_MEDIA_TYPES}{file.media_type}"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "dct:license": _link(catalogue.licence),
    }


def _link(url: str) -> Node:
    return {"@id": url}


def _day(day: date) -> Node:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def _texts(texts: Texts) -> list[Node]:
    return [{"@language": lang, "@value": text} for lang, text in texts.items()]
