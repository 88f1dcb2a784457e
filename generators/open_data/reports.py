"""Owns the open data of what was reported: readings, task reports, model figures.

Missing figures are missing here too: a row without a figure keeps its state and has ``null`` where the number would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from generators.derive.progress import Point, TargetProgress
from generators.open_data.commitments import BY_PLAN, shown_percent, target_fields
from generators.open_data.rows import Field, Holders, R, RowKind, field, unit_fields, words_fields
from generators.render.records import Value
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
from generators.site import Site


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one target."""

    progress: TargetProgress
    point: Point


@dataclass(frozen=True, slots=True)
class Sent:
    """One report and the plan that it is about."""

    plan: Plan
    report: ProgressReport


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


def period_fields(period_of: Callable[[R], ReportingPeriod]) -> tuple[Field[R], ...]:
    """Gives the fields that say which period a row is about."""
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


def report_fields(report_of: Callable[[R], ProgressReport]) -> tuple[Field[R], ...]:
    """Gives the fields that say in which document a row stands."""
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
    )


def _page_field(unit_of: Callable[[R], str]) -> Field[R]:
    return field("page", "url", "Trang có con số này.", "The page with this figure.", unit_page(unit_of))


def unit_page(unit_of: Callable[[R], str]) -> Callable[[Site, R], Value]:
    """Gives the getter of the address of a row's unit page."""

    def page(site: Site, row: R) -> str:
        return site.absolute(site.unit_address(unit_of(row), "vi"))

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


def _readings(site: Site, plan: Plan) -> Iterator[Reading]:
    return (Reading(progress, point) for progress in site.derived.progress[plan.id] for point in progress.points)


PROGRESS: RowKind[Plan, Reading] = RowKind(
    name="progress",
    schema="Reading",
    title=Words(vi="Tiến độ", en="Progress"),
    about=Words(
        vi="Mỗi dòng là một con số của một chỉ tiêu trong một kỳ báo cáo. Kỳ không có báo cáo thì không có dòng.",
        en="Each row is one figure of one target in one period. A period without a report has no row.",
    ),
    fields=(
        *target_fields(lambda row: row.progress),
        *period_fields(lambda row: row.point.period),
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
        *report_fields(lambda row: row.point.report),
        _page_field(lambda row: row.progress.unit.id),
    ),
    holders=BY_PLAN,
    count=lambda site, plan: site.derived.tallies[plan.id].readings,
    subjects=_readings,
    always=True,
)


_BY_PLAN_ID: Holders[Plan] = replace(
    BY_PLAN, all=lambda site: sorted(site.dataset.plans.values(), key=lambda plan: plan.id)
)


def reports_in_time(site: Site, plan: Plan) -> list[Sent]:
    """Gives the reports about a plan in the order of time."""
    found = (Sent(plan, report) for report in site.derived.reports_of_plan[plan.id])
    return sorted(found, key=lambda sent: (sent.report.period.end, sent.report.period.id))


def _reported_tasks(site: Site, plan: Plan) -> Iterator[ReportedTask]:
    return (ReportedTask(plan, one.report, task) for one in reports_in_time(site, plan) for task in one.report.tasks)


TASK_REPORTS: RowKind[Plan, ReportedTask] = RowKind(
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
        *period_fields(lambda row: row.report.period),
        field(
            "status",
            "text",
            "not_started: chưa làm; in_progress: đang làm; done: xong.",
            "not_started, in_progress or done.",
            lambda _, row: row.task.status,
            choices=get_args(TaskStatus),
        ),
        *words_fields("done", "Đã làm gì.", "What was done.", lambda _, row: row.task.done, optional=True),
        *report_fields(lambda row: row.report),
        _page_field(lambda row: row.plan.unit),
    ),
    holders=_BY_PLAN_ID,
    count=lambda site, plan: site.derived.tallies[plan.id].task_reports,
    subjects=_reported_tasks,
)


def _reported_models(site: Site, plan: Plan) -> Iterator[ReportedModel]:
    sent = reports_in_time(site, plan)
    return (ReportedModel(plan, one.report, reading) for one in sent for reading in one.report.models)


def _counted(site: Site, row: ReportedModel) -> Words:
    measures = site.dataset.models[row.reading.model].measures
    return next(measure.name for measure in measures if measure.id == row.reading.measure)


OUTREACH: RowKind[Plan, ReportedModel] = RowKind(
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
        *period_fields(lambda row: row.report.period),
        _state_field(lambda row: row.reading.state),
        field("value", "whole", "Con số.", "The count.", lambda _, row: row.reading.value, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", lambda _, row: row.reading.of, optional=True),
        *report_fields(lambda row: row.report),
        _page_field(lambda row: row.plan.unit),
    ),
    holders=_BY_PLAN_ID,
    count=lambda site, plan: site.derived.tallies[plan.id].counts,
    subjects=_reported_models,
)
