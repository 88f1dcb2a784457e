"""Holds what is computed rather than written, on a project small enough to work it all out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generators.dataset import Dataset
from generators.derive.commitments import derive_commitments
from generators.derive.comparison import derive_comparison, main_group
from generators.derive.festival import derive_festival
from generators.derive.progress import reports_by_plan
from generators.derive.tally import Tally, derive_tallies
from site_tests.small_project import small_site


@pytest.fixture(scope="module")
def dataset(root: Path) -> Dataset:
    return small_site(root).dataset


def test_plans_side_by_side_worked_out_by_hand(dataset: Dataset) -> None:
    table = [
        (
            compared.group.id,
            compared.years,
            [
                (row.plan.id, row.indicator.id, {year: [one.id for one in row.by_year[year]] for year in row.by_year})
                for row in compared.rows
            ],
        )
        for compared in derive_comparison(dataset)
    ]
    assert table == [
        (
            "officials",
            (2025, 2026),
            [
                ("huyen-cu-2024", "officials-digital-skills", {2025: ["officials-2025"]}),
                ("xa-thu-2025", "officials-digital-skills", {2025: ["officials-2025"], 2026: ["officials-2026"]}),
                ("xa-thu-2025", "officials-app", {2025: ["officials-app-2025"]}),
            ],
        ),
        ("residents", (None,), [("huyen-cu-2024", "residents-app", {None: ["residents-app"]})]),
    ]


def test_no_row_mixes_two_indicators_or_two_measures_and_no_target_is_lost(dataset: Dataset) -> None:
    shown = []
    for compared in derive_comparison(dataset):
        for row in compared.rows:
            targets = [target for found in row.by_year.values() for target in found]
            shown += [(row.plan.id, target.id) for target in targets]
            assert {target.indicator for target in targets} == {row.indicator.id}
            assert row.measure.id == row.indicator.measure
            assert main_group(dataset, row.indicator.group) == compared.group
    real = [plan for plan in dataset.plans.values() if plan.unit != "xa-mau"]
    assert sorted(shown) == sorted((plan.id, target.id) for plan in real for target in plan.targets)


def test_the_sample_is_compared_with_nothing(dataset: Dataset) -> None:
    assert "xa-mau-2025" in dataset.plans
    plans = {row.plan.id for compared in derive_comparison(dataset) for row in compared.rows}
    assert plans == {"huyen-cu-2024", "xa-thu-2025"}


def test_a_group_belongs_to_itself_or_to_its_main_group(dataset: Dataset) -> None:
    assert main_group(dataset, "leaders").id == "officials"
    assert main_group(dataset, "residents").id == "residents"


def tallies(dataset: Dataset) -> Mapping[str, Tally]:
    return derive_tallies(dataset, reports_by_plan(dataset), date(2026, 11, 22), None)


def test_commitments_name_real_plans_before_the_sample(dataset: Dataset) -> None:
    commitments = derive_commitments(dataset, tallies(dataset))
    assert [(one.plan.id, one.commitment.section) for one in commitments["dai-su-so"]] == [
        ("xa-thu-2025", "III.2"),
        ("xa-mau-2025", "II"),
    ]


def test_a_model_that_no_plan_names_has_an_empty_list(dataset: Dataset) -> None:
    without = replace(dataset, plans={})
    assert derive_commitments(without, tallies(without)) == {"dai-su-so": ()}


def on_day(dataset: Dataset, day: int, month: int) -> Dataset:
    festival = dataset.campaign.festival.model_copy(update={"day_month": (day, month)})
    return replace(dataset, campaign=dataset.campaign.model_copy(update={"festival": festival}))


@pytest.mark.parametrize(
    ("today", "day", "left"),
    [
        (date(2025, 10, 9), date(2025, 10, 10), 1),
        (date(2025, 10, 10), date(2025, 10, 10), 0),
        (date(2025, 10, 11), date(2026, 10, 10), 364),
        (date(2027, 10, 11), date(2028, 10, 10), 365),
        (date(2026, 1, 1), date(2026, 10, 10), 282),
        (date(2026, 12, 31), date(2027, 10, 10), 283),
    ],
)
def test_days_until_the_festival(dataset: Dataset, today: date, day: date, left: int) -> None:
    festival = derive_festival(dataset, today)
    assert (festival.day, festival.days_left) == (day, left)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2028, 2, 29)),
        (date(2026, 5, 1), date(2028, 2, 29)),
        (date(2096, 3, 1), date(2104, 2, 29)),
    ],
)
def test_a_festival_on_a_leap_day_is_kept_in_leap_years(dataset: Dataset, today: date, day: date) -> None:
    assert derive_festival(on_day(dataset, 29, 2), today).day == day


def test_without_the_sample_nothing_of_it_is_left(root: Path) -> None:
    site = small_site(root, sample=False)
    assert sorted(site.dataset.plans) == ["huyen-cu-2024", "xa-thu-2025"]
    assert sorted(site.dataset.units) == ["huyen-cu", "xa-thu"]
    assert [one.plan.id for one in site.derived.commitments["dai-su-so"]] == ["xa-thu-2025"]
    assert not [address for address in site.page_addresses() if "xa-mau" in address]
