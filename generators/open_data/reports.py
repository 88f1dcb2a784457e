"""Owns the open data of what was reported: readings, task reports, model figures, roll-ups, reports due.

Missing figures are missing here too: a row without a figure keeps its state and has ``null`` where the number would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from generators.derive.progress import Point, TargetProgress, plan_of, rounded
from generators.derive.punctuality import DueReport, DueState
from generators.derive.rollup import RollUp
from generators.figures import plan_source
from generators.open_data.commitments import shown_percent, target_fields
from generators.open_data.rows import Field, R, RowKind, field, no_owner, unit_fields, words_fields
from generators.render.records import Value
from generators.schema.measurement import Indicator
from generators.schema.plan import Plan
from generators.schema.progress import (
    OutreachReading,
    PeriodKind,
    ProgressReport,
    ReadingState,
    ReportingPeriod,
    TaskReport,
    TaskStatus,
)
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site, indicator_address, unit_address
from generators.text import LooseDate


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one target."""

    progress: TargetProgress
    point: Point


@dataclass(frozen=True, slots=True)
class ReportedTask:
    """What one report says about one task."""

    plan: Plan
    report: ProgressReport
    task: TaskReport


@dataclass(frozen=True, slots=True)
class ReportedModel:
    """What one report counts under one outreach model."""

    plan: Plan
    report: ProgressReport
    reading: OutreachReading


@dataclass(frozen=True, slots=True)
class UnitRollUp:
    """A roll-up and under whose roof it is: a unit's, or the whole country's (``None``)."""

    unit: Unit | None
    rollup: RollUp


def _period_fields(period_of: Callable[[R], ReportingPeriod]) -> tuple[Field[R], ...]:
    return (
        field(
            "period",
            "text",
            "Kỳ báo cáo: 2025-11 (tháng), 2025-q4 (quý), 2025-h2 (nửa năm), 2025 (năm).",
            "Period: 2025-11 (month), 2025-q4 (quarter), 2025-h2 (half-year), 2025 (year).",
            lambda _, row: period_of(row).id,
        ),
        field(
            "period_kind",
            "text",
            "Loại kỳ.",
            "Kind of period.",
            lambda _, row: period_of(row).kind,
            choices=get_args(PeriodKind),
        ),
        field("period_start", "day", "Ngày đầu kỳ.", "First day of the period.", lambda _, row: period_of(row).start),
        field("period_end", "day", "Ngày cuối kỳ.", "Last day of the period.", lambda _, row: period_of(row).end),
    )


def _report_fields(
    report_of: Callable[[R], ProgressReport], unit_of: Callable[[R], str]
) -> tuple[Field[R], ...]:
    return (
        field("reported_on", "day", "Ngày gửi báo cáo.", "Day it was sent.", lambda _, row: report_of(row).reported_on),
        field(
            "source",
            "text",
            "Nguồn: tên và số của văn bản báo cáo.",
            "Source: name and number of the report.",
            lambda _, row: report_of(row).source.document,
        ),
        field(
            "source_date", "day", "Ngày của nguồn.", "Date of that source.", lambda _, row: report_of(row).source.date
        ),
        field(
            "source_url",
            "url",
            "Địa chỉ của nguồn, nếu có.",
            "Address of that source, if any.",
            lambda _, row: report_of(row).source.url,
            optional=True,
        ),
        field("page", "url", "Trang có con số này.", "The page with this figure.", _unit_page(unit_of)),
    )


def _unit_page(unit_of: Callable[[R], str]) -> Callable[[Site, R], Value]:
    def page(site: Site, row: R) -> str:
        return site.absolute(unit_address(unit_of(row), "vi"))

    return page


def _state_field(state_of: Callable[[R], ReadingState]) -> Field[R]:
    return field(
        "state",
        "text",
        "final: chính thức; provisional: tạm tính; estimated: ước tính; not_reported: chưa báo cáo; "
        "not_applicable: không áp dụng; withheld: chưa công bố.",
        "State of the figure. not_reported, not_applicable and withheld have no figure.",
        lambda _, row: state_of(row),
        choices=get_args(ReadingState),
    )


