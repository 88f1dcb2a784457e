"""The one contract of charts: what a chart must say, and how its bars are drawn.

A chart is a finding as its title, a sentence, direct labels, the same rows as a table, a CSV file and a source; the
drawing is only one part of it and repeats byte for byte. Different measures never share a group of bars.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from decimal import Decimal

from generators.problems import Language
from generators.render.drawing import CHART_COLOURS, SMALLEST, Sheet, notice
from generators.render.lettering import text_width
from generators.render.svg import draw_svg
from generators.render.tables import Table, csv_bytes

_WIDTH = 330  # user units; on a phone 360 px wide a chart is shown nearly life size
_LABEL_WIDTH = 66  # holds a year; longer labels get the room that they need
_VALUE_WIDTH = 60
_BAR_HEIGHT = 16
_BAR_STEP = 27
_LINE = 19
_WRAP = 42
_MARK_ROOM = 32
_GAP = 10
_LEAST_SPAN = 90  # of a bar; what of a label has no room beside that is left to the table


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a short label at its left, a length from 0 to 100 (``None`` leaves a gap) and the value in words.

    ``target`` marks the level to reach by a line across the bar.
    """

    label: str
    value: Decimal | None
    text: str
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars of one measure under one heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Everything that a chart of percentages says. ``table`` has the same rows; ``mark`` is a sample's notice."""

    id: str
    lang: Language
    title: str
    sentence: str
    groups: tuple[BarGroup, ...]
    table: Table
    source: str
    mark: str = ""

    def csv(self) -> bytes:
        """Gives the chart's table as a CSV file."""
        return csv_bytes(self.table.columns, self.table.rows)


def draw_bars(chart: BarChart) -> str:
    """Gives the chart as an inert SVG, the same bytes for the same chart."""
    return draw_svg(_WIDTH, _height(chart), lambda sheet: _draw_groups(sheet, chart))


def _heading_lines(group: BarGroup) -> list[str]:
    return textwrap.wrap(group.heading, _WRAP) or [""]


def _height(chart: BarChart) -> int:
    groups = sum(len(_heading_lines(group)) * _LINE + len(group.bars) * _BAR_STEP + 14 for group in chart.groups)
    return groups + (_MARK_ROOM if chart.mark else 0)


def _draw_groups(sheet: Sheet, chart: BarChart) -> None:
    top = 0
    left = _label_width(chart)
    if chart.mark:
        notice(sheet, _WIDTH - 2, chart.mark)
        top = _MARK_ROOM
    for group in chart.groups:
        for words in _heading_lines(group):
            top += _LINE
            sheet.write((0, top - 4), words, CHART_COLOURS["ink"], weight="bold")
        for bar in group.bars:
            _draw_bar(sheet, bar, top, left)
            top += _BAR_STEP
        top += 14


def _label_width(chart: BarChart) -> float:
    """Gives the room that the bars leave for their labels, the same for all bars of a chart."""
    labels = [text_width(bar.label, "regular", SMALLEST) for group in chart.groups for bar in group.bars]
    return min(max(_LABEL_WIDTH, *(width + _GAP for width in labels)), _WIDTH - _VALUE_WIDTH - _LEAST_SPAN)


def _shortened(label: str, width: float) -> str:
    if text_width(label, "regular", SMALLEST) <= width:
        return label
    room = width - text_width("…", "regular", SMALLEST)
    fitting = (length for length in range(len(label), 0, -1) if text_width(label[:length], "regular", SMALLEST) <= room)
    return f"{label[: next(fitting, 0)].rstrip()}…"


def _draw_bar(sheet: Sheet, bar: Bar, top: int, left: float) -> None:
    span = _WIDTH - left - _VALUE_WIDTH
    middle = top + _BAR_STEP / 2
    y = middle - _BAR_HEIGHT / 2
    baseline = middle + 5
    sheet.write((0, baseline), _shortened(bar.label, left - _GAP), CHART_COLOURS["muted"])
    sheet.rectangle((left, y), span, _BAR_HEIGHT, edge=CHART_COLOURS["muted"])
    if bar.value is None:
        sheet.write((left + 8, baseline), bar.text, CHART_COLOURS["muted"])
        return
    sheet.rectangle((left, y), span * float(bar.value) / 100, _BAR_HEIGHT, fill=CHART_COLOURS["bar"])
    if bar.target is not None:
        x = left + span * float(bar.target) / 100
        sheet.line((x, y - 4), (x, y + _BAR_HEIGHT + 4), CHART_COLOURS["target"], thickness=3)
    sheet.write((_WIDTH - _VALUE_WIDTH + 8, baseline), bar.text, CHART_COLOURS["ink"], weight="bold")
