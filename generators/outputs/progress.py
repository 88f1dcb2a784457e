"""Publishes progress: what is known of the whole, one page a unit, how it is computed, and the CSV files of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from generators.addresses import (
    indicator_address,
    method_address,
    model_address,
    other_language,
    plan_data_address,
    poster_address,
    section_address,
    unit_data_address,
)
from generators.artefact import Artefact, Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.progress import TargetProgress
from generators.derive.punctuality import DueReport
from generators.derive.taskboard import SOON_DAYS, TASK_STATES, TaskStanding, TaskState
from generators.limits import UNITS_BELOW_ON_ONE_PAGE
from generators.origins import PLANS, REPORTS, by_place, fact, news_origins, unit_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.figure import figure_values, vietnamese
from generators.render.html import Templates
from generators.render.tables import Table, csv_bytes
from generators.render.trend_chart import draw_trend
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling import agenda, progress_words
from generators.telling.agenda import unit_name
from generators.telling.banners import hung_banner, unit_banner
from generators.telling.posters import has_unit_poster
from generators.telling.progress_figures import (
    on_bar,
    readings_on_page,
    readings_table,
    report_anchor,
    trend_chart,
)
from generators.telling.progress_words import (
    by_name,
    headline,
    index_headline,
    named_units,
    plans_of,
    reporting_units,
    rule_sentence,
    unit_targets,
)
from generators.telling.sharing import SharePictures, section_share
from generators.telling.structured_data import unit_page_things
from generators.text import format_date

_SECTION = "tien-do"


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target as the page shows it: its bar, and its trend as a figure or its readings as a table, if any.

    ``readings`` are all that is known of them, for files.
    """

    number: int
    progress: TargetProgress
    anchor: str
    bar: tuple[float | None, float | None]
    readings: Table
    figure: dict[str, Any] | None
    table: Table | None


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives the overview, the method and every unit's page in each language, with the files that they point to."""
    pictures = SharePictures(site)
    samples = [unit_origin(unit.id) for unit in site.dataset.units.values() if unit.sample]
    for lang in LANGUAGES:
        if not site.derived.by_province:  # else outputs/places.py gives it
            yield Part(f"progress/{lang}", partial(_index, site, templates, lang), (PLANS, REPORTS))
        section = pictures.of_section(_SECTION, lang)
        yield Part(f"method/{lang}", partial(_method, site, templates, lang), (*samples, fact(section.alt)))
        of_unit = partial(_of_unit, site, templates, pictures, lang)
        yield from by_place(site, f"progress/{lang}", of_unit, fact(section.address, section.alt))


def _of_unit(
    site: Site, templates: Templates, pictures: SharePictures, lang: Language, bundle: str, unit: Unit
) -> Iterator[Part]:
    if lang in unit.languages:
        make = partial(_unit, site, templates, pictures, unit, lang)
        yield Part(f"{bundle}/{unit.id}", make, _origins(site, pictures, unit, lang))


def _origins(site: Site, pictures: SharePictures, unit: Unit, lang: Language) -> tuple[str, ...]:
    """A unit's page tells of itself, of what the units below it say together, and of the newest news."""
    units = (unit.id, *site.derived.counted_below[unit.id])
    picture = pictures.of_unit(unit, lang) or pictures.of_section(_SECTION, lang)
    entries = site.derived.news.of("unit", unit.id).in_language(lang)
    return *map(unit_origin, units), *news_origins(entries), fact(picture.address, picture.alt)


def figures_address(site: Site, unit: Unit, lang: Language) -> str:
    """Gives where the CSV file of a unit's figures stands."""
    return f"{site.unit_address(unit.id, lang)}{'figures' if lang == 'en' else 'so-lieu'}.csv"


def _body(site: Site, templates: Templates, name: str, lang: Language, address: str, **values: Any) -> str:
    return templates.render(
        name,
        lang,
        address,
        site=site,
        words=progress_words,
        agenda=agenda,
        unit_name=unit_name,
        model_address=model_address,
        indicator_address=indicator_address,
        method_address=method_address(lang),
        **values,
    )


