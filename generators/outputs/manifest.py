"""Publishes what a phone needs in order to keep the site on its home screen: one web app manifest a language.

Addresses in it are relative, so that it holds wherever the site stands (W3C Web Application Manifest).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generators.addresses import HOME
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.parts import made_from
from generators.problems import Language
from generators.render.html import Templates, relative
from generators.site import Site

FILE = "app.webmanifest"
# The ground of the light scheme and of the header in theme_overrides/assets/css/site.css (--paper, --night).
_PAPER, _NIGHT = "#FBF5E9", "#14213D"
_ICON_SIZES = (192, 512)


@made_from(lambda _: ())
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:  # noqa: ARG001 - every output is called alike
    """Gives the manifest beside each home page."""
    for lang in LANGUAGES:
        text = json.dumps(manifest(site, lang), ensure_ascii=False, indent=1)
        yield Artefact(f"{HOME[lang]}{FILE}".lstrip("/"), f"{text}\n", "data/words.yml")


def manifest(site: Site, lang: Language) -> dict[str, object]:
    """Gives the manifest of one language. Its scope is the whole site: a reader may change the language."""
    icons = [
        {"src": relative(f"/assets/img/icon-{size}.png", HOME[lang]), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in _ICON_SIZES
    ]
    return {
        "name": site.phrase("site-name", lang),
        "short_name": site.phrase("app-short-name", lang),
        "description": site.dataset.campaign.tagline.get(lang),
        "lang": lang,
        "dir": "ltr",
        "start_url": "./",
        "scope": relative("/", HOME[lang]),
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _NIGHT,
        "icons": icons,
    }
