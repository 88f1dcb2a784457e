"""The one contract of charts: what a chart must say, and how matplotlib draws it.

A chart is a finding as its title, a sentence, direct labels, the same rows as a table, a CSV file and a source; the
drawing is only one part of it and repeats byte for byte. Different measures never share a group of bars.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from generators.problems import Language
from generators.render.svg import CHART_COLOURS, inert_svg
from generators.render.tables import Table, csv_bytes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 400  # user units; at 360 px wide a chart is shown nearly life size
_DPI = 72  # one user unit is one pixel
_LABEL_WIDTH = 64
_VALUE_WIDTH = 52
_BAR_HEIGHT = 16
_BAR_STEP = 27
_LINE = 19
_WRAP = 50


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a short label at its left, a length from 0 to 100 (``None`` leaves a gap) and the value in words."""

    label: str
    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars of one measure under one heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Everything that a chart of percentages says. ``table`` holds the same rows as the bars."""

    id: str
    lang: Language
    title: str
    sentence: str
    groups: tuple[BarGroup, ...]
    table: Table
    source: str

    def csv(self) -> bytes:
        """Gives the chart's table as a CSV file."""
        return csv_bytes(self.table.columns, self.table.rows)


def draw_bars(chart: BarChart) -> str:
    """Gives the chart as an inert SVG, the same bytes for the same chart."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    height = _height(chart)
    settings: dict[Any, Any] = {"svg.hashsalt": chart.id, "svg.fonttype": "none", "font.family": "DejaVu Sans"}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI)
        figure.patch.set_visible(False)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, _WIDTH)
        axes.set_ylim(height, 0)
        _draw_groups(axes, chart)
        output = io.BytesIO()
        figure.savefig(output, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return inert_svg(output.getvalue(), chart.id)


def _heading_lines(group: BarGroup) -> list[str]:
    return textwrap.wrap(group.heading, _WRAP) or [""]


def _height(chart: BarChart) -> int:
    return sum(len(_heading_lines(group)) * _LINE + len(group.bars) * _BAR_STEP + 14 for group in chart.groups)


def _draw_groups(axes: Axes, chart: BarChart) -> None:
    top = 0
    for group in chart.groups:
        for line in _heading_lines(group):
            top += _LINE
            axes.text(0, top - 4, line, fontsize=13, fontweight="bold", color=CHART_COLOURS["ink"])
        for bar in group.bars:
            _draw_bar(axes, bar, top)
            top += _BAR_STEP
        top += 14


def _draw_bar(axes: Axes, bar: Bar, top: int) -> None:
    from matplotlib.patches import Rectangle

    span = _WIDTH - _LABEL_WIDTH - _VALUE_WIDTH
    middle = top + _BAR_STEP / 2
    y = middle - _BAR_HEIGHT / 2
    baseline = middle + 5
    axes.text(0, baseline, bar.label, fontsize=13, color=CHART_COLOURS["muted"])
    track = Rectangle((_LABEL_WIDTH, y), span, _BAR_HEIGHT, facecolor="none", edgecolor=CHART_COLOURS["muted"])
    axes.add_patch(track)
    end = _WIDTH - _VALUE_WIDTH + 8
    if bar.value is None:
        axes.text(_LABEL_WIDTH + 8, baseline, bar.text, fontsize=12, color=CHART_COLOURS["muted"])
        return
    length = span * float(bar.value) / 100
    axes.add_patch(Rectangle((_LABEL_WIDTH, y), length, _BAR_HEIGHT, facecolor=CHART_COLOURS["bar"], linewidth=0))
    axes.text(end, baseline, bar.text, fontsize=13, fontweight="bold", color=CHART_COLOURS["ink"])
