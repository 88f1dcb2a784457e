"""Owns the rules that hold figures against plans, models, their own numbers, earlier reports and the calendar.

Figures are those of progress reports and of the press.

Each rule is one small function that adds its problems, with the numbers that disagree; none of them raises. What may be
right although it looks wrong (a figure that falls, a document dated after the report) is a warning. So is a report from
the future: ``Dataset.as_of`` keeps it off the site until its day, and a build for an earlier day stays possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generators.dataset.reports import plans_by_unit, plans_for, report_path
from generators.dataset.unread import PLACES, Unread
from generators.marks import Loc
from generators.problems import Problems, near_name
from generators.schema.plan import Plan, Target
from generators.schema.progress import Evidence, OutreachReading, ProgressReport, TargetReading
from generators.source import Source
from generators.text import format_date, format_number, format_percent

if TYPE_CHECKING:
    from generators.dataset import Dataset

_NAMES = {
    "unit": ("đơn vị", "unit"),
    "plan": ("kế hoạch", "plan"),
    "measure": ("cách đo", "measure"),
    "model": ("mô hình", "outreach model"),
    "province": ("tỉnh", "province"),
}


@dataclass(frozen=True)
class _Place:
    """One report's file, at whose places problems are put."""

    source: Source
    problems: Problems
    unread: Unread

    def refer(self, loc: Loc, kind: str, found: str, known: Collection[str]) -> bool:
        """True when a record of ``kind`` (a key of ``_NAMES``) is ``known``; complains of it when there is none."""
        if found not in known and not self.unread.may_be(kind, found):
            near = near_name(found, known)
            what, what_en = _NAMES[kind]
            self.add(loc, "reference-unknown", near=near, what=what, what_en=what_en, found=found)
        return found in known

    def add(self, loc: Loc, code: str, *, near: str = "", **values: str | int) -> None:
        self.problems.add(self.source.path, self.source.position(loc), code, near=near, **values)

    def add_at_key(self, loc: Loc, code: str, *, near: str = "", **values: str | int) -> None:
        self.problems.add(self.source.path, self.source.position(loc, of_key=True), code, near=near, **values)


def check_reports(dataset: Dataset, problems: Problems, today: date | None) -> None:
    """Adds every problem of the progress reports. ``today`` judges the future; without it nothing is in the future."""
    own = plans_by_unit(dataset.plans.values())
    known: dict[str, list[ProgressReport]] = {}
    for report in sorted(dataset.reports, key=lambda report: (report.period.end, report.reported_on)):
        place = _Place(dataset.sources[report_path(report)], problems, dataset.unread)
        plan = _check_plan(dataset, report, own.get(report.unit, []), place)
        _check_days(report, place, today)
        _check_links(dataset, report, place)
        _check_outreach(dataset, report, place)
        if plan is None:
            continue
        _check_readings(dataset, plan, report, place, today)
        _check_tasks(plan, report, place)
        earlier = known.setdefault(plan.id, [])
        _check_falls(report, earlier, place)
        earlier.append(report)
    for plan in dataset.plans.values():
        _check_baselines(plan, _Place(dataset.sources[f"data/plans/{plan.id}.yml"], problems, dataset.unread))


def check_press(dataset: Dataset, problems: Problems) -> None:
    """Adds every problem of the published press figures: their province, and percentages that belie their counts."""
    source = dataset.sources.get("data/press.yml")
    if source is None:
        return
    place = _Place(source, problems, dataset.unread)
    for figure in dataset.press.values():
        index = source.index_of(figure.id)
        if figure.province is not None:
            place.refer([index, "province"], "province", figure.province, dataset.provinces)
        for number, value in enumerate(figure.values):
            _check_share(value.value, value.of, value.percent, [index, "values", number], place, "value")


def _check_plan(dataset: Dataset, report: ProgressReport, own: list[Plan], place: _Place) -> Plan | None:
    """Gives the plan that the report is about, or ``None`` with a problem."""
    if not place.refer(["unit"], "unit", report.unit, dataset.units):
        return None
    unit = dataset.units[report.unit]
    if unit.abolished_on and report.period.start >= unit.abolished_on:
        place.add(["period"], "report-unit-ended", found=report.period.id, unit=unit.id, date=_day(unit.abolished_on))
    plans = plans_for(report, own)
    if report.plan is None and _may_have_more_plans(dataset, report.unit):
        return None  # it may be about a plan whose file holds a slip
    if len(plans) == 1:
        return plans[0]
    if report.plan is None:
        _note_plan_choice(report, plans, place)
        return None
    names = [plan.id for plan in own]
    if report.plan in dataset.plans:
        near, owner = near_name(report.plan, names), dataset.plans[report.plan].unit
        place.add(["plan"], "report-plan-foreign", near=near, found=report.plan, owner=owner, unit=unit.id)
    else:
        place.refer(["plan"], "plan", report.plan, names)
    return None


