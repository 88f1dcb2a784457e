"""Owns what is known of one unit for one reporting period, which is what the unit's report for that period may say.

Later reports say nothing here, and neither does today: a report about a quarter stays what it was. Figures come from
the same functions as those on the pages, over the reports that count. Of the unit itself these are the report for the
period and all earlier ones; of other units only those for a period that ends within this one, since a province's "n of
N reported" is about this period and about no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generators.dataset import Dataset
from generators.derive.progress import Point, TargetProgress, derive_progress, reports_by_plan
from generators.derive.rollup import RollUp, derive_unit_rollups
from generators.derive.taskboard import TaskStanding, derive_task_boards
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Commitment, Plan, Target
from generators.schema.progress import OutreachReading, ProgressReport, ReportingPeriod, TaskReport
from generators.schema.unit import Unit


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target as of the period's end, and the period's own reading of it, if the report has one."""

    progress: TargetProgress
    point: Point | None

    @property
    def has_figure(self) -> bool:
        """True when the period's report gives a figure."""
        return self.point is not None and self.point.value is not None


@dataclass(frozen=True, slots=True)
class ModelStanding:
    """One outreach model: what the plan commits to, if it does, and what the period's report counts under it."""

    model: OutreachModel
    commitment: Commitment | None
    readings: tuple[OutreachReading, ...]


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """One unit in one period. ``plan`` is ``None`` for a unit that only gathers what the units below it say.

    A task's standing may rest on an earlier report; :meth:`said` tells which do not.
    """

    unit: Unit
    plan: Plan | None
    period: ReportingPeriod
    report: ProgressReport | None
    targets: tuple[TargetStanding, ...]
    tasks: tuple[TaskStanding, ...]
    models: tuple[ModelStanding, ...]
    rollups: tuple[RollUp, ...]

    def said(self, task: TaskStanding) -> TaskReport | None:
        """Gives what the period's own report says of a task."""
        return task.said if task.report is not None and task.report == self.report else None


def derive_period(
    dataset: Dataset, unit: Unit, plan: Plan | None, period: ReportingPeriod, today: date
) -> PeriodStanding:
    """Gives what is known of a unit, under one of its plans, for a period.

    ``today`` only matters for a period that has not ended: nothing is overdue before its day.
    """
    reports = tuple(one for one in dataset.reports if _counts(one, unit, period))
    known = Dataset(**{**dataset.__dict__, "reports": reports})
    day = min(today, period.end)
    progress = derive_progress(known, day)
    own = reports_by_plan(known)[plan.id] if plan else ()
    report = next((one for one in own if one.period.id == period.id), None)
    return PeriodStanding(
        unit=unit,
        plan=plan,
        period=period,
        report=report,
        targets=tuple(_targets(progress[plan.id], report, period)) if plan else (),
        tasks=derive_task_boards(known, day)[plan.id] if plan else (),
        models=tuple(_models(dataset, plan, report)) if plan else (),
        rollups=tuple(derive_unit_rollups(known, progress).get(unit.id, {}).values()),
    )


def _counts(report: ProgressReport, unit: Unit, period: ReportingPeriod) -> bool:
    if report.unit == unit.id:
        return report.period.id == period.id or report.period.end < period.end
    return period.start <= report.period.end <= period.end


def _targets(
    progress: tuple[TargetProgress, ...], report: ProgressReport | None, period: ReportingPeriod
) -> Iterator[TargetStanding]:
    said = {reading.target for reading in report.readings} if report else set()
    asked = _asked(progress, period.year)
    for one in progress:
        if one.target.id in said or one.target.id in asked:
            points = [point for point in one.points if point.period.id == period.id]
            yield TargetStanding(one, points[-1] if points else None)


def _asked(progress: Iterable[TargetProgress], year: int) -> set[str]:
    """Gives the targets that a year's reports are about, by id.

    Of each indicator and group it is the next one due; where all days have passed, the last one. A target without a
    year is always asked about.
    """
    asked: set[str] = set()
    dated: dict[tuple[str, str], list[Target]] = {}
    for one in progress:
        if one.target.year is None:
            asked.add(one.target.id)
        else:
            dated.setdefault((one.target.indicator, one.target.group), []).append(one.target)
    for targets in dated.values():
        years = [target.year or 0 for target in targets]
        chosen = min((due for due in years if due >= year), default=max(years))
        asked.update(target.id for target in targets if target.year == chosen)
    return asked


def _models(dataset: Dataset, plan: Plan, report: ProgressReport | None) -> Iterator[ModelStanding]:
    """The models that the plan commits to or the report counts under, in the order of models and their measures."""
    commitments = {one.model: one for one in plan.models}
    readings = report.models if report else ()
    for model in sorted(dataset.models.values(), key=lambda model: (model.order, model.id)):
        order = [measure.id for measure in model.measures]
        own = sorted((one for one in readings if one.model == model.id), key=lambda one: order.index(one.measure))
        if own or model.id in commitments:
            yield ModelStanding(model, commitments.get(model.id), tuple(own))
