"""Publishes search: its page in each language, and the index of all other pages.

Hand-written pages and pages made from data reach the index alike: whoever writes a page hands it to
:class:`SearchFiles`, which gives the index's files at the end. How the index works is told in render/search_index.py.
Nothing is loaded before a reader searches; without JavaScript the page leads to the page of all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy

from generators.addresses import HOME, SECTIONS, other_language, search_index_address, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.parts import made_from
from generators.problems import Language
from generators.render.html import Templates
from generators.render.search_amend import Amended, IndexBefore, Pages, Read, amended
from generators.render.search_entry import Document, Entry, document_again, entry_of
from generators.render.search_index import SearchIndex
from generators.site import Site

Found = tuple[Language, Entry]

_SECTION = "tim-kiem"
_BODY, _AFTER_BODY = '<div class="page-body">\n', '\n</div>\n<div class="page-source">'  # theme_overrides/base.html
_NOT_FOUND_BY_SEARCH = frozenset({_SECTION, "so-do-trang"})  # they name every page, so any word would lead to them
_EXAMPLES: dict[Language, tuple[str, ...]] = {
    "vi": ("binh dan hoc vu so", "chợ số 4T", "UBND xã", "đại sứ số"),
    "en": ("digital ambassador", "digital market", "Hưng Nguyên Nam"),
}


@made_from(lambda _: ())
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
    """Collects what the pages of one build give to search, in any order, and gives the files of both indexes.

    Each process may collect by itself, from an :meth:`empty` one, which holds nothing of the site and goes cheaply
    from process to process; one then joins them. After an edit nothing need be collected: see :meth:`amended`.
    ``read`` gives what a page gives to an index, which whoever reads the same pages often may remember.
    """

    def __init__(self, site: Site, read: Callable[[Document], Entry] = entry_of) -> None:
        self._read = read
        self._kinds = {lang: _kinds(site, lang) for lang in LANGUAGES}
        self._abbreviations = {lang: _abbreviations(site, lang) for lang in LANGUAGES}
        self._indexes = {lang: SearchIndex(self._abbreviations[lang], self._basis(lang)) for lang in LANGUAGES}

    def empty(self) -> SearchFiles:
        """Gives a collection without pages, of the same site."""
        other: SearchFiles = copy(self)
        other._indexes = {lang: index.empty() for lang, index in self._indexes.items()}
        return other

    def finds(self, page: Page) -> bool:
        """True for a page that search leads to, false for one that only leads to the others."""
        return page.section not in _NOT_FOUND_BY_SEARCH

    def entry(self, page: Page) -> Found | None:
        """Gives what a page gives to search, if it leads there."""
        if not self.finds(page):
            return None
        kinds = self._kinds[page.lang]
        document = Document(
            address=page.address,
            title=page.title,
            description=page.description,
            kind=kinds.get(page.address) or kinds.get(page.section, ""),
            body=page.body,
            sample=page.sample,
        )
        return page.lang, self._read(document)

    def add(self, found: Found | None) -> None:
        """Takes in what :meth:`entry` gave."""
        if found:
            lang, entry = found
            self._indexes[lang].add(entry)

    def join(self, other: SearchFiles) -> None:
        """Takes in all that another collection of the same site has."""
        for lang, index in self._indexes.items():
            index.join(other._indexes[lang])

    def files(self) -> Iterator[Artefact]:
        """Gives the files of both indexes, one by one."""
        for lang in LANGUAGES:
            yield from self.files_of(lang)

    def files_of(self, lang: Language) -> Iterator[Artefact]:
        """Gives the files of the index of one language, one by one."""
        for path, text in self._indexes[lang].files(index_folder(lang)):
            yield Artefact(path, text, "content")

    def kept(self, lang: Language) -> bytes:
        """Gives what to keep of an index for :meth:`amended`, once :meth:`files_of` has given all its files."""
        return self._indexes[lang].kept()

    def amended(self, lang: Language, kept: bytes, pages: Pages, read: Read) -> Amended:
        """Gives what becomes of the published index of a language when some of its pages are others.

        Nothing need be collected for that. ``kept`` is what was kept of it; ``pages`` are the entries of those that are
        new or changed, by address, with ``None`` for one that is no more; ``read`` gives the text of any file of the
        published site, pages too, by path. Raises :class:`CannotAmend`: then the index is to be made anew.
        """
        index = IndexBefore(kept, index_folder(lang), self._abbreviations[lang], self._basis(lang))
        return amended(index, pages, read, lambda record: published_entry(record, read(page_path(str(record["a"])))))

    def _basis(self, lang: Language) -> str:
        return repr(sorted(self._kinds[lang].items()))


def published_entry(record: Mapping[str, object], html: str) -> Entry:
    """Gives what a published page gave to search, from its record in the index and its whole HTML."""
    return entry_of(document_again(record, html.partition(_BODY)[2].rpartition(_AFTER_BODY)[0]))


def page_path(address: str) -> str:
    """Gives where the file of a page stands in the site."""
    return f"{address.lstrip('/')}index.html"


def index_folder(lang: Language) -> str:
    """Gives the folder of the index of a language, as paths of files begin."""
    return search_index_address(lang).lstrip("/")


def _kinds(site: Site, lang: Language) -> dict[str, str]:
    """Gives what a page is called by its section; the home page, by its address."""
    return {HOME[lang]: site.phrase("ui-home", lang), **{one: site.phrase(f"menu-{one}", lang) for one in SECTIONS}}


def _abbreviations(site: Site, lang: Language) -> dict[str, str]:
    """Gives each abbreviation and what it stands for in the language of the index."""
    return {one.short: one.name.get(lang) for one in site.dataset.abbreviations.values()}
