"""Owns how a progress report is told as news: its figures, the one that leads, title and summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generators.dataset import Dataset
from generators.derive.progress import Point, TargetProgress, rounded
from generators.problems import Language
from generators.schema.progress import ProgressReport, ReportingPeriod
from generators.text import format_date, format_number
from generators.wording import period_name, value_words


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """One figure of a report: the target, its point in the series, and the change since the figure before it."""

    progress: TargetProgress
    point: Point
    before: Point | None

    @property
    def change(self) -> Decimal | None:
        """The change as it is printed, in points or in people; ``None`` for the first figure."""
        if self.before is None or self.before.shown is None or self.point.shown is None:
            return None
        return self.point.shown - self.before.shown

    @property
    def is_count(self) -> bool:
        """True for a target in people, false for one in percent."""
        level = self.progress.target.at_least
        return level is not None and level.kind == "count"


def reported_figures(report: ProgressReport, progress: Iterable[TargetProgress]) -> Iterator[ReportedFigure]:
    """Gives the figures of a report in the plan's order, each with the one before it."""
    for one in progress:
        before = None
        for point in one.points:
            if point.report is report and point.value is not None:
                yield ReportedFigure(one, point, before)
            if point.value is not None:
                before = point


def leading_figure(figures: Iterable[ReportedFigure]) -> ReportedFigure | None:
    """Gives the figure that a report's title tells: the one that rose most in points, else the first with a change,
    else the first. Ties go to the plan's order.
    """
    known = [(figure, figure.change) for figure in figures]
    changed = [(figure, change) for figure, change in known if change is not None]
    shares = [(change, -place) for place, (figure, change) in enumerate(changed) if not figure.is_count]
    if shares:
        return changed[-max(shares)[1]][0]
    return next(iter(changed or known), (None, None))[0]


def report_words(
    dataset: Dataset,
    report: ProgressReport,
    figures: tuple[ReportedFigure, ...],
    lead: ReportedFigure | None,
    lang: Language,
) -> tuple[str, str]:
    """Gives the title and the summary of a report; ``lead`` is the figure that the title tells."""
    unit = dataset.units[report.unit]
    name = unit.called.get(lang)
    period = period_text(dataset, report.period, lang)
    phrase = dataset.phrases.get
    if lead is None:
        title = phrase("news-report-none", lang, unit=name, period=period)
    else:
        told = figure_text(dataset, lead, lang)
        change = change_text(dataset, lead, lang)
        what = lead.progress.indicator.short.get(lang)
        title = phrase("news-report-title", lang, unit=name, what=what, value=told)
        title = f"{title}, {change}" if change else title
    summary = phrase(
        "news-report-summary",
        lang,
        period=period,
        day=format_date(report.reported_on, lang),
        unit=name,
        count=len(figures),
        total=len(report.readings),
    )
    return title, summary


def period_text(dataset: Dataset, period: ReportingPeriod, lang: Language) -> str:
    """Gives the period in the words of all pages: ``quý 4 năm 2025``."""
    return period_name(dataset.phrases, period, lang)


def figure_text(dataset: Dataset, figure: ReportedFigure, lang: Language) -> str:
    """Gives the figure as printed everywhere: ``91,11%``, or the count with the target's own unit."""
    return value_words(dataset.phrases, figure.progress.target, figure.point.shown, lang)


def change_text(dataset: Dataset, figure: ReportedFigure, lang: Language) -> str:
    """Gives ``tăng 4,4 điểm``, ``giảm …`` or ``không đổi``; empty for a first figure."""
    change = figure.change
    if change is None:
        return ""
    kind = "up" if change > 0 else "down" if change < 0 else "flat"
    size = rounded(abs(change))
    if figure.is_count:
        amount = value_words(dataset.phrases, figure.progress.target, size, lang)
    else:
        amount = dataset.phrases.get("news-change-points", lang, value=format_number(size, lang))
    return dataset.phrases.get(f"news-change-{kind}", lang, amount=amount)
