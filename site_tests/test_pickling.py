"""Holds records that are made again from bytes to being what they were, whatever of them still sleeps."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generators import pipeline
from generators.adapters import pickling
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.pickling import pickled, unpickled
from generators.dataset import Dataset
from generators.dataset.unit_by_unit import judge_unit_by_unit
from generators.derive.tally import derive_tallies
from generators.problems import Problems
from generators.schema.progress import ProgressReport, TargetReading
from generators.schema.scalars import Record, Words
from generators.schema.sleeping import asleep_in, lay_down_again, values_of
from site_tests import progress_records as make


def records_of(value: Any) -> Iterator[Record]:
    """Gives the outermost records in a value."""
    if isinstance(value, Record):
        yield value
    elif isinstance(value, dict):
        yield from (record for one in value.values() for record in records_of(one))
    elif isinstance(value, tuple):
        yield from (record for one in value for record in records_of(one))
    elif is_dataclass(value):
        yield from (record for field in fields(value) for record in records_of(getattr(value, field.name)))


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Every record of the project."""
    return list(records_of(replace(make.project(), sources={}, signs={})))


def a_report() -> Any:
    """A report that says something of a target."""
    return make.report("xa-a", "2026-q1", make.reading("officials-2026", 1, 2), difficulties="Mưa lũ.")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the fields that were woken."""
    found: list[str] = []
    real = pickling._Fields.made
    monkeypatch.setattr(pickling._Fields, "made", lambda self, name: (found.append(name), real(self, name))[1])
    return found


def again(record: Record) -> Any:
    """Gives a record as it comes from its bytes."""
    return unpickled(b"head" + pickled({"a": record}), 4)["a"]


WAYS: dict[str, Callable[[Any], Any]] = {
    "itself": lambda record: record,
    "hash": hash,
    "repr": repr,
    "str": str,
    "dict": dict,
    "vars": lambda record: list(vars(record).items()),
    "dir": dir,
    "model_dump": lambda record: list(record.model_dump(by_alias=True).items()),
    "model_dump_json": lambda record: record.model_dump_json(),
    "model_copy": lambda record: record.model_copy(update={}),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda record: pickle.loads(pickle.dumps(record)),  # noqa: S301 - our own
    "read": lambda record: type(record).model_validate(record),
    "each": lambda record: [getattr(record, name) for name in reversed(type(record).model_fields)],
    "again": again,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_record_that_sleeps_is_as_one_that_does_not(records: list[Record], way: str) -> None:
    asked = WAYS[way]
    slept = 0
    for record in records:
        asleep = again(record)
        slept += asleep_in(asleep) is not None
        assert asked(asleep) == asked(record)
        assert list(vars(asleep)) == list(vars(record))
    assert slept > 20


def test_a_record_that_sleeps_is_found_by_one_that_does_not(records: list[Record]) -> None:
    record = max(records, key=lambda one: len(repr(one)))
    assert {record: 1}[again(record)] == 1
    assert record == again(record)
    assert again(record) != record.model_copy(update={next(iter(type(record).model_fields)): "khac"})


def test_only_what_is_asked_for_is_made_and_then_stays(made: list[str]) -> None:
    report = again(a_report())
    assert report.unit
    assert report.period.start
    assert made == []
    readings = report.readings
    assert isinstance(readings[0], TargetReading)
    assert report.readings is readings
    assert made == ["readings"]
    vars(report)
    assert sorted(made) == ["readings", "source"]
    assert report.readings is readings
    assert asleep_in(report) is None


def test_what_sleeps_is_not_woken_to_be_kept_again(made: list[str]) -> None:
    report = again(a_report())
    assert again(again(report)) == a_report()
    assert made.count("readings") == 1


def test_what_was_woken_may_sleep_again(made: list[str]) -> None:
    report = again(a_report())
    before = report.readings
    lay_down_again(report)
    assert report.readings == before
    assert made == ["readings", "readings"]
    vars(report)
    lay_down_again(report)
    assert report == a_report()
    lay_down_again(a_report())


def of_one_report(report: ProgressReport) -> Dataset:
    """A unit whose only report this is, in files that hold nothing."""
    plan = make.plan("xa-a-2026", "xa-a", [make.target("officials-2026")])
    return replace(make.dataset([make.unit("xa-a")], [plan], [report]), digests=defaultdict(str))


def test_who_judges_a_unit_wakes_nobody_for_long(tmp_path: Path) -> None:
    report = again(a_report())
    seen = []

    def judge(of: Dataset, _: Problems) -> None:
        seen.extend(one.readings for one in of.reports)

    with KeptReadings(tmp_path) as kept:
        judge_unit_by_unit(judge, of_one_report(report), Problems(), None, kept)
    assert seen == [a_report().readings]
    assert "readings" not in values_of(report)


def test_nor_does_who_counts_what_reports_hold(tmp_path: Path, made: list[str]) -> None:
    report = again(a_report())
    with KeptReadings(tmp_path) as kept:
        derive_tallies(of_one_report(report), {"xa-a-2026": (report,)}, date(2026, 6, 1), kept)
    assert "readings" in made
    assert "readings" not in values_of(report)


def test_nothing_else_than_fields_can_be_asked_of_a_record_that_sleeps(made: list[str]) -> None:
    report = again(a_report())
    for name in ("reading", "made", "_readings"):
        assert not hasattr(report, name)
        with pytest.raises(AttributeError, match=repr(name)):
            getattr(report, name)
    with pytest.raises(ValueError, match="frozen"):
        report.unit = "khac"
    with pytest.raises(ValueError, match="frozen"):
        report.readings = ()
    assert made == []


def test_two_threads_may_wake_one_field(monkeypatch: pytest.MonkeyPatch) -> None:
    report = again(a_report())
    real = pickling._Fields.made

    def meanwhile(self: Any, name: str) -> Any:
        monkeypatch.setattr(pickling._Fields, "made", real)
        assert report.readings  # another thread is first
        vars(report)
        return real(self, name)

    monkeypatch.setattr(pickling._Fields, "made", meanwhile)
    assert report.readings == a_report().readings
    assert report == a_report()


def test_short_texts_are_awake() -> None:
    assert asleep_in(again(Words(vi="Lời", en="Words"))) is None
    assert set(values_of(again(a_report()))) >= {"unit", "period", "reported_on", "draft"}


class Evil:
    """What a strange hand would like to have made."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("evil",)


STRANGE = (Evil(), os.system, subprocess.Popen, pipeline.load_site)


def test_nothing_is_made_but_values_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for strange in STRANGE:
        assert unpickled(pickle.dumps({"a": ("b", strange)}), 0) == {}
    assert not (tmp_path / "evil").exists()


def test_nor_when_it_is_woken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for strange in STRANGE:
        report = again(a_report())
        asleep: Any = asleep_in(report)
        asleep["readings"] = pickle.dumps((strange,))
        with pytest.raises(pickle.UnpicklingError):
            _ = report.readings
    assert not (tmp_path / "evil").exists()
