"""Publishes search: its page in each language, and the index of all other pages.

Hand-written pages and pages made from data reach the index alike: whoever writes a page hands it to
:class:`SearchFiles`, which gives the index's files at the end. How the index works is told in render/search_index.py.
Nothing is loaded before a reader searches; without JavaScript the page leads to the page of all pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.problems import Language
from generators.render.html import Templates
from generators.render.search_index import Document, Entry, SearchIndex, entry_of
from generators.site import HOME, SECTIONS, Site, other_language, search_index_address, section_address

Found = tuple[Language, Entry]

_SECTION = "tim-kiem"
_NOT_FOUND_BY_SEARCH = frozenset({_SECTION, "so-do-trang"})  # they name every page, so any word would lead to them
_EXAMPLES: dict[Language, tuple[str, ...]] = {
    "vi": ("binh dan hoc vu so", "chợ số 4T", "UBND xã", "đại sứ số"),
    "en": ("digital ambassador", "digital market", "Hưng Nguyên Nam"),
}


def render(site: Site, templates: Templates) -> Iterator[Page]:
    """Gives the page of search in each language."""
    for lang in LANGUAGES:
        address = section_address(_SECTION, lang)
        values = {
            "index": search_index_address(lang),
            "home": HOME["vi"],
            "site_map": section_address("so-do-trang", lang),
            "examples": _EXAMPLES[lang],
        }
        yield Page(
            address=address,
            lang=lang,
            title=site.phrase("menu-tim-kiem", lang),
            description=site.phrase("search-description", lang),
            body=templates.render("search.html", lang, address, **values),
            source="",
            section=_SECTION,
            twin=section_address(_SECTION, other_language(lang)),
            page_class="page-search",
        )


class SearchFiles:
    """Collects what the pages of one build give to search, and gives the files of both indexes.

    A page is read with :meth:`entry` in whatever process made it; the entries are added in any order, each once.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._indexes = {lang: SearchIndex(_abbreviations(site, lang)) for lang in LANGUAGES}

    def entry(self, page: Page) -> Found | None:
        """Gives what a page gives to search; ``None`` for one that only leads to the others."""
        if page.section in _NOT_FOUND_BY_SEARCH:
            return None
        document = Document(
            address=page.address,
            title=page.title,
            description=page.description,
            kind=self._kind(page),
            body=page.body,
            sample=page.sample,
        )
        return page.lang, entry_of(document)

    def add(self, found: Found | None) -> None:
        """Takes in what :meth:`entry` gave."""
        if found:
            lang, entry = found
            self._indexes[lang].add(entry)

    def files(self) -> Iterator[Artefact]:
        """Gives the files of both indexes, one by one."""
        for lang, index in self._indexes.items():
            for path, text in index.files(search_index_address(lang).lstrip("/")):
                yield Artefact(path, text, "content")

    def _kind(self, page: Page) -> str:
        if page.address in HOME.values():
            return self._site.phrase("ui-home", page.lang)
        return self._site.phrase(f"menu-{page.section}", page.lang) if page.section in SECTIONS else ""


def _abbreviations(site: Site, lang: Language) -> dict[str, str]:
    """Gives each abbreviation and what it stands for in the language of the index."""
    return {one.short: one.name.get(lang) for one in site.dataset.abbreviations.values()}
