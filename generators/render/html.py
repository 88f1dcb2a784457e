"""Owns how HTML is made from the Jinja templates beside it, and how links fit the depth of a page.

Templates get ``lang``, ``t`` (a phrase), ``w`` (a text in two languages), ``named`` (a name in two languages), ``href``
(an address made relative), ``to`` (the attributes of a link), ``hreflang`` (a link's language, where it is another),
``zip`` (things in step, equally many) and the filters ``number``, ``percent`` and ``day``; values come from the caller.
Everything is escaped unless it is ``Markup``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol, get_args

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from generators.problems import Language
from generators.render.compiling import PlainEnvironment, SaidPhrases
from generators.render.kept import KeptTemplates
from generators.text import LooseDate, format_date, format_number, format_percent, vietnamese_spans

Phrase = Callable[..., str]
_TEXTS_KEPT = 4096  # names and phrases of records come back on many pages
TEMPLATES = Path(__file__).with_name("templates")
_SPANS = {"vi": Markup('<span lang="vi">'), "en": Markup('<span lang="en">')}
_SPAN_END = Markup("</span>")
_HREF, _HREF_END, _HREF_OF_VIETNAMESE = Markup('href="'), Markup('"'), Markup('" hreflang="vi"')
_ENGLISH = "/en/"  # all English pages stand below it
_ROOT = "\0"  # stands for the way to the site's root; no input may hold it
_ROOTED = re.compile(r'(?P<before><[a-zA-Z][^<>]*?\s(?:href|src)=")/(?!/)')  # in a tag, not in shown code


class Bilingual(Protocol):
    """A text that knows which languages it has."""

    def get(self, lang: Language) -> str:
        """Gives the text in ``lang`` or the nearest that there is."""
        ...

    def language(self, lang: Language) -> Language:
        """Gives the language that ``get`` answers in."""
        ...


def base_of(address: str) -> str:
    """Gives the way from a page back to the site's root, without a slash at its end: ``.``, ``..``, ``../..``."""
    depth = address.count("/") - 1
    return "/".join([".."] * depth) if depth else "."


def relative(address: str, from_address: str) -> str:
    """Gives the link from one page to a site address (which starts with ``/``)."""
    return base_of(from_address) + address


def relative_links(html: str, from_address: str) -> str:
    """Gives the HTML with every ``href`` and ``src`` that starts with ``/`` made relative to ``from_address``."""
    return _ROOTED.sub(rf"\g<before>{base_of(from_address)}/", html)


def bilingual_html(words: Bilingual | None, lang: Language) -> Markup:
    """Gives the text escaped, with ``<span lang>`` around what is not in the page's language."""
    if words is None:
        return Markup("")
    text = words.get(lang)
    spoken = words.language(lang)
    if spoken != lang:
        return _marked(text, spoken)
    return marked_vietnamese(text) if lang == "en" else escape(text)


def name_html(words: Bilingual, lang: Language) -> Markup:
    """Gives a name escaped, with ``<span lang>`` around one that is not in the page's language.

    Names of places inside an English name are not marked: a name is a name in every language (WCAG 3.1.2).
    """
    spoken = words.language(lang)
    text = words.get(lang)
    return escape(text) if spoken == lang else _marked(text, spoken)


def language_elsewhere(address: str, lang: Language) -> str:
    """Gives ``vi`` for a Vietnamese page that an English one leads to, having no twin; nothing for any other link."""
    return "vi" if lang == "en" and not address.startswith(_ENGLISH) else ""


def link_attributes(address: str, lang: Language) -> Markup:
    """Gives ``href`` of a link to a page, and ``hreflang`` where the page is not in the language of this one."""
    elsewhere = language_elsewhere(address, lang)
    return _HREF + _href(address) + (_HREF_OF_VIETNAMESE if elsewhere else _HREF_END)


@lru_cache(_TEXTS_KEPT, typed=True)
def marked_vietnamese(text: str) -> Markup:
    """Gives an English text escaped, each run of Vietnamese words in it marked as such."""
    html, done = Markup(), 0
    for start, end in vietnamese_spans(text):
        html += escape(text[done:start]) + _marked(text[start:end], "vi")
        done = end
    return html + escape(text[done:])


def _marked(text: str, lang: Language) -> Markup:
    return _SPANS[lang] + escape(text) + _SPAN_END  # Markup's own format() takes ten times as long


class _OptionalPart(StrictUndefined):
    """A name that the caller did not give is an error; an optional part that a value lacks is merely absent."""

    def __bool__(self) -> bool:  # type: ignore[override] # the parent promises to raise always, we only sometimes
        if self._undefined_obj is missing:
            self._fail_with_undefined_error()
        return False


class Templates:
    """The compiled templates of one folder; one object serves a whole build."""

    def __init__(self, phrase: Phrase, folder: Path = TEMPLATES) -> None:
        self._environments = {lang: _environment(phrase, lang, folder) for lang in get_args(Language)}

    def render(self, name: str, lang: Language, address: str, **values: Any) -> str:
        """Gives the HTML of a template for the page at ``address``. Raises on any name that the template lacks."""
        return placed(self.part(name, lang, **values), address)

    def part(self, name: str, lang: Language, **values: Any) -> str:
        """Gives the HTML of a template for whatever page :func:`placed` puts it into. Raises as :meth:`render` does."""
        return self._environments[lang].get_template(name).render(values)


def placed(html: str, address: str) -> str:
    """Gives the HTML of parts with its links made to fit the page at ``address``."""
    return html.replace(_ROOT, base_of(address))


def _environment(phrase: Phrase, lang: Language, folder: Path) -> PlainEnvironment:
    """All that is the same on every page of a language is known to every macro, so that those are made only once."""
    said = SaidPhrases(lambda key: phrase(key, lang))
    environment = PlainEnvironment(
        said,
        loader=FileSystemLoader(folder),
        undefined=_OptionalPart,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=KeptTemplates(),
    )
    environment.globals.update(
        lang=lang,
        t=lambda key, **values: phrase(key, lang, **values),
        w=partial(bilingual_html, lang=lang),
        named=partial(name_html, lang=lang),
        href=_href,
        to=partial(link_attributes, lang=lang),
        hreflang=partial(language_elsewhere, lang=lang),
        zip=partial(zip, strict=True),
    )
    environment.filters.update(number=_number, percent=_percent, day=_day)
    return environment


def _href(address: str) -> str:
    return _ROOT + address


@pass_context
def _number(context: Context, value: int | Decimal, places: int | None = None) -> str:
    return format_number(value, context["lang"], places)


@pass_context
def _percent(context: Context, value: int | Decimal, places: int | None = None) -> str:
    return format_percent(value, context["lang"], places)


@pass_context
def _day(context: Context, value: date | LooseDate) -> str:
    return format_date(value, context["lang"])
