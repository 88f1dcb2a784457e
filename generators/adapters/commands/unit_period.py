"""Owns how UNIT, PERIOD and ``--plan`` on the command line become a unit, one of its plans and a period.

A unit may be called by its id or by its name, with or without tones. What cannot be reported on is refused with the
reason: a unit that is no more, a plan that is history, a unit without a plan.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from generators.adapters.commands.asking import Asker, WrongAnswer
from generators.problems import Language
from generators.schema.plan import Plan
from generators.schema.progress import ReportingPeriod, read_period
from generators.schema.unit import Unit
from generators.site import Site
from generators.text import format_date

_WORDS: dict[str, dict[Language, str]] = {
    "unit": {"vi": "UNIT: {reason}", "en": "UNIT: {reason}"},
    "period": {"vi": "PERIOD: {reason}", "en": "PERIOD: {reason}"},
    "plan": {"vi": "--plan: {reason}", "en": "--plan: {reason}"},
    "abolished": {
        "vi": 'Đơn vị "{unit}" đã thôi hoạt động từ ngày {day}, nên không lập báo cáo nữa. Nay là: {heirs}.',
        "en": 'The unit "{unit}" ended on {day}, so nothing is reported for it any more. Today it is: {heirs}.',
    },
    "historical": {
        "vi": 'Kế hoạch của "{unit}" là văn bản lịch sử ({plans}), nên không lập báo cáo nữa.',
        "en": 'The plan of "{unit}" is a historical document ({plans}), so nothing is reported on it any more.',
    },
    "no-plan": {
        "vi": 'Đơn vị "{unit}" chưa có kế hoạch. Hãy gõ: campaign new plan --unit {unit}',
        "en": 'The unit "{unit}" has no plan yet. Run: campaign new plan --unit {unit}',
    },
    "which-plan": {
        "vi": 'Đơn vị "{unit}" có nhiều kế hoạch. Hãy chọn một bằng --plan: {plans}.',
        "en": 'The unit "{unit}" has several plans. Choose one with --plan: {plans}.',
    },
}


class NotReportable(Exception):
    """Raised when there is nothing to report on; the text says why, in the language of the command."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a report is about. ``plan`` is ``None`` for a unit that only gathers what the units below it say."""

    unit: Unit
    plan: Plan | None
    period: ReportingPeriod


def add_arguments(command: Any) -> None:
    """Adds UNIT, PERIOD and ``--plan`` to a command."""
    command.add_argument("unit", metavar="UNIT", help="đơn vị: mã hoặc tên, ví dụ xa-mau")
    command.add_argument("period", metavar="PERIOD", help="kỳ báo cáo, ví dụ 2026-q3, 2026-10, 2026-h2, 2026")
    command.add_argument("--plan", help="mã kế hoạch, khi đơn vị có nhiều kế hoạch")


def chosen(site: Site, options: argparse.Namespace) -> Chosen:
    """Gives what the arguments name. Raises :class:`NotReportable`."""
    asker = Asker(options, options.lang, None, print)
    units = {unit.id: _names(unit) for unit in site.dataset.units.values()}
    unit = site.dataset.units[_read("unit", asker.one_of(units), options.unit, options.lang)]
    period = _read("period", asker.by(read_period), options.period.lower(), options.lang)
    return Chosen(unit, _plan(site, unit, period, asker, options), period)


def _names(unit: Unit) -> list[str]:
    words = (unit.name, unit.short) if unit.short else (unit.name,)
    return [text for one in words for text in (one.vi, one.en) if text]


def _read(key: str, reader: Any, typed: str, lang: Language) -> Any:
    try:
        return reader(typed)
    except WrongAnswer as error:
        raise NotReportable(_say(key, lang, reason=str(error))) from None


def _plan(
    site: Site, unit: Unit, period: ReportingPeriod, asker: Asker, options: argparse.Namespace
) -> Plan | None:
    lang: Language = options.lang
    if unit.abolished_on is not None:
        day, heirs = format_date(unit.abolished_on, lang), ", ".join(unit.succeeded_by)
        raise NotReportable(_say("abolished", lang, unit=unit.id, day=day, heirs=heirs))
    own = {plan.id: plan for plan in site.dataset.plans.values() if plan.unit == unit.id}
    in_force = {name: plan for name, plan in own.items() if plan.status == "in_force"}
    if options.plan is not None:
        name = _read("plan", asker.one_of({name: [plan.title.vi] for name, plan in own.items()}), options.plan, lang)
        if name not in in_force:
            raise NotReportable(_say("historical", lang, unit=unit.id, plans=name))
        return in_force[name]
    reported = [one.plan for one in site.dataset.reports if one.unit == unit.id and one.period.id == period.id]
    candidates = [name for name in in_force if name in reported] or list(in_force)
    if len(candidates) > 1:
        raise NotReportable(_say("which-plan", lang, unit=unit.id, plans=", ".join(candidates)))
    if candidates:
        return in_force[candidates[0]]
    if site.derived.unit_rollups.get(unit.id):
        return None
    if own:
        raise NotReportable(_say("historical", lang, unit=unit.id, plans=", ".join(own)))
    raise NotReportable(_say("no-plan", lang, unit=unit.id))


def _say(key: str, lang: Language, **values: str) -> str:
    return _WORDS[key][lang].format_map(values)
