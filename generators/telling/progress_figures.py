"""Owns what each chart, table and share image of progress says, from the Site's facts, in plain values.

How they are drawn belongs to ``render/``; how a figure becomes words, to ``progress_words.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from generators.addresses import share_address
from generators.derive.progress import Point, TargetProgress
from generators.derive.rollup import Contribution, RollUp
from generators.problems import Language
from generators.render.charts import Bar, BarChart, BarGroup
from generators.render.figure import place_link
from generators.render.share_image import ShareBar, ShareImage
from generators.render.tables import Table
from generators.render.trend_chart import Mark, TrendChart, TrendPoint
from generators.schema.progress import ProgressReport, ReadingState, ReportingPeriod
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.agenda import capital, period_words, unit_name
from generators.telling.figures import marked_as_sample
from generators.telling.progress_words import (
    correction_text,
    counts_text,
    latest_sentence,
    level_text,
    report_source,
    rollup_sentence,
    share_sentence,
    target_name,
    unit_targets,
    value_text,
)
from generators.text import LooseDate, format_date

_MARKS: dict[ReadingState, Mark] = {"final": "full", "provisional": "ring", "estimated": "diamond"}
_HUNDRED = Decimal(100)
_READING_COLUMNS = ("period", "figure", "counts", "state", "reported", "source", "source-date", "notes")


def bar_scale(progress: TargetProgress) -> Decimal:
    """Gives what the whole length of a target's bar stands for: 100%, or a round count a little above the largest."""
    target = progress.target
    if target.at_least is None or target.at_least.kind == "percent":
        return _HUNDRED
    largest = max([target.at_least.value, *(point.shown for point in progress.points if point.shown is not None)])
    step = Decimal(10) ** max(largest.adjusted() - 1, 0)
    return max((largest * Decimal("1.1") / step).to_integral_value(ROUND_CEILING) * step, Decimal(1))


def on_bar(progress: TargetProgress, value: Decimal | None) -> Decimal | None:
    """Gives the place of a figure on its target's bar, from 0 to 100."""
    return None if value is None else value * _HUNDRED / bar_scale(progress)


def readings_table(site: Site, progress: TargetProgress, lang: Language) -> Table:
    """Gives every period of a target, newest first: figure, counts, state, day, source, corrections; gaps too."""
    columns = tuple(site.phrase(f"progress-col-{key}", lang) for key in _READING_COLUMNS)
    rows = [_reading_row(site, progress, entry, lang) for entry in reversed(_series(progress))]
    name = target_name(site, progress, lang)
    return Table(site.phrase("progress-table-target", lang, name=name), columns, tuple(rows))


def readings_on_page(site: Site, progress: TargetProgress, readings: Table, lang: Language) -> Table:
    """Gives the ``readings``, a :func:`readings_table`, in the few columns that a phone has room for.

    Each period leads to its report in the page's list of reports (:func:`report_anchor`), which says the document once
    for all targets. Corrections have a column only where there are any.
    """
    keys = ["period", "figure", "state", "notes"]
    rows = list(map(_row_on_page, reversed(_series(progress)), readings.rows))
    if not any(row[-1] for row in rows):
        keys, rows = keys[:-1], [row[:-1] for row in rows]
    columns = tuple(site.phrase(f"progress-col-{key}", lang) for key in keys)
    return Table(readings.caption, columns, tuple(rows))


def _row_on_page(entry: Point | ReportingPeriod, row: tuple[str, ...]) -> tuple[str, ...]:
    period, figure, counts, state, *_, notes = row
    if isinstance(entry, Point):
        period = place_link(report_anchor(entry.report), period)
    return (period, f"{figure} ({counts})" if counts and counts not in figure else figure, state, notes)


def report_anchor(report: ProgressReport) -> str:
    """Gives the place of a report in its unit's page; a unit has one report a period."""
    return f"report-{report.period.id}"


def _series(progress: TargetProgress) -> list[Point | ReportingPeriod]:
    """The readings and the silent periods between them, in time."""
    entries: list[Point | ReportingPeriod] = [*progress.points, *progress.silent]
    return sorted(entries, key=lambda entry: _period_of(entry).end)  # stable: the order of one day's readings stays


