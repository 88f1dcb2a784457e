"""Owns how a report that was taken from a form meets the rules of the project before it is written anywhere.

The rules point at lines of the file that would be written; here each line leads back to the cell that it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import yaml

from generators.dataset import Dataset
from generators.dataset.reports import report_path
from generators.dataset.rules import check_dataset
from generators.problems import Problems
from generators.scaffold.writing import NewFile
from generators.schema.progress import ProgressReport
from generators.source import read_yaml
from generators.spreadsheet.desk import Loc
from generators.spreadsheet.taking import TakenForm

# What the rules say of keys in a data file, said of the columns of the form.
_IN_CELLS = {
    "reading-falls": "sheet-falls",
    "outreach-falls": "sheet-count-falls",
    "reading-needs-of": "sheet-needs-of",
    "reading-needs-count": "sheet-needs-count",
    "reading-of-zero": "sheet-of-zero",
    "reading-parts-alone": "sheet-parts-alone",
}


def judge(dataset: Dataset, taken: TakenForm, file: NewFile, path: str, problems: Problems, today: date) -> None:
    """Adds what the rules say of the project with the new report in it, at the cells of the form named ``path``.

    ``dataset`` is the project without the report, or with an older one in its place. Complaints about other files that
    the new report causes come as they are; those that were there before do not come again.
    """
    before, after = Problems(), Problems()
    check_dataset(dataset, before, today)
    check_dataset(with_report(dataset, taken.report, file), after, today)
    known = set(before)
    locs = dict(_locs(yaml.compose(file.text, Loader=yaml.CSafeLoader), ()))
    for problem in after:
        values = dict(problem.values)
        if problem.path == file.path:
            if problem.code != "is-draft":
                loc = locs.get((problem.line, problem.column), ())
                code = _IN_CELLS.get(problem.code, problem.code)
                problems.add(path, taken.place(loc), code, near=problem.near, **values)
        elif problem not in known:
            problems.add(problem.path, (problem.line, problem.column), problem.code, near=problem.near, **values)


def with_report(dataset: Dataset, report: ProgressReport, file: NewFile) -> Dataset:
    """Gives the project as it is once the report's file is written."""
    others = tuple(one for one in dataset.reports if report_path(one) != file.path)
    source = read_yaml(file.path, file.text, Problems())
    if source is None:
        raise ValueError(f"{file.path}: what was written cannot be read")
    return replace(dataset, reports=(*others, report), sources={**dataset.sources, file.path: source})


def _locs(node: yaml.Node | None, loc: Loc) -> Iterator[tuple[tuple[int, int], Loc]]:
    """Gives, by line and column from 1, what stands where; of what starts at one place the innermost is named."""
    if isinstance(node, yaml.MappingNode):
        pairs: list[tuple[yaml.Node, yaml.Node, Loc]] = [(key, value, (*loc, key.value)) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(value, value, (*loc, index)) for index, value in enumerate(node.value)]
    else:
        return
    for key, value, inner in pairs:
        for one in (key, value):
            yield (one.start_mark.line + 1, one.start_mark.column + 1), inner
        yield from _locs(value, inner)
