"""Owns what stands around every page's content, and how a page is set into the theme's shell.

The theme renders ``base.html`` from a :class:`Frame`, once per language, with markers in the places that differ from
page to page. :class:`Shell` cuts that text at the markers, so that setting a page into it is one join.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape

from generators.addresses import HOME, MENU, SECTIONS, other_language, section_address
from generators.artefact import Page
from generators.dataset import LANGUAGES
from generators.problems import Language
from generators.render.html import Templates, base_of, relative
from generators.site import Site
from generators.telling.sharing import SharePictures
from generators.telling.structured_data import page_things, way_to
from generators.telling.terms import Explainer

Pencil = Callable[[str], str]

_MARKER = re.compile(r"@@([a-z_:-]+)@@")
_SLOTS = (
    "title",
    "description",
    "canonical",
    "head",
    "banner",
    "breadcrumbs",
    "content",
    "source",
    "other_language",
    "page_class",
    "og_type",
)
_FOOTER = (
    *MENU,
    "lich",
    "tai-lieu",
    "bieu-duong",
    "banner",
    "theo-doi",
    "du-lieu",
    "huong-dan",
    "tim-kiem",
    "giai-thich",
    "tro-nang",
    "so-do-trang",
)
_LANGUAGE_NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; ``current`` is the attribute that marks the section one is in, or empty."""

    label: str
    href: str
    current: str


@dataclass(frozen=True, slots=True)
class PlatformLink:
    """The way to the national platform that every page shows."""

    name: str
    href: str
    label: str


@dataclass(frozen=True)
class Frame:
    """All that ``base.html`` may print. The texts are HTML already."""

    lang: Language
    home: str
    menu: tuple[MenuItem, ...]
    footer_links: tuple[MenuItem, ...]
    search: str
    platform: PlatformLink
    site_name: str
    t: Callable[[str], str] = field(repr=False)
    slots: Mapping[str, str]

    def __getattr__(self, name: str) -> str:
        try:
            return self.slots[name]
        except KeyError:
            raise AttributeError(name) from None


