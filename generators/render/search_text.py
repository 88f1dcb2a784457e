"""Owns what search sees of a page: its running text in pieces, and the one form in which words are compared.

Two forms of a word count. *Folded* is what a keyboard without tones types (``số`` → ``so``). *Spelled* keeps every
mark, but sets the tone behind the letters (``số`` → ``sô'``), so that ``hòa`` and ``hoà`` are one word: the two
habits of setting a tone are both right. theme_overrides/assets/js/search.js does the same to what a reader types, and
a test holds the two together. Knows neither an address nor a rule of the campaign.

Pages made from data say the same in many places, so the terms of a piece (a cell, a sentence) are kept for the next
page that has it; reading a page of 27 KB then takes half a millisecond.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from itertools import chain, pairwise

from generators.text import fold, nfc

# Nothing in these is running text: the title, which the caller has, pictures, controls, ways to elsewhere. The inside
# is written as runs without "<", which is twice as fast as asking at each letter whether the end is there.
_LEFT_OUT = re.compile(
    r"<(h1|svg|script|style|template|form|nav|button|select|datalist)\b[^<]*(?:<(?!/\1>)[^<]*)*</\1>"
)
# A word that is explained on request stays; its explanation, which the glossary has, would break into the sentence.
_EXPLAINED = re.compile(r"<button\b[^>]*\bpopovertarget=[^>]*>(.*?)</button>", re.DOTALL)
_EXPLANATION = re.compile(
    r"<span\b[^>]*\bpopover\b[^>]*>(?:<span\b[^>]*>.*?</span>|(?!</?span\b).)*</span>", re.DOTALL
)
_HEADING = re.compile(r"<h[2-6]\b[^>]*(>.*?<)/h[2-6]>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INSIDE_WORDS = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|strong|sub|sup|time|u|wbr)\b[^>]*>")
_SPAN = re.compile(r"</?span\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# A number keeps its separators: "1.234,5" is one word.
_WORD = re.compile(r"[^\W_]+(?:[.,]\d[^\W_]*)*")
# The tone signs of VIQR, the old way to write Vietnamese in ASCII: huyền, hỏi, ngã, sắc, nặng. No word ends in them.
_TONE_SIGNS = "`?~'."
_TONES = dict(zip("\u0300\u0309\u0303\u0301\u0323", _TONE_SIGNS, strict=True))
_PIECES_KEPT = 1 << 13


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's ``pieces`` in order, and its ``headings``, for :func:`piece_terms`.

    Each is HTML from inside one tag, of which it has the end, into another, of which it has the beginning.
    """

    pieces: list[str]
    headings: list[str]


def page_text(html: str) -> PageText:
    """Gives the text of a page's body without its title, which the caller has, and without pictures and controls.

    A piece ends where a line ends between two tags: such pieces come again and again on pages made from data.
    """
    if "<!--" in html:
        html = _COMMENT.sub("", html)
    if "popover" in html:
        html = _EXPLANATION.sub("", _EXPLAINED.sub(r"\1", html))
    html = _LEFT_OUT.sub("<br>", html)
    return PageText(f">{html}<".split(">\n<"), _HEADING.findall(html))


@lru_cache(maxsize=_PIECES_KEPT)
def piece_terms(piece: str) -> tuple[str, ...]:
    """Gives the terms of all paragraphs and cells of a piece, as often as they stand; no pair reaches over two."""
    html = _INSIDE_WORDS.sub("", f"<{piece}>")
    texts = _TAG.split(_SPAN.sub(" ", html) if "span" in html else html)
    return tuple(chain.from_iterable(map(terms, map(unescape, texts) if "&" in html else texts)))


@lru_cache(maxsize=_PIECES_KEPT)
def terms(text: str) -> tuple[str, ...]:
    """Gives the words of a text, and each pair of neighbours with a space between, all spelled."""
    run = words(text)
    return (*run, *[f"{one} {other}" for one, other in pairwise(run)])


def words(text: str) -> list[str]:
    """Gives the words of a text in order, each spelled."""
    return list(map(_spelled, _WORD.findall(nfc(text))))


@cache
def _spelled(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(_TONES[mark] for mark in letters if mark in _TONES)
    return nfc("".join(letter for letter in letters if letter not in _TONES)) + tone


@cache
def folded(word: str) -> str:
    """Gives the folded form of a spelled word."""
    return fold(word.rstrip(_TONE_SIGNS))


def folded_term(term: str) -> str:
    """Gives the folded form of a spelled word or pair."""
    first, space, second = term.partition(" ")
    return f"{folded(first)} {folded(second)}" if space else folded(first)