def _percent_from(_: Site, row: Reading) -> str | None:
    if shown_percent(row.progress, row.point) is None:
        return None
    return "counts" if row.point.reading.reached is not None and row.point.reading.of else "reported"


def _corrected_on(_: Site, row: Reading) -> date | None:
    return max((correction.date for correction in row.point.reading.corrections), default=None)


def _readings(site: Site) -> Iterator[Reading]:
    return (
        Reading(progress, point)
        for targets in site.derived.progress.values()
        for progress in targets
        for point in progress.points
    )


PROGRESS: RowKind[Reading] = RowKind(
    name="progress",
    schema="Reading",
    title=Words(vi="Tiến độ", en="Progress"),
    about=Words(
        vi="Mỗi dòng là một con số của một chỉ tiêu trong một kỳ báo cáo. Kỳ không có báo cáo thì không có dòng.",
        en="Each row is one figure of one target in one period. A period without a report has no row.",
    ),
    fields=(
        *target_fields(lambda row: row.progress),
        *_period_fields(lambda row: row.point.period),
        _state_field(lambda row: row.point.reading.state),
        field("reached", "whole", "Số đạt.", "Count.", lambda _, row: row.point.reading.reached, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", lambda _, row: row.point.reading.of, optional=True),
        field(
            "percent",
            "number",
            "Tỷ lệ, hai số lẻ.",
            "Percentage, two decimals.",
            lambda _, row: shown_percent(row.progress, row.point),
            optional=True,
        ),
        field(
            "percent_from",
            "text",
            "counts: tính từ số đạt chia cho tổng số; reported: báo cáo chỉ ghi tỷ lệ.",
            "counts: computed from the two counts; reported: the report gives the percentage only.",
            _percent_from,
            optional=True,
            choices=("counts", "reported"),
        ),
        field(
            "corrections",
            "whole",
            "Số lần sửa con số này sau khi đã công bố.",
            "How often this figure was corrected after it was published.",
            lambda _, row: len(row.point.reading.corrections),
        ),
        field("corrected_on", "day", "Ngày sửa gần nhất.", "Day of the last correction.", _corrected_on, optional=True),
        *_report_fields(lambda row: row.point.report, lambda row: row.progress.unit.id),
    ),
    subjects=_readings,
    units_of=lambda row: (row.progress.unit.id,),
    plans_of=lambda row: (row.progress.plan.id,),
    always=True,
)


def _reports(site: Site) -> list[tuple[Plan, ProgressReport]]:
    """Gives all reports with their plans: by plan, then in the order of time."""
    found = [(plan_of(site.dataset, report), report) for report in site.dataset.reports]
    return sorted(found, key=lambda pair: (pair[0].id, pair[1].period.end, pair[1].period.id))


def _reported_tasks(site: Site) -> Iterator[ReportedTask]:
    return (ReportedTask(plan, report, task) for plan, report in _reports(site) for task in report.tasks)


TASK_REPORTS: RowKind[ReportedTask] = RowKind(
    name="task-reports",
    schema="TaskReport",
    title=Words(vi="Báo cáo nhiệm vụ", en="Task reports"),
    about=Words(
        vi="Mỗi dòng là tình trạng của một nhiệm vụ trong một kỳ báo cáo.",
        en="Each row is the status of one task in one period.",
    ),
    fields=(
        *unit_fields(lambda site, row: site.dataset.unit_of(row.plan)),
        field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, row: row.plan.id),
        field("task", "id", "Mã nhiệm vụ.", "The task's id.", lambda _, row: row.task.task),
        *_period_fields(lambda row: row.report.period),
        field(
            "status",
            "text",
            "not_started: chưa làm; in_progress: đang làm; done: xong.",
            "not_started, in_progress or done.",
            lambda _, row: row.task.status,
            choices=get_args(TaskStatus),
        ),
        *words_fields("done", "Đã làm gì.", "What was done.", lambda _, row: row.task.done, optional=True),
        *_report_fields(lambda row: row.report, lambda row: row.plan.unit),
    ),
    subjects=_reported_tasks,
    units_of=lambda row: (row.plan.unit,),
    plans_of=lambda row: (row.plan.id,),
)


