"""Owns what is known of one unit for one reporting period, which is what the unit's report for that period may say.

Later reports say nothing here, and neither does today: a report about a quarter stays what it was. Figures come from
the same functions as those on the pages, over the reports that count. Of the unit itself these are all that end with
the period or earlier; what the period says of a target, a task or a model is the last word of a report for the period
or for one inside it (a quarter of the year, a month of the quarter). Of other units only reports count that end within
the period, since a province's "n of N reported" is about this period and about no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generators.dataset import Dataset
from generators.derive.last_words import derive_last_words
from generators.derive.outreach_progress import OutreachCount, derive_outreach
from generators.derive.progress import Point, ReportsByPlan, TargetProgress, derive_progress, reports_by_plan
from generators.derive.rollup import RollUp, derive_answers, derive_unit_rollups
from generators.derive.taskboard import TaskStanding, derive_task_boards
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Commitment, Plan, Target
from generators.schema.progress import ProgressReport, ReportingPeriod, TaskReport, period_with
from generators.schema.unit import Unit


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target as of the period's end, and what the period says of it, if it says anything."""

    progress: TargetProgress
    point: Point | None

    @property
    def has_figure(self) -> bool:
        """True when the period gives a figure."""
        return self.point is not None and self.point.value is not None


@dataclass(frozen=True, slots=True)
class ModelStanding:
    """One outreach model: what the plan commits to, if it does, and what was counted under it in the period."""

    model: OutreachModel
    commitment: Commitment | None
    counts: tuple[OutreachCount, ...]


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """One unit in one period. ``plan`` is ``None`` for a unit that only gathers what the units below it say.

    A task's standing may rest on an earlier report; :meth:`said` tells which do not, :meth:`done_before` which do.
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
        """Gives what the period says of a task."""
        return task.said if task.report is not None and self.period.holds(task.report.period) else None

    def done_before(self, task: TaskStanding) -> bool:
        """True for a task that an earlier report called done; one that comes again, only within its present round."""
        if task.state != "done" or task.report is None:
            return False
        every = task.task.when.every
        if every is None or every == "week":
            return every is None
        return task.report.period.end >= period_with(every, self.period.end).start


def derive_period(
    dataset: Dataset, unit: Unit, plan: Plan | None, period: ReportingPeriod, today: date
) -> PeriodStanding:
    """Gives what is known of a unit, under one of its plans, for a period.

    ``today`` only matters for a period that has not ended: nothing is overdue before its day.
    """
    reports = tuple(one for one in dataset.reports if _counts(one, unit, period))
    known = Dataset(**{**dataset.__dict__, "reports": reports})
    day = min(today, period.end)
    by_plan = reports_by_plan(known)
    progress = derive_progress(known, by_plan, day)
    own = by_plan[plan.id] if plan else ()
    answers = derive_answers(known, derive_last_words(known, by_plan))
    report = next((one for one in own if one.period.id == period.id), None)
    return PeriodStanding(
        unit=unit,
        plan=plan,
        period=period,
        report=report,
        targets=tuple(_targets(progress[plan.id], period)) if plan else (),
        tasks=derive_task_boards(known, by_plan, day)[plan.id] if plan else (),
        models=tuple(_models(dataset, plan, _counted(known, by_plan, plan, period))) if plan else (),
        rollups=tuple(derive_unit_rollups(known, answers).get(unit.id, {}).values()),
    )


def _counts(report: ProgressReport, unit: Unit, period: ReportingPeriod) -> bool:
    if report.unit == unit.id:
        return report.period.end < period.end or period.holds(report.period)
    return period.start <= report.period.end <= period.end


def _targets(progress: tuple[TargetProgress, ...], period: ReportingPeriod) -> Iterator[TargetStanding]:
    asked = _asked(progress, period.year)
    for one in progress:
        point = _said(one, period)
        if point is not None or one.target.id in asked:
            yield TargetStanding(one, point)


def _said(progress: TargetProgress, period: ReportingPeriod) -> Point | None:
    """The period's own word where that is why there is no figure; else the last figure inside the period."""
    own = next((point for point in progress.points if point.period.id == period.id), None)
    if own is not None and own.value is None:
        return own
    latest = progress.latest
    if latest is not None and period.holds(latest.period):
        return latest
    inside = [point for point in progress.points if period.holds(point.period)]
    return inside[-1] if inside else None


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


def _counted(
    known: Dataset, reports: ReportsByPlan, plan: Plan, period: ReportingPeriod
) -> tuple[OutreachCount, ...]:
    return tuple(one for one in derive_outreach(known, reports)[plan.id] if period.holds(one.report.period))


def _models(dataset: Dataset, plan: Plan, counted: tuple[OutreachCount, ...]) -> Iterator[ModelStanding]:
    """The models that the plan commits to or that were counted, in the order of models and their measures."""
    commitments = {one.model: one for one in plan.models}
    for model in sorted(dataset.models.values(), key=lambda model: (model.order, model.id)):
        own = tuple(one for one in counted if one.reading.model == model.id)
        if own or model.id in commitments:
            yield ModelStanding(model, commitments.get(model.id), own)