def _period_of(entry: Point | ReportingPeriod) -> ReportingPeriod:
    return entry.period if isinstance(entry, Point) else entry


def _reading_row(
    site: Site, progress: TargetProgress, entry: Point | ReportingPeriod, lang: Language
) -> tuple[str, ...]:
    period = capital(period_words(site, _period_of(entry), lang))
    if isinstance(entry, ReportingPeriod):
        return (period, site.phrase("ui-no-data", lang), "", site.phrase("reading-silent", lang), "", "", "", "")
    reading = entry.reading
    return (
        period,
        value_text(site, progress.target, entry.shown, lang),
        counts_text(site, reading.reached, reading.of, lang),
        site.phrase(f"reading-{reading.state}", lang),
        format_date(entry.report.reported_on, lang),
        entry.report.source.document,
        format_date(entry.report.source.date, lang),
        correction_text(site, entry, lang),
    )


def trend_chart(site: Site, progress: TargetProgress, readings: Table, lang: Language) -> TrendChart | None:
    """Gives the chart of a target's figures over time, or ``None`` where there are fewer than two.

    ``readings`` is its :func:`readings_table`.
    """
    figures = [point for point in progress.points if point.value is not None]
    if len(figures) < 2:
        return None
    target = progress.target
    level = target.at_least.value if target.at_least else None
    return TrendChart(
        id=f"{progress.plan.id}-{target.id}-{lang}",
        lang=lang,
        title=_trend_title(site, progress, figures, lang),
        sentence=latest_sentence(site, progress, lang),
        points=tuple(_trend_points(site, progress, lang)),
        ceiling=bar_scale(progress),
        target=level,
        target_text=site.phrase("ui-target", lang, value=level_text(site, target, lang)),
        table=marked_as_sample(site, readings, lang) if progress.unit.sample else readings,
        source=report_source(figures[-1].report, lang),
        mark=site.phrase("ui-sample", lang) if progress.unit.sample else "",
    )


def _trend_title(site: Site, progress: TargetProgress, figures: Sequence[Point], lang: Language) -> str:
    first, last = (value_text(site, progress.target, point.shown, lang) for point in (figures[0], figures[-1]))
    name = target_name(site, progress, lang)
    return site.phrase("progress-trend-title", lang, name=name, first=first, last=last, count=len(figures))


def _trend_points(site: Site, progress: TargetProgress, lang: Language) -> Iterator[TrendPoint]:
    firsts = [segment[0] for segment in progress.segments]
    for entry in _series(progress):
        period = _period_of(entry)
        name = _short_name(site, period, lang)
        value = entry.shown if isinstance(entry, Point) else None
        if not isinstance(entry, Point) or value is None:
            yield TrendPoint(period.end, name, None, site.phrase("progress-gap", lang))
        else:
            text = value_text(site, progress.target, value, lang)
            follows = not any(entry is first for first in firsts)
            yield TrendPoint(period.end, name, value, text, _MARKS[entry.reading.state], follows)


def _short_name(site: Site, period: ReportingPeriod, lang: Language) -> tuple[str, str]:
    number = str(period.number)
    if period.kind == "month" and lang == "en":
        number = format_date(LooseDate(period.year, period.first_month), lang)[:3]
    return site.phrase(f"period-short-{period.kind}", lang, number=number), str(period.year)


def comparison_chart(site: Site, rollup: RollUp, lang: Language) -> BarChart | None:
    """Gives the bars of all units that reported an indicator in percent, or ``None`` where fewer than two did.

    Units stand in the order of their names: with figures missing, any order by size would be a ranking of the known.
    """
    shown = [one for one in rollup.reporters if one.word.at_least and _percent_level(one) is not None]
    if len(shown) < 2:
        return None
    return BarChart(
        id=f"chi-so-{rollup.indicator.id}-{lang}",
        lang=lang,
        title=site.phrase("indicator-chart-title", lang, name=rollup.indicator.short.get(lang), count=len(shown)),
        sentence=rollup_sentence(site, rollup, lang),
        groups=tuple(_unit_bar(site, one, lang) for one in shown),
        table=contributions_table(site, rollup, lang),
        source=site.phrase("indicator-chart-source", lang),
    )


