"""Owns the open data of what is made of reports: indicators, their roll-ups, and the reports that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from generators.addresses import indicator_address
from generators.derive.progress import rounded
from generators.derive.punctuality import DueReport, DueState
from generators.derive.rollup import RollUp
from generators.open_data.commitments import BY_PLAN
from generators.open_data.reports import period_fields, unit_page
from generators.open_data.rows import Holders, RowKind, field, itself, no_owner, once, unit_fields, words_fields
from generators.schema.measurement import Indicator
from generators.schema.plan import Plan
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.figures import plan_source
from generators.text import LooseDate


@dataclass(frozen=True, slots=True)
class Roof:
    """A unit, or the whole country (``None``), and the roll-ups of what is below it."""

    unit: Unit | None
    rollups: tuple[RollUp, ...]


@dataclass(frozen=True, slots=True)
class UnitRollUp:
    """A roll-up and under whose roof it is: a unit's, or the whole country's (``None``)."""

    unit: Unit | None
    rollup: RollUp


def _definition_source(_: Site, indicator: Indicator) -> str | None:
    return indicator.source.name.vi if indicator.source else None


def _definition_date(_: Site, indicator: Indicator) -> LooseDate | None:
    return indicator.source.date if indicator.source else None


INDICATORS: RowKind[Indicator, Indicator] = RowKind(
    name="indicators",
    schema="Indicator",
    title=Words(vi="Chỉ số", en="Indicators"),
    about=Words(
        vi="Mỗi dòng nói một chỉ số đếm ai và đếm thế nào.",
        en="Each row says whom an indicator counts, and how.",
    ),
    fields=(
        field("id", "id", "Mã chỉ số.", "The indicator's id.", lambda _, one: one.id),
        *words_fields("name", "Tên đầy đủ.", "Full name.", lambda _, one: one.name),
        *words_fields("short", "Tên ngắn.", "Short name.", lambda _, one: one.short),
        field("group", "id", "Mã nhóm người.", "The id of the group of people.", lambda _, one: one.group),
        *words_fields("group_name", "Tên nhóm.", "Name of the group.", lambda s, o: s.dataset.groups[o.group].name),
        field("measure", "id", "Mã cách đo.", "The measure's id.", lambda _, one: one.measure),
        *words_fields(
            "measure_name", "Tên cách đo.", "Name of the measure.", lambda s, o: s.dataset.measures[o.measure].name
        ),
        *words_fields(
            "measure_meaning",
            "Một người được tính khi nào.",
            "When a person is counted.",
            lambda s, o: s.dataset.measures[o.measure].meaning,
        ),
        *words_fields(
            "definition", "Tử số và mẫu số là gì.", "What is divided by what.", lambda _, one: one.definition
        ),
        field(
            "canonical",
            "flag",
            "true cho năm chỉ số mà nhiều tỉnh cùng dùng.",
            "true for the five indicators that many provinces share.",
            lambda _, one: one.canonical,
        ),
        field(
            "source",
            "text",
            "Nơi định nghĩa chỉ số.",
            "Where the indicator is defined.",
            _definition_source,
            optional=True,
        ),
        field(
            "source_date",
            "loose-day",
            "Ngày của nguồn.",
            "Date of that source.",
            _definition_date,
            optional=True,
        ),
        field(
            "page",
            "url",
            "Trang của chỉ số.",
            "The indicator's page.",
            lambda site, one: site.absolute(indicator_address(one.id, "vi")),
        ),
    ),
    holders=Holders(
        all=lambda site: site.dataset.indicators.values(), name_of=lambda one: one.id, units_of=no_owner
    ),
    count=once,
    subjects=itself,
    always=True,
)


def _roofs(site: Site) -> Iterator[Roof]:
    yield Roof(None, tuple(rollup for rollup in site.derived.rollups.values() if rollup.expected))
    for unit_id, rollups in site.derived.unit_rollups.items():
        yield Roof(site.dataset.units[unit_id], tuple(rollups.values()))


def _rolled_percent(_: Site, row: UnitRollUp) -> Decimal | None:
    return None if row.rollup.percent is None else rounded(row.rollup.percent)


ROLLUPS: RowKind[Roof, UnitRollUp] = RowKind(
    name="rollups",
    schema="RollUp",
    title=Words(vi="Số cộng", en="Roll-ups"),
    about=Words(
        vi="Mỗi dòng cộng số của các đơn vị đã báo cáo, theo một chỉ số. Luôn ghi rõ ai chưa báo cáo.",
        en="Each row adds up, under one indicator, the units that reported. It always names who did not.",
    ),
    fields=(
        field(
            "unit",
            "id",
            "Mã đơn vị cấp trên. Trống: cả nước, tức mọi đơn vị có trên trang này.",
            "The unit above. Missing: the whole country, that is all units on this site.",
            lambda _, row: row.unit.id if row.unit else None,
            optional=True,
        ),
        field(
            "unit_name_vi",
            "text",
            "Tên đơn vị cấp trên.",
            "Name of the unit above.",
            lambda _, row: row.unit.name.vi if row.unit else None,
            optional=True,
        ),
        field("indicator", "id", "Mã chỉ số.", "The indicator's id.", lambda _, row: row.rollup.indicator.id),
        field(
            "indicator_name_vi",
            "text",
            "Tên chỉ số.",
            "The indicator's name.",
            lambda _, row: row.rollup.indicator.short.vi,
        ),
        field("measure", "id", "Mã cách đo.", "The measure's id.", lambda _, row: row.rollup.measure.id),
        field(
            "expected",
            "whole",
            "Số đơn vị có chỉ tiêu này.",
            "Units that have such a target.",
            lambda _, row: len(row.rollup.expected),
        ),
        field(
            "reported",
            "whole",
            "Số đơn vị đã báo cáo.",
            "Units that reported.",
            lambda _, row: len(row.rollup.reporters),
        ),
        field(
            "counted",
            "whole",
            "Số đơn vị báo cáo bằng số đếm; chỉ các đơn vị này được cộng.",
            "Units that reported counts; only these are added up.",
            lambda _, row: row.rollup.counted,
        ),
        field("reached", "whole", "Tổng số đạt.", "Sum of counts.", lambda _, row: row.rollup.reached, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", lambda _, row: row.rollup.of, optional=True),
        field("percent", "number", "Tỷ lệ, hai số lẻ.", "Percentage, two decimals.", _rolled_percent, optional=True),
        field(
            "reporters",
            "list",
            "Mã các đơn vị đã báo cáo.",
            "Ids of the units that reported.",
            lambda _, row: [one.unit.id for one in row.rollup.reporters],
        ),
        field(
            "missing",
            "list",
            "Mã các đơn vị chưa báo cáo.",
            "Ids of the units that did not report.",
            lambda _, row: [unit.id for unit in row.rollup.missing],
        ),
        field(
            "withheld",
            "list",
            "Mã các đơn vị có số nhưng chưa công bố.",
            "Ids of the units that withhold their figure.",
            lambda _, row: [unit.id for unit in row.rollup.withheld],
        ),
        field(
            "sources",
            "list",
            "Văn bản báo cáo của các đơn vị được cộng.",
            "The reports of the units added up.",
            lambda _, row: [
                f"{one.figure.report.source.document}, {one.figure.report.source.date.isoformat()}"
                for one in row.rollup.reporters
            ],
        ),
        field(
            "page",
            "url",
            "Trang của chỉ số.",
            "The indicator's page.",
            lambda site, row: site.absolute(indicator_address(row.rollup.indicator.id, "vi")),
        ),
    ),
    holders=Holders(
        all=_roofs,
        name_of=lambda roof: roof.unit.id if roof.unit else "",
        units_of=lambda roof: (roof.unit.id,) if roof.unit else (),
    ),
    count=lambda _, roof: len(roof.rollups),
    subjects=lambda _, roof: (UnitRollUp(roof.unit, rollup) for rollup in roof.rollups),
    always=True,
)


def _due_reports(site: Site, plan: Plan) -> dict[tuple[str, str], DueReport]:
    """Gives what was due and what is due next, each once, by its duty and period."""
    punctuality = site.derived.punctuality[plan.id]
    return {(row.duty.id, row.period.id): row for row in (*punctuality.rows, *punctuality.next_due)}


def _in_order_of_days(rows: Iterable[DueReport]) -> list[DueReport]:
    return sorted(rows, key=lambda row: (row.due, row.duty.id, row.period.id))


DUE: RowKind[Plan, DueReport] = RowKind(
    name="reports-due",
    schema="DueReport",
    title=Words(vi="Hạn báo cáo", en="Reports due"),
    about=Words(
        vi="Mỗi dòng là một báo cáo phải gửi: hạn ngày nào, đã nhận chưa. Tính theo chế độ báo cáo trong kế hoạch.",
        en="Each row is one report to be sent: when it is due and whether it came, by the duties in the plan.",
    ),
    fields=(
        *unit_fields(lambda site, row: site.dataset.unit_of(row.plan)),
        field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, row: row.plan.id),
        field("duty", "id", "Mã nghĩa vụ báo cáo.", "The id of the duty.", lambda _, row: row.duty.id),
        *words_fields("text", "Nghĩa vụ.", "The duty.", lambda _, row: row.duty.text),
        *period_fields(lambda row: row.period),
        field(
            "due",
            "day",
            "Ngày cuối cùng còn đúng hạn. “Trước ngày 15” là hết ngày 14.",
            "Last day on which it is in time. “Before the 15th” ends on the 14th.",
            lambda _, row: row.due,
        ),
        field(
            "state",
            "text",
            "received: đúng hạn; late: muộn; missing: quá hạn, chưa có; not_due: chưa tới hạn.",
            "received in time, late, missing, or not due yet.",
            lambda _, row: row.state,
            choices=get_args(DueState),
        ),
        field(
            "received_on",
            "day",
            "Ngày gửi báo cáo.",
            "Day of the report.",
            lambda _, row: row.received_on,
            optional=True,
        ),
        field(
            "days_late",
            "whole",
            "Số ngày muộn, tính đến hôm nay nếu chưa có báo cáo.",
            "Days late, up to today while it is missing.",
            lambda _, row: row.days_late,
        ),
        field(
            "source",
            "text",
            "Văn bản đặt ra hạn: tên, số, ngày.",
            "The document that sets the day: title, number, date.",
            lambda site, row: plan_source(site, row.plan, "vi"),
        ),
        field("section", "text", "Mục của kế hoạch.", "The section of the plan.", lambda _, row: row.duty.section),
        field("page", "url", "Trang có hạn này.", "The page with this date.", unit_page(lambda row: row.plan.unit)),
    ),
    holders=BY_PLAN,
    count=lambda site, plan: site.derived.tallies[plan.id].due,
    subjects=lambda site, plan: _in_order_of_days(_due_reports(site, plan).values()),
    always=True,
)
