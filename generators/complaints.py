"""Owns how complaints are shown to people and programs: with the line itself and a caret, as JSON, as notes of a forge.

Takes problems and the lines that they point at; reads no file and knows no terminal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable

from generators.problems import Language, Problem

LineOf = Callable[[str, int], str]
"""Gives the text of a line of a file, or the empty string where there is none."""

_WIDTH = 96
_BEFORE = 40
_VALUE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s,\[\]{}]+")
GUIDE = "data/README.md"
# Codes by how they begin, and the place in the editors' guide that explains them: <a id="…"> above a heading. The
# first that fits counts; the last fits every code.
_PLACES: tuple[tuple[str, str], ...] = (
    ("yaml-|front-matter-|not-(list|mapping|text)|text-(empty|not)|control-", "viet-tep"),
    ("sheet-", "bang-tinh"),
    ("bad-(date|day-month|moment|news-date|year)|due-day|target-no-year", "ngay"),
    ("bad-(whole|number|percent|amount|flag)|number-", "so"),
    ("bad-id|file-name|id-|reference-unknown|narrative-|group-|unit-", "ma"),
    ("english-|twin-|phrase-", "hai-thu-tieng"),
    ("host-|dead-level|bad-link", "noi-that"),
    ("bad-period|report-|reading-|correction-|target-|task-|outreach-|baseline-", "bao-cao"),
    ("news-", "tin-tuc"),
    ("activity-|bad-(phone|email)", "hoat-dong"),
    ("slogan-|led-", "khau-hieu"),
    ("privacy-", "thong-tin-rieng"),
    ("praise-|consent-", "bieu-duong"),
    ("is-draft", "ban-nhap"),
    ("link-|anchor-|block-|address-|html-", "trang-viet-tay"),
    ("page-stale|summary-long", "luu-y"),
    ("field-|value-", "tra-khoa"),
    ("", "soat"),
)
_WORDS: dict[str, dict[Language, str]] = {
    "example": {"vi": "Ví dụ: {example}", "en": "Example: {example}"},
    "guide": {"vi": "Xem hướng dẫn: {place}", "en": "See the guide (in Vietnamese): {place}"},
}
_RED, _YELLOW, _BOLD, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def complaint_text(problem: Problem, line_of: LineOf, lang: Language, *, colour: bool = False) -> str:
    """Gives the printed line of a problem (as :meth:`Problem.as_text`) and, each indented, what belongs to it.

    That is the line meant with a caret under it, an example where there is one, and where the guide explains it.
    """
    lines = [_headline(problem, lang, colour=colour), *_excerpt(problem, line_of, colour=colour)]
    if problem.example:
        lines.append(f"  {_WORDS['example'][lang].format(example=problem.example)}")
    guide = f"  {_WORDS['guide'][lang].format(place=guide_place(problem))}"
    return "\n".join([*lines, f"{_DIM}{guide}{_PLAIN}" if colour else guide])


def _headline(problem: Problem, lang: Language, *, colour: bool) -> str:
    if not colour:
        return problem.as_text(lang)
    return f"{_BOLD}{problem.place}{_PLAIN}  {_tone(problem)}[{problem.code}]{_PLAIN}  {problem.message(lang)}"


def _tone(problem: Problem) -> str:
    return _RED if problem.severity == "error" else _YELLOW


def _excerpt(problem: Problem, line_of: LineOf, *, colour: bool) -> list[str]:
    text = line_of(problem.path, problem.line)
    start = problem.column - 1
    if not text.strip() or start > len(text) or _is_whole_file(problem, text):
        return []
    value = _VALUE.match(text, start)
    length = max(1, len(value.group().rstrip(":"))) if value else 1
    shown, at, length = _window(text, start, length)
    gutter = " " * len(str(problem.line))
    number, caret = f"  {problem.line} | ", "^" * length
    if colour:
        number, caret = f"{_DIM}{number}{_PLAIN}", f"{_tone(problem)}{caret}{_PLAIN}"
    return [f"{number}{shown}", f"  {gutter} | {' ' * at}{caret}"]


def _is_whole_file(problem: Problem, text: str) -> bool:
    """What concerns a file as a whole stands at its first sign; the line there says nothing about it."""
    says_nothing = text.startswith(("#", "---")) or problem.code == "field-missing"
    return (problem.line, problem.column) == (1, 1) and says_nothing


def _window(text: str, start: int, length: int) -> tuple[str, int, int]:
    """Gives the part of a long line around the value, where the value starts in it, and how much of it is there."""
    printable = "".join(_harmless(sign) for sign in text)
    first = max(0, start - _BEFORE) if len(printable) > _WIDTH else 0
    part = printable[first : first + _WIDTH]
    length = max(1, min(length, len(part) - (start - first)))
    before, after = "…" if first else "", "…" if first + _WIDTH < len(printable) else ""
    return f"{before}{part}{after}", start - first + len(before), length


def _harmless(sign: str) -> str:
    """A sign that moves nothing and takes one place, so that the caret stands under what it means."""
    if sign == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign).startswith("C") else sign


def guide_place(problem: Problem) -> str:
    """Gives where the editors' guide explains a problem: ``data/README.md#so``. The place outlives a new heading."""
    return f"{GUIDE}#{next(anchor for start, anchor in _PLACES if re.match(start, problem.code))}"


def complaints_json(problems: Iterable[Problem], line_of: LineOf, lang: Language) -> str:
    """Gives all problems as one JSON object: the two counts, and a list in the order of files and lines."""
    found = list(problems)
    return json.dumps(
        {
            "errors": sum(problem.severity == "error" for problem in found),
            "warnings": sum(problem.severity == "warning" for problem in found),
            "problems": [
                {
                    "path": problem.path,
                    "line": problem.line,
                    "column": problem.column,
                    "severity": problem.severity,
                    "code": problem.code,
                    "message": problem.message(lang),
                    "near": problem.near or None,
                    "example": problem.example or None,
                    "guide": guide_place(problem),
                    "text": line_of(problem.path, problem.line),
                }
                for problem in found
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def complaint_note(problem: Problem, lang: Language) -> str:
    """Gives a problem as a workflow command of GitHub Actions, which marks the line in the change that brought it."""
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column},title={_property(problem.code)}"
    return f"::{problem.severity} {place}::{_data(problem.message(lang))} ({guide_place(problem)})"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
