"""Owns what the form of a new progress report holds: the plan's targets, tasks and models, with what was said last.

The form is a draft, so that an empty form never counts as a report that was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generators.derive.progress import Point, TargetProgress
from generators.derive.taskboard import TaskStanding
from generators.scaffold.writing import NewFile, comment, optional_keys, scalar, schema_line, whole
from generators.schema.plan import Plan
from generators.schema.progress import OutreachReading, ProgressReport, ReportingPeriod
from generators.site import Site
from generators.telling.progress_words import level_text
from generators.text import format_date, format_number, format_percent

_STATUS = {"not_started": "chưa làm", "in_progress": "đang làm", "done": "đã xong"}


def progress_file(
    site: Site, plan: Plan, period: ReportingPeriod, reported_on: date, document: str, *, name_plan: bool
) -> NewFile:
    """Gives the form of a unit's report; ``name_plan`` where the unit has more than one plan in force."""
    lines = _lines(site, plan, period, reported_on, document, name_plan=name_plan)
    return NewFile(f"data/progress/{period.id}/{plan.unit}.yml", whole(lines))


def _lines(
    site: Site, plan: Plan, period: ReportingPeriod, reported_on: date, document: str, *, name_plan: bool
) -> Iterator[str]:
    day = format_date(reported_on, "vi")
    yield schema_line("report", 3)
    if site.dataset.is_sample(plan):
        yield "# Số liệu minh họa: đơn vị này không có thật, mọi con số ở đây được đặt ra."
    yield "# Điền xong thì xóa dòng draft, rồi gõ: campaign check. Chưa xóa thì báo cáo chưa lên trang."
    yield "draft: true"
    yield f"unit: {plan.unit}"
    if name_plan:
        yield f"plan: {plan.id}"
    yield f"period: {period.id}"
    yield f"reported_on: {day}  # ngày gửi báo cáo; ghi ngày mai thì đến mai mới lên trang"
    yield "source:"
    yield f"  document: {scalar(document)}  # tên và số của văn bản báo cáo"
    yield f"  date: {day}"
    yield ""
    yield from _readings(site, plan, period)
    yield ""
    yield from _tasks(site, plan, period)
    yield from _models(site, plan, period)
    yield from optional_keys(
        ProgressReport, {"unit", "plan", "period", "reported_on", "source", "readings", "tasks", "models", "draft"}
    )


def _readings(site: Site, plan: Plan, period: ReportingPeriod) -> Iterator[str]:
    yield "# Chỉ tiêu. Có số thì xóa dòng state và bỏ dấu # ở dòng số. Chưa có số thì để nguyên: thiếu không phải là 0."
    yield "# Số tạm tính thì thay bằng state: provisional. Thêm được: evidence, assessment, difficulties, proposals."
    yield "readings:" if plan.targets else "readings: []"
    for target in site.derived.progress[plan.id]:
        yield from comment(target_note(site, target, period), "  ")
        yield f"  - target: {target.target.id}"
        yield "    state: not_reported"
        goal = target.target.at_least
        counts_people = goal is not None and goal.kind == "count"
        yield "    #reached:  # số đạt"
        if not counts_people:
            yield "    #of:       # trên tổng số"
            yield "    #percent:  # chỉ ghi khi báo cáo không có số đếm, ví dụ: 69,85%"
        yield "    #why_lower:  # vì sao thấp hơn kỳ trước, nếu có"


def target_note(site: Site, target: TargetProgress, period: ReportingPeriod) -> str:
    """Gives what stands above a target in a report's file: its name, its level, and what was said last."""
    year = f", năm {target.target.year}" if target.target.year else ""
    goal = level_text(site, target.target, "vi")
    last = last_figure(target, period)
    said = f"Kỳ {last[0].id}: {last[1]}." if last else "Chưa có số liệu kỳ nào."
    return f"{target.indicator.short.vi}{year}: {goal}. {said}"


def last_figure(target: TargetProgress, period: ReportingPeriod) -> tuple[ReportingPeriod, str] | None:
    """Gives the last figure before a period, ``40/46 (86,96%)``, and its own period; nothing where there is none."""
    earlier = [point for point in target.points if point.reading.has_figure and point.period.end < period.end]
    return (earlier[-1].period, _figure(earlier[-1])) if earlier else None


def _figure(point: Point) -> str:
    reading = point.reading
    shown = "" if point.shown is None else f" ({format_percent(point.shown, 'vi')})"
    if reading.reached is None:
        return shown.strip(" ()")
    reached = format_number(reading.reached, "vi")
    return reached if reading.of is None else f"{reached}/{format_number(reading.of, 'vi')}{shown}"


def _tasks(site: Site, plan: Plan, period: ReportingPeriod) -> Iterator[str]:
    yield "# Nhiệm vụ. Muốn báo việc nào thì bỏ dấu # ở dòng tasks và ở ba dòng của việc ấy."
    yield "# status: not_started (chưa làm), in_progress (đang làm) hoặc done (đã xong)."
    yield "#tasks:"
    for standing in site.derived.task_boards.get(plan.id, ()):
        yield from comment(f"  · {standing.task.text.vi} ({_last_status(standing, period)})")
        yield f"#  - task: {standing.task.id}"
        yield f"#    status: {standing.said.status if standing.said else 'in_progress'}"
        yield "#    done:  # đã làm gì, một hai câu"


def _last_status(standing: TaskStanding, period: ReportingPeriod) -> str:
    if standing.said is None or standing.report is None or standing.report.period.end >= period.end:
        return "Chưa báo lần nào."
    return f"Kỳ {standing.report.period.id}: {_STATUS[standing.said.status]}."


def _models(site: Site, plan: Plan, period: ReportingPeriod) -> Iterator[str]:
    """The measures of the models that the plan commits to."""
    measures = [
        (model, measure)
        for model in (site.dataset.models[commitment.model] for commitment in plan.models)
        for measure in model.measures
    ]
    if not measures:
        return
    said = last_counts(site, plan, period)
    yield ""
    yield "# Mô hình. Có số nào thì bỏ dấu # ở dòng models và ở dòng của số ấy. Tổng số, nếu có, ghi thêm: of."
    yield "#models:"
    for model, measure in measures:
        last = said.get((model.id, measure.id))
        note = f" Kỳ trước: {count_words(last)}." if last else ""
        yield from comment(f"  · {model.name.vi}: {measure.name.vi} ({measure.unit.vi}).{note}")
        yield f"#  - {{model: {model.id}, measure: {measure.id}, value: }}"


def last_counts(site: Site, plan: Plan, period: ReportingPeriod) -> dict[tuple[str, str], OutreachReading]:
    """Gives, by model and measure, the last count before a period."""
    reports = sorted(
        (one for one in site.dataset.reports if one.unit == plan.unit and one.period.end < period.end),
        key=lambda one: one.period.end,
    )
    return {
        (reading.model, reading.measure): reading
        for report in reports
        for reading in report.models
        if reading.value is not None
    }


def count_words(reading: OutreachReading) -> str:
    """Gives a count as a report states it: ``10/12``."""
    value = format_number(reading.value or 0, "vi")
    return value if reading.of is None else f"{value}/{format_number(reading.of, 'vi')}"
