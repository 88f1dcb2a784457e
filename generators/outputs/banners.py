"""Publishes the banner kit: the pictures, the QR codes, and the page that helps a beginner to hang them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Any

from generators.addresses import banner_address, banner_qr_address, other_language, poster_address, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.dataset.rules import host_of
from generators.origins import fact
from generators.parts import made_from
from generators.problems import Language
from generators.render.banner import Scheme, banner_png, banner_svg
from generators.render.html import Templates
from generators.render.qr import qr_png, qr_side, qr_svg
from generators.render.typesetting import side_by_side
from generators.schema.banner import BannerLink
from generators.site import Site
from generators.telling.agenda import is_sample, unit_name
from generators.telling.banners import SCHEMES, SIZES, BannerSize, banner_alt, banner_html, drawn_banner
from generators.telling.posters import communes_have_posters, has_activity_poster, has_unit_poster
from generators.text import format_number

_SECTION = "banner"
_SOURCE = "data/banners.yml"
_KINDS = ("svg", "png")


def _origins(site: Site) -> tuple[str, ...]:
    return (fact(*(_posters(site, lang) for lang in LANGUAGES)),)


@made_from(_origins)
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives every banner in every size, language and scheme as SVG and PNG, its QR code, and the page in each language.

    Size by size, as typst keeps a picture that it has drawn once at that size: this takes a third of the time.
    """
    weights: dict[str, int] = {}
    banners = site.dataset.banners.values()
    jobs = product(SIZES, banners, LANGUAGES, SCHEMES)
    pictures = side_by_side(lambda job: _pictures(site, *job), jobs)
    for file in chain(*pictures, *map(_qr_files, banners)):
        weights[f"/{file.path}"] = len(file.content)
        yield file
    for lang in LANGUAGES:
        yield _page(site, templates, weights, lang)


def _pictures(site: Site, size: BannerSize, banner: BannerLink, lang: Language, scheme: Scheme) -> list[Artefact]:
    drawn = drawn_banner(site, banner, size, lang, scheme)
    files = (("svg", banner_svg(drawn).encode()), ("png", banner_png(drawn)))
    return [
        Artefact(banner_address(banner.id, size.name, lang, scheme, kind).lstrip("/"), content, _SOURCE)
        for kind, content in files
    ]


def _qr_files(banner: BannerLink) -> Iterator[Artefact]:
    svg = qr_svg(banner.target, host_of(banner.target)).encode()
    for kind, content in (("svg", svg), ("png", qr_png(banner.target))):
        yield Artefact(banner_qr_address(banner.id, kind).lstrip("/"), content, _SOURCE)


def _page(site: Site, templates: Templates, weights: Mapping[str, int], lang: Language) -> Page:
    address = section_address(_SECTION, lang)
    body = templates.render(
        "banners.html",
        lang,
        address,
        site=site,
        twin=section_address(_SECTION, other_language(lang)),
        posters=_posters(site, lang),
        communes_have_posters=communes_have_posters(site),
        section_address=section_address,
        kits=[_kit(site, banner, weights, lang) for banner in site.dataset.banners.values()],
    )
    return Page(
        address=address,
        lang=lang,
        title=site.phrase("banner-title", lang),
        description=site.phrase("banner-description", lang),
        body=body,
        source=_SOURCE,
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-banners",
    )


def _posters(site: Site, lang: Language) -> dict[str, list[dict[str, Any]]]:
    """Gives the posters of units and of activities as downloads, those of the sample last and marked.

    Where there are too many for one page, each is found on the page of its unit or activity.
    """
    units = [
        (unit.sample, unit_name(site, unit.id, lang), site.unit_address(unit.id, "vi"))
        for unit in site.dataset.units.values()
        if (unit.sample or not site.derived.by_province) and has_unit_poster(site, unit)
    ]
    activities = [
        (is_sample(site, one.activity), one.activity.title.get(lang), site.activity_address(one.activity.id, "vi"))
        for one in site.derived.activities.series.values()
        if (is_sample(site, one.activity) or not site.derived.activities_by_place) and has_activity_poster(site, one)
    ]
    mark = f", {site.phrase('ui-sample', lang)}"
    return {
        kind: [
            {"label": f"{label}{mark if sample else ''}", "address": poster_address(page)}
            for sample, label, page in sorted(found, key=lambda one: one[0])
        ]
        for kind, found in (("units", units), ("activities", activities))
    }


def _kit(site: Site, banner: BannerLink, weights: Mapping[str, int], lang: Language) -> dict[str, Any]:
    """Gives what the page tells of one banner: its sizes with files and HTML, and its QR code."""
    files = [(kind, banner_qr_address(banner.id, kind)) for kind in _KINDS]
    return {
        "banner": banner,
        "host": host_of(banner.target),
        "alt": banner_alt(site, banner, lang),
        "sizes": [_size(site, banner, size, weights, lang) for size in SIZES],
        "qr": banner_qr_address(banner.id, "svg"),
        "qr_side": qr_side(banner.target),
        "qr_files": [{"kind": kind, "address": file, "size": _kilobytes(weights[file], lang)} for kind, file in files],
    }


def _size(
    site: Site, banner: BannerLink, size: BannerSize, weights: Mapping[str, int], lang: Language
) -> dict[str, Any]:
    looks = []
    for scheme in SCHEMES:
        files = [(kind, banner_address(banner.id, size.name, lang, scheme, kind)) for kind in _KINDS]
        looks.append({
            "scheme": scheme,
            "picture": banner_address(banner.id, size.name, lang, scheme, "svg"),
            "html": banner_html(site, banner, size, lang, scheme),
            "files": [{"kind": kind, "address": file, "size": _kilobytes(weights[file], lang)} for kind, file in files],
        })  # fmt: skip
    return {"size": size, "looks": looks}


def _kilobytes(weight: int, lang: Language) -> str:
    return format_number(max(round(weight / 1000), 1), lang)
