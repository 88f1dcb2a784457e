"""Owns the chart that stands ready in the Markdown of MkDocs: the lines of ``hugo/layouts/partials/chart.html``."""

from __future__ import annotations

from collections.abc import Iterator

from generators.adapters.bench.sheets import Facts

_LEFT, _WIDTH, _FLOOR, _HEIGHT = 20.0, 300.0, 190.0, 160.0


def chart(course: Facts) -> str:
    """Gives the SVG of one target's course on one line, as Markdown takes it for one block."""
    return "".join(_marks(course))


def _marks(course: Facts) -> Iterator[str]:
    points = course["points"]
    top = max([course["goal_value"], *(one["value"] for one in points if one["value"] is not None)]) or 1.0
    step = _WIDTH / max(1, len(points) - 1)
    yield '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 242" aria-hidden="true" focusable="false">'
    yield '<path d="M8 190H332" fill="none" stroke="#3d4560"/>'
    for share in range(0, 101, 25):
        yield f'<path d="M8 {_FLOOR - share * 1.6:g}H332" fill="none" stroke="#d8d2c4"/>'
    goal = _FLOOR - _HEIGHT * course["goal_value"] / top
    yield f'<path d="M8 {goal:.1f}H332" fill="none" stroke="#961b1e" stroke-width="2" stroke-dasharray="14,8"/>'
    before: tuple[float, float] | None = None
    for number, point in enumerate(points):
        x = _LEFT + number * step
        here = None if point["value"] is None else (x, _FLOOR - _HEIGHT * point["value"] / top)
        if before and here:
            line = f"M{before[0]:.1f} {before[1]:.1f}L{here[0]:.1f} {here[1]:.1f}"
            yield f'<path d="{line}" fill="none" stroke="#0a5f5b" stroke-width="3"/>'
        if here:
            yield f'<circle cx="{x:.1f}" cy="{here[1]:.1f}" r="5" fill="#0a5f5b"/>'
            yield _label(x, here[1] - 10, 11, point["shown"])
        yield _label(x, 208, 10, point["period"])
        before = here
    yield "</svg>"


def _label(x: float, y: float, size: int, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}">{text}</text>'
