"""Holds what charts say: findings worked out by hand, and the same figure in bar, table and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generators.problems import Language
from generators.schema.plan import Plan
from generators.schema.scalars import Amount
from generators.site import Site
from generators.telling.figures import comparison_chart, plan_chart, plan_source, target_level, target_year
from site_tests.small_project import small_site


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return small_site(root)


def with_levels(site: Site, *levels: str | None) -> Plan:
    """The small project's plan with these levels, one a year from 2025 on."""
    plan = site.dataset.plans["xa-thu-2025"]
    amounts = [None if level is None else Amount.model_validate(level) for level in levels]
    targets = tuple(
        plan.targets[0].model_copy(update={"id": f"t-{index}", "year": 2025 + index, "at_least": amount})
        for index, amount in enumerate(amounts)
    )
    return plan.model_copy(update={"targets": targets})


@pytest.mark.parametrize(
    ("levels", "vi", "en"),
    [
        (["80%"], "Xã Thử đặt một mức: 80%", "Thử commune sets one level: 80%"),
        (
            ["80%", "80%"],
            "Xã Thử đặt 2 mức, tất cả đều là 80%",
            "Thử commune sets 2 levels, all of them 80%",
        ),
        (
            ["100%", "69,5%", None, "80%"],
            "Xã Thử đặt 3 mức, từ 69,5% đến 100%",
            "Thử commune sets 3 levels, from 69.5% to 100%",
        ),
    ],
)
def test_the_finding_says_one_level_the_same_or_a_range(site: Site, levels: list[str | None], vi: str, en: str) -> None:
    plan = with_levels(site, *levels)
    for lang, finding in (("vi", vi), ("en", en)):
        chart = plan_chart(site, plan, lang)  # type: ignore[arg-type]
        assert chart and chart.title == finding


def test_a_plan_without_a_percentage_has_no_chart(site: Site) -> None:
    assert plan_chart(site, with_levels(site, None, "1.000 người"), "vi") is None


def test_the_words_keep_measures_apart(site: Site) -> None:
    chart = plan_chart(site, site.dataset.plans["xa-thu-2025"], "vi")
    assert chart and chart.title == "Xã Thử đặt 3 mức, theo 2 cách đo khác nhau"
    assert chart.sentence == "Biết làm: năm 2025 là 80%, năm 2026 là 100%. Đã cài đặt: năm 2025 là 90%."


def test_each_indicator_is_a_group_of_bars_of_its_own(site: Site) -> None:
    chart = plan_chart(site, site.dataset.plans["xa-thu-2025"], "vi")
    assert chart
    assert [(group.heading, [(bar.label, bar.value, bar.text) for bar in group.bars]) for group in chart.groups] == [
        ("Cán bộ biết làm", [("2025", Decimal(80), "80%"), ("2026", Decimal(100), "100%")]),
        ("Cán bộ có ứng dụng", [("2025", Decimal(90), "90%")]),
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_bar_table_and_csv_hold_the_same_figures(site: Site, lang: Language) -> None:
    charts = [plan_chart(site, plan, lang) for plan in site.dataset.plans.values()]
    for chart in [*charts, comparison_chart(site, lang)]:
        assert chart
        rows = list(csv.reader(io.StringIO(chart.csv().decode("utf-8-sig"), newline="")))
        assert rows == [list(chart.table.columns), *(list(row) for row in chart.table.rows)]
        cells = [cell for row in chart.table.rows for cell in row]
        for group in chart.groups:
            for bar in group.bars:
                assert bar.text in cells
                if bar.value is not None:
                    assert bar.text.rstrip("%").replace(",", ".") == str(bar.value)


def test_the_comparison_worked_out_by_hand(site: Site) -> None:
    chart = comparison_chart(site, "vi")
    none = site.phrase("target-none", "vi")
    assert chart.table.rows == (("Huyện Cũ", "69,5%", none), ("Xã Thử", "80%", "100%"))
    assert [(group.heading, [bar.value for bar in group.bars]) for group in chart.groups] == [
        ("Huyện Cũ", [Decimal("69.5"), None]),
        ("Xã Thử", [Decimal(80), Decimal(100)]),
    ]
    assert "69,5%" in chart.title and "80%" in chart.title and "Xã Mẫu" not in str(chart)


def test_levels_that_are_counts_are_written_as_the_language_writes_numbers(site: Site) -> None:
    target = site.dataset.plans["huyen-cu-2024"].targets[1]
    assert target_level(site, target, "vi") == "1.000 người"
    assert target_level(site, target, "en").startswith("1,000 ")
    million = target.model_copy(update={"at_least": Amount.model_validate("1.000.000")})
    assert target_level(site, million, "vi") == "1.000.000"


def test_a_target_without_a_year_is_shown_in_the_words_of_the_plan(site: Site) -> None:
    targets = site.dataset.plans["huyen-cu-2024"].targets
    assert [target_year(site, target, "en") for target in targets] == ["2025", "Every year"]


def test_a_source_names_the_document_its_number_and_its_date(site: Site) -> None:
    plans = site.dataset.plans
    assert plan_source(site, plans["xa-thu-2025"], "vi") == "Kế hoạch của xã Thử, 12/KH-UBND, 15/08/2025"
    assert plan_source(site, plans["huyen-cu-2024"], "vi").endswith("tháng 3 năm 2025")
    undated = plans["xa-mau-2025"]
    assert plan_source(site, undated, "en") == f"Sample plan, {site.phrase('plan-no-number', 'en')}"


def test_a_figure_changed_in_the_data_changes_bar_table_and_csv(site: Site) -> None:
    plan = with_levels(site, "81,25%")
    changed = replace(site, dataset=replace(site.dataset, plans={plan.id: plan}))
    chart = plan_chart(changed, plan, "vi")
    assert chart
    assert [bar.text for group in chart.groups for bar in group.bars] == ["81,25%"]
    assert chart.table.rows[0][-1] == "81,25%" and "81,25%" in chart.csv().decode("utf-8-sig")
