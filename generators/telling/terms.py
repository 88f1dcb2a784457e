"""Owns which terms a page explains where they first stand, and what the reader gets to see there.

The explanation opens in place by the browser's own pop-over, without a script; browsers that know none show it in the
text. How terms are found in HTML is ``render/terms.py``'s matter.
"""

from __future__ import annotations

from generators.addresses import section_address
from generators.artefact import Page
from generators.dataset import LANGUAGES
from generators.problems import Language
from generators.render.html import Templates, placed
from generators.render.terms import Spellings, explain
from generators.schema.glossary import Term
from generators.site import Site

GLOSSARY = "giai-thich"
MOST_A_PAGE = 8  # more would make a text look like a riddle


def term_address(term: Term, lang: Language) -> str:
    """Gives where the glossary explains a term."""
    return f"{section_address(GLOSSARY, lang)}#{term.id}"


class Explainer:
    """Explains the terms of one site in its pages."""

    def __init__(self, site: Site, templates: Templates) -> None:
        self._terms = site.dataset.glossary
        self._templates = templates
        self._spellings = {lang: _spellings(site, lang) for lang in LANGUAGES}
        self._explained: dict[tuple[Language, str, str], str] = {}

    def body(self, page: Page) -> str:
        """Gives the page's body with its first mentions of terms explained."""

        def explained(name: str, found: str) -> str:
            return placed(self._explanation(page.lang, name, found), page.address)

        return explain(page.body, self._spellings[page.lang], explained, MOST_A_PAGE)

    def _explanation(self, lang: Language, name: str, found: str) -> str:
        """Gives a term with its explanation, which is made once for all pages."""
        known = self._explained.get((lang, name, found))
        if known is None:
            term = self._terms[name]
            values = {"term": term, "found": found, "term_address": term_address(term, lang)}
            known = self._templates.part("frame/term.html", lang, **values).strip()
            self._explained[lang, name, found] = known
        return known


def _spellings(site: Site, lang: Language) -> Spellings:
    terms = (term for term in site.dataset.glossary.values() if term.explain)
    return Spellings.of({form: term.id for term in terms for form in term.forms(lang)})
