"""Owns how a whole report is written as its file: every field of the record, in the order and style of a new form.

The file reads back as the same record. Comments name each target and task in words, as a new form does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from generators.dataset.reports import report_path
from generators.problems import Problems
from generators.scaffold.editing import Place, Unreadable, file_text
from generators.scaffold.progress import target_note
from generators.scaffold.writing import NewFile, comment, scalar, schema_line, whole, words
from generators.schema.plan import Plan
from generators.schema.progress import (
    Correction,
    Evidence,
    OutreachReading,
    Part,
    ProgressReport,
    TargetReading,
    TaskReport,
)
from generators.schema.scalars import Words
from generators.site import Site
from generators.source import read_yaml
from generators.text import format_date

_LONGEST_LINE = 118
_MARK = re.compile(r"# Từ bảng tính, dấu ([0-9a-f]{16})\.")
_SAID = ("assessment", "difficulties", "proposals")


def report_mark(report: ProgressReport) -> str:
    """Gives a short sign of all that a report says, to see whether it was changed. Being a draft or not leaves it."""
    said = report.model_dump(mode="json", exclude={"draft"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def mark_in(text: str) -> str:
    """Gives the sign that a file got when it was written from a spreadsheet, or nothing."""
    found = _MARK.search(text)
    return found[1] if found else ""


def report_file(site: Site, plan: Plan, report: ProgressReport) -> NewFile:
    """Gives the file of a report."""
    return NewFile(report_path(report), whole(_lines(site, plan, report)))


def changed_file(site: Site, plan: Plan, report: ProgressReport, old: str) -> NewFile:
    """Gives the file of a report that stands in the file ``old``: what was not changed stays as people wrote it.

    Comments, quotes and the order of keys stay. Where that cannot be done, the whole file is written anew.
    """
    fresh = report_file(site, plan, report)
    try:
        merged = file_text(Place("report", fresh.path, report.unit), fresh.text, old)
    except Unreadable:
        return fresh
    lines = [line for line in merged.split("\n") if not _MARK.match(line)]
    text = "\n".join([*lines[:1], _mark_line(report), *lines[1:]])
    return NewFile(fresh.path, text) if report_in(fresh.path, text) == report else fresh


def ordered_like(report: ProgressReport, old: ProgressReport) -> ProgressReport:
    """Gives the same report in the order in which an older one tells: so little of a file changes."""

    def sort(name: str, key: Callable[[Any], object]) -> tuple[Any, ...]:
        places = {key(one): place for place, one in reversed(list(enumerate(getattr(old, name))))}
        return tuple(sorted(getattr(report, name), key=lambda one: places.get(key(one), len(places))))

    return report.model_copy(
        update={
            "readings": sort("readings", lambda one: one.target),
            "tasks": sort("tasks", lambda one: one.task),
            "models": sort("models", lambda one: (one.model, one.measure)),
        }
    )


def report_in(path: str, text: str) -> ProgressReport | None:
    """Gives the report that a file's text holds, or ``None`` where it holds none."""
    source = read_yaml(path, text, Problems())
    try:
        return None if source is None else ProgressReport.model_validate(source.value)
    except ValidationError:
        return None


def _mark_line(report: ProgressReport) -> str:
    return f"# Từ bảng tính, dấu {report_mark(report)}. Giữ dòng này thì còn lấy lại được từ bảng tính đã sửa."


def _lines(site: Site, plan: Plan, report: ProgressReport) -> Iterator[str]:
    yield schema_line("report", 3)
    if site.dataset.is_sample(plan):
        yield "# Số liệu minh họa: đơn vị này không có thật, mọi con số ở đây được đặt ra."
    yield _mark_line(report)
    if report.draft:
        yield "# Xem lại, xong thì xóa dòng draft, rồi gõ: campaign check. Chưa xóa thì báo cáo chưa lên trang."
        yield "draft: true"
    yield f"unit: {report.unit}"
    if report.plan is not None:
        yield f"plan: {report.plan}"
    yield f"period: {report.period.id}"
    yield f"reported_on: {format_date(report.reported_on, 'vi')}"
    yield "source:"
    yield f"  document: {scalar(report.source.document)}"
    yield f"  date: {format_date(report.source.date, 'vi')}"
    if report.source.url:
        yield f"  url: {scalar(report.source.url)}"
    for name in ("summary", "difficulties", "proposals"):
        yield from _said(name, getattr(report, name), "")
    yield from _readings(site, plan, report)
    yield from _tasks(plan, report)
    yield from _models(site, report)


