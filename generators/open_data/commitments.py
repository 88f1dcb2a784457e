"""Owns the open data of what was promised: plans, targets, tasks. One row a thing, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from generators.addresses import plan_data_address
from generators.derive.progress import Point, ProgressState, TargetProgress
from generators.open_data.rows import Field, Holders, R, RowKind, field, itself, once, unit_fields, words_fields
from generators.schema.plan import Plan, PlanStatus, Target, Task
from generators.schema.progress import ReadingState
from generators.schema.scalars import Words
from generators.site import Site
from generators.telling.figures import plan_source


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task and the plan that holds it."""

    plan: Plan
    task: Task


BY_PLAN: Holders[Plan] = Holders(
    all=lambda site: site.dataset.plans.values(),
    name_of=lambda plan: plan.id,
    units_of=lambda plan: (plan.unit,),
)


def _plan_file(plan: Plan) -> str:
    return f"data/plans/{plan.id}.yml"


def _plan_page(site: Site, plan: Plan) -> str:
    return site.absolute(site.plan_address(plan.id, "vi"))


PLANS: RowKind[Plan, Plan] = RowKind(
    name="plans",
    schema="Plan",
    title=Words(vi="Kế hoạch", en="Plans"),
    about=Words(
        vi="Mỗi dòng là một kế hoạch: ai ban hành, số, ngày, còn hiệu lực hay không.",
        en="Each row is one plan: who issued it, its number and date, and whether it is in force.",
    ),
    fields=(
        field("id", "id", "Mã kế hoạch, không đổi.", "The plan's id; it does not change.", lambda _, plan: plan.id),
        *words_fields("title", "Tên kế hoạch.", "The plan's title.", lambda _, plan: plan.title),
        *unit_fields(lambda site, plan: site.dataset.unit_of(plan)),
        field(
            "number",
            "text",
            "Số hiệu. Trống khi văn bản không ghi số.",
            "Document number. Missing when the document shows none.",
            lambda _, plan: plan.document.number,
            optional=True,
        ),
        field(
            "date",
            "loose-day",
            "Ngày ban hành, đúng mức văn bản ghi: 2025-07 là chỉ biết tháng.",
            "Date of issue, as exact as the document: 2025-07 is a month without its day.",
            lambda _, plan: plan.document.date,
            optional=True,
        ),
        *words_fields("issuer", "Cơ quan ban hành.", "Issued by.", lambda _, plan: plan.document.issuer, optional=True),
        field("status", "text", "Tình trạng.", "Status.", lambda _, plan: plan.status, choices=get_args(PlanStatus)),
        *words_fields("scope", "Áp dụng cho ai, ở đâu.", "To whom and where it applies.", lambda _, plan: plan.scope),
        *words_fields("summary", "Tóm tắt.", "Summary.", lambda _, plan: plan.summary),
        field("groups", "list", "Mã các nhóm người.", "Ids of the groups of people.", lambda _, plan: plan.groups),
        field("targets", "whole", "Số chỉ tiêu.", "Number of targets.", lambda _, plan: len(plan.targets)),
        field("tasks", "whole", "Số nhiệm vụ.", "Number of tasks.", lambda _, plan: len(plan.tasks)),
        field("page", "url", "Trang của kế hoạch.", "The plan's page.", _plan_page),
        field(
            "data",
            "url",
            "Tệp đủ mọi số liệu của kế hoạch.",
            "The file with all data of the plan.",
            lambda site, plan: site.absolute(plan_data_address(plan.id)),
        ),
    ),
    holders=BY_PLAN,
    count=once,
    subjects=itself,
    always=True,
    file_of=_plan_file,
)


def _level_kind(target: Target) -> str:
    return target.at_least.kind if target.at_least else "words"


def _level(target: Target) -> Decimal | None:
    return target.at_least.value if target.at_least else None


def shown_percent(progress: TargetProgress, point: Point | None) -> Decimal | None:
    """Gives the percentage of a reading as the pages show it; ``None`` for a count and for a missing figure."""
    return None if point is None or _level_kind(progress.target) == "count" else point.shown


def _latest_percent(_: Site, row: TargetProgress) -> Decimal | None:
    return shown_percent(row, row.latest)


def _latest_reached(_: Site, row: TargetProgress) -> int | None:
    return row.latest.reading.reached if row.latest else None


def _latest_of(_: Site, row: TargetProgress) -> int | None:
    return row.latest.reading.of if row.latest else None