def _may_have_more_plans(dataset: Dataset, unit: str) -> bool:
    """True when a plan that could not be read is this unit's, or may be: its own unit is not to be told either."""
    owners = [one.text("unit") for one in dataset.unread if one.place == PLACES["plan"]]
    return any(owner == unit or owner not in dataset.units for owner in owners)


def _note_plan_choice(report: ProgressReport, plans: list[Plan], place: _Place) -> None:
    if plans:
        names = ", ".join(plan.id for plan in plans)
        place.add(["unit"], "report-plan-choice", unit=report.unit, count=len(plans), plans=names)
    else:
        place.add(["unit"], "report-no-plan", unit=report.unit)


def _check_days(report: ProgressReport, place: _Place, today: date | None) -> None:
    period = report.period
    if report.reported_on < period.start:
        values = {"found": _day(report.reported_on), "period": period.id, "start": _day(period.start)}
        place.add(["reported_on"], "report-before-period", **values)
    if report.source.date > report.reported_on:
        values = {"found": _day(report.source.date), "reported": _day(report.reported_on)}
        place.add(["source", "date"], "report-source-later", **values)
    if today is None:
        return
    if period.start > today:
        values = {"found": period.id, "start": _day(period.start), "today": _day(today)}
        place.add(["period"], "report-period-future", **values)
    if report.reported_on > today:
        place.add(["reported_on"], "report-day-future", found=_day(report.reported_on), today=_day(today))


def _check_links(dataset: Dataset, report: ProgressReport, place: _Place) -> None:
    """Evidence is shown to people as proof, so it may stand on official hosts and on the unit's own site only."""
    official = dataset.official_hosts()
    if official is None or dataset.unread.may_be("unit", report.unit):
        return
    hosts = set(official)
    unit = dataset.units.get(report.unit)
    if unit and unit.website:
        hosts.add(urlsplit(unit.website).hostname or "")
    for loc, url in _links(report):
        if urlsplit(url).hostname not in hosts:
            place.add(loc, "host-unofficial", found=url)


def _links(report: ProgressReport) -> Iterator[tuple[Loc, str]]:
    if report.source.url:
        yield ["source", "url"], report.source.url
    for index, reading in enumerate(report.readings):
        yield from _evidence_links(["readings", index], reading.evidence)
    for index, task in enumerate(report.tasks):
        yield from _evidence_links(["tasks", index], task.evidence)


def _evidence_links(loc: list[str | int], evidence: Iterable[Evidence]) -> Iterator[tuple[Loc, str]]:
    for index, item in enumerate(evidence):
        if item.url:
            yield [*loc, "evidence", index, "url"], item.url


def _check_readings(
    dataset: Dataset, plan: Plan, report: ProgressReport, place: _Place, today: date | None
) -> None:
    targets = {target.id: target for target in plan.targets}
    seen: set[str] = set()
    for index, reading in enumerate(report.readings):
        loc: list[str | int] = ["readings", index]
        if reading.target in seen:
            place.add_at_key([*loc, "target"], "reading-twice", found=reading.target)
        seen.add(reading.target)
        target = targets.get(reading.target)
        if target is None:
            near = near_name(reading.target, targets)
            place.add_at_key([*loc, "target"], "target-unknown", near=near, found=reading.target, plan=plan.id)
        else:
            _check_kind(target, reading, loc, place)
            _check_measure(dataset, target, reading, loc, place)
        _check_counts(reading, loc, place)
        _check_parts(reading, loc, place)
        _check_corrections(report, reading, loc, place, today)


