"""Owns what link banners say and how one is hung up: sizes, alternative text, the HTML that another site pastes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generators.addresses import banner_address
from generators.dataset.rules import host_of
from generators.problems import Language
from generators.render.banner import Banner, Scheme
from generators.schema.banner import BannerLink
from generators.site import Site

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class BannerSize:
    """One of the usual sizes, in pixels; data/words.yml says what it is good for as ``banner-size-<name>``."""

    width: int
    height: int

    @property
    def name(self) -> str:
        """How file names and phrases call the size: ``728x90``."""
        return f"{self.width}x{self.height}"


# The sizes that portals have places for, and those that social networks show.
SIZES = tuple(
    BannerSize(*size) for size in ((728, 90), (970, 250), (300, 250), (320, 100), (160, 600), (1200, 630), (1080, 1080))
)
# What stands in our own pages: the strip where there is room for it, else the low strip for phones.
WIDE, NARROW = SIZES[0], SIZES[3]


def banner_alt(site: Site, banner: BannerLink, lang: Language) -> str:
    """Gives what a banner says as the words of its link."""
    return site.phrase(
        "banner-alt",
        lang,
        headline=banner.headline.get(lang),
        line=banner.line.get(lang),
        action=banner.action.get(lang),
        host=host_of(banner.target),
    )


def drawn_banner(site: Site, banner: BannerLink, size: BannerSize, lang: Language, scheme: Scheme) -> Banner:
    """Gives a banner as it is drawn."""
    return Banner(
        width=size.width,
        height=size.height,
        scheme=scheme,
        lang=lang,
        headline=banner.headline.get(lang),
        line=banner.line.get(lang),
        action=banner.action.get(lang),
        host=host_of(banner.target),
        alt=banner_alt(site, banner, lang),
    )


def banner_html(site: Site, banner: BannerLink, size: BannerSize, lang: Language, scheme: Scheme) -> str:
    """Gives the HTML that another site pastes in: a link and a picture, no script, nothing that counts visitors."""
    picture = Markup('<img src="{}" width="{}" height="{}" alt="{}">').format(
        site.absolute(banner_address(banner.id, size.name, lang, scheme, "svg")),
        size.width,
        size.height,
        banner_alt(site, banner, lang),
    )
    return str(Markup('<a href="{}">{}</a>').format(banner.target, picture))


def hung_banner(site: Site, banner: BannerLink, lang: Language) -> dict[str, Any]:
    """Gives a banner as ``banner-parts.html`` hangs it in our own pages, with both its schemes."""

    def picture(size: BannerSize, scheme: Scheme) -> dict[str, Any]:
        return {"size": size, "address": banner_address(banner.id, size.name, lang, scheme, "svg")}

    schemes = [{"scheme": one, "wide": picture(WIDE, one), "narrow": picture(NARROW, one)} for one in SCHEMES]
    return {"target": banner.target, "alt": banner_alt(site, banner, lang), "schemes": schemes}


def unit_banner(site: Site, unit_id: str) -> BannerLink | None:
    """Gives the banner to a unit's own platform, if there is one."""
    return next((banner for banner in site.dataset.banners.values() if banner.unit == unit_id), None)
