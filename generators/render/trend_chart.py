"""Owns how a trend is drawn: readings over time, the target as a line, gaps left as gaps, every label on the drawing.

A line leads only between two figures that follow each other without a period between them; a period without a figure
is a marked empty place. The state of a figure is the shape of its mark: full, ringed, or a square on its corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from generators.problems import Language
from generators.render.drawing import CHART_COLOURS, SMALLEST, Sheet, notice
from generators.render.lettering import text_width
from generators.render.svg import draw_svg
from generators.render.tables import Table, csv_bytes

Mark = Literal["full", "ring", "diamond"]

_WIDTH = 340  # user units; on a phone 360 px wide a chart is shown nearly life size
_LEFT = 30
_RIGHT = 310
_TOP = 48  # room for the sample mark and for the label of a point at the very top
_BOTTOM = 190
_HEIGHT = 242
_VALUE_ROOM = 50  # two labels nearer than this would touch
_PERIOD_ROOM = 38
_RADIUS = 5


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period: its day on the time axis, its short name in two lines, its figure in words, or ``None`` for a gap.

    ``follows`` says that no period lies between this figure and the figure before it, so that a line may join them.
    """

    day: date
    name: tuple[str, str]
    value: Decimal | None
    text: str
    mark: Mark = "full"
    follows: bool = False


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Everything that a trend says. ``table`` holds the same readings as the points; ``mark`` is a sample's notice."""

    id: str
    lang: Language
    title: str
    sentence: str
    points: tuple[TrendPoint, ...]
    ceiling: Decimal
    target: Decimal | None
    target_text: str
    table: Table
    source: str
    mark: str = ""

    def csv(self) -> bytes:
        """Gives the chart's table as a CSV file."""
        return csv_bytes(self.table.columns, self.table.rows)


def draw_trend(chart: TrendChart) -> str:
    """Gives the chart as an inert SVG, the same bytes for the same chart."""
    return draw_svg(_WIDTH, _HEIGHT, lambda sheet: _draw(sheet, chart))


def _draw(sheet: Sheet, chart: TrendChart) -> None:
    places = _places(chart)
    sheet.line((8, _BOTTOM), (_WIDTH - 8, _BOTTOM), CHART_COLOURS["muted"])
    if chart.mark:
        notice(sheet, _WIDTH - 2, chart.mark)
    if chart.target is not None:
        _target_line(sheet, chart, places)
    gaps = _gaps(chart, places)
    _gap_frames(sheet, gaps)
    for before, (x, y), point in zip([None, *places], places, chart.points, strict=False):
        if y is not None and point.follows and before is not None and before[1] is not None:
            sheet.line((before[0], before[1]), (x, y), CHART_COLOURS["bar"], thickness=3)
    for mark in get_args(Mark):  # what is painted alike is said once when together
        for (x, y), point in zip(places, chart.points, strict=True):
            if y is not None and point.mark == mark:
                _point(sheet, x, y, mark)
    _value_labels(sheet, chart, places)
    _gap_words(sheet, gaps)
    _period_labels(sheet, chart, places)


def _places(chart: TrendChart) -> list[tuple[float, float | None]]:
    first, last = chart.points[0].day.toordinal(), chart.points[-1].day.toordinal()
    days = max(last - first, 1)
    return [
        (_LEFT + (_RIGHT - _LEFT) * (point.day.toordinal() - first) / days, _height_of(chart, point.value))
        for point in chart.points
    ]


def _height_of(chart: TrendChart, value: Decimal | None) -> float | None:
    return None if value is None else _BOTTOM - (_BOTTOM - _TOP) * float(value / chart.ceiling)


