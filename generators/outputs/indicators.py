"""Publishes the indicators: one page each, with its definition, all units side by side, and a CSV file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from generators.addresses import indicator_address, method_address, other_language, place_address, section_address
from generators.artefact import Artefact, Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.places import Place
from generators.derive.rollup import Contribution, RollUp
from generators.origins import PLANS, REPORTS, fact
from generators.parts import Output, Part
from generators.problems import Language
from generators.render.charts import draw_bars
from generators.render.figure import figure_values
from generators.render.html import Templates
from generators.render.tables import csv_bytes
from generators.schema.measurement import Indicator
from generators.schema.plan import Plan, Target
from generators.site import Site
from generators.telling import progress_words
from generators.telling.places import place_name
from generators.telling.progress_figures import comparison_chart, contributions_table
from generators.telling.sharing import SharePictures
from generators.telling.structured_data import indicator_page_things

_SECTION = "tien-do"


@Output
def render(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives each indicator's page in each language, with its CSV file and its chart where there is one to draw."""
    promised, pictures = _promised_count(site), SharePictures(site)
    origins = {name: _origins(site, rollup, promised[name]) for name, rollup in site.derived.rollups.items()}
    for lang in LANGUAGES:
        shown = fact(pictures.of_section(_SECTION, lang).alt)
        for name, rollup in site.derived.rollups.items():
            make = partial(_indicator, site, templates, rollup, promised[name], lang)
            yield Part(f"indicators/{lang}/{name}", make, (*origins[name], shown))


def _origins(site: Site, rollup: RollUp, promised: int) -> tuple[str, ...]:
    """Where all stand on one page it tells of all plans and reports; else of numbers and, in its file, of readings."""
    if not site.derived.by_province:
        return PLANS, REPORTS
    places = [
        (place.id, len(own.expected), len(own.reporters), own.reached, own.of, own.percent)
        for place, own in _by_place(site, rollup)
    ]
    units = [unit.id for unit in rollup.expected], [unit.id for unit in rollup.withheld]
    return (fact(promised, places, units, [*map(_told_of, rollup.reporters)]),)


def _told_of(one: Contribution) -> tuple[object, ...]:
    """Gives all that the file says of a unit's reading."""
    level, figure, report = one.word.at_least, one.figure, one.figure.report
    return (
        one.unit.id,
        level and (level.value, level.kind, level.unit),
        (figure.value, figure.reached, figure.of, figure.state),
        (report.period.id, report.source.document, report.source.date),
    )


def _csv_address(rollup: RollUp, lang: Language) -> str:
    return f"{indicator_address(rollup.indicator.id, lang)}{'figures' if lang == 'en' else 'so-lieu'}.csv"


def _indicator(
    site: Site, templates: Templates, rollup: RollUp, promised: int, lang: Language
) -> Iterator[Artefact | Page]:
    indicator = rollup.indicator
    address, csv, source = indicator_address(indicator.id, lang), _csv_address(rollup, lang), "data/indicators.yml"
    table = contributions_table(site, rollup, lang)
    yield Artefact(csv.lstrip("/"), csv_bytes(table.columns, table.rows), source)
    chart = None if site.derived.by_province else comparison_chart(site, rollup, lang)
    figure = None
    if chart:
        svg = draw_bars(chart)
        yield Artefact(f"bieu-do/{chart.id}.svg", svg, source)
        figure = figure_values(chart, svg, csv)
    body = templates.render(
        "indicator.html",
        lang,
        address,
        site=site,
        words=progress_words,
        rollup=rollup,
        promised=promised,
        promises=() if site.derived.by_province else tuple(_promises(site, indicator)),
        by_place=_by_place(site, rollup),
        place_name=place_name,
        place_address=place_address,
        section_address=section_address,
        figure=figure,
        csv=csv,
        method_address=method_address(lang),
    )
    yield Page(
        address=address,
        lang=lang,
        title=indicator.name.get(lang),
        description=site.phrase("indicator-description", lang, name=indicator.short.get(lang), id=indicator.id),
        body=body,
        source=source,
        section=_SECTION,
        twin=indicator_address(indicator.id, other_language(lang)),
        crumbs=(Crumb(site.phrase("menu-tien-do", lang), section_address(_SECTION, lang)),),
        short=indicator.short.get(lang),
        page_class="page-indicator",
        json_ld=indicator_page_things(site, indicator, lang, (csv,)),
    )


def _by_place(site: Site, rollup: RollUp) -> list[tuple[Place, RollUp]]:
    """Gives what the units of each province say, where all units together are too many for one table."""
    if not site.derived.by_province:
        return []
    name = rollup.indicator.id
    return [(place, place.rollups[name]) for place in site.derived.places if name in place.rollups]


def _promised_count(site: Site) -> Counter[str]:
    """Gives how many real targets there are under each indicator, reported or not."""
    real = (plan for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan))
    return Counter(word.indicator for plan in real for word in site.derived.tallies[plan.id].words)


def _promises(site: Site, indicator: Indicator) -> Iterator[tuple[Plan, Target]]:
    """Gives the real targets under an indicator, plans in their order: what was promised, reported or not."""
    for plan in site.dataset.plans.values():
        if not site.dataset.is_sample(plan):
            yield from ((plan, target) for target in plan.targets if target.indicator == indicator.id)
