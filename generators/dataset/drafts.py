"""Owns the reminder that a file is still a draft: checked like any other, kept off the site by ``Dataset.as_of``."""

from __future__ import annotations

from collections.abc import Iterator

from generators.dataset import Dataset
from generators.dataset.activities import activity_path
from generators.dataset.reports import report_path
from generators.problems import Problems
from generators.source import Source


def note_drafts(dataset: Dataset, problems: Problems) -> None:
    """Adds a warning for each draft, so that none is forgotten."""
    for source in _drafts(dataset):
        problems.add(source.path, source.position(["draft"]), "is-draft")


def _drafts(dataset: Dataset) -> Iterator[Source]:
    yield from (dataset.sources[report_path(report)] for report in dataset.reports if report.draft)
    yield from (dataset.sources[activity_path(one)] for one in dataset.activities.values() if one.draft)
    yield from (item.source for item in dataset.news if item.meta.draft)
