"""Owns ``campaign form``: writes the spreadsheet in which a unit fills in its report for one period.

A form that is there is never overwritten: somebody may have typed into it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.commands.asking import Asker, WrongAnswer
from generators.adapters.commands.flags import add_project_flags
from generators.adapters.commands.words import MACHINE_REFUSED
from generators.dataset import Dataset
from generators.dataset.reports import plans_for
from generators.pipeline import load_project
from generators.problems import Language
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport, read_period
from generators.spreadsheet.form import form_bytes, form_name, too_long
from generators.spreadsheet.rows import FormOf

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã viết: {path}", "en": "Written: {path}"},
    "next": {
        "vi": "Bước sau: mở bằng Excel hoặc LibreOffice, ghi vào ô màu vàng nhạt, lưu, rồi gõ: campaign take {path}",
        "en": "Next: open it in Excel or LibreOffice, fill in the light yellow cells, save, then run: "
        "campaign take {path}",
    },
    "filled": {
        "vi": "Kỳ này đã có báo cáo ({path}), nên biểu có sẵn mọi điều báo cáo ấy nói.",
        "en": "This period has a report ({path}), so the form holds all that it says.",
    },
    "exists": {
        "vi": "Đã có tệp {path}, nên không ghi đè. Hãy đổi tên tệp ấy, hoặc đặt biểu ở nơi khác bằng --output.",
        "en": "{path} is already there and is not overwritten. Rename it, or choose another place with --output.",
    },
    "no-plan": {
        "vi": 'Đơn vị "{unit}" chưa có kế hoạch. Hãy gõ: campaign new plan --unit {unit}',
        "en": 'The unit "{unit}" has no plan yet. Run: campaign new plan --unit {unit}',
    },
    "plans": {
        "vi": 'Đơn vị "{unit}" có {count} kế hoạch. Hãy chọn một bằng --plan: {plans}.',
        "en": 'The unit "{unit}" has {count} plans. Choose one with --plan: {plans}.',
    },
    "too-long": {
        "vi": "Chưa lập được biểu: lời ở {place} dài quá một ô bảng tính. Hãy viết ngắn lại trong {path}.",
        "en": "No form can be made: the text at {place} is longer than a cell. Shorten it in {path}.",
    },
    "system": MACHINE_REFUSED,
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    command.add_argument("unit", help="đơn vị (mã hoặc tên)")
    command.add_argument("period", help="kỳ báo cáo: quý 2026-q1, tháng 2026-03, nửa năm 2026-h1, năm 2026")
    command.add_argument("--plan", help="mã kế hoạch, khi đơn vị có nhiều kế hoạch")
    command.add_argument("--output", type=Path, help="tên tệp .xlsx (mặc định: bieu-<đơn vị>-<kỳ>.xlsx ở thư mục này)")
    add_project_flags(command)


def run(options: argparse.Namespace) -> int:
    """Writes the form. Raises :class:`ContentError` when the project has errors already."""
    lang: Language = options.lang
    day = options.today or today()
    dataset, site, _ = load_project(options.project, day, "")
    asker = Asker(options, lang, None, print)
    units = {key: [name.vi for name in (unit.name, unit.short) if name] for key, unit in dataset.units.items()}
    try:
        unit = asker.one_of(units)(options.unit)
        period = asker.by(read_period)(options.period)
        report = next((one for one in dataset.reports if (one.unit, one.period) == (unit, period)), None)
        plan, name_plan = _plan(options, dataset, unit, report)
    except WrongAnswer as error:
        print(error, file=sys.stderr)
        return 2
    return _write(options, FormOf(site, plan, period, report, name_plan))


def _plan(options: argparse.Namespace, dataset: Dataset, unit: str, report: ProgressReport | None) -> tuple[Plan, bool]:
    """Gives the plan that the report is about, and whether a report must name it. Raises :class:`WrongAnswer`."""
    own = [plan for plan in dataset.plans.values() if plan.unit == unit]
    if report is not None:
        return plans_for(report, own)[0], report.plan is not None
    chosen: Sequence[Plan] = [plan for plan in own if plan.status == "in_force"] or own
    if options.plan:
        chosen = [plan for plan in chosen if plan.id == options.plan]
    if len(chosen) == 1:
        return chosen[0], len(own) > 1
    key = "plans" if own else "no-plan"
    plans = ", ".join(plan.id for plan in own)
    raise WrongAnswer(_say(key, options.lang, unit=unit, count=len(own), plans=plans))


def _write(options: argparse.Namespace, form: FormOf) -> int:
    lang: Language = options.lang
    target: Path = options.output or Path(form_name(form))
    source = f"data/progress/{form.period.id}/{form.plan.unit}.yml"
    if place := too_long(form):
        print(_say("too-long", lang, place=place, path=source), file=sys.stderr)
        return 1
    content = form_bytes(form)
    try:
        with target.open("xb") as handle:
            handle.write(content)
    except FileExistsError:
        print(_say("exists", lang, path=target), file=sys.stderr)
        return 2
    except OSError as error:
        print(_say("system", lang, reason=error), file=sys.stderr)
        return 2
    print(_say("written", lang, path=target))
    if form.report:
        print(_say("filled", lang, path=source))
    print(_say("next", lang, path=target))
    return 0


def _say(key: str, lang: Language, **values: object) -> str:
    return _WORDS[key][lang].format_map(values)