def _check_kind(target: Target, reading: TargetReading, loc: Loc, place: _Place) -> None:
    """A target in percent needs a share, a target in people needs a count."""
    if target.at_least is None or not reading.has_figure:
        return
    if target.at_least.kind == "count" and reading.reached is None and reading.percent is not None:
        goal = f"{format_number(target.at_least.value, 'vi')} {target.at_least.unit}".strip()
        stated = format_percent(reading.percent, "vi")
        place.add([*loc, "percent"], "reading-needs-count", found=target.id, goal=goal, percent=stated)
    if target.at_least.kind == "percent" and reading.of is None and reading.percent is None:
        goal = format_percent(target.at_least.value, "vi")
        reached = format_number(reading.reached or 0, "vi")
        place.add([*loc, "reached"], "reading-needs-of", found=target.id, goal=goal, reached=reached)


def _check_measure(dataset: Dataset, target: Target, reading: TargetReading, loc: Loc, place: _Place) -> None:
    indicator = dataset.indicators.get(target.indicator)
    if reading.measure is None or indicator is None or reading.measure == indicator.measure:
        return
    if not place.refer([*loc, "measure"], "measure", reading.measure, dataset.measures):
        return
    values = {"found": reading.measure, "target": target.id, "measure": indicator.measure}
    place.add([*loc, "measure"], "reading-measure", **values)


def _check_counts(reading: TargetReading, loc: list[str | int], place: _Place) -> None:
    if reading.reached is not None:
        _check_share(reading.reached, reading.of, reading.percent, loc, place, "reached")


def _check_share(
    reached: int, of: int | None, percent: Decimal | None, loc: list[str | int], place: _Place, key: str
) -> None:
    """What was reached is at most all of it, and a percentage beside the two is theirs."""
    if of is None:
        return
    if of == 0:
        place.add([*loc, "of"], "reading-of-zero", reached=_number(reached))
        return
    if reached > of:
        place.add([*loc, key], "reading-over", reached=_number(reached), of=_number(of))
        return
    computed = Decimal(reached) * 100 / Decimal(of)
    if percent is not None and not _is_rounding(percent, computed):
        place.add(
            [*loc, "percent"],
            "reading-percent-counts",
            stated=format_percent(percent, "vi"),
            reached=_number(reached),
            of=_number(of),
            computed=format_percent(computed.quantize(Decimal("0.01"), ROUND_HALF_UP), "vi"),
        )


def _is_rounding(stated: Decimal, computed: Decimal) -> bool:
    """True when ``stated`` is ``computed`` rounded half up, or cut off, at the decimals that the report gives."""
    return stated in (computed.quantize(stated, ROUND_HALF_UP), computed.quantize(stated, ROUND_FLOOR))


def _check_parts(reading: TargetReading, loc: Loc, place: _Place) -> None:
    """Parts add up to the whole: in what was reached, and in the totals when every part has one."""
    if not reading.parts:
        return
    for index, part in enumerate(reading.parts):
        if part.of is not None and part.reached > part.of:
            values = {"reached": _number(part.reached), "of": _number(part.of)}
            place.add([*loc, "parts", index, "reached"], "reading-over", **values)
    parts = _number(sum(part.reached for part in reading.parts))
    if reading.reached is None:
        place.add([*loc, "parts"], "reading-parts-alone", parts=parts)
    elif parts != _number(reading.reached):
        place.add([*loc, "reached"], "reading-parts-reached", parts=parts, reached=_number(reading.reached))
    totals = [part.of for part in reading.parts if part.of is not None]
    if reading.of is not None and len(totals) == len(reading.parts) and sum(totals) != reading.of:
        place.add([*loc, "of"], "reading-parts-of", parts=_number(sum(totals)), of=_number(reading.of))


def _check_corrections(
    report: ProgressReport, reading: TargetReading, loc: Loc, place: _Place, today: date | None
) -> None:
    for index, correction in enumerate(reading.corrections):
        here = [*loc, "corrections", index]
        before = (correction.reached, correction.of, correction.percent)
        if before == (None, None, None):
            place.add(here, "correction-empty")
        elif before == (reading.reached, reading.of, reading.percent) and index == len(reading.corrections) - 1:
            place.add(here, "correction-same", found=_figure(reading))
        if correction.date < report.reported_on:
            values = {"found": _day(correction.date), "reported": _day(report.reported_on)}
            place.add([*here, "date"], "correction-early", **values)
        if today is not None and correction.date > today:
            place.add([*here, "date"], "correction-future", found=_day(correction.date), today=_day(today))


