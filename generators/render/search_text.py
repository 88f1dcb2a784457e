"""Owns what search sees of a page: its plain text cut into blocks, and the one form in which words are compared.

Two forms of a word count. *Folded* is what a keyboard without tones types (``số`` → ``so``). *Spelled* keeps every
mark, but sets the tone behind the letters (``số`` → ``sô'``), so that ``hòa`` and ``hoà`` are one word: the two
habits of setting a tone are both right. theme_overrides/assets/js/search.js does the same to what a reader types, and
a test holds the two together. Knows neither an address nor a rule of the campaign.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import unescape

from generators.text import fold, nfc

# Nothing in these is running text: pictures, controls, ways to elsewhere.
_LEFT_OUT = re.compile(r"<(svg|script|style|template|form|nav|button|select|datalist)\b.*?</\1>", re.DOTALL)
# A word that is explained on request stays; its explanation, which the glossary has, would break into the sentence.
_EXPLAINED = re.compile(r"<button\b[^>]*\bpopovertarget=[^>]*>(.*?)</button>", re.DOTALL)
_EXPLANATION = re.compile(
    r"<span\b[^>]*\bpopover\b[^>]*>(?:<span\b[^>]*>.*?</span>|(?!</?span\b).)*</span>", re.DOTALL
)
_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_HEADING = re.compile(r"<h[2-6]\b[^>]*>(.*?)</h[2-6]>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INSIDE_WORDS = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|strong|sub|sup|time|u|wbr)\b[^>]*>")
_SPAN = re.compile(r"</?span\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" *\n[ \n]*")
_SPACE_BEFORE = re.compile(r" +(?=[,.;:!?)”])")
_SPACE_AFTER = re.compile(r"(?<=[(“]) +")
# A number keeps its separators: "1.234,5" is one word.
_WORD = re.compile(r"\n|[^\W_]+(?:[.,](?=\d)[^\W_]+)*")
BREAK = ""
# The tone signs of VIQR, the old way to write Vietnamese in ASCII: huyền, hỏi, ngã, sắc, nặng. No word ends in them.
_TONE_SIGNS = "`?~'."
_TONES = dict(zip("\u0300\u0309\u0303\u0301\u0323", _TONE_SIGNS, strict=True))


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text: its ``blocks`` (paragraphs, cells, list items) in order, and its ``headings`` below the title."""

    blocks: tuple[str, ...]
    headings: tuple[str, ...]


def page_text(html: str) -> PageText:
    """Gives the text of a page's body without its title, which the caller has, and without pictures and controls."""
    html = _EXPLANATION.sub("", _EXPLAINED.sub(r"\1", _COMMENT.sub("", html)))
    html = _TITLE.sub("", _LEFT_OUT.sub("\n", html))
    return PageText(tuple(_blocks(html)), tuple(block for one in _HEADING.findall(html) for block in _blocks(one)))


def _blocks(html: str) -> list[str]:
    text = _TAG.sub("\n", _SPAN.sub(" ", _INSIDE_WORDS.sub("", html.replace("\n", " "))))
    text = _SPACES.sub(" ", nfc(unescape(text)))
    return _EMPTY_LINES.sub("\n", _SPACE_AFTER.sub("", _SPACE_BEFORE.sub("", text))).strip().splitlines()


def words(text: str) -> list[str]:
    """Gives the words of a text, each spelled; :data:`BREAK` stands where a line ends."""
    return [_spelled(word) for word in _WORD.findall(nfc(text))]


@cache
def _spelled(word: str) -> str:
    if word == "\n":
        return BREAK
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(_TONES[mark] for mark in letters if mark in _TONES)
    return nfc("".join(letter for letter in letters if letter not in _TONES)) + tone


@cache
def folded(word: str) -> str:
    """Gives the folded form of a spelled word."""
    return fold(word.rstrip(_TONE_SIGNS))