def _readings(site: Site, plan: Plan, report: ProgressReport) -> Iterator[str]:
    yield ""
    yield "readings:" if report.readings else "readings: []"
    progress = {one.target.id: one for one in site.derived.progress[plan.id]}
    for reading in report.readings:
        yield from comment(target_note(site, progress[reading.target], report.period), "  ")
        yield f"  - target: {reading.target}"
        yield from _reading(reading)


def _reading(reading: TargetReading) -> Iterator[str]:
    yield from _numbers(reading, "    ")
    if reading.measure is not None:
        yield f"    measure: {reading.measure}"
    if reading.state != "final":
        yield f"    state: {reading.state}"
    for name in ("why_lower", "done"):
        yield from _said(name, getattr(reading, name), "    ")
    yield from _evidence(reading.evidence)
    for name in _SAID:
        yield from _said(name, getattr(reading, name), "    ")
    yield from _parts(reading.parts)
    yield from _corrections(reading.corrections)


def _numbers(figure: TargetReading | Correction, indent: str) -> Iterator[str]:
    for name, number in (("reached", figure.reached), ("of", figure.of)):
        if number is not None:
            yield f"{indent}{name}: {number}"
    if figure.percent is not None:
        yield f"{indent}percent: {percent_text(figure.percent)}"


def _parts(parts: Collection[Part]) -> Iterator[str]:
    if parts:
        yield "    parts:"
    for part in parts:
        yield f"      - name: {_words(part.name)}"
        yield f"        reached: {part.reached}"
        if part.of is not None:
            yield f"        of: {part.of}"


def _corrections(corrections: Collection[Correction]) -> Iterator[str]:
    if corrections:
        yield "    corrections:"
    for one in corrections:
        yield f"      - date: {format_date(one.date, 'vi')}"
        yield from _numbers(one, "        ")
        yield from _said("reason", one.reason, "        ")


def _tasks(plan: Plan, report: ProgressReport) -> Iterator[str]:
    if not report.tasks:
        return
    texts = {task.id: task.text.vi for task in plan.tasks}
    yield ""
    yield "tasks:"
    for task in report.tasks:
        yield from comment(texts[task.task], "  ")
        yield f"  - task: {task.task}"
        yield from _task(task)


def _task(task: TaskReport) -> Iterator[str]:
    yield f"    status: {task.status}"
    yield from _said("done", task.done, "    ")
    yield from _evidence(task.evidence)
    for name in _SAID:
        yield from _said(name, getattr(task, name), "    ")


def _models(site: Site, report: ProgressReport) -> Iterator[str]:
    if not report.models:
        return
    yield ""
    yield "models:"
    last = ""
    for one in report.models:
        if one.model != last:
            yield from comment(site.dataset.models[one.model].name.vi, "  ")
        last = one.model
        yield from _counted(one)


def _counted(one: OutreachReading) -> Iterator[str]:
    parts = [f"model: {one.model}", f"measure: {one.measure}"]
    parts += [f"{name}: {number}" for name, number in (("value", one.value), ("of", one.of)) if number is not None]
    if one.state != "final":
        parts.append(f"state: {one.state}")
    if one.note is None:
        yield f"  - {{{', '.join(parts)}}}"
        return
    yield f"  - {parts[0]}"
    yield from (f"    {part}" for part in parts[1:])
    yield from _said("note", one.note, "    ")


def _evidence(evidence: Collection[Evidence]) -> Iterator[str]:
    if not evidence:
        return
    yield "    evidence:"
    for one in evidence:
        yield f"      - text: {_words(one.text)}"
        if one.url:
            yield f"        url: {scalar(one.url)}"


def _said(name: str, said: Words | None, indent: str) -> Iterator[str]:
    """One line where it fits, else one line a language."""
    if said is None:
        return
    line = f"{indent}{name}: {_words(said)}"
    if len(line) <= _LONGEST_LINE:
        yield line
        return
    yield f"{indent}{name}:"
    yield f"{indent}  vi: {scalar(said.vi)}"
    if said.en:
        yield f"{indent}  en: {scalar(said.en)}"


def _words(said: Words) -> str:
    return words(said.vi, said.en or "")


def percent_text(percent: Decimal) -> str:
    """Gives a percentage with every digit that a report gives, as their number says how it was rounded: ``85,0%``."""
    return f"{percent:f}%".replace(".", ",")
