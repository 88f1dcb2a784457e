"""Owns how problems are told while somebody writes: in the terminal, and as the panel of the live preview shows them.

A large project may have thousands of warnings, of which an edit changes few. What was told of a file that is the same
since is not put into words again, and a warning is not said twice in the terminal.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from generators.adapters.preview.state import Told
from generators.adapters.printing import lines_below, wants_colour
from generators.adapters.source_links import editor_link
from generators.complaints import LineOf, complaint_text
from generators.problems import Problem, Problems

_LOG = logging.getLogger("mkdocs.plugins.campaign")


class Reports:
    """The reports on one project, one after another; ``digest`` gives what a file holds now where that is known."""

    def __init__(self, root: Path, digest: Callable[[str], str | None] = lambda _: None) -> None:
        self._root = root
        self._digest = digest
        self._last: dict[tuple[Problem, str | None], Told] = {}

    def told(self, problems: Problems) -> list[Told]:
        """Gives every problem once, as the panel shows it; says errors and new warnings in the terminal.

        A mere warning is no warning of MkDocs, which ``--strict`` would make an error.
        """
        line_of, colour = lines_below(self._root), wants_colour(sys.stderr)
        before, self._last = self._last, {}
        for problem in (*problems.errors, *problems.warnings):
            digest = self._digest(problem.path)
            key = problem, digest
            known = before.get(key) if digest else None
            is_error = problem.severity == "error"
            if is_error or not known:
                level = logging.ERROR if is_error else logging.INFO
                _LOG.log(level, "%s", complaint_text(problem, line_of, "vi", colour=colour))
            self._last[key] = known or _told(problem, self._root, line_of)
        return list(self._last.values())


def _told(problem: Problem, root: Path, line_of: LineOf) -> Told:
    _, *below, guide = complaint_text(problem, line_of, "vi").split("\n")
    return Told(
        place=f"{problem.path}:{problem.line}:{problem.column}",
        severity=problem.severity,
        message=problem.message("vi"),
        below="\n".join(below),
        guide=guide.strip(),
        open=editor_link(root, problem.path, problem.line, problem.column),
    )
