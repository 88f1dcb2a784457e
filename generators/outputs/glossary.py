"""Publishes the words that not everybody knows: the page that explains them, and how a voice says what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generators.addresses import other_language, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.parts import made_from
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.glossary import TERM_KINDS, SpokenPhrases, Term, TermKind
from generators.site import Site
from generators.telling.terms import GLOSSARY, term_address
from generators.text import vietnamese_key


@made_from(lambda _: ())
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives the glossary and the rules of reading aloud, in each language."""
    for lang in LANGUAGES:
        yield _page(site, templates, lang)
        text = json.dumps(spoken_rules(site, lang), ensure_ascii=False, separators=(",", ":"))
        yield Artefact(f"assets/spoken/{lang}.json", text, "data/spoken.yml")


def spoken_rules(site: Site, lang: Language) -> dict[str, object]:
    """Gives what ``listen.js`` needs in order to say a page: written → spoken, phrases of dates and numbers, months.

    A spelling in ``data/spoken.yml`` wins over the same one in ``data/abbreviations.yml``.
    """
    spoken = site.dataset.spoken
    forms = {one.short: one.name.get(lang) for one in site.dataset.abbreviations.values()}
    forms |= {one.written: one.spoken.get(lang) for one in spoken.abbreviations}
    phrases = {name: getattr(spoken.phrases, name).get(lang) for name in SpokenPhrases.model_fields}
    return {
        "forms": dict(sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        "phrases": phrases,
        "months": [name.get(lang) for name in spoken.month_names],
    }


def _page(site: Site, templates: Templates, lang: Language) -> Page:
    address = section_address(GLOSSARY, lang)
    title = site.phrase(f"menu-{GLOSSARY}", lang)
    return Page(
        address=address,
        lang=lang,
        title=title,
        description=site.phrase("glossary-description", lang, count=len(site.dataset.glossary)),
        body=templates.render("glossary.html", lang, address, kinds=_by_kind(site, lang)),
        source="data/glossary.yml",
        section=GLOSSARY,
        twin=section_address(GLOSSARY, other_language(lang)),
        page_class="page-glossary",
        json_ld=(_as_term_set(site, title, lang),),
    )


def _by_kind(site: Site, lang: Language) -> list[tuple[TermKind, list[Term]]]:
    """The terms of each kind in the order of their names; a kind without terms is left out."""
    kinds = []
    for kind in TERM_KINDS:
        terms = [term for term in site.dataset.glossary.values() if term.kind == kind]
        if terms:
            kinds.append((kind, sorted(terms, key=lambda term: vietnamese_key(term.name.get(lang)))))
    return kinds


def _as_term_set(site: Site, title: str, lang: Language) -> dict[str, object]:
    """The glossary as schema.org names such a thing (DefinedTermSet)."""
    home = site.absolute(section_address(GLOSSARY, lang))
    return {
        "@type": "DefinedTermSet",
        "@id": f"{home}#tu-ngu",
        "name": title,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.name.get(lang),
                "description": term.text.get(lang),
                "url": site.absolute(term_address(term, lang)),
            }
            for term in site.dataset.glossary.values()
        ],
    }
