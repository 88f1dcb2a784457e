"""Owns the rule that nobody's telephone number, identity number or e-mail address stands in data or texts.

Such things may stand in the contact fields of activities only, where the desk of a body is named. What looks alike and
is harmless is not taken: numbers of documents (378/KH-UBND), figures (1.000.000), dates, official codes (18028),
service numbers (1900…). Luật 91/2025/QH15 on personal data is the reason. Knows no praise: see ``praise.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generators.dataset.texts import texts_below
from generators.marks import Loc
from generators.problems import Problems
from generators.source import Source

if TYPE_CHECKING:
    from generators.dataset import Dataset

_CONTACT_FIELDS = frozenset({"contact"})
_PICTURE_FIELDS = frozenset({"image", "photo"})
_PICTURE = re.compile(r"[-_]|\.\w+$")  # what joins the words of a picture's name
_ACTIVITIES = "data/activities/"

# What has the digits of a telephone number and is none; it is blanked out first, so that places stay right.
_HARMLESS = re.compile(
    r"https?://[^\s<>\"')\]]+"
    r"|(?<![\d./-])(?:\d{1,2}[./-]){2}(?:19|20)\d\d(?![./-]?\d)"  # 09-10-2025
    r"|(?<![\d./-])(?:19|20)\d\d(?:[./-]\d{1,2}){2}(?![./-]?\d)"  # 2025-10-09
)
_AMOUNT = re.compile(r"(?<![\d.+])[1-9]\d{0,2}(?:\.\d{3})+(?![.\d]*\d)")  # 123.456.789, as Vietnamese writes it
_MAYBE = re.compile(r"@|[\[(]at[\])]|(?:\d\W{0,3}){8}", re.IGNORECASE)  # most texts have none of this
_GAP = r"(?: ?[.\-–] ?|[ \u00a0])?"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,100}\s?(?:@|[\[(]at[\])])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# Numbering plan of Vietnam: mobile 0 + 3/5/7/8/9 + 8 digits (before 2018 also 01x + 8), fixed lines 02x + 8 digits.
_PHONE = re.compile(
    rf"(?<![\w.,+-])(?:\(?(?:\+|00){_GAP}84\)?{_GAP}(?:\(0\){_GAP})?|84(?!\.){_GAP}|\(?0)"
    rf"(?:[35789](?:{_GAP}\d){{8}}|(?:2\d|1[2689])(?:\)?{_GAP}\d){{8}})(?!\w)"
)
# Identity numbers: 12 digits since 2016, 9 before (Luật Căn cước 26/2023/QH15); written in one piece or in threes.
_IDENTITY = re.compile(r"(?<![\w.,/+-])(?:\d{12}|\d{9}|\d{3}(?:[ \u00a0.]\d{3}){2,3})(?![.,]?\d|/[A-ZĐ]|\w)")
# In this order; what one pattern takes is blanked out for the next, and an amount is not taken for an identity number.
_STEPS = (("privacy-email", _EMAIL), ("privacy-phone", _PHONE), (None, _AMOUNT), ("privacy-identity", _IDENTITY))


def check_privacy(dataset: Dataset, problems: Problems) -> None:
    """Adds a problem for each telephone number, identity number and e-mail address outside contact fields.

    All files are read, Markdown bodies, news and the words about pictures among them; so are the names of files and of
    pictures, as they become addresses. The complaint shows the beginning of what was found only, for complaints are
    kept in logs.
    """
    for path, source in dataset.sources.items():
        for code, _, found in personal_numbers(_file_name(path)):
            problems.add(path, (1, 1), code, found=_beginning(found))
        if not dataset.signs_of(source).personal:
            continue
        exempt: frozenset[str] = _CONTACT_FIELDS if path.startswith(_ACTIVITIES) else frozenset()
        for loc, text in texts_below(source.value, exempt):
            named = _PICTURE.sub(" ", text) if _is_picture(loc) else text
            for code, _, found in personal_numbers(named):
                problems.add(path, source.position(loc), code, found=_beginning(found))
        for code, start, found in personal_numbers(source.body):
            problems.add(path, _body_place(source, start), code, found=_beginning(found))


def personal_numbers(text: str) -> Iterator[tuple[str, int, str]]:
    """Gives what looks like personal data in a text as (code of the complaint, where it starts, what is written)."""
    if not _MAYBE.search(text):
        return
    shown = _blanked(_HARMLESS, text if text.isascii() else _plain_signs(text))
    for code, pattern in _STEPS:
        if code:
            yield from ((code, found.start(), found.group()) for found in pattern.finditer(shown))
        shown = _blanked(pattern, shown)


def has_personal_number(text: str) -> bool:
    """True where a text, read as it is or as the name of a picture, holds what looks like personal data."""
    return any(True for shown in (text, _PICTURE.sub(" ", text)) for _ in personal_numbers(shown))


def _plain_signs(text: str) -> str:
    """Gives the text, place for place, with digits and signs of full width as plain ones: ``０９`` → ``09``."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)


def _file_name(path: str) -> str:
    """Gives a file's name without its ending, its words apart."""
    return path.rpartition("/")[2].rpartition(".")[0].replace("-", " ").replace("_", " ")


def _is_picture(loc: Loc) -> bool:
    return bool(loc) and loc[-1] in _PICTURE_FIELDS


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "#" * len(found.group()), text)


def _body_place(source: Source, start: int) -> tuple[int, int]:
    line = source.body_line + source.body.count("\n", 0, start)
    return line, start - source.body.rfind("\n", 0, start)


def _beginning(found: str) -> str:
    return f"{found.lstrip('(')[:3]}…"
