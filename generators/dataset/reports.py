"""Owns how progress reports are found and read: ``data/progress/<period>/<unit>.yml``, one report a file."""

from __future__ import annotations

from collections.abc import Iterable

from generators.dataset.files import name_of
from generators.dataset.loading import Loader
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport

_FILE_LEVEL = 3  # data/progress/<period>/<unit>.yml


def load_reports(loader: Loader) -> tuple[ProgressReport, ...]:
    """Gives every report, in the order of folders and files; a name that belies its content is a problem."""
    paths = [path for path in loader.files_below("data/progress", ".yml") if path.count("/") == _FILE_LEVEL]
    loader.ahead(paths, ProgressReport)
    reports = []
    for path in paths:
        report = loader.record(path, ProgressReport)
        if report is None:
            continue
        if _is_in_its_file(loader, path, report):
            reports.append(report)
        else:
            loader.unread.add(path, path)
    return tuple(reports)


def _is_in_its_file(loader: Loader, path: str, report: ProgressReport) -> bool:
    source, period = loader.sources[path], path.split("/")[-2]
    named = (("unit", report.unit, name_of(path)), ("period", report.period.id, period))
    wrong = [(key, found, name) for key, found, name in named if found != name]
    for key, found, name in wrong:
        loader.problems.add(path, source.position([key]), "id-not-file-name", found=found, name=name)
    return not wrong


def report_path(report: ProgressReport) -> str:
    """Gives the path of a report's file."""
    return f"data/progress/{report.period.id}/{report.unit}.yml"


def plans_by_unit(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    """Gives every unit's plans by the unit's id."""
    found: dict[str, list[Plan]] = {}
    for plan in plans:
        found.setdefault(plan.unit, []).append(plan)
    return found


def plans_for(report: ProgressReport, own: Iterable[Plan]) -> list[Plan]:
    """Gives, of a unit's ``own`` plans, those that its report can be about: the one named, else those in force.

    A unit without a plan in force may report on its historical ones. A report that passed ``report_rules`` has exactly
    one.
    """
    plans = list(own)
    if report.plan is not None:
        return [plan for plan in plans if plan.id == report.plan]
    return [plan for plan in plans if plan.status == "in_force"] or plans
