"""Owns how problems are printed for people: each with its line, an example and its place in the guide; then the counts.

Errors come first, as they must be mended; warnings stand apart under their own heading. Colours are for terminals only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from generators.clean_text import read_text
from generators.complaints import LineOf, complaint_text
from generators.problems import Language, Problem, Problems

_WORDS: dict[str, dict[Language, str]] = {
    "fine": {"vi": "Không có lỗi.", "en": "No errors."},
    "summary": {"vi": "{errors} lỗi, {warnings} lưu ý.", "en": "{errors} errors, {warnings} warnings."},
    "more": {
        "vi": "  Còn {count} lưu ý nữa. Muốn xem hết, gõ: campaign check",
        "en": "  And {count} more warnings. To see all of them, type: campaign check",
    },
    "warnings": {"vi": "  Lưu ý (vẫn đăng được):", "en": "  Warnings (nothing is stopped by them):"},
}


def print_problems(problems: Problems, project: Path, lang: Language, more: int = 0) -> None:
    """Prints every problem and the counts to standard output; ``project`` holds the files that they point at.

    ``more`` says how many warnings there are beside them, which are only counted.
    """
    line_of, errors, warnings = lines_below(project), problems.errors, problems.warnings
    print_each(errors, line_of, lang)
    if warnings and errors:
        print(f"\n{_WORDS['warnings'][lang]}")
    print_each(warnings, line_of, lang)
    if more:
        print(_WORDS["more"][lang].format(count=more))
    print_counts(errors, warnings, lang, more)


def print_each(problems: Iterable[Problem], line_of: LineOf, lang: Language, stream: TextIO | None = None) -> None:
    """Prints problems as they come, to standard output unless told; ``line_of`` gives the lines that they point at."""
    stream = stream or sys.stdout
    for problem in problems:
        print(complaint_text(problem, line_of, lang, colour=wants_colour(stream)), file=stream)


def print_counts(errors: Sequence[Problem], warnings: Sequence[Problem], lang: Language, more: int = 0) -> None:
    """Prints how many errors and warnings there are, each by itself; ``more`` are warnings beside those given."""
    if not errors and not warnings:
        print(_WORDS["fine"][lang])
        return
    print(_WORDS["summary"][lang].format(errors=len(errors), warnings=len(warnings) + more))


def wants_colour(stream: TextIO) -> bool:
    """True for a terminal whose owner has not asked for plain text (https://no-color.org) and that knows colours."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def lines_below(project: Path) -> LineOf:
    """Gives the reader of lines of the files below ``project``; each file is read once."""

    @cache
    def lines(path: str) -> list[str]:
        text = read_text(project, path, Problems())
        return [] if text is None else text.split("\n")

    def line(path: str, number: int) -> str:
        found = lines(path)
        return found[number - 1] if 0 < number <= len(found) else ""

    return line
