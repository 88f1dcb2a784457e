"""Owns what the chart component of the templates takes: a chart's words, its drawing, its table and its CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from markupsafe import Markup

from generators.render.tables import Table


class SaidChart(Protocol):
    """A chart in words: everything about it but the drawing."""

    @property
    def id(self) -> str:
        """Its id, which no other chart of the page has."""
        ...

    @property
    def title(self) -> str:
        """Its finding."""
        ...

    @property
    def sentence(self) -> str:
        """What it shows, for those who do not see it."""
        ...

    @property
    def table(self) -> Table:
        """The rows that were drawn."""
        ...

    @property
    def source(self) -> str:
        """Where the figures are from."""
        ...


def figure_values(chart: SaidChart, svg: str, csv: str, rows: Sequence[Sequence[str]] = ()) -> dict[str, Any]:
    """Gives the values of the chart component; ``svg`` must come from this package, ``csv`` is the file's address.

    ``rows`` stand in the place of the table's own where their cells carry more for the page, such as a language.
    """
    table = {"caption": chart.table.caption, "columns": chart.table.columns, "rows": rows or chart.table.rows}
    return {
        "id": f"chart-{chart.id}",
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": Markup(svg),  # noqa: S704 - drawn by render/drawing.py, which escapes its text
        "table": table,
        "csv": csv,
        "source": chart.source,
    }


def in_vietnamese(rows: Sequence[Sequence[str]], column: int) -> tuple[tuple[str, ...], ...]:
    """Gives the rows with one column marked as Vietnamese, for a page in another language."""
    return tuple(
        tuple(vietnamese(cell) if place == column and cell else cell for place, cell in enumerate(row)) for row in rows
    )


def vietnamese(text: str) -> Markup:
    """Gives the text marked as Vietnamese."""
    return Markup('<span lang="vi">{}</span>').format(text)
