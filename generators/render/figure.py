"""Owns what the chart component of the templates takes: a chart's words, its drawing, its table and its CSV file."""

from __future__ import annotations

from typing import Any, Protocol

from markupsafe import Markup, escape

from generators.render.svg import inline_svg
from generators.render.tables import Table

_LINK, _LINK_BEGUN, _LINK_END = Markup('<a href="#'), Markup('">'), Markup("</a>")


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


def figure_values(
    chart: SaidChart, svg: str, csv: str, *, name: str = "", shown: Table | None = None
) -> dict[str, Any]:
    """Gives the values of the chart component; ``svg`` must come from this package, ``csv`` is the file's address.

    ``name`` is a short name that no other chart of the page has; without one the chart's id names it. ``shown`` is the
    table for the page where the chart's own, which the file holds, has more columns than a page has room for.
    """
    table = shown or chart.table
    return {
        "id": f"chart-{name or chart.id}",
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": Markup(inline_svg(svg)),  # noqa: S704 - drawn by render/svg.py, which escapes its text
        "table": {"caption": table.caption, "columns": table.columns, "rows": table.rows},
        "csv": csv,
        "source": chart.source,
    }


def vietnamese(text: str) -> Markup:
    """Gives the text marked as Vietnamese."""
    return Markup('<span lang="vi">{}</span>').format(text)


def place_link(place: str, text: str) -> Markup:
    """Gives the text as the way to a place in the same page."""
    return _LINK + escape(place) + _LINK_BEGUN + escape(text) + _LINK_END  # in a tenth of the time of Markup.format()
