"""The project's dataset with many made-up communes and activities beside its own. Holds no expectation of any test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generators.dataset import Dataset
from generators.derive import derive
from generators.schema.scalars import Words
from generators.site import Site
from site_tests import progress_records as make

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
LARGEST_PROVINCE = 168
"""The units of the largest province: Ho Chi Minh City has 168 wards, communes and special zones since 01/7/2025."""


@cache
def crowded(communes: int, places: int = 1, activities_each: int = 0) -> Site:
    """A site with so many communes more, spread over so many provinces; each has a plan, every second one no English
    and a report. The first of the activities that each has comes back every week.
    """
    data = make.project()
    provinces = sorted(data.provinces)[:places]
    model = data.plans["hung-nguyen-nam-2025"]
    units, plans, reports, activities = dict(data.units), dict(data.plans), list(data.reports), dict(data.activities)
    spoken = next(one for one in data.reports if one.unit == "xa-mau")
    weekly = (one for one in data.activities.values() if one.repeats and one.repeats.every == "week")
    events = [*weekly, *data.activities.values()]
    for number in range(communes):
        name = f"xa-dong-{number:04}"
        english = None if number % 2 else f"Commune No. {number}"
        called = Words(vi=f"Xã Đông số {number}", en=english)
        units[name] = make.unit(name, province=provinces[number % places], short=called).model_copy(
            update={"name": Words(vi=f"Ủy ban nhân dân xã Đông số {number}", en=english)}
        )
        target = model.targets[0].model_copy(update={"id": spoken.readings[0].target})
        title = Words(vi=f"Kế hoạch của xã Đông số {number}", en=english)
        changes: dict[str, Any] = {"id": f"{name}-2025", "unit": name, "title": title}
        plans[f"{name}-2025"] = model.model_copy(update={**changes, "targets": (target, *model.targets[1:])})
        if number % 2:
            readings = (spoken.readings[0],)
            given: dict[str, Any] = {"unit": name, "plan": None, "readings": readings, "tasks": (), "models": ()}
            reports.append(spoken.model_copy(update=given))
        for turn in range(activities_each):
            held = {"id": f"{name}-hop-{turn}", "unit": name}
            activities[f"{name}-hop-{turn}"] = events[turn].model_copy(update=held)
    return site_of(replace(data, units=units, plans=plans, reports=tuple(reports), activities=activities))


def site_of(data: Dataset) -> Site:
    """The site of a dataset on the tests' day."""
    known = data.as_of(TODAY)
    return Site(known, derive(known, TODAY), TODAY, "https://vi-du.example/goc/")
