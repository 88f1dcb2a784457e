"""Gives problems as lines, to compare them and to show them when a test fails."""

from __future__ import annotations

from collections.abc import Iterable

from generators.problems import Language, Problem


def told(problems: Iterable[Problem], lang: Language = "vi") -> list[str]:
    """Gives one line a problem, in their order."""
    return [problem.as_text(lang) for problem in problems]