def _reported_models(site: Site) -> Iterator[ReportedModel]:
    return (ReportedModel(plan, report, reading) for plan, report in _reports(site) for reading in report.models)


def _counted(site: Site, row: ReportedModel) -> Words:
    measures = site.dataset.models[row.reading.model].measures
    return next(measure.name for measure in measures if measure.id == row.reading.measure)


OUTREACH: RowKind[ReportedModel] = RowKind(
    name="outreach",
    schema="OutreachReading",
    title=Words(vi="Số đo của các mô hình", en="Figures of outreach models"),
    about=Words(
        vi="Mỗi dòng là một số đếm của một mô hình trong một kỳ, ví dụ số lớp đã mở.",
        en="Each row is one count of one outreach model in one period, such as classes held.",
    ),
    fields=(
        *unit_fields(lambda site, row: site.dataset.unit_of(row.plan)),
        field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, row: row.plan.id),
        field("model", "id", "Mã mô hình.", "The model's id.", lambda _, row: row.reading.model),
        field("count", "id", "Mã số đo của mô hình.", "What is counted, as id.", lambda _, row: row.reading.measure),
        *words_fields("count_name", "Đếm cái gì.", "What is counted.", _counted),
        *_period_fields(lambda row: row.report.period),
        _state_field(lambda row: row.reading.state),
        field("value", "whole", "Con số.", "The count.", lambda _, row: row.reading.value, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", lambda _, row: row.reading.of, optional=True),
        *_report_fields(lambda row: row.report, lambda row: row.plan.unit),
    ),
    subjects=_reported_models,
    units_of=lambda row: (row.plan.unit,),
    plans_of=lambda row: (row.plan.id,),
)


def _definition_source(_: Site, indicator: Indicator) -> str | None:
    return indicator.source.name.vi if indicator.source else None


def _definition_date(_: Site, indicator: Indicator) -> LooseDate | None:
    return indicator.source.date if indicator.source else None


INDICATORS: RowKind[Indicator] = RowKind(
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
    subjects=lambda site: site.dataset.indicators.values(),
    units_of=no_owner,
    always=True,
)


def _rollups(site: Site) -> Iterator[UnitRollUp]:
    for rollup in site.derived.rollups.values():
        if rollup.expected:
            yield UnitRollUp(None, rollup)
    for unit_id, rollups in site.derived.unit_rollups.items():
        yield from (UnitRollUp(site.dataset.units[unit_id], rollup) for rollup in rollups.values())


def _rolled_percent(_: Site, row: UnitRollUp) -> Decimal | None:
    return None if row.rollup.percent is None else rounded(row.rollup.percent)


ROLLUPS: RowKind[UnitRollUp] = RowKind(
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
                f"{one.point.report.source.document}, {one.point.report.source.date.isoformat()}"
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
    subjects=_rollups,
    units_of=lambda row: (row.unit.id,) if row.unit else (),
    always=True,
)


def _due_reports(site: Site) -> Iterator[DueReport]:
    """Gives what was due and what is due next, each once; within a plan in the order of days."""
    for punctuality in site.derived.punctuality.values():
        found = {(row.duty.id, row.period.id): row for row in (*punctuality.rows, *punctuality.next_due)}
        yield from sorted(found.values(), key=lambda row: (row.due, row.duty.id, row.period.id))


DUE: RowKind[DueReport] = RowKind(
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
        *_period_fields(lambda row: row.period),
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
        field("page", "url", "Trang có hạn này.", "The page with this date.", _unit_page(lambda row: row.plan.unit)),
    ),
    subjects=_due_reports,
    units_of=lambda row: (row.plan.unit,),
    plans_of=lambda row: (row.plan.id,),
    always=True,
)
