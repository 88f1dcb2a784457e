"""Owns what each chart says: its finding, its sentence, its rows and its source, from the Site's facts.

How a chart is drawn belongs to ``render/charts.py``; where it is published, to the outputs.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from generators.derive.comparison import ComparedRow
from generators.problems import Language
from generators.render.charts import Bar, BarChart, BarGroup
from generators.render.tables import Table
from generators.schema.plan import Plan, Target
from generators.site import Site
from generators.text import format_date, format_percent
from generators.wording import level_words

# The one indicator that several plans share, so that their targets can stand side by side.
COMPARED_INDICATOR = "officials-digital-skills"


def plan_title(site: Site, plan: Plan, lang: Language) -> str:
    """Gives the short name of a plan's unit, which names the plan in tables and charts."""
    return site.dataset.unit_of(plan).called.get(lang)


def plan_source(site: Site, plan: Plan, lang: Language) -> str:
    """Gives the plan as the source of a figure: its title, number and date as far as the document has them."""
    document = plan.document
    number = document.number or site.phrase("plan-no-number", lang)
    dated = [format_date(document.date, lang)] if document.date else []
    return ", ".join([plan.title.get(lang), number, *dated])


def target_year(site: Site, target: Target, lang: Language) -> str:
    """Gives the year of a target, or the plan's own words where it names none."""
    if target.year is not None:
        return str(target.year)
    return target.years_text.get(lang) if target.years_text else site.phrase("target-no-year", lang)


def target_level(site: Site, target: Target, lang: Language) -> str:
    """Gives the level that must be reached, as figure or as the note that the plan uses words only."""
    return level_words(site.dataset.phrases, target, lang)


def plan_chart(site: Site, plan: Plan, lang: Language) -> BarChart | None:
    """Gives the chart of a plan's percentages, or ``None`` when it has none. One group of bars per indicator."""
    percents = [target for target in plan.targets if _percent(target) is not None]
    if not percents:
        return None
    name = plan_title(site, plan, lang)
    return BarChart(
        id=f"{plan.id}-{lang}",
        lang=lang,
        title=_plan_finding(site, name, percents, lang),
        sentence=_extremes(site, percents, lang),
        groups=tuple(_indicator_groups(site, percents, lang)),
        table=_plan_table(site, plan, lang),
        source=plan_source(site, plan, lang),
        mark=site.phrase("ui-sample", lang) if site.dataset.is_sample(plan) else "",
    )


def _percent(target: Target) -> Decimal | None:
    return target.at_least.value if target.at_least and target.at_least.kind == "percent" else None


def _values(targets: Iterable[Target]) -> list[Decimal]:
    return [value for target in targets if (value := _percent(target)) is not None]


def _plan_finding(site: Site, name: str, targets: list[Target], lang: Language) -> str:
    """Says how many levels a plan sets; a range only where all of them measure the same thing."""
    values = _values(targets)
    low, high = format_percent(min(values), lang), format_percent(max(values), lang)
    measures = len({_measure(site, target) for target in targets})
    if len(values) == 1:
        return site.phrase("chart-plan-one", lang, name=name, level=low)
    if measures > 1:
        return site.phrase("chart-plan-measures", lang, name=name, count=len(values), measures=measures)
    if low == high:
        return site.phrase("chart-plan-same", lang, name=name, count=len(values), level=low)
    return site.phrase("chart-plan-range", lang, name=name, count=len(values), low=low, high=high)


def _measure(site: Site, target: Target) -> str:
    return site.dataset.indicators[target.indicator].measure


def _extremes(site: Site, targets: list[Target], lang: Language) -> str:
    """Says, measure by measure, the lowest and the highest level of each year."""
    sentences = []
    for measure_id in dict.fromkeys(_measure(site, target) for target in targets):
        own = [target for target in targets if _measure(site, target) == measure_id]
        clauses = ", ".join(_year_clauses(site, own, lang))
        name = site.dataset.measures[measure_id].name.get(lang)
        sentences.append(site.phrase("chart-measure", lang, measure=name, clauses=clauses))
    return " ".join(sentences)


def _year_clauses(site: Site, targets: list[Target], lang: Language) -> Iterable[str]:
    years = sorted({target.year for target in targets if target.year is not None})
    for year in (*years, None):
        values = sorted(set(_values(target for target in targets if target.year == year)))
        if not values:
            continue
        low, high = format_percent(values[0], lang), format_percent(values[-1], lang)
        if year is None:
            key = "chart-undated-one" if low == high else "chart-undated-range"
        else:
            key = "chart-year-one" if low == high else "chart-year-range"
        yield site.phrase(key, lang, year=year, low=low, high=high)


