"""Publishes the plans: all of them side by side, one page each, their charts and CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generators.addresses import model_address, other_language, section_address
from generators.artefact import Artefact, Crumb, Page
from generators.dataset import LANGUAGES
from generators.origins import PLANS, by_place, fact, file_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.charts import BarChart, draw_bars
from generators.render.figure import figure_values
from generators.render.html import Templates
from generators.render.markdown import to_html
from generators.schema.plan import Plan, Target
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.figures import comparison_chart, plan_chart, plan_title, target_level, target_year
from generators.telling.sharing import SharePictures

_SECTION = "ke-hoach"
_NO_YEAR = 9999  # sorts targets without a year behind all others


def chart_address(chart: BarChart, ending: str) -> str:
    """Gives where a chart's file stands."""
    return f"/bieu-do/{chart.id}.{ending}"


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives the index and every plan's page in each language, with a CSV and an SVG file for each chart."""
    pictures = SharePictures(site)
    for lang in LANGUAGES:
        if not site.derived.by_province:  # else outputs/places.py gives it
            yield Part(f"plans/{lang}", partial(_overview, site, templates, lang), (PLANS,))
        section = pictures.of_section(_SECTION, lang)
        of_unit = partial(_of_unit, site, templates, pictures, lang)
        yield from by_place(site, f"plans/{lang}", of_unit, fact(section.address, section.alt))


def _of_unit(
    site: Site, templates: Templates, pictures: SharePictures, lang: Language, bundle: str, unit: Unit
) -> Iterator[Part]:
    for plan in site.derived.plans_of_unit[unit.id]:
        if lang in plan.languages:
            make = partial(_plan, site, templates, pictures, plan, lang)
            yield Part(f"{bundle}/{plan.id}", make, tuple(_origins(site, pictures, plan, lang)))


def _origins(site: Site, pictures: SharePictures, plan: Plan, lang: Language) -> Iterator[str]:
    """A plan's page tells of the plan alone, in figures and in its own words; what is reported stands elsewhere."""
    yield file_origin(f"data/plans/{plan.id}.yml")
    if narrative := site.dataset.narratives.get(("plan", plan.id, lang)):
        yield file_origin(narrative.path)
    picture = pictures.of_plan(plan, lang) or pictures.of_section(_SECTION, lang)
    yield fact(picture.address, picture.alt)


def _overview(site: Site, templates: Templates, lang: Language) -> Iterator[Artefact | Page]:
    chart = comparison_chart(site, lang)
    svg = draw_bars(chart)
    yield from _chart_files(chart, svg, "data/plans")
    yield _index(site, templates, chart, svg, lang)


def _chart_files(chart: BarChart, svg: str, source: str) -> Iterator[Artefact]:
    yield Artefact(chart_address(chart, "csv").lstrip("/"), chart.csv(), source)
    yield Artefact(chart_address(chart, "svg").lstrip("/"), svg, source)


def _index(site: Site, templates: Templates, chart: BarChart, svg: str, lang: Language) -> Page:
    address = section_address(_SECTION, lang)
    plans = [plan for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan)]
    samples = [plan for plan in site.dataset.plans.values() if site.dataset.is_sample(plan)]
    body = templates.render(
        "plans.html",
        lang,
        address,
        site=site,
        plans=plans,
        samples=samples,
        filters=_filters(site, plans, lang),
        figure=figure_values(chart, svg, chart_address(chart, "csv")),
        target_level=target_level,
        target_year=target_year,
    )
    return Page(
        address=address,
        lang=lang,
        title=site.phrase("plans-title", lang),
        description=site.phrase("plans-description", lang, count=len(plans)),
        body=body,
        source="data/plans",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-plans",
    )


def _filters(site: Site, plans: list[Plan], lang: Language) -> dict[str, list[dict[str, str]]]:
    """Gives the choices above the comparison: groups, years and plans that really occur in it."""
    compared = site.derived.comparison
    years = sorted({year for group in compared for year in group.years if year is not None})
    undated = any(None in group.years for group in compared)
    return {
        "group": [{"id": group.group.id, "label": group.group.name.get(lang)} for group in compared],
        "year": [
            *({"id": str(year), "label": str(year)} for year in years),
            *([{"id": "0", "label": site.phrase("target-no-year", lang)}] if undated else []),
        ],
        "plan": [{"id": plan.id, "label": plan_title(site, plan, lang)} for plan in plans],
    }


def _by_time(site: Site, plan: Plan, lang: Language) -> dict[str, list[Target]]:
    """Gives a plan's targets under the words of their time: years in order, then what the plan gives no year for."""
    found: dict[str, list[Target]] = {}
    for target in sorted(plan.targets, key=lambda one: one.year or _NO_YEAR):
        when = target_year(site, target, lang)
        heading = site.phrase("plan-year", lang, year=when) if target.year else when
        found.setdefault(heading, []).append(target)
    return found


def _plan(
    site: Site, templates: Templates, pictures: SharePictures, plan: Plan, lang: Language
) -> Iterator[Artefact | Page]:
    source = f"data/plans/{plan.id}.yml"
    address = site.plan_address(plan.id, lang)
    chart = plan_chart(site, plan, lang)
    figure = None
    if chart:
        svg = draw_bars(chart)
        yield from _chart_files(chart, svg, source)
        figure = figure_values(chart, svg, chart_address(chart, "csv"))
    narrative = site.dataset.narratives.get(("plan", plan.id, lang))
    share = pictures.of_plan(plan, lang)
    body = templates.render(
        "plan.html",
        lang,
        address,
        site=site,
        plan=plan,
        unit=site.dataset.unit_of(plan),
        figure=figure,
        years=_by_time(site, plan, lang),
        narrative=to_html(narrative.body, address) if narrative else "",
        target_level=target_level,
        target_year=target_year,
        plan_title=plan_title,
        model_address=model_address,
    )
    yield Page(
        address=address,
        lang=lang,
        title=plan.title.get(lang),
        description=plan.summary.get(lang),
        body=body,
        source=source,
        section=_SECTION,
        twin=site.twin(plan, lang),
        crumbs=(Crumb(site.phrase("menu-ke-hoach", lang), section_address(_SECTION, lang)),),
        short=plan_title(site, plan, lang),
        page_class="page-plan",
        image=share.address if share else "",
        image_alt=share.alt if share else "",
        sample=site.dataset.is_sample(plan),
    )
