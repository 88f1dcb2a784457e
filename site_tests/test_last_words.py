"""What was said last of each target is the end of its series, however the reports come; whole series can wait."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from generators.derive import derive
from generators.derive import progress as progress_rule
from generators.derive.last_words import derive_heard, derive_last_words
from generators.derive.progress import derive_progress, reports_by_plan
from generators.schema.progress import ProgressReport
from site_tests.progress_records import dataset, plan, project, reading, report, target, unit

TODAY = date(2026, 11, 22)
PERIODS = ("2025-q4", "2025-h2", "2025", "2025-12", "2026-01", "2026-q1", "2026-q2", "2026-h1")
TARGETS = ("a", "b", "c")


def _some_reading(name: str, random: Random) -> dict[str, Any]:
    silent = random.choice((None, None, "not_reported", "not_applicable", "withheld"))
    return reading(name, state=silent) if silent else reading(name, random.randint(0, 9), random.choice((None, 9)))


def _some_reports(random: Random) -> list[ProgressReport]:
    """Reports in any order, some about the same days, some that leave targets out."""
    periods = random.sample(PERIODS, random.randint(0, len(PERIODS)))
    return [
        report("xa-a", period, *(_some_reading(name, random) for name in TARGETS if random.random() < 0.6))
        for period in periods
    ]


@pytest.mark.parametrize("seed", range(60))
def test_last_words_are_the_ends_of_the_series(seed: int) -> None:
    levels = ("80%", "90 người", None)
    targets = [target(name, level) for name, level in zip(TARGETS, levels, strict=True)]
    made = dataset([unit("xa-a")], [plan("kh", "xa-a", targets)], _some_reports(Random(seed)))  # noqa: S311 - no secret
    reports = reports_by_plan(made)
    words = derive_last_words(made, reports)
    series = derive_progress(made, reports, TODAY)["kh"]
    assert [(word.target, word.at_least, word.state) for word in words["kh"]] == [
        (one.target.id, one.target.at_least, one.points[-1].reading.state if one.points else None) for one in series
    ]
    for word, one in zip(words["kh"], series, strict=True):
        assert (word.figure is None) == (one.latest is None)
        if word.figure and one.latest:
            figure, report, reading = word.figure, one.latest.report, one.latest.reading
            assert (figure.value, figure.shown, figure.state) == (one.latest.value, one.latest.shown, reading.state)
            assert (figure.reached, figure.of) == (reading.reached, reading.of)
            assert figure.report == (report.period, report.reported_on, report.source, report.draft)
    assert (derive_heard(made, words) == {"xa-a"}) is any(one.points for one in series)


def test_to_derive_all_facts_no_whole_series_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def computed(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(progress_rule, "_target_progress", computed)
    derived = derive(project().as_of(TODAY), TODAY)
    assert derived.heard and derived.places and derived.news.entries
    with pytest.raises(AssertionError):
        _ = derived.progress["xa-mau-2025"]
