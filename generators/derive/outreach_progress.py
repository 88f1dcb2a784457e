"""Owns the last count of each outreach model's measures in each plan, and the count before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generators.dataset import Dataset
from generators.derive.lazy_mapping import LazyMapping
from generators.derive.progress import ReportsByPlan
from generators.schema.progress import OutreachReading, ProgressReport


@dataclass(frozen=True, slots=True)
class OutreachCount:
    """One measure of one model: the last reading with its report, and the last earlier one that has a figure."""

    reading: OutreachReading
    report: ProgressReport
    before: OutreachReading | None
    before_report: ProgressReport | None


def derive_outreach(dataset: Dataset, reports: ReportsByPlan) -> Mapping[str, tuple[OutreachCount, ...]]:
    """Gives, for every plan's id, the counts in the order of models and of their measures."""
    return LazyMapping(dataset.plans, partial(_counts, dataset, reports))


def _counts(dataset: Dataset, reports: ReportsByPlan, plan_id: str) -> tuple[OutreachCount, ...]:
    series: dict[tuple[str, str], list[tuple[OutreachReading, ProgressReport]]] = {}
    for report in reports[plan_id]:
        for reading in report.models:
            series.setdefault((reading.model, reading.measure), []).append((reading, report))
    models = sorted(dataset.models.values(), key=lambda model: (model.order, model.id))
    keys = [(model.id, measure.id) for model in models for measure in model.measures]
    return tuple(_count(series[key]) for key in keys if key in series)


def _count(readings: list[tuple[OutreachReading, ProgressReport]]) -> OutreachCount:
    reading, report = readings[-1]
    earlier = [one for one in readings[:-1] if one[0].value is not None]
    before = earlier[-1] if earlier else (None, None)
    return OutreachCount(reading, report, *before)
