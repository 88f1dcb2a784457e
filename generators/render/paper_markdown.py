"""Owns how an official paper becomes plain Markdown, for sending in a message or keeping beside the data.

Tables are those of GitHub's Markdown. What people wrote is text and stays text: no letter of it becomes markup, in
CommonMark or in Python-Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generators.render.official_paper import Annex, OfficialPaper, Part

# A character that means something wherever it stands; an underscore inside a word means nothing, as in addresses.
_MARKS = re.compile(r"([\\`*\[\]|]|(?<!\w)_|_(?!\w))")
# What means something only at the start of a line: a heading, a list, a quotation, a rule.
_OPENINGS = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;"})
_BREAK = "  \n"


def paper_markdown(paper: OfficialPaper) -> str:
    """Gives the text, with one line feed at its end."""
    return "\n\n".join(_blocks(paper)) + "\n"


def _blocks(paper: OfficialPaper) -> Iterator[str]:
    """The paper in pieces between which an empty line stands."""
    if paper.mark:
        yield f"> **{_plain(paper.mark)}**"
    above = [_plain(paper.superior)] if paper.superior else []
    yield _BREAK.join([*above, *(f"**{_plain(line)}**" for line in paper.agency), _plain(paper.number)])
    yield _BREAK.join([f"**{_plain(paper.country)}**", f"**{_plain(paper.motto)}**", f"*{_plain(paper.place)}*"])
    yield f"# {_plain(paper.kind)}: {_plain(paper.abstract)}"
    yield from map(_plain, paper.opening)
    for part in paper.parts:
        yield from _part(part)
    yield _plain(paper.closing)
    yield f"***{_plain(paper.recipients_title)}***"
    yield _listed(paper.recipients)
    post, *rest = paper.signature
    yield _BREAK.join([f"**{_plain(post)}**", *(f"*{_plain(line)}*" for line in rest)])
    for annex in paper.annexes:
        yield from _annex(annex)


def _part(part: Part) -> Iterator[str]:
    yield f"## {_plain(part.heading)}"
    yield from map(_plain, part.paragraphs)
    if part.items:
        yield _listed(part.items)


def _annex(annex: Annex) -> Iterator[str]:
    yield f"## {_plain(annex.label)}: {_plain(annex.title)}"
    yield _BREAK.join(f"*{_plain(note)}*" for note in annex.notes)
    columns = annex.table.columns
    rows = [_cells(row, bold=place in annex.groups) for place, row in enumerate(annex.table.rows)]
    yield "\n".join(_row(cells) for cells in (_cells(columns), ["---"] * len(columns), *rows))


def _cells(row: Iterable[str], *, bold: bool = False) -> list[str]:
    return [f"**{text}**" if bold and text else text for text in map(_cell, row)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_plain(text)}" for text in texts)


def _cell(text: str) -> str:
    """A cell is one line of the file; its own lines are parted by the one tag that every reader of tables knows."""
    return "<br>".join(_plain(line) for line in text.split("\n"))


def _plain(text: str) -> str:
    """Gives text on one line in which nothing is markup."""
    line = " ".join(text.split())
    return _OPENINGS.sub(_escaped_opening, _MARKS.sub(r"\\\1", line.translate(_ENTITIES)))


def _escaped_opening(match: re.Match[str]) -> str:
    """A backslash before the mark; after a number, as there the full stop or bracket behind it is what counts."""
    space, opening = match.groups()
    return f"{space}{opening}\\" if opening.isdigit() else f"{space}\\{opening}"
