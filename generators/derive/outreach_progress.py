"""Owns the last count of each outreach model's measures in each plan, and the count before it."""

from __future__ import annotations

from dataclasses import dataclass

from generators.dataset import Dataset
from generators.derive.progress import reports_by_plan
from generators.schema.progress import OutreachReading, ProgressReport


@dataclass(frozen=True, slots=True)
class OutreachCount:
    """One measure of one model: the last reading with its report, and the last earlier one that has a figure."""

    reading: OutreachReading
    report: ProgressReport
    before: OutreachReading | None
    before_report: ProgressReport | None


def derive_outreach(dataset: Dataset) -> dict[str, tuple[OutreachCount, ...]]:
    """Gives, for every plan's id, the counts in the order of models and of their measures."""
    return {plan_id: _counts(dataset, reports) for plan_id, reports in reports_by_plan(dataset).items()}


def _counts(dataset: Dataset, reports: tuple[ProgressReport, ...]) -> tuple[OutreachCount, ...]:
    series: dict[tuple[str, str], list[tuple[OutreachReading, ProgressReport]]] = {}
    for report in reports:
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
