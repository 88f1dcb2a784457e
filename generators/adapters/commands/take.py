"""Owns ``campaign take``: reads a filled form into the file of its report, or says of each cell why it cannot.

Nothing is written unless all can be taken and no rule of the project is broken. A report that is there is replaced only
when asked for, and only where the form holds all that stands in it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generators import limits
from generators.adapters.clock import today
from generators.adapters.commands.flags import add_project_flags
from generators.adapters.commands.words import MACHINE_REFUSED
from generators.adapters.printing import print_each
from generators.dataset import Dataset
from generators.dataset.reports import report_path
from generators.pipeline import load_project
from generators.problems import Language, Problem, Problems
from generators.scaffold.report import changed_file, mark_in, ordered_like, report_file, report_mark
from generators.schema.progress import ProgressReport
from generators.site import Site
from generators.spreadsheet.judging import judge
from generators.spreadsheet.layout import SHEETS
from generators.spreadsheet.taking import TakenForm, take_form
from generators.text import format_date

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã viết: {path}", "en": "Written: {path}"},
    "counts": {
        "vi": "Có số: {figures} trên {readings} chỉ tiêu có mặt. Nhiệm vụ: {tasks}. Số đếm theo mô hình: {models}. "
        "Ngày gửi báo cáo: {day}.",
        "en": "Targets with a figure: {figures} of {readings} in the form. Tasks: {tasks}. Counts by model: {models}. "
        "Reported on: {day}.",
    },
    "draft": {
        "vi": "Báo cáo còn là bản nháp, chưa lên trang. Mở tệp xem lại, xóa dòng draft, rồi gõ campaign check.",
        "en": "The report is a draft, not on the site yet. Look it over, take the line draft away, run campaign check.",
    },
    "official": {
        "vi": "Báo cáo là bản chính thức: lần dựng trang sau là hiện.",
        "en": "The report is official: it shows with the next build.",
    },
    "refused": {
        "vi": "Chưa lấy {path}: {count} chỗ phải sửa. Chưa ghi gì.",
        "en": "{path} was not taken: {count} things to mend. Nothing was written.",
    },
    "same": {
        "vi": "{path} đã nói đúng như biểu này. Không có gì phải ghi.",
        "en": "{path} says the same as this form already. There is nothing to write.",
    },
    "exists": {
        "vi": "Đã có {path}, nên không ghi đè. Muốn thay bằng biểu này thì gõ thêm --replace.",
        "en": "{path} is already there and is not overwritten. To replace it by this form, add --replace.",
    },
    "changed": {
        "vi": "Không thay {path}: tệp ấy có điều mà biểu này không biết, thay thì mất. Hãy lập biểu mới (đã có sẵn mọi "
        "điều trong tệp), chép số sang rồi lấy lại: campaign form {unit} {period} --output bieu-moi.xlsx",
        "en": "{path} is not replaced: it holds what this form does not know, and that would be lost. Write a new form "
        "(it holds all of the file), copy your figures into it, take it: "
        "campaign form {unit} {period} --output bieu-moi.xlsx",
    },
    "system": MACHINE_REFUSED,
    "no-file": {"vi": "Không đọc được {path}: {reason}", "en": "{path} cannot be read: {reason}"},
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    command.add_argument("file", type=Path, help="biểu đã điền (.xlsx)")
    command.add_argument("--replace", action="store_true", help="thay báo cáo đã có của kỳ này")
    command.add_argument("--publish", action="store_true", help="coi là bản chính thức, dù biểu ghi bản nháp")
    add_project_flags(command)


def run(options: argparse.Namespace) -> int:
    """Takes the form. Raises :class:`ContentError` when the project has errors already."""
    day = options.today or today()
    try:
        with options.file.open("rb") as handle:
            data = handle.read(limits.SHEET_BYTES + 1)
    except OSError as error:
        print(_say("no-file", options.lang, path=options.file, reason=error.strerror), file=sys.stderr)
        return 2
    dataset, site, _ = load_project(options.project, day, "")
    problems = Problems()
    taken = take_form(site, data, options.file.name, problems)
    if taken is None:
        return _refuse(options, problems)
    return _put(options, site, dataset, taken, problems, day)


def _put(
    options: argparse.Namespace, site: Site, dataset: Dataset, taken: TakenForm, problems: Problems, day: date
) -> int:
    path = report_path(taken.report)
    old = next((one for one in dataset.reports if report_path(one) == path), None)
    report = _with_draft(ordered_like(taken.report, old) if old else taken.report, old, publish=options.publish)
    target: Path = options.project / path
    text = target.read_text(encoding="utf-8") if old else ""
    file = changed_file(site, taken.plan, report, text) if old else report_file(site, taken.plan, report)
    judge(dataset, taken.saying(report), file, options.file.name, problems, day)
    if problems.errors:
        return _refuse(options, problems)
    if old is not None:
        if old == report:
            print(_say("same", options.lang, path=path))
            return 0
        if not _may_replace(options, taken, old, text):
            return 2
    try:
        _write(target, file.text, replace=old is not None)
    except OSError as error:
        print(_say("system", options.lang, reason=error), file=sys.stderr)
        return 2
    _print_problems(problems, options.lang)
    _print_result(options.lang, path, report)
    return 0


def _with_draft(report: ProgressReport, old: ProgressReport | None, *, publish: bool) -> ProgressReport:
    """A report that is on the site stays there when it is corrected."""
    draft = report.draft and not publish and (old is None or old.draft)
    return report.model_copy(update={"draft": draft})


def _may_replace(options: argparse.Namespace, taken: TakenForm, old: ProgressReport, text: str) -> bool:
    """True when the form was filled with what the file says, or the file was last written from a form."""
    path = report_path(old)
    if not options.replace:
        print(_say("exists", options.lang, path=path), file=sys.stderr)
        return False
    if report_mark(old) in (taken.basis, mark_in(text)):
        return True
    print(_say("changed", options.lang, path=path, unit=old.unit, period=old.period.id), file=sys.stderr)
    return False


def _write(target: Path, text: str, *, replace: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not replace:
        with target.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
        return
    aside = target.with_name(f"{target.name}.moi")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(target)  # at once, so that a stop in between leaves the old file whole


def _print_result(lang: Language, path: str, report: ProgressReport) -> None:
    counts = {
        "figures": sum(one.has_figure for one in report.readings),
        "readings": len(report.readings),
        "tasks": len(report.tasks),
        "models": len(report.models),
    }
    print(_say("written", lang, path=path))
    print(_say("counts", lang, day=format_date(report.reported_on, lang), **counts))
    print(_say("draft" if report.draft else "official", lang))


def _refuse(options: argparse.Namespace, problems: Problems) -> int:
    _print_problems(problems, options.lang)
    print(_say("refused", options.lang, path=options.file.name, count=len(problems.errors)), file=sys.stderr)
    return 1


def _print_problems(problems: Iterable[Problem], lang: Language) -> None:
    found = sorted(problems, key=lambda one: (one.path, _sheet_place(one), one.line, one.column))
    print_each(found, lambda *_: "", lang)


def _sheet_place(problem: Problem) -> int:
    names = list(SHEETS)
    name = problem.cell.partition("!")[0]
    return names.index(name) if name in names else len(names)


def _say(key: str, lang: Language, **values: object) -> str:
    return _WORDS[key][lang].format_map(values)