def _index(site: Site, templates: Templates, lang: Language) -> Iterator[Page]:
    address = section_address(_SECTION, lang)
    share = section_share(site, _SECTION, lang)
    samples = [unit for unit in site.dataset.units.values() if unit.sample]
    rollups = [rollup for rollup in site.derived.rollups.values() if rollup.expected]
    planning = {unit.id for unit, _ in reporting_units(site)}
    others = [unit for unit in site.dataset.units.values() if not unit.sample and unit.id not in planning]
    body = _body(
        site,
        templates,
        "progress.html",
        lang,
        address,
        units=[(unit, has, _next_due(site, unit)) for unit, has in reporting_units(site)],
        samples=samples,
        others=by_name(others),
        rollups=rollups,
        ended=named_units(site, [unit for unit in by_name(others) if unit.succeeded_by], lang),
    )
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("progress-title", lang),
        description=site.phrase("progress-description", lang, headline=index_headline(site, lang)),
        body=body,
        source="data/progress",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-progress",
        image=share.address,
        image_alt=share.alt,
    )


def _next_due(site: Site, unit: Unit) -> tuple[DueReport, ...]:
    due = [one for plan in plans_of(site, unit) for one in site.derived.punctuality[plan.id].next_due]
    return tuple(sorted(due, key=lambda one: one.due))


def _unit(
    site: Site, templates: Templates, pictures: SharePictures, unit: Unit, lang: Language
) -> Iterator[Artefact | Page]:
    targets = unit_targets(site, unit)
    address = site.unit_address(unit.id, lang)
    source = f"data/units/{unit.id}.yml"
    views = []
    for number, progress in enumerate(targets, 1):
        view, files = _target(site, progress, number, lang)
        views.append(view)
        yield from files
    if views:
        table = _figures_table(site, views, lang)
        yield Artefact(figures_address(site, unit, lang).lstrip("/"), csv_bytes(table.columns, table.rows), source)
    share = pictures.of_unit(unit, lang)
    plans = plans_of(site, unit)
    banner = unit_banner(site, unit.id)
    name = unit_name(site, unit.id, lang)
    body = _body(
        site,
        templates,
        "progress-unit.html",
        lang,
        address,
        unit=unit,
        plans=plans,
        views=views,
        years=_by_year(site, views, lang),
        opened=next((view.anchor for view in views if view.figure), ""),
        has_reports=any(one.points for one in targets),
        last_report=_last_report(site, unit),
        reports=_newest_first(site, unit),
        report_anchor=report_anchor,
        board=_board(site, plans),
        soon_days=SOON_DAYS,
        counts=[one for plan in plans for one in site.derived.outreach[plan.id]],
        due_rows=[row for plan in plans for row in site.derived.punctuality[plan.id].rows],
        next_due=_next_due(site, unit),
        reminders=_reminders(site, unit, plans, lang),
        most_links=UNITS_BELOW_ON_ONE_PAGE,
        section_address=section_address,
        below=by_name(site.derived.units_below.get(unit.id, ())),
        rollups=[one for one in site.derived.unit_rollups.get(unit.id, {}).values() if one.expected],
        poster=poster_address(site.unit_address(unit.id, "vi")) if has_unit_poster(site, unit) else "",
        calendar=site.unit_calendar_address(unit.id, lang) if _has_calendar(site, unit) else "",
        own_banner=banner and hung_banner(site, banner, lang),
        csv=figures_address(site, unit, lang),
        json=unit_data_address(unit.id),
        plan_data_address=plan_data_address,
    )
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("progress-unit-title", lang, name=name),
        description=headline(site, unit, targets, lang),
        body=body,
        source=source,
        section=_SECTION,
        twin=site.twin(unit, lang),
        crumbs=(_crumb(site, lang),),
        short=name,
        page_class="page-unit",
        sample=unit.sample,
        image=share.address if share else "",
        image_alt=share.alt if share else "",
        json_ld=unit_page_things(site, unit, lang),
        feeds=site.feed_links(site.derived.news.of("unit", unit.id), lang),
    )


def _reminders(site: Site, unit: Unit, plans: Sequence[Plan], lang: Language) -> str:
    """Gives the address of the unit's calendar of due days, or nothing where its plans set none."""
    has_any = any(site.derived.reminders[plan.id] for plan in plans)
    return site.unit_reminder_address(unit.id, lang) if has_any else ""


def _by_year(site: Site, views: Sequence[TargetView], lang: Language) -> dict[str, list[TargetView]]:
    """Gives the targets under the words of their year: years in order, then those for which the plan gives none."""
    years = sorted({view.progress.target.year for view in views if view.progress.target.year})
    found = {
        site.phrase("plan-year", lang, year=year): [view for view in views if view.progress.target.year == year]
        for year in years
    }
    undated = [view for view in views if not view.progress.target.year]
    return {**found, site.phrase("target-no-year", lang): undated} if undated else found