def _target_line(sheet: Sheet, chart: TrendChart, places: list[tuple[float, float | None]]) -> None:
    y = _height_of(chart, chart.target)
    if y is None:
        return
    colour = CHART_COLOURS["target"]
    sheet.line((8, y), (_WIDTH - 8, y), colour, thickness=2, dashes=(14, 8))
    at_left = _free(places[: (len(places) + 1) // 2], y) >= _free(places[len(places) // 2 :], y)
    x = 8 if at_left else _WIDTH - 8
    sheet.write((x, y - 6), chart.target_text, colour, weight="bold", anchor="start" if at_left else "end")


def _free(places: list[tuple[float, float | None]], line_y: float) -> float:
    """How far the nearest of these points stays away from a label that stands on the target line."""
    return min((abs(y - (line_y - 12)) for _, y in places if y is not None), default=_HEIGHT)


def _gaps(chart: TrendChart, places: list[tuple[float, float | None]]) -> list[tuple[float, float, str]]:
    """Gives the empty places: the middle, the width and the words of each."""
    known = zip(places, chart.points, strict=True)
    return [(x, _gap_width(x, places), point.text) for (x, y), point in known if y is None]


def _gap_frames(sheet: Sheet, gaps: list[tuple[float, float, str]]) -> None:
    for x, width, _ in gaps:
        sheet.rectangle(
            (x - width / 2, _TOP + 14), width, _BOTTOM - _TOP - 15,
            edge=CHART_COLOURS["grid"], thickness=1.2, dashes=(3.6, 3.6),
        )  # fmt: skip


def _gap_words(sheet: Sheet, gaps: list[tuple[float, float, str]]) -> None:
    """Says what is missing, next to the names of the periods: what is painted alike is said once when together."""
    for x, width, text in gaps:
        if width > 42:  # narrower, and the words would stand beyond the empty place
            for place, word in enumerate(text.split(" ")):
                sheet.write((x, _BOTTOM - 44 + place * 16), word, CHART_COLOURS["muted"], anchor="middle")


def _gap_width(x: float, places: list[tuple[float, float | None]]) -> float:
    step = min((abs(x - other) for other, _ in places if other != x), default=_PERIOD_ROOM)
    return min(step * 0.8, 50)


def _point(sheet: Sheet, x: float, y: float, mark: Mark) -> None:
    colour, paper = CHART_COLOURS["bar"], CHART_COLOURS["paper"]
    if mark == "diamond":
        side = _RADIUS * 1.4
        corners = [(x, y - side), (x + side, y), (x, y + side), (x - side, y)]
        sheet.polygon(corners, fill=paper, edge=colour, thickness=2.5)
        return
    inside = paper if mark == "ring" else colour
    sheet.circle((x, y), _RADIUS, fill=inside, edge=colour, thickness=2.5)


def _value_labels(sheet: Sheet, chart: TrendChart, places: list[tuple[float, float | None]]) -> None:
    """Labels from the last figure back to the first; one that would touch its neighbour is left to the table."""
    taken = float("inf")
    for (x, y), point in reversed(list(zip(places, chart.points, strict=True))):
        half = text_width(point.text, "bold", SMALLEST) / 2 + 2
        if y is None or taken - x < max(_VALUE_ROOM, 2 * half):
            continue
        taken = x
        below = _crosses_target(chart, y - 16) and y + 24 < _BOTTOM
        place = (min(max(x, half), _WIDTH - half), y + 22 if below else y - 11)
        sheet.write(place, point.text, CHART_COLOURS["ink"], weight="bold", anchor="middle")


def _crosses_target(chart: TrendChart, label_y: float) -> bool:
    y = _height_of(chart, chart.target)
    return y is not None and abs(y - label_y) < 10


def _period_labels(sheet: Sheet, chart: TrendChart, places: list[tuple[float, float | None]]) -> None:
    """Labels from the last period back to the first those that do not touch; a year stands under its first label."""
    taken, shown = float("inf"), []
    for (x, _), point in reversed(list(zip(places, chart.points, strict=True))):
        if taken - x < _PERIOD_ROOM:
            continue
        taken = x
        shown.append((x, *point.name))
    known = ""
    for x, name, year in reversed(shown):
        sheet.write((x, _BOTTOM + 18), name, CHART_COLOURS["muted"], anchor="middle")
        if year != known:
            sheet.write((x, _BOTTOM + 34), year, CHART_COLOURS["muted"], anchor="middle")
        known = year
