"""Small made-up plans, units and reports for tests of derived figures. Holds no expectation of any test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generators.dataset import Dataset, load_dataset
from generators.problems import Problems
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit

ROOT = Path(__file__).resolve().parent.parent


@cache
def project() -> Dataset:
    """The project's own dataset, for its measures, indicators and thresholds."""
    return load_dataset(ROOT, Problems())


def dataset(units: Iterable[Unit], plans: Iterable[Plan], reports: Iterable[ProgressReport] = ()) -> Dataset:
    """The project's settings with nothing but the units, plans and reports given."""
    own: dict[str, Any] = {
        "units": {unit.id: unit for unit in units},
        "plans": {plan.id: plan for plan in plans},
        "reports": tuple(reports),
    }
    return Dataset(**{**project().__dict__, **own})


def unit(name: str, level: str = "commune", **more: Any) -> Unit:
    """A unit named by its id."""
    return Unit.model_validate({"id": name, "name": name, "level": level, **more})


def target(name: str, at_least: str | None = "80%", year: str | None = "2026", **more: Any) -> dict[str, Any]:
    """A target as a file would give it; officials with digital skills unless said otherwise."""
    given: dict[str, Any] = {
        "id": name,
        "year": year,
        "years_text": None if year else "các năm sau",
        "group": "officials",
        "population": "cán bộ",
        "indicator": "officials-digital-skills",
        "at_least": at_least,
        "statement": "biết làm",
        "section": "I",
    }
    return {**given, **more}


def plan(
    name: str, of_unit: str, targets: Iterable[dict[str, Any]] = (), starts: str | None = "01/01/2026", **more: Any
) -> Plan:
    """A plan of a unit; it starts on 01/01/2026 unless said otherwise."""
    given: dict[str, Any] = {
        "id": name,
        "title": name,
        "unit": of_unit,
        "document": {"number": None, "date": None},
        "status": "in_force",
        "starts": starts,
        "scope": "xã",
        "summary": "kế hoạch",
        "purpose": [],
        "groups": ["officials"],
        "targets": list(targets),
        "tasks": [],
    }
    return Plan.model_validate({**given, **more})


def report(of_unit: str, period: str, *readings: dict[str, Any], on: str | None = None, **more: Any) -> ProgressReport:
    """A report of a unit for a period, sent on the period's last day unless said otherwise."""
    given: dict[str, Any] = {"unit": of_unit, "period": period, "reported_on": "01/01/2000", "readings": list(readings)}
    given["source"] = {"document": "Báo cáo", "date": "01/01/2000"}
    made = ProgressReport.model_validate({**given, **more})
    day = date.fromisoformat(on) if on else made.period.end
    return made.model_copy(update={"reported_on": day})


def reading(name: str, reached: int | None = None, of: int | None = None, **more: Any) -> dict[str, Any]:
    """A reading of a target as a file would give it."""
    figures = {key: str(value) for key, value in (("reached", reached), ("of", of)) if value is not None}
    return {"target": name, **figures, **more}