class Frames:
    """Makes the frames of one site."""

    def __init__(self, site: Site, templates: Templates, pencil: Pencil = lambda _: "") -> None:
        """``pencil`` gives the link that opens a source file for editing, or the empty string."""
        self._site = site
        self._templates = templates
        self._pencil = pencil
        self._pictures = SharePictures(site)
        self._explainer = Explainer(site, templates)

    def not_found(self, lang: Language, base: str) -> Frame:
        """Gives the frame of the page for addresses that lead nowhere; ``base`` is the site's path on its server."""
        return self._anywhere("lost", lang, base)

    def offline(self, lang: Language, base: str) -> Frame:
        """Gives the frame of the page that a device shows when the network is gone; ``base`` as above."""
        return self._anywhere("offline", lang, base)

    def _anywhere(self, name: str, lang: Language, base: str) -> Frame:
        """A page that servers and browsers show at any address, so it links from the server's root."""
        page = Page("/", lang, self._phrase(f"{name}-title", lang), self._phrase(f"{name}-text", lang), "", "")
        slots = {**self.slots(page), "head": "", "breadcrumbs": "", "page_class": "page-lost", "source": ""}
        return self._frame(lang, base.rstrip("/"), slots, "")

    def markers(self, lang: Language) -> Frame:
        """Gives the frame whose page slots are markers, from which the theme makes the shell."""
        return self._frame(lang, "@@base@@", {slot: f"@@{slot}@@" for slot in _SLOTS}, None)

    def seen_by_theme(self) -> str:
        """Gives a short text for all of the data that the theme is shown; while it is the same, so is its work."""
        frames = [*map(self.markers, LANGUAGES), self.not_found("vi", ""), self.offline("vi", "")]
        return hashlib.sha256(f"{frames}\0{self._site.dataset.phrases.entries}".encode()).hexdigest()

    def whole(self, shells: Mapping[Language, str]) -> Callable[[Page], bytes]:
        """Gives what makes a page's file, from the theme's rendering of :meth:`markers` in each language.

        Raises ``ValueError`` where the theme did not print a slot.
        """
        cut = {lang: Shell(rendered) for lang, rendered in shells.items()}
        return lambda page: self.set_into(cut[page.lang], page).encode()

    def set_into(self, shell: Shell, page: Page) -> str:
        """Gives the whole HTML of a page."""
        slots = {**self.slots(page), "base": base_of(page.address)}
        return shell.fill({**slots, f"current:{page.section}": ' aria-current="page"'})

    def slots(self, page: Page) -> dict[str, str]:
        """Gives the values of a page's slots, as HTML."""
        name = self._phrase("site-name", page.lang)
        render = partial(self._templates.render, lang=page.lang, address=page.address)
        crumbs = way_to(self._site, page)
        is_home = page.address in HOME.values()
        here = page.short or page.title
        return {
            "title": escape(page.title if is_home else f"{page.title} · {name}"),
            "description": escape(page.description),
            "canonical": escape(self._site.absolute(page.address)),
            "head": self._head(page),
            "banner": render("frame/sample.html") if page.sample else "",
            "breadcrumbs": "" if is_home else render("frame/breadcrumbs.html", crumbs=crumbs, here=here),
            "content": self._explainer.body(page),
            "source": self._source(page),
            "other_language": self._language_link(page),
            "page_class": escape(page.page_class),
            "og_type": "website" if is_home else "article",
        }

    def _source(self, page: Page) -> str:
        if not page.source:
            return ""
        edit = self._pencil(page.source)
        return self._templates.render("frame/source.html", page.lang, page.address, path=page.source, edit=edit)

    def _phrase(self, key: str, lang: Language) -> str:
        return self._site.phrase(key, lang)

    def _phrase_html(self, key: str, lang: Language) -> str:
        return _as_html(self._site.phrase(key, lang))

    def _frame(self, lang: Language, base: str, slots: Mapping[str, str], section: str | None) -> Frame:
        platform = self._site.dataset.campaign.platform
        return Frame(
            lang=lang,
            home=f"{base}{HOME[lang]}",
            menu=tuple(self._menu_item(key, lang, base, section) for key in MENU),
            footer_links=tuple(self._menu_item(key, lang, base, section) for key in self._footer(lang)),
            search=f"{base}{section_address('tim-kiem', lang)}",
            platform=PlatformLink(
                _as_html(platform.url.removeprefix("https://")),
                _as_html(platform.url),
                _as_html(self._phrase("platform-button", lang)),
            ),
            site_name=_as_html(self._phrase("site-name", lang)),
            t=partial(self._phrase_html, lang=lang),
            slots=slots,
        )

    def _footer(self, lang: Language) -> Iterator[str]:
        """The sections of the footer; who deletes the hand-written page of one loses its link too."""
        return (key for key in _FOOTER if key in MENU or self._site.has_section(key, lang))

    def _menu_item(self, key: str, lang: Language, base: str, section: str | None) -> MenuItem:
        if section is None:
            current = f"@@current:{key}@@"
        else:
            current = ' aria-current="page"' if key == section else ""
        return MenuItem(_as_html(self._phrase(f"menu-{key}", lang)), f"{base}{SECTIONS[key][lang]}", current)

    def _language_link(self, page: Page) -> str:
        lang = other_language(page.lang)
        address = page.twin or section_or_home(page.section, lang)
        return self._templates.render(
            "frame/language.html", page.lang, page.address, label=_LANGUAGE_NAMES[lang], target=address, link_lang=lang
        )

    def _head(self, page: Page) -> str:
        lines = []
        if page.twin:
            for lang, address in ((page.lang, page.address), (other_language(page.lang), page.twin)):
                lines.append(_alternate(lang, self._site.absolute(address)))
            default = page.address if page.lang == "vi" else page.twin
            lines.append(_alternate("x-default", self._site.absolute(default)))
        for title, address, kind in (*self._site.feed_links(self._site.derived.news.all, page.lang), *page.feeds):
            href = escape(relative(address, page.address))
            lines.append(f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{href}">')
        lines.extend(self._share_lines(page))
        things = (*page_things(self._site, page), *page.json_ld)
        graph = json_for_html({"@context": "https://schema.org", "@graph": things})
        lines.append(f'<script type="application/ld+json">{graph}</script>')
        return "\n".join(lines)

    def _share_lines(self, page: Page) -> Iterator[str]:
        """Gives what social networks read about the picture beside a link: the page's own, or its section's."""
        section = self._pictures.of_section(page.section, page.lang)
        image = self._site.absolute(page.image or section.address)
        alt = page.image_alt if page.image else section.alt
        for name, value in (("", image), (":width", "1200"), (":height", "630"), (":alt", alt)):
            yield f'<meta property="og:image{name}" content="{escape(value)}">'
        yield '<meta name="twitter:card" content="summary_large_image">'


class Shell:
    """The theme's page of one language, cut at its markers."""

    def __init__(self, rendered: str) -> None:
        parts = _MARKER.split(rendered)
        self._texts = parts[0::2]
        self._slots = parts[1::2]
        lacking = set(_SLOTS) - set(self._slots)
        if lacking:
            raise ValueError(f"the theme's base.html prints no {', '.join(sorted(lacking))}")

    def fill(self, values: Mapping[str, str]) -> str:
        """Gives the page with its slots filled; a ``current:…`` slot without a value stays empty."""
        filled = [self._texts[0]]
        for slot, text in zip(self._slots, self._texts[1:], strict=True):
            filled.append(values.get(slot, "") if slot.startswith("current:") else values[slot])
            filled.append(text)
        return "".join(filled)


def section_or_home(section: str, lang: Language) -> str:
    """Gives where to send a reader of the other language when a page has no twin."""
    return section_address(section, lang) if section in SECTIONS else HOME[lang]


def _as_html(text: str) -> str:
    """Gives a text as the theme prints it, which escapes nothing; a marker of the shell in it is only a text."""
    return escape(text).replace("@@", "&#64;&#64;")


def json_for_html(value: object) -> str:
    """Gives JSON that is safe inside a ``<script>`` element: no ``<``, ``>`` or ``&`` stands in it as such."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _alternate(lang: str, url: str) -> str:
    return f'<link rel="alternate" hreflang="{lang}" href="{escape(url)}">'