def _indicator_groups(site: Site, targets: list[Target], lang: Language) -> Iterable[BarGroup]:
    for indicator_id in dict.fromkeys(target.indicator for target in targets):
        indicator = site.dataset.indicators[indicator_id]
        own = [target for target in targets if target.indicator == indicator_id]
        yield BarGroup(indicator.short.get(lang), tuple(_target_bar(site, target, lang) for target in own))


def _target_bar(site: Site, target: Target, lang: Language) -> Bar:
    label = str(target.year) if target.year else site.phrase("chart-no-year", lang)
    return Bar(label, _percent(target), target_level(site, target, lang))


def _level_with_effort(site: Site, target: Target, lang: Language) -> str:
    level = target_level(site, target, lang)
    return f"{level} ({site.phrase('target-effort', lang)})" if target.effort else level


def _plan_table(site: Site, plan: Plan, lang: Language) -> Table:
    columns = tuple(
        site.phrase(key, lang) for key in ("col-who", "col-indicator", "col-measure", "col-year", "col-level")
    )
    rows = tuple(
        (
            target.population.get(lang),
            site.dataset.indicators[target.indicator].short.get(lang),
            site.dataset.measures[site.dataset.indicators[target.indicator].measure].name.get(lang),
            target_year(site, target, lang),
            _level_with_effort(site, target, lang),
        )
        for target in plan.targets
    )
    table = Table(site.phrase("table-targets-of", lang, name=plan_title(site, plan, lang)), columns, rows)
    return marked_as_sample(site, table, lang) if site.dataset.is_sample(plan) else table


def marked_as_sample(site: Site, table: Table, lang: Language) -> Table:
    """Gives the table of a sample unit with the notice in every row, so that none can be passed on without it."""
    return table.ending_in(site.phrase("progress-col-sample", lang), site.phrase("ui-sample", lang))


def comparison_chart(site: Site, lang: Language) -> BarChart:
    """Gives the chart that puts all plans' targets for officials' digital skills side by side."""
    rows = [row for row in _compared_rows(site) if row.indicator.id == COMPARED_INDICATOR]
    years = sorted({year for row in rows for year in row.by_year if year is not None})
    indicator = site.dataset.indicators[COMPARED_INDICATOR]
    columns = (site.phrase("col-plan", lang), *(str(year) for year in years))
    table_rows = tuple(
        (plan_title(site, row.plan, lang), *(_year_level(site, row, year, lang) for year in years)) for row in rows
    )
    return BarChart(
        id=f"so-sanh-can-bo-{lang}",
        lang=lang,
        title=_comparison_finding(site, rows, years, lang),
        sentence=site.phrase("chart-compare-sentence", lang, count=len(rows)),
        groups=tuple(_plan_group(site, row, years, lang) for row in rows),
        table=Table(indicator.name.get(lang), columns, table_rows),
        source=site.phrase("chart-compare-source", lang),
    )


def _compared_rows(site: Site) -> list[ComparedRow]:
    return [row for group in site.derived.comparison for row in group.rows]


def _year_level(site: Site, row: ComparedRow, year: int, lang: Language) -> str:
    targets = row.by_year.get(year, ())
    if not targets:
        return site.phrase("target-none", lang)
    return "; ".join(target_level(site, target, lang) for target in targets)


def _plan_group(site: Site, row: ComparedRow, years: list[int], lang: Language) -> BarGroup:
    bars = []
    for year in years:
        targets = row.by_year.get(year, ())
        value = _percent(targets[0]) if targets else None
        bars.append(Bar(str(year), value, _year_level(site, row, year, lang)))
    return BarGroup(plan_title(site, row.plan, lang), tuple(bars))


def _comparison_finding(site: Site, rows: list[ComparedRow], years: list[int], lang: Language) -> str:
    clauses = []
    for year in years:
        values = _values(target for row in rows for target in row.by_year.get(year, ()))
        if not values:
            continue
        low, high = format_percent(min(values), lang), format_percent(max(values), lang)
        key = "chart-compare-same" if low == high else "chart-compare-range"
        clauses.append(site.phrase(key, lang, year=year, low=low, high=high))
    return site.phrase("chart-compare-title", lang, clauses=", ".join(clauses))