def _percent_level(one: Contribution) -> Decimal | None:
    level = one.word.at_least
    return level.value if level and level.kind == "percent" else None


def _unit_bar(site: Site, one: Contribution, lang: Language) -> BarGroup:
    shown = one.figure.shown
    text = value_text(site, one.word, shown, lang)
    label = "/".join(_short_name(site, one.figure.report.period, lang))
    return BarGroup(unit_name(site, one.unit.id, lang), (Bar(label, shown, text, _percent_level(one)),))


def contributions_table(site: Site, rollup: RollUp, lang: Language) -> Table:
    """Gives all units that have a target under an indicator, those without a figure too."""
    keys = ("unit", "figure", "counts", "level", "period", "state", "source", "source-date")
    columns = tuple(site.phrase(f"progress-col-{key}", lang) for key in keys)
    known = {one.unit.id: one for one in rollup.reporters}
    withheld = {unit.id for unit in rollup.withheld}
    rows = tuple(
        _contribution_row(site, unit, known.get(unit.id), unit.id in withheld, lang) for unit in rollup.expected
    )
    caption = site.phrase("indicator-table", lang, name=rollup.indicator.short.get(lang))
    return Table(caption, columns, rows)


def _contribution_row(
    site: Site, unit: Unit, one: Contribution | None, withheld: bool, lang: Language
) -> tuple[str, ...]:
    name = unit_name(site, unit.id, lang)
    if one is None:
        state = site.phrase("reading-withheld" if withheld else "reading-not_reported", lang)
        return (name, site.phrase("ui-no-data", lang), "", "", "", state, "", "")
    figure, report = one.figure, one.figure.report
    return (
        name,
        value_text(site, one.word, figure.shown, lang),
        counts_text(site, figure.reached, figure.of, lang),
        level_text(site, one.word, lang),
        capital(period_words(site, report.period, lang)),
        site.phrase(f"reading-{figure.state}", lang),
        report.source.document,
        format_date(report.source.date, lang),
    )


def unit_share(site: Site, unit: Unit, lang: Language) -> ShareImage | None:
    """Gives the share image of a unit with its newest targets that have figures, or ``None`` where there are none."""
    targets = unit_targets(site, unit)
    known = [one for one in targets if one.latest is not None]
    if not known:
        return None
    last_year = max(one.target.year or 0 for one in known)
    bars = tuple(_share_bar(site, one, lang) for one in known if (one.target.year or 0) == last_year)[:3]
    title = site.phrase("share-unit-title", lang, name=unit_name(site, unit.id, lang))
    sentence = share_sentence(site, targets, lang)
    spoken = "; ".join(f"{bar.label}: {bar.text} ({bar.target_text.lower()})" for bar in bars)
    sample = site.phrase("ui-sample", lang) if unit.sample else ""
    return ShareImage(
        address=share_address(unit.id, lang),
        lang=lang,
        site_name=site.phrase("site-name", lang),
        title=title,
        sentence=sentence,
        foot=site.phrase("share-unit-foot", lang, source=report_source(_newest(known).report, lang)),
        alt=" ".join(part for part in (f"{sample}." if sample else "", f"{title}.", sentence, f"{spoken}.") if part),
        bars=bars,
        mark=sample,
    )


def _newest(known: Sequence[TargetProgress]) -> Point:
    points = [one.latest for one in known if one.latest is not None]
    return max(points, key=lambda point: (point.period.end, point.report.reported_on))


def _share_bar(site: Site, progress: TargetProgress, lang: Language) -> ShareBar:
    shown = progress.latest.shown if progress.latest else None
    level = progress.target.at_least.value if progress.target.at_least else None
    return ShareBar(
        label=target_name(site, progress, lang),
        text=value_text(site, progress.target, shown, lang),
        percent=on_bar(progress, shown),
        target=on_bar(progress, level),
        target_text=site.phrase("ui-target", lang, value=level_text(site, progress.target, lang)),
    )