def _last_report(site: Site, unit: Unit) -> ProgressReport | None:
    """Gives the unit's report about the latest period; of two that end together, the one sent later."""
    return next(iter(_newest_first(site, unit)), None)


def _newest_first(site: Site, unit: Unit) -> list[ProgressReport]:
    own = site.derived.reports_of_unit[unit.id]
    return sorted(own, key=lambda report: (report.period.end, report.reported_on), reverse=True)


def _has_calendar(site: Site, unit: Unit) -> bool:
    return unit.id in site.derived.activities.by_unit and unit.stands_on(site.today)


def _crumb(site: Site, lang: Language) -> Crumb:
    return Crumb(site.phrase("menu-tien-do", lang), section_address(_SECTION, lang))


def _board(site: Site, plans: Sequence[Plan]) -> dict[TaskState, list[TaskStanding]]:
    """Gives the columns of the board that hold anything, in the board's order."""
    tasks = [one for plan in plans for one in site.derived.task_boards[plan.id]]
    columns = {state: [one for one in tasks if one.state == state] for state in TASK_STATES}
    return {state: column for state, column in columns.items() if column}


def _target(
    site: Site, progress: TargetProgress, number: int, lang: Language
) -> tuple[TargetView, tuple[Artefact, ...]]:
    anchor = f"{progress.plan.id}-{progress.target.id}"
    level = progress.target.at_least.value if progress.target.at_least else None
    shown = progress.latest.shown if progress.latest else None
    bar = (_place(on_bar(progress, shown)), _place(on_bar(progress, level)))
    readings = readings_table(site, progress, lang)
    chart = trend_chart(site, progress, readings, lang)
    table = readings_on_page(site, progress, readings, lang) if progress.points else None
    if chart is None:
        return TargetView(number, progress, anchor, bar, readings, None, table), ()
    svg = draw_trend(chart)
    path, source = f"bieu-do/tien-do-{chart.id}", "data/progress"
    files = (Artefact(f"{path}.csv", chart.csv(), source), Artefact(f"{path}.svg", svg, source))
    figure = figure_values(chart, svg, f"/{path}.csv", name=str(number), shown=table)
    if lang != "vi" and progress.latest:
        report = progress.latest.report
        figure["source"] = vietnamese(report.source.document) + f", {format_date(report.source.date, lang)}"
    return TargetView(number, progress, anchor, bar, readings, figure, None), files


def _place(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent)


def _figures_table(site: Site, views: Sequence[TargetView], lang: Language) -> Table:
    """Gives all readings of all targets in one table; a target without any has one row that says so."""
    first = tuple(site.phrase(f"progress-col-{key}", lang) for key in ("target", "measure", "level"))
    last = site.phrase("progress-col-sample", lang)
    rows: list[tuple[str, ...]] = []
    columns: tuple[str, ...] = ()
    for view in views:
        one, table = view.progress, view.readings
        columns = table.columns
        name = progress_words.target_name(site, one, lang)
        start = (name, one.measure.name.get(lang), progress_words.level_text(site, one.target, lang))
        empty = ("", site.phrase("ui-no-data", lang), *("" for _ in columns[2:]))
        sample = site.phrase("ui-sample", lang) if one.unit.sample else ""
        rows.extend((*start, *row, sample) for row in table.rows or (empty,))
    return Table(site.phrase("progress-all-figures", lang), (*first, *columns, last), tuple(rows))


def _method(site: Site, templates: Templates, lang: Language) -> Iterator[Page]:
    address = method_address(lang)
    thresholds = site.dataset.campaign.thresholds
    rules = [
        (state, progress_words.state_word(site, state, lang), rule_sentence(site, state, thresholds, lang))
        for state in progress_words.STATES
    ]
    body = _body(site, templates, "progress-method.html", lang, address, rules=rules, example=_example(site))
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("method-title", lang),
        description=site.phrase("method-description", lang),
        body=body,
        source="data/campaign.yml",
        section=_SECTION,
        twin=method_address(other_language(lang)),
        crumbs=(_crumb(site, lang),),
        page_class="page-method",
    )


def _example(site: Site) -> TargetProgress | None:
    """Gives the target that the method is shown on: one of a sample unit, where the pace decides, if there is one."""
    samples = (plan for plan in site.dataset.plans.values() if site.dataset.is_sample(plan))
    known = [one for plan in samples for one in site.derived.progress[plan.id] if one.pace]
    decided = [one for one in known if one.state in {"at_risk", "behind", "on_track"}]
    return next(iter([*decided, *known]), None)
