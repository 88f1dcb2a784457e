"""Owns how an official paper becomes a tagged PDF (PDF/UA-1) with its fonts in it.

The look is in ``templates/paper.typ``; this only hands over the paper's values.
"""

from __future__ import annotations

from dataclasses import asdict

from generators.render.official_paper import OfficialPaper
from generators.render.typesetting import typeset_pdf

_TEMPLATE = "paper.typ"


def paper_pdf(paper: OfficialPaper) -> bytes:
    """Gives the file, the same bytes for the same paper."""
    values = {key: value for key, value in asdict(paper).items() if key not in {"day", "annexes"}}
    annexes = [
        {
            "label": annex.label,
            "title": annex.title,
            "notes": annex.notes,
            "columns": annex.table.columns,
            "rows": annex.table.rows,
            "widths": annex.widths,
            "groups": sorted(annex.groups),
        }
        for annex in paper.annexes
    ]
    return typeset_pdf(_TEMPLATE, {**values, "annexes": annexes}, date=paper.day)
