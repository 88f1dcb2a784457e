"""Owns where each task of a plan stands, from the plan's machine dates and the unit's own reports.

A report's word decides; a date only says whether it is near or past. A task about which no report says anything is
``unknown``, even when its day has passed: silence is not a proof that nothing was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from generators.dataset import Dataset
from generators.derive.lazy_mapping import LazyMapping
from generators.derive.progress import ReportsByPlan
from generators.schema.plan import Plan, Task
from generators.schema.progress import ProgressReport, TaskReport

TaskState = Literal["overdue", "soon", "doing", "todo", "done", "unknown"]

# The columns of the board, in the order in which they are shown.
TASK_STATES: tuple[TaskState, ...] = ("overdue", "soon", "doing", "todo", "done", "unknown")
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """One task: its state, its last day where the plan gives one, and the last report that speaks about it."""

    task: Task
    state: TaskState
    due: date | None
    said: TaskReport | None
    report: ProgressReport | None


def derive_task_boards(
    dataset: Dataset, reports: ReportsByPlan, today: date
) -> Mapping[str, tuple[TaskStanding, ...]]:
    """Gives, for every plan's id, its tasks in the plan's order. A historical plan has none: nobody is bound by it."""
    return LazyMapping(dataset.plans, partial(_board, dataset.plans, reports, today))


def _board(
    plans: Mapping[str, Plan], reports: ReportsByPlan, today: date, plan_id: str
) -> tuple[TaskStanding, ...]:
    plan = plans[plan_id]
    if plan.status == "historical":
        return ()
    return tuple(_standing(task, reports[plan_id], today) for task in plan.tasks)


def _standing(task: Task, reports: tuple[ProgressReport, ...], today: date) -> TaskStanding:
    due = _due(task, today)
    said, report = _last_word(task, reports, today)
    return TaskStanding(task, _state(said, due, today), due, said, report)


def _due(task: Task, today: date) -> date | None:
    """A yearly task is due in the current year, so that each year is judged by itself."""
    if task.when.due or task.when.yearly is None:
        return task.when.due
    day, month = task.when.yearly
    # 29/02 falls on the last day of February in other years.
    return date(today.year, 3, 1) - timedelta(days=1) if (day, month) == (29, 2) else date(today.year, month, day)


def _last_word(
    task: Task, reports: tuple[ProgressReport, ...], today: date
) -> tuple[TaskReport, ProgressReport] | tuple[None, None]:
    """The last report about the task; for a yearly one only those of this year, as last year's is another round."""
    for report in reversed(reports):
        if task.when.yearly and task.when.due is None and report.period.year != today.year:
            continue
        for said in report.tasks:
            if said.task == task.id:
                return said, report
    return None, None


def _state(said: TaskReport | None, due: date | None, today: date) -> TaskState:
    if said and said.status == "done":
        return "done"
    if due and today <= due <= today + timedelta(days=SOON_DAYS):
        return "soon"
    if said is None:
        return "unknown"
    if due and due < today:
        return "overdue"
    return "doing" if said.status == "in_progress" else "todo"
