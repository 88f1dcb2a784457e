"""How much plans and their reports hold: counted as they are, and kept only for the same files and the same day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generators import limits
from generators.adapters.bench.maker import make_nation
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.pickling import pickled, unpickled
from generators.derive import tally
from generators.derive.last_words import last_words
from generators.derive.progress import ReportsByPlan, plan_start
from generators.derive.tally import Tally, derive_tallies
from generators.open_data import parting
from generators.pipeline import listed_parts, load_site
from generators.render.html import Templates
from generators.schema.sleeping import values_of
from generators.site import Site

TODAY = date(2026, 11, 22)


class Store:
    """Keeps one result for each file."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[str, Any]] = {}

    def digest(self, _: str) -> str | None:
        return None

    def get(self, kind: str, path: str, digest: str) -> Any | None:
        known, value = self.found.get((kind, path), ("", None))
        return value if known == digest else None

    def put(self, kind: str, path: str, digest: str, value: object) -> None:
        self.found[kind, path] = digest, value

    def ahead(self, kind: str, paths: Sequence[str], find: Callable[[str], object]) -> None:
        raise NotImplementedError


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, "https://example.org/")[0]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans that were looked into."""
    plans: list[str] = []
    look = tally._tally

    def noted(dataset: Any, reports: ReportsByPlan, today: date, plan_id: str) -> Tally:
        plans.append(plan_id)
        return look(dataset, reports, today, plan_id)

    monkeypatch.setattr(tally, "_tally", noted)
    return plans


def test_a_tally_counts_what_is_there(site: Site) -> None:
    plan, reports = site.dataset.plans["xa-mau-2025"], site.derived.reports_of_plan["xa-mau-2025"]
    found = site.derived.tallies["xa-mau-2025"]
    assert (found.targets, found.tasks) == (len(plan.targets), len(plan.tasks))
    assert found.models == tuple(one.model for one in plan.models) != ()
    assert (found.start, found.last_year) == (plan_start(plan), max(one.year or 0 for one in plan.targets))
    assert found.readings == sum(len(report.readings) for report in reports) > 0
    assert found.task_reports == sum(len(report.tasks) for report in reports) > 0
    assert found.counts == sum(len(report.models) for report in reports) > 0
    assert found.words == last_words(plan, reports)
    assert any(word.figure for word in found.words)


def test_a_tally_is_the_same_once_it_was_kept_as_bytes(site: Site) -> None:
    tallies = dict(site.derived.tallies)
    assert unpickled(pickled(tallies), 0) == tallies


def test_to_list_what_is_kept_no_report_and_no_target_of_a_commune_is_looked_into(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parting, "DATA_ROWS", 1)  # as in a whole country no list holds the rows themselves
    monkeypatch.setattr(limits, "SHARE_PICTURES", 1)  # and communes have no pictures of their own
    make_nation(root, tmp_path / "project", 18, news=0, seed=18)
    for _ in range(2):
        with KeptReadings(tmp_path / "project") as kept:
            site = load_site(tmp_path / "project", TODAY, "https://example.org/", kept=kept)[0]
    communes = {unit.id for unit in site.dataset.units.values() if unit.level == "commune"}
    of_communes = [one for one in (*site.dataset.reports, *site.dataset.plans.values()) if one.unit in communes]
    assert site.derived.by_province and any(rollup.reporters for rollup in site.derived.rollups.values())
    assert list(listed_parts(site, Templates(site.phrase)))
    awake = {"readings", "source", "targets"}
    assert [one for one in of_communes if awake & values_of(one).keys()] == []


def test_what_is_kept_is_as_if_counted_and_no_plan_is_looked_into_for_it(site: Site, counted: list[str]) -> None:
    store, reports = Store(), site.derived.reports_of_plan
    first = derive_tallies(site.dataset, reports, TODAY, store)
    assert first == dict(site.derived.tallies)
    counted.clear()
    assert derive_tallies(site.dataset, reports, TODAY, store) == first
    assert counted == []


@pytest.mark.parametrize("path", ["data/plans/xa-mau-2025.yml", "data/progress/2025-q4/xa-mau.yml"])
def test_a_plan_is_looked_into_again_when_it_or_a_report_is_another(
    path: str, site: Site, counted: list[str]
) -> None:
    store, reports, dataset = Store(), site.derived.reports_of_plan, site.dataset
    derive_tallies(dataset, reports, TODAY, store)
    counted.clear()
    edited = type(dataset)(**{**dataset.__dict__, "digests": {**dataset.digests, path: "another"}})
    derive_tallies(edited, reports, TODAY, store)
    assert counted == ["xa-mau-2025"]


def test_each_plan_is_looked_into_again_on_another_day_and_where_a_report_is_no_more(
    site: Site, counted: list[str]
) -> None:
    store, reports = Store(), dict(site.derived.reports_of_plan)
    derive_tallies(site.dataset, reports, TODAY, store)
    counted.clear()
    fewer = {**reports, "xa-mau-2025": reports["xa-mau-2025"][1:]}
    assert derive_tallies(site.dataset, fewer, TODAY, store)["xa-mau-2025"].readings
    assert counted == ["xa-mau-2025"]
    derive_tallies(site.dataset, reports, date(2026, 11, 23), store)
    assert counted[1:] == list(site.dataset.plans)
