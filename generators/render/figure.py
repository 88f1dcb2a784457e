"""Owns what the chart component of the templates takes: a chart's words, its drawing, its table and its CSV file."""

from __future__ import annotations

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


def figure_values(chart: SaidChart, svg: str, csv: str) -> dict[str, Any]:
    """Gives the values of the chart component; ``svg`` must come from this package, ``csv`` is the file's address."""
    table = {"caption": chart.table.caption, "columns": chart.table.columns, "rows": chart.table.rows}
    return {
        "id": f"chart-{chart.id}",
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": Markup(svg),  # noqa: S704 - drawn by render/drawing.py, which escapes its text
        "table": table,
        "csv": csv,
        "source": chart.source,
    }
