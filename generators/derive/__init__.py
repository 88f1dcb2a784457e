"""Owns every fact that is computed rather than written: each is computed once, here, from a Dataset and a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generators.dataset import Dataset
from generators.derive.activities import ActivityCalendar, Series, derive_activities
from generators.derive.commitments import ModelCommitment, derive_commitments
from generators.derive.comparison import ComparedGroup, derive_comparison
from generators.derive.festival import FestivalDay, FestivalYear, derive_festival, derive_festival_years
from generators.derive.news import News, derive_news
from generators.derive.outreach_progress import OutreachCount, derive_outreach
from generators.derive.places import Place, derive_activities_by_place, derive_by_province, derive_places
from generators.derive.progress import TargetProgress, derive_progress
from generators.derive.punctuality import DueReport, Punctuality, derive_punctuality
from generators.derive.reminders import derive_reminders
from generators.derive.rollup import (
    RollUp,
    derive_counted,
    derive_province_units,
    derive_rollups,
    derive_unit_rollups,
    derive_units_below,
)
from generators.derive.taskboard import TaskStanding, derive_task_boards
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit

R = TypeVar("R", Plan, ProgressReport)


@dataclass(frozen=True)
class Derived:
    """All computed facts of one build."""

    comparison: tuple[ComparedGroup, ...]
    commitments: dict[str, tuple[ModelCommitment, ...]]
    festival: FestivalDay
    progress: dict[str, tuple[TargetProgress, ...]]
    news: News
    rollups: dict[str, RollUp]
    unit_rollups: dict[str, dict[str, RollUp]]
    units_below: dict[str, tuple[Unit, ...]]
    counted_below: dict[str, tuple[str, ...]]
    province_units: dict[str, Unit]
    places: tuple[Place, ...]
    by_province: bool
    activities_by_place: dict[str, tuple[Series, ...]]
    punctuality: dict[str, Punctuality]
    task_boards: dict[str, tuple[TaskStanding, ...]]
    outreach: dict[str, tuple[OutreachCount, ...]]
    reminders: dict[str, tuple[DueReport, ...]]
    activities: ActivityCalendar
    festival_years: tuple[FestivalYear, ...]
    plans_of_unit: dict[str, tuple[Plan, ...]]
    reports_of_unit: dict[str, tuple[ProgressReport, ...]]


def derive(dataset: Dataset, today: date, *, preview: bool = False) -> Derived:
    """Computes everything from the dataset as of ``today`` (a day in Asia/Ho_Chi_Minh).

    ``preview=True`` takes in news that is not due yet, marked as such.
    """
    progress = derive_progress(dataset, today)
    punctuality = derive_punctuality(dataset, today)
    activities = derive_activities(dataset, today)
    places = derive_places(dataset, progress)
    below = derive_units_below(dataset)
    by_province = derive_by_province(dataset)
    return Derived(
        comparison=() if by_province else derive_comparison(dataset),  # where there are too many to stand side by side
        commitments=derive_commitments(dataset),
        festival=derive_festival(dataset, today),
        progress=progress,
        news=derive_news(dataset, progress, today, preview=preview, reports_apart=by_province),
        rollups=derive_rollups(dataset, progress),
        unit_rollups=derive_unit_rollups(dataset, progress),
        units_below=below,
        counted_below=derive_counted(dataset, below),
        province_units=derive_province_units(dataset),
        places=places,
        by_province=by_province,
        activities_by_place=derive_activities_by_place(dataset, places, activities),
        punctuality=punctuality,
        task_boards=derive_task_boards(dataset, today),
        outreach=derive_outreach(dataset),
        reminders=derive_reminders(punctuality, today),
        activities=activities,
        festival_years=derive_festival_years(dataset, activities, today),
        plans_of_unit=_by_unit(dataset, dataset.plans.values()),
        reports_of_unit=_by_unit(dataset, dataset.reports),
    )


def _by_unit(dataset: Dataset, records: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """Gives, for every unit's id, its records in their own order, or nothing where it has none."""
    found: dict[str, list[R]] = {name: [] for name in dataset.units}
    for record in records:
        found[record.unit].append(record)
    return {name: tuple(own) for name, own in found.items()}
