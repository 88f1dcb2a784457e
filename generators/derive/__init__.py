"""Owns every fact that is computed rather than written: each is computed once, here, from a Dataset and a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generators.dataset import Dataset
from generators.dataset.kept import Kept
from generators.derive.activities import ActivityCalendar, Series, derive_activities
from generators.derive.commitments import ModelCommitment, derive_commitments
from generators.derive.comparison import ComparedGroup, derive_comparison
from generators.derive.festival import FestivalDay, FestivalYear, derive_festival, derive_festival_years
from generators.derive.last_words import derive_heard
from generators.derive.news import News, derive_news
from generators.derive.outreach_progress import OutreachCount, derive_outreach
from generators.derive.places import (
    Place,
    derive_activities_by_place,
    derive_by_province,
    derive_places,
    derive_units_by_place,
)
from generators.derive.progress import ReportsByPlan, TargetProgress, derive_progress, reports_by_plan
from generators.derive.punctuality import DueReport, Punctuality, derive_punctuality
from generators.derive.reminders import derive_reminders
from generators.derive.rollup import (
    RollUp,
    derive_answers,
    derive_counted,
    derive_province_units,
    derive_rollups,
    derive_unit_rollups,
    derive_units_below,
)
from generators.derive.tally import Tally, derive_tallies
from generators.derive.taskboard import TaskStanding, derive_task_boards
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit

R = TypeVar("R", Plan, ProgressReport)


@dataclass(frozen=True)
class Derived:
    """All computed facts of one build; those of single plans are computed when they are first asked for.

    ``heard`` are the ids of the units that have said anything of a target of theirs.
    """

    comparison: tuple[ComparedGroup, ...]
    commitments: dict[str, tuple[ModelCommitment, ...]]
    festival: FestivalDay
    progress: Mapping[str, tuple[TargetProgress, ...]]
    heard: frozenset[str]
    news: News
    rollups: dict[str, RollUp]
    unit_rollups: dict[str, dict[str, RollUp]]
    units_below: dict[str, tuple[Unit, ...]]
    counted_below: dict[str, tuple[str, ...]]
    province_units: dict[str, Unit]
    places: tuple[Place, ...]
    units_by_place: dict[str, tuple[Unit, ...]]
    by_province: bool
    activities_by_place: dict[str, tuple[Series, ...]]
    punctuality: Mapping[str, Punctuality]
    task_boards: Mapping[str, tuple[TaskStanding, ...]]
    outreach: Mapping[str, tuple[OutreachCount, ...]]
    reminders: Mapping[str, tuple[DueReport, ...]]
    activities: ActivityCalendar
    festival_years: tuple[FestivalYear, ...]
    plans_of_unit: dict[str, tuple[Plan, ...]]
    reports_of_unit: dict[str, tuple[ProgressReport, ...]]
    reports_of_plan: ReportsByPlan
    tallies: Mapping[str, Tally]


def derive(dataset: Dataset, today: date, *, preview: bool = False, kept: Kept | None = None) -> Derived:
    """Computes everything from the dataset as of ``today`` (a day in Asia/Ho_Chi_Minh).

    ``preview=True`` takes in news that is not due yet, marked as such; ``kept`` has what unchanged files gave.
    """
    reports = reports_by_plan(dataset)
    progress = derive_progress(dataset, reports, today)
    tallies = derive_tallies(dataset, reports, today, kept)
    words = {plan_id: tally.words for plan_id, tally in tallies.items()}
    heard, answers = derive_heard(dataset, words), derive_answers(dataset, words)
    punctuality = derive_punctuality(dataset, reports, today)
    activities = derive_activities(dataset, today)
    places = derive_places(dataset, answers, heard)
    below = derive_units_below(dataset)
    by_province = derive_by_province(dataset)
    return Derived(
        comparison=() if by_province else derive_comparison(dataset),  # where there are too many to stand side by side
        commitments=derive_commitments(dataset, tallies),
        festival=derive_festival(dataset, today),
        progress=progress,
        heard=heard,
        news=derive_news(dataset, reports, progress, today, preview=preview, reports_apart=by_province),
        rollups=derive_rollups(dataset, answers),
        unit_rollups=derive_unit_rollups(dataset, answers),
        units_below=below,
        counted_below=derive_counted(dataset, below),
        province_units=derive_province_units(dataset),
        places=places,
        units_by_place=derive_units_by_place(dataset),
        by_province=by_province,
        activities_by_place=derive_activities_by_place(dataset, places, activities),
        punctuality=punctuality,
        task_boards=derive_task_boards(dataset, reports, today),
        outreach=derive_outreach(dataset, reports),
        reminders=derive_reminders(punctuality, today),
        activities=activities,
        festival_years=derive_festival_years(dataset, activities, today),
        plans_of_unit=_by_unit(dataset, dataset.plans.values()),
        reports_of_unit=_by_unit(dataset, dataset.reports),
        reports_of_plan=reports,
        tallies=tallies,
    )


def _by_unit(dataset: Dataset, records: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """Gives, for every unit's id, its records in their own order, or nothing where it has none."""
    found: dict[str, list[R]] = {name: [] for name in dataset.units}
    for record in records:
        found[record.unit].append(record)
    return {name: tuple(own) for name, own in found.items()}