def _check_tasks(plan: Plan, report: ProgressReport, place: _Place) -> None:
    tasks = [task.id for task in plan.tasks]
    seen: set[str] = set()
    for index, task in enumerate(report.tasks):
        loc: list[str | int] = ["tasks", index, "task"]
        if task.task not in tasks:
            near = near_name(task.task, tasks)
            place.add_at_key(loc, "task-unknown", near=near, found=task.task, plan=plan.id)
        if task.task in seen:
            place.add_at_key(loc, "task-twice", found=task.task)
        seen.add(task.task)


def _check_outreach(dataset: Dataset, report: ProgressReport, place: _Place) -> None:
    seen: set[tuple[str, str]] = set()
    for index, reading in enumerate(report.models):
        loc: list[str | int] = ["models", index]
        key = (reading.model, reading.measure)
        if place.refer([*loc, "model"], "model", reading.model, dataset.models):
            measures = [measure.id for measure in dataset.models[reading.model].measures]
            if reading.measure not in measures:
                values = {"near": near_name(reading.measure, measures), "found": reading.measure}
                place.add([*loc, "measure"], "outreach-measure-unknown", **values, model=reading.model)
        if key in seen:
            place.add(loc, "outreach-twice", found=f"{reading.model}, {reading.measure}")
        seen.add(key)
        if reading.value is not None and reading.of is not None and reading.value > reading.of:
            place.add([*loc, "value"], "reading-over", reached=_number(reading.value), of=_number(reading.of))


def _check_falls(report: ProgressReport, earlier: list[ProgressReport], place: _Place) -> None:
    """Figures count from the start, so one that falls is either a slip or worth a word: why, or what was corrected."""
    for index, reading in enumerate(report.readings):
        last = next((found for past in reversed(earlier) if (found := _last_reading(past, reading))), None)
        if last is None or reading.corrections or reading.why_lower or not _falls(last[1], reading):
            continue
        values = {"period": last[0].period.id, "before": _figure(last[1]), "now": _figure(reading)}
        place.add_at_key(["readings", index, "target"], "reading-falls", **values)
    for index, outreach in enumerate(report.models):
        known = next((old for past in reversed(earlier) if (old := _last_outreach(past, outreach))), None)
        if known is None or outreach.note or outreach.value is None or outreach.value >= (known[1].value or 0):
            continue
        values = {"period": known[0].period.id, "before": _number(known[1].value or 0), "now": _number(outreach.value)}
        place.add(["models", index, "value"], "outreach-falls", **values)


def _last_reading(past: ProgressReport, reading: TargetReading) -> tuple[ProgressReport, TargetReading] | None:
    return next(((past, old) for old in past.readings if old.target == reading.target and old.has_figure), None)


def _last_outreach(past: ProgressReport, reading: OutreachReading) -> tuple[ProgressReport, OutreachReading] | None:
    same = (reading.model, reading.measure)
    return next(
        ((past, old) for old in past.models if (old.model, old.measure) == same and old.value is not None), None
    )


def _falls(before: TargetReading, now: TargetReading) -> bool:
    """True when the counts fall, or, where one of the two has no counts, when the percentages do."""
    if before.reached is not None and now.reached is not None:
        return now.reached < before.reached
    shares = _share(before), _share(now)
    return shares[0] is not None and shares[1] is not None and shares[1] < shares[0]


def _share(reading: TargetReading) -> Decimal | None:
    if reading.reached is not None and reading.of:
        return Decimal(reading.reached) * 100 / Decimal(reading.of)
    return reading.percent


def _figure(reading: TargetReading) -> str:
    """Gives the figure as a report states it: ``41 trên 45``, ``41`` or ``91,1%``."""
    if reading.reached is not None:
        return _number(reading.reached) + (f"/{_number(reading.of)}" if reading.of is not None else "")
    return format_percent(reading.percent or Decimal(0), "vi")


def _check_baselines(plan: Plan, place: _Place) -> None:
    """A target and the level that it started from are measured in the same way."""
    for index, target in enumerate(plan.targets):
        baseline = target.baseline
        if baseline and target.at_least and baseline.at.kind != target.at_least.kind:
            place.add(["targets", index, "baseline", "at"], "baseline-kind", found=target.id)


def _day(value: date) -> str:
    return format_date(value, "vi")


def _number(value: int) -> str:
    return format_number(value, "vi")
