"""Owns the pictures of link banners: one drawing, ``banner.typ``, as SVG and as PNG. Knows no target, no sizes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from generators.problems import Language
from generators.render.kept import kept_bytes, kept_text
from generators.render.typesetting import typeset_png, typeset_svg

Scheme = Literal["light", "dark"]
_TEMPLATE = "banner.typ"


@dataclass(frozen=True, slots=True)
class Banner:
    """All that a banner shows, its size in pixels. ``alt`` says it to those who do not see the picture."""

    width: int
    height: int
    scheme: Scheme
    lang: Language
    headline: str
    line: str
    action: str
    host: str
    alt: str


def banner_svg(banner: Banner) -> str:
    """Gives the banner as an SVG file: words as outlines, so that it looks the same wherever it hangs."""
    return kept_text("banner", banner, lambda: _outlined(banner))


def _outlined(banner: Banner) -> str:
    from generators.render.outlined import outlined_svg  # with lxml, only where a banner is really drawn

    return outlined_svg(typeset_svg(_TEMPLATE, asdict(banner)), banner.alt)


def banner_png(banner: Banner) -> bytes:
    """Gives the banner in pixels, for sites that take no SVG."""
    return kept_bytes("banner-pixels", banner, lambda: typeset_png(_TEMPLATE, asdict(banner)))
