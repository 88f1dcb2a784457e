"""Holds what the rules find unit by unit, and what is kept of it, to what they find in the whole project anew."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from generators.adapters.bench.maker import make_nation
from generators.adapters.kept_readings import KeptReadings
from generators.dataset import Dataset, rules
from generators.pipeline import load_project
from generators.problems import ContentError, Problems
from site_tests.edits import Edits
from site_tests.telling_problems import told
from site_tests.test_kept_readings import edited

TODAY = date(2026, 11, 22)
UNITS, NEWS = 12, 12


def problems_of(project: Path, kept: KeptReadings | None = None, day: date = TODAY) -> Problems:
    """The problems of a project, found with what ``kept`` has or anew."""
    try:
        if kept is None:
            return load_project(project, day, "")[2]
        with kept:
            return load_project(project, day, "", kept=kept)[2]
    except ContentError as error:
        return error.problems


def appended(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented country, checked once."""
    project = tmp_path_factory.mktemp("made") / "project"
    make_nation(root, project, UNITS, NEWS, 7)
    assert not problems_of(project, KeptReadings(project)).errors
    return project


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of it, with what was kept of it."""
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The units whose belongings the rules were shown, one set for each time."""
    shown: list[frozenset[str]] = []
    check = rules._check_belongings

    def noted(dataset: Dataset, problems: Problems, today: date | None) -> None:
        shown.append(frozenset(plan.unit for plan in dataset.plans.values()))
        check(dataset, problems, today)

    monkeypatch.setattr(rules, "_check_belongings", noted)
    return shown


def some_unit(project: Path) -> str:
    """A unit that has handed in reports."""
    return sorted((project / "data/progress/2026-q2").iterdir())[3].stem


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edits_the_problems_are_those_that_are_found_anew(project: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    edits, kept = Edits(project, chance), KeptReadings(project)
    for number in range(20):
        saved = project.with_name("saved")
        shutil.copytree(project, saved)
        if number % 4:
            story = edits.any()
        else:
            story = "a slip"
            edited(project, chance)
        store = kept if number % 3 else KeptReadings(project)
        fresh = problems_of(project)
        assert list(problems_of(project, store)) == list(fresh), story
        if fresh.errors:
            shutil.rmtree(project)
            saved.rename(project)
        shutil.rmtree(saved, ignore_errors=True)


def test_what_is_the_same_is_not_judged_again(project: Path, judged: list[frozenset[str]]) -> None:
    for kept in (KeptReadings(project), KeptReadings(project)):
        found = problems_of(project, kept)
        assert judged == []
        assert list(found) == list(problems_of(project))
        judged.clear()


def test_only_the_unit_is_judged_whose_file_was_edited(project: Path, judged: list[frozenset[str]]) -> None:
    unit = some_unit(project)
    before = problems_of(project, KeptReadings(project))
    report = project / f"data/progress/2026-q2/{unit}.yml"
    text = report.read_text("utf-8")
    report.write_text("# one line more\n" + text.replace("reached: ", "reached: 0 #"), encoding="utf-8")
    found = problems_of(project, KeptReadings(project))
    assert judged == [{unit}]
    new = [one for one in found if one not in set(before)]
    assert {one.path.rpartition("/")[2] for one in new} == {f"{unit}.yml"}
    assert "reading-falls" in {one.code for one in new}
    judged.clear()
    assert list(problems_of(project, KeptReadings(project))) == list(found)
    assert judged == []
    report.unlink()
    assert list(problems_of(project, KeptReadings(project))) == list(problems_of(project))


@pytest.mark.parametrize(
    "path", ["data/indicators.yml", "data/campaign.yml", "data/measures.yml", "data/provinces.yml", "data/units/{}.yml"]
)
def test_what_all_units_share_has_all_judged_again(project: Path, path: str, judged: list[frozenset[str]]) -> None:
    appended(project / path.format(some_unit(project)), "# a note\n")
    problems_of(project, KeptReadings(project))
    assert len(judged) == len(list((project / "data/units").iterdir()))


def test_pages_and_news_have_nobody_judged_again(project: Path, judged: list[frozenset[str]]) -> None:
    for path in ("content/bat-dau.md", next(iter(sorted(project.glob("content/tin-tuc/**/*.md"))))):
        appended(project / path, "\nThêm một dòng.\n")
    problems_of(project, KeptReadings(project))
    assert judged == []


def test_on_another_day_all_are_judged_again(project: Path, judged: list[frozenset[str]]) -> None:
    earlier = TODAY - timedelta(days=300)
    found = problems_of(project, KeptReadings(project), earlier)
    assert len(judged) == len(list((project / "data/units").iterdir()))
    assert {"report-day-future", "report-period-future"} <= {one.code for one in found}
    assert list(found) == list(problems_of(project, None, earlier))


def test_an_error_is_told_as_the_whole_project_shows_it_and_never_kept(
    project: Path, judged: list[frozenset[str]]
) -> None:
    unit = some_unit(project)
    other = next(path.stem for path in sorted((project / "data/plans").iterdir()) if unit not in path.stem)
    report = project / f"data/progress/2026-q2/{unit}.yml"
    replaced(report, "\nperiod:", f"\nplan: {other}\nperiod:")
    for _ in range(2):
        judged.clear()
        assert {one.code for one in problems_of(project, KeptReadings(project)).errors} == {"report-plan-foreign"}
        assert [len(units) for units in judged] == [1, UNITS], "the unit alone, then all of them"
    assert told(problems_of(project, KeptReadings(project))) == told(problems_of(project))


def test_a_slip_makes_a_running_program_forget_nothing(project: Path, judged: list[frozenset[str]]) -> None:
    kept = KeptReadings(project)
    problems_of(project, kept)
    groups = project / "data/groups.yml"
    text = groups.read_text("utf-8")
    groups.write_text("- {", encoding="utf-8")
    assert problems_of(project, kept).errors
    groups.write_text(text, encoding="utf-8")
    judged.clear()
    assert not problems_of(project, kept).errors
    assert judged == []
