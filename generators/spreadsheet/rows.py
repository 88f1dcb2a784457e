"""Owns which lines the form has for a plan, and the words that may be chosen in it. Facts come from the Site.

A line has a key that no one sees: ``target:<id>``, ``task:<id>`` or ``<model>/<measure>``. It travels with its row when
rows are moved; the visible name finds the line again where the key was lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from generators.derive.taskboard import TaskStanding
from generators.scaffold.progress import count_words, last_counts, last_figure
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Plan, Target, Task
from generators.schema.progress import OutreachReading, ProgressReport, ReadingState, ReportingPeriod, TaskStatus
from generators.site import Site
from generators.telling.agenda import capital, period_words
from generators.telling.figures import target_year
from generators.telling.progress_words import level_text, target_name

RowKind = Literal["group", "target", "task"]

# What a report says of a task, in the words of the task board.
_TASK_WORDS: dict[TaskStatus, str] = {"not_started": "todo", "in_progress": "doing", "done": "done"}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the report's table. ``counts`` is true where only a number of people can be given, no share."""

    key: str
    kind: RowKind
    number: str
    name: str
    when: str = ""
    goal: str = ""
    before: str = ""
    counts: bool = False

    @property
    def id(self) -> str:
        """The id of the target or task."""
        return self.key.partition(":")[2]

    @property
    def label(self) -> str:
        """The line as it is named in the drop-downs of other sheets."""
        return f"{self.number} {self.name}"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One line of the sheet of outreach models: a number that is counted under a model."""

    model: str
    measure: str
    name: str
    counted: str
    unit: str
    before: str = ""

    @property
    def key(self) -> str:
        """The line's key."""
        return f"{self.model}/{self.measure}"


@dataclass(frozen=True, slots=True)
class FormOf:
    """What a form is for: a unit's plan, a period, and the report that is there already, if any.

    ``name_plan`` is true where the unit has more than one plan in force, so that a new report must name its plan.
    """

    site: Site
    plan: Plan
    period: ReportingPeriod
    report: ProgressReport | None
    name_plan: bool

    @property
    def unit_name(self) -> str:
        """The unit's full name."""
        return self.site.dataset.units[self.plan.unit].name.vi

    @property
    def period_name(self) -> str:
        """The period in words: ``quý 4 năm 2026``."""
        return period_words(self.site, self.period, "vi")

    @property
    def mark(self) -> str:
        """What a sample says of itself; empty for a real unit."""
        return self.site.phrase("ui-sample", "vi") if self.site.dataset.is_sample(self.plan) else ""


def report_rows(site: Site, plan: Plan, period: ReportingPeriod) -> tuple[FormRow, ...]:
    """Gives the lines of the table, numbered as in Phụ lục II (1; 1,1; 1,2; 2; 2,1): targets, then tasks."""
    groups = (
        ("Chỉ tiêu", list(_target_rows(site, plan, period))),
        ("Nhiệm vụ", list(_task_rows(site, plan, period))),
    )
    return tuple(_numbered((name, rows) for name, rows in groups if rows))


def _numbered(groups: Iterator[tuple[str, list[FormRow]]]) -> Iterator[FormRow]:
    for place, (name, rows) in enumerate(groups, 1):
        yield FormRow("", "group", str(place), name)
        for number, row in enumerate(rows, 1):
            yield FormRow(row.key, row.kind, f"{place},{number}", row.name, row.when, row.goal, row.before, row.counts)


def _target_rows(site: Site, plan: Plan, period: ReportingPeriod) -> Iterator[FormRow]:
    for progress in site.derived.progress[plan.id]:
        target = progress.target
        last = last_figure(progress, period)
        yield FormRow(
            f"target:{target.id}",
            "target",
            "",
            target_name(site, progress, "vi"),
            _target_time(site, target),
            level_text(site, target, "vi"),
            f"{last[1]}\n{capital(period_words(site, last[0], 'vi'))}" if last else site.phrase("ui-no-data", "vi"),
            target.at_least is not None and target.at_least.kind == "count",
        )


def _target_time(site: Site, target: Target) -> str:
    return f"Năm {target.year}" if target.year else target_year(site, target, "vi")


def _task_rows(site: Site, plan: Plan, period: ReportingPeriod) -> Iterator[FormRow]:
    standings = {one.task.id: one for one in site.derived.task_boards[plan.id]}
    for task in plan.tasks:
        said = _last_word(site, standings.get(task.id), period)
        yield FormRow(f"task:{task.id}", "task", "", task.text.vi, _task_time(site, task), "", said)


def _last_word(site: Site, standing: TaskStanding | None, period: ReportingPeriod) -> str:
    if standing is None or standing.said is None or standing.report is None:
        return site.phrase("task-state-unknown", "vi")
    if standing.report.period.end >= period.end:
        return ""  # what this very period says stands in the form itself
    status = status_words(site)[standing.said.status]
    return f"{status}\n{capital(period_words(site, standing.report.period, 'vi'))}"


def _task_time(site: Site, task: Task) -> str:
    return task.when.text.vi if task.when.text else site.phrase("task-no-time", "vi")


def model_rows(
    site: Site, plan: Plan, period: ReportingPeriod, report: ProgressReport | None = None
) -> tuple[ModelRow, ...]:
    """Gives a line for each number of the models that the plan commits to, and of any that the report speaks of."""
    said = last_counts(site, plan, period)
    committed = [commitment.model for commitment in plan.models]
    told = [reading.model for reading in report.models] if report else []
    models = [site.dataset.models[name] for name in dict.fromkeys((*committed, *told))]
    return tuple(row for model in models for row in _measures(model, said))


def all_model_rows(site: Site) -> tuple[ModelRow, ...]:
    """Gives a line for each number of every model, whichever a form may hold."""
    return tuple(row for model in site.dataset.models.values() for row in _measures(model, {}))


def _measures(model: OutreachModel, said: dict[tuple[str, str], OutreachReading]) -> Iterator[ModelRow]:
    for measure in model.measures:
        last = said.get((model.id, measure.id))
        before = count_words(last) if last else ""
        yield ModelRow(model.id, measure.id, model.name.vi, measure.name.vi, measure.unit.vi, before)


def state_words(site: Site) -> dict[str, str]:
    """Gives the word that is chosen for each state of a figure."""
    return {state: site.phrase(f"reading-{state}", "vi") for state in get_args(ReadingState)}


def status_words(site: Site) -> dict[str, str]:
    """Gives the word that is chosen for each status of a task."""
    return {status: site.phrase(f"task-state-{word}", "vi") for status, word in _TASK_WORDS.items()}
