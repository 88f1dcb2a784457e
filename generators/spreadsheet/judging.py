"""Owns how a report that was taken from a form meets the rules of the project before it is written anywhere.

The rules point at lines of the file that would be written; here each line leads back to the cell that it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import yaml

from generators import limits
from generators.dataset import Dataset
from generators.dataset.reports import report_path
from generators.dataset.rules import check_dataset
from generators.problems import Problems
from generators.scaffold.writing import NewFile
from generators.schema.progress import ProgressReport
from generators.source import Source, read_yaml
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
    before, reading, after = Problems(), Problems(), Problems()
    source = read_yaml(file.path, file.text, reading)
    if (size := len(file.text.encode("utf-8"))) > limits.FILE_BYTES:
        problems.add(path, (1, 1), "file-too-big", size=size, limit=limits.FILE_BYTES)
    check_dataset(dataset, before, today)
    if source is not None:
        check_dataset(_with_report(dataset, taken.report, source), after, today)
    known = set(before)
    locs = dict(_locs(yaml.compose(file.text, Loader=yaml.CSafeLoader), ()))
    for problem in (*reading.errors, *after):
        values = dict(problem.values)
        if problem.path == file.path:
            if problem.code != "is-draft":
                loc = locs.get((problem.line, problem.column), ())
                code = _IN_CELLS.get(problem.code, problem.code)
                problems.add(path, taken.place(loc), code, near=problem.near, **values)
        elif problem not in known:
            problems.add(problem.path, (problem.line, problem.column), problem.code, near=problem.near, **values)


def _with_report(dataset: Dataset, report: ProgressReport, source: Source) -> Dataset:
    """Gives the project as it is once the report's file is written."""
    others = tuple(one for one in dataset.reports if report_path(one) != source.path)
    return replace(dataset, reports=(*others, report), sources={**dataset.sources, source.path: source})


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
