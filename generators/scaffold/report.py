"""Owns how a whole report is written as its file: every field of the record, in the order and style of a new form.

The file reads back as the same record. Comments name each target and task in words, as a new form does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

import yaml

from generators.dataset.reports import report_path
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


def report_file(site: Site, plan: Plan, report: ProgressReport, kept: Iterable[str] = ()) -> NewFile:
    """Gives the file of a report; ``kept`` are comments of the file that it replaces."""
    return NewFile(report_path(report), whole(_lines(site, plan, report, kept)))


def _lines(site: Site, plan: Plan, report: ProgressReport, kept: Iterable[str]) -> Iterator[str]:
    yield schema_line("report", 3)
    if site.dataset.is_sample(plan):
        yield "# Số liệu minh họa: đơn vị này không có thật, mọi con số ở đây được đặt ra."
    yield f"# Từ bảng tính, dấu {report_mark(report)}. Giữ dòng này thì còn lấy lại được từ bảng tính đã sửa."
    yield from kept
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


def comments_of(text: str) -> list[str]:
    """Gives the comments of a YAML file, each as a line of its own, without the line that names its schema."""
    lines = text.split("\n")
    ends = [0] * len(lines)
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.ScalarToken):
            for line in range(token.start_mark.line, min(token.end_mark.line, len(lines) - 1)):
                ends[line] = len(lines[line])
        if token.end_mark.line < len(lines):
            ends[token.end_mark.line] = max(ends[token.end_mark.line], token.end_mark.column)
    rest = (line[end:].strip() for line, end in zip(lines, ends, strict=True))
    return [one for one in rest if one.startswith("#") and "yaml-language-server" not in one]