def _latest_period(_: Site, row: TargetProgress) -> str | None:
    return row.latest.period.id if row.latest else None


def _latest_state(_: Site, row: TargetProgress) -> str | None:
    return row.latest.reading.state if row.latest else None


def _latest_source(_: Site, row: TargetProgress) -> str | None:
    return row.latest.report.source.document if row.latest else None


def _latest_source_date(_: Site, row: TargetProgress) -> date | None:
    return row.latest.report.source.date if row.latest else None


def target_fields(progress_of: Callable[[R], TargetProgress]) -> tuple[Field[R], ...]:
    """Gives the fields that name a target, for every kind of row that is about one."""
    return (
        *unit_fields(lambda _, row: progress_of(row).unit),
        field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, row: progress_of(row).plan.id),
        field(
            "target",
            "id",
            "Mã chỉ tiêu, riêng trong một kế hoạch.",
            "The target's id, unique within its plan.",
            lambda _, row: progress_of(row).target.id,
        ),
        field("indicator", "id", "Mã chỉ số.", "The indicator's id.", lambda _, row: progress_of(row).indicator.id),
        field(
            "indicator_name_vi",
            "text",
            "Tên chỉ số.",
            "The indicator's name.",
            lambda _, row: progress_of(row).indicator.short.vi,
        ),
        field(
            "measure",
            "id",
            "Mã cách đo. Không cộng hai cách đo khác nhau.",
            "The measure's id. Never add up two different measures.",
            lambda _, row: progress_of(row).measure.id,
        ),
        field(
            "year",
            "whole",
            "Năm phải đạt. Trống khi kế hoạch không ghi một năm.",
            "Year by whose end it must be reached. Missing when the plan names no single year.",
            lambda _, row: progress_of(row).target.year,
            optional=True,
        ),
        field(
            "level_kind",
            "text",
            "percent: phần trăm; count: số đếm; words: chỉ nói bằng lời.",
            "percent, count, or words only.",
            lambda _, row: _level_kind(progress_of(row).target),
            choices=("percent", "count", "words"),
        ),
        field(
            "level",
            "number",
            "Mức phải đạt. Trống khi kế hoạch chỉ nói bằng lời.",
            "Level to reach. Missing when the plan uses words only.",
            lambda _, row: _level(progress_of(row).target),
            optional=True,
        ),
    )


TARGETS: RowKind[Plan, TargetProgress] = RowKind(
    name="targets",
    schema="Target",
    title=Words(vi="Chỉ tiêu", en="Targets"),
    about=Words(
        vi="Mỗi dòng là một chỉ tiêu của một kế hoạch, và con số mới nhất đã báo cáo.",
        en="Each row is one target of one plan, with the latest figure reported.",
    ),
    fields=(
        *target_fields(lambda row: row),
        field(
            "level_unit",
            "text",
            "Đơn vị đếm, ví dụ: người.",
            "What is counted, such as people.",
            lambda _, row: (row.target.at_least.unit or None) if row.target.at_least else None,
            optional=True,
        ),
        field("group", "id", "Mã nhóm người.", "The id of the group of people.", lambda _, row: row.target.group),
        *words_fields("population", "Ai được tính.", "Who is counted.", lambda _, row: row.target.population),
        *words_fields("statement", "Phải đạt điều gì.", "What must be reached.", lambda _, row: row.target.statement),
        field(
            "effort",
            "flag",
            "true khi kế hoạch chỉ viết “phấn đấu”.",
            "true when the plan only says “strive”.",
            lambda _, row: row.target.effort,
        ),
        field(
            "baseline",
            "number",
            "Mức lúc bắt đầu, nếu đã đo.",
            "The level at the start, if it was measured.",
            lambda _, row: row.target.baseline.at.value if row.target.baseline else None,
            optional=True,
        ),
        field(
            "baseline_on",
            "day",
            "Ngày đo mức lúc bắt đầu.",
            "The day on which the start was measured.",
            lambda _, row: row.target.baseline.on if row.target.baseline else None,
            optional=True,
        ),
        field(
            "baseline_source",
            "text",
            "Nguồn của mức lúc bắt đầu.",
            "Source of the level at the start.",
            lambda _, row: row.target.baseline.source.vi if row.target.baseline else None,
            optional=True,
        ),
        field(
            "state",
            "text",
            "Tình hình hôm nay. no_data: chưa có số liệu, không có nghĩa là 0.",
            "Where it stands today. no_data: no figures yet, which does not mean 0.",
            lambda _, row: row.state,
            choices=get_args(ProgressState),
        ),
        field("reached", "whole", "Số đạt mới nhất.", "Latest count.", _latest_reached, optional=True),
        field("of", "whole", "Trên tổng số.", "Out of.", _latest_of, optional=True),
        field(
            "percent",
            "number",
            "Tỷ lệ mới nhất, hai số lẻ.",
            "Latest percentage, two decimals.",
            _latest_percent,
            optional=True,
        ),
        field("period", "text", "Kỳ của con số ấy.", "The period of that figure.", _latest_period, optional=True),
        field(
            "reading_state",
            "text",
            "Tình trạng của con số ấy.",
            "The state of that figure.",
            _latest_state,
            optional=True,
            choices=get_args(ReadingState),
        ),
        field(
            "reading_source",
            "text",
            "Văn bản báo cáo của con số ấy.",
            "The report that holds that figure.",
            _latest_source,
            optional=True,
        ),
        field(
            "reading_source_date",
            "day",
            "Ngày của văn bản ấy.",
            "Date of that report.",
            _latest_source_date,
            optional=True,
        ),
        field(
            "source",
            "text",
            "Văn bản đặt ra chỉ tiêu: tên, số, ngày.",
            "The document that sets the target: title, number, date.",
            lambda site, row: plan_source(site, row.plan, "vi"),
        ),
        field(
            "section", "text", "Mục của kế hoạch.", "The section of the plan.", lambda _, row: row.target.section
        ),
        field("page", "url", "Trang có con số này.", "The page with this figure.", lambda s, r: _plan_page(s, r.plan)),
    ),
    holders=BY_PLAN,
    count=lambda site, plan: site.derived.tallies[plan.id].targets,
    subjects=lambda site, plan: site.derived.progress[plan.id],
    always=True,
)


