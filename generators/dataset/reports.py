"""Owns how progress reports are found and read: ``data/progress/<period>/<unit>.yml``, one report a file."""

from __future__ import annotations

from pathlib import PurePosixPath

from generators.dataset.loading import Loader
from generators.schema.progress import ProgressReport


def load_reports(loader: Loader) -> tuple[ProgressReport, ...]:
    """Gives every report, in the order of folders and files; a name that belies its content is a problem."""
    reports = []
    for file in sorted((loader.root / "data/progress").glob("*/*.yml")):
        path = file.relative_to(loader.root).as_posix()
        report = loader.record(path, ProgressReport)
        if report is None:
            continue
        source = loader.sources[path]
        where = PurePosixPath(path)
        for key, found, name in (("unit", report.unit, where.stem), ("period", report.period.id, where.parent.name)):
            if found != name:
                loader.problems.add(path, source.position([key]), "id-not-file-name", found=found, name=name)
        reports.append(report)
    return tuple(reports)


def report_path(report: ProgressReport) -> str:
    """Gives the path of a report's file."""
    return f"data/progress/{report.period.id}/{report.unit}.yml"
