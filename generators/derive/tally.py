"""Owns what lists of the whole country must know of each plan: how much it and its reports hold, from when to when, and
what was said last.

It is kept from build to build, so that nobody need look into all plans and reports to list what is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generators.dataset import Dataset
from generators.dataset.kept import Kept, digest_of
from generators.dataset.reports import report_path
from generators.derive.last_words import LastWord, last_words
from generators.derive.progress import ReportsByPlan, plan_start
from generators.derive.punctuality import due_count
from generators.schema.sleeping import lay_down_again


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets and tasks a plan has, how often its reports tell of targets, tasks and models, how many are due.

    ``models`` are the ids of those to which the plan commits, one for each commitment; ``start`` is its
    :func:`~generators.derive.progress.plan_start`, ``last_year`` the latest that a target names;
    ``words`` are the last ones on its targets, in its order.
    """

    targets: int
    tasks: int
    models: tuple[str, ...]
    start: date | None
    last_year: int | None
    readings: int
    task_reports: int
    counts: int
    due: int
    words: tuple[LastWord, ...]


def derive_tallies(dataset: Dataset, reports: ReportsByPlan, today: date, kept: Kept | None) -> Mapping[str, Tally]:
    """Gives the tally of every plan by its id; what ``kept`` has of plans and reports that are the same is taken."""
    if kept is None:
        return {plan_id: _tally(dataset, reports, today, plan_id) for plan_id in dataset.plans}
    return {plan_id: _kept_tally(dataset, reports, today, kept, plan_id) for plan_id in dataset.plans}


def _kept_tally(dataset: Dataset, reports: ReportsByPlan, today: date, kept: Kept, plan_id: str) -> Tally:
    path = f"data/plans/{plan_id}.yml"
    now = _print(dataset, today, (path, *map(report_path, reports[plan_id])))
    found: Tally | None = kept.get(Tally.__name__, path, now)
    if found is None:
        found = _tally(dataset, reports, today, plan_id)
        kept.put(Tally.__name__, path, now, found)
        for record in (dataset.plans[plan_id], *reports[plan_id]):
            lay_down_again(record)
    return found


def _print(dataset: Dataset, today: date, paths: Iterable[str]) -> str:
    held = (f"{path}\0{dataset.digests[path]}" for path in paths)
    return digest_of("\0".join((today.isoformat(), *held)).encode("utf-8", "surrogateescape"))


def _tally(dataset: Dataset, reports: ReportsByPlan, today: date, plan_id: str) -> Tally:
    plan, own = dataset.plans[plan_id], reports[plan_id]
    return Tally(
        targets=len(plan.targets),
        tasks=len(plan.tasks),
        models=tuple(commitment.model for commitment in plan.models),
        start=plan_start(plan),
        last_year=max((target.year for target in plan.targets if target.year is not None), default=None),
        readings=sum(len(report.readings) for report in own),
        task_reports=sum(len(report.tasks) for report in own),
        counts=sum(len(report.models) for report in own),
        due=due_count(plan, reports, today),
        words=last_words(plan, own),
    )