TASKS: RowKind[Plan, PlannedTask] = RowKind(
    name="tasks",
    schema="Task",
    title=Words(vi="Nhiệm vụ", en="Tasks"),
    about=Words(
        vi="Mỗi dòng là một việc trong kế hoạch: ai chủ trì, ai phối hợp, khi nào.",
        en="Each row is one task of a plan: who leads, who helps, and when.",
    ),
    fields=(
        *unit_fields(lambda site, row: site.dataset.unit_of(row.plan)),
        field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, row: row.plan.id),
        field(
            "task",
            "id",
            "Mã nhiệm vụ, riêng trong một kế hoạch.",
            "The task's id, unique within its plan.",
            lambda _, row: row.task.id,
        ),
        *words_fields("text", "Việc phải làm.", "What must be done.", lambda _, row: row.task.text),
        *words_fields("lead", "Đơn vị chủ trì.", "Who leads.", lambda _, row: row.task.lead, optional=True),
        field(
            "with",
            "list",
            "Các đơn vị phối hợp.",
            "Who helps.",
            lambda _, row: [words.vi for words in row.task.with_],
        ),
        *words_fields(
            "when",
            "Thời gian, đúng lời kế hoạch.",
            "The time, in the plan's words.",
            lambda _, row: row.task.when.text,
            optional=True,
        ),
        field(
            "from",
            "day",
            "Ngày bắt đầu, chỉ khi lời văn cho biết.",
            "First day, only where the words give one.",
            lambda _, row: row.task.when.from_,
            optional=True,
        ),
        field(
            "due",
            "day",
            "Hạn cuối, chỉ khi lời văn cho biết.",
            "Last day, only where the words give one.",
            lambda _, row: row.task.when.due,
            optional=True,
        ),
        field("groups", "list", "Mã các nhóm người.", "Ids of the groups of people.", lambda _, row: row.task.groups),
        field("models", "list", "Mã các mô hình.", "Ids of the outreach models.", lambda _, row: row.task.models),
        field(
            "source",
            "text",
            "Văn bản giao việc: tên, số, ngày.",
            "The document that sets the task: title, number, date.",
            lambda site, row: plan_source(site, row.plan, "vi"),
        ),
        field("section", "text", "Mục của kế hoạch.", "The section of the plan.", lambda _, row: row.task.section),
        field("page", "url", "Trang có việc này.", "The page with this task.", lambda s, r: _plan_page(s, r.plan)),
    ),
    holders=BY_PLAN,
    count=lambda site, plan: site.derived.tallies[plan.id].tasks,
    subjects=lambda _, plan: (PlannedTask(plan, task) for task in plan.tasks),
    always=True,
    file_of=_plan_file,
)
