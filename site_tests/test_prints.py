"""What a part's print rests on, and that no part changes without it, through random edits.

The random part is the same at every run and short; ``CAMPAIGN_EDITS=300 pytest site_tests/test_prints.py`` tries as
many new edits.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest

from generators.adapters.bench.maker import make_nation
from generators.adapters.prints import Prints
from generators.adapters.site_making import SiteMaker
from generators.artefact import Page
from generators.dataset import Dataset
from generators.derive.places import place_of
from generators.origins import PLANS, REPORTS, fact, file_origin, unit_origin
from generators.parts import Bundle, Part
from generators.pipeline import common_facts, listed_parts, load_project
from generators.problems import ContentError
from site_tests.edits import Edits

TODAY, URL = date(2026, 11, 22), "https://example.org/"
MORE, FEW = int(os.environ.get("CAMPAIGN_EDITS", "0")), 4


def digests(project: Path) -> dict[str, str]:
    files = (path for folder in ("data", "content") for path in (project / folder).rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def dataset(root: Path) -> Dataset:
    return load_project(root, TODAY, URL)[0]


def part(*origins: str) -> Part:
    return Part("a", lambda: (), origins)


PLAN, ITS_UNIT = "data/plans/vinh-linh-2025.yml", "vinh-linh"


@pytest.mark.parametrize("origin", [file_origin(PLAN), unit_origin(ITS_UNIT), PLANS])
def test_a_changed_file_is_seen_by_whoever_rests_on_it_alone(origin: str, root: Path, dataset: Dataset) -> None:
    now = digests(root)
    before, after = (Prints(known, dataset, "") for known in (now, {**now, PLAN: "another"}))
    assert before.of(part(origin)) != after.of(part(origin))
    other = part(unit_origin("xa-mau"), REPORTS)
    assert before.of(other) == after.of(other)


def test_a_folder_is_another_when_a_file_comes_or_goes(root: Path, dataset: Dataset) -> None:
    now = digests(root)
    left = {path: digest for path, digest in now.items() if path != PLAN}
    moved = {**left, "data/plans/moved.yml": now[PLAN]}
    assert len({Prints(known, dataset, "").of(part(PLANS)) for known in (now, left, moved)}) == 3


def test_a_file_that_nobody_owns_is_seen_by_every_part(root: Path, dataset: Dataset) -> None:
    before = digests(root)
    prints = [Prints(known, dataset, "") for known in (before, {**before, "data/words.yml": "another"})]
    assert prints[0].of(part()) != prints[1].of(part())


def test_a_fact_is_what_it_says(root: Path, dataset: Dataset) -> None:
    prints = Prints(digests(root), dataset, "")
    assert prints.of(part(fact(1))) == prints.of(part(fact(1)))
    assert prints.of(part(fact(1))) != prints.of(part(fact("1")))


def test_a_unit_that_is_not_there_is_a_fault(root: Path, dataset: Dataset) -> None:
    with pytest.raises(KeyError):
        Prints(digests(root), dataset, "").of(part(unit_origin("xa-khong-co")))


def made(project: Path) -> dict[str, tuple[str | None, str]]:
    """Each part's print and what stands for its files, pages with all that stands around their words.

    Each bundle's print, too, and what stands for the prints of its parts.
    """
    dataset, site, _ = load_project(project, TODAY, URL)
    maker, prints = SiteMaker(site, project, lambda _: ""), Prints(digests(project), dataset, repr(common_facts(site)))
    found: dict[str, tuple[str | None, str]] = {}
    for one in listed_parts(site, maker.templates):
        parts = list(one.parts()) if isinstance(one, Bundle) else [one]
        if isinstance(one, Bundle):
            found[one.name] = prints.of(one), repr([(part.name, prints.of(part)) for part in parts])
        for part in parts:
            files = repr([maker.frames.slots(file) if isinstance(file, Page) else file for file in part.make()])
            found[part.name] = prints.of(part), hashlib.sha256(files.encode()).hexdigest()
    return found


def test_where_units_are_many_news_of_one_leaves_the_lists_of_others_alone(root: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    make_nation(root, project, 18, news=24, seed=18)

    def prints() -> dict[str, str | None]:
        dataset, site, _ = load_project(project, TODAY, URL)
        known = Prints(digests(project), dataset, "")
        return {one.name: known.of(one) for one in SiteMaker(site, project, lambda _: "").parts}

    before = prints()
    old = min(project.glob("content/tin-tuc/*/*/*.md"))
    about = min(path.stem for path in (project / "data/progress").glob("*/*.yml"))
    item = f"""---
id: tin-moi
title: "Lớp học mới"
date: 20/11/2026
topics: [cach-lam-hay]
units: [{about}]
summary: "Một lớp nữa."
source: {{name: {{vi: "Dữ liệu thử."}}}}
---

Một lớp nữa.
"""
    (old.parent / "lop-hoc-moi.md").write_text(item, encoding="utf-8")
    changed = {name for name, now in prints().items() if name.startswith("news/vi/unit/") and before.get(name) != now}
    place = place_of(load_project(project, TODAY, URL)[0].units[about])
    assert changed == {f"news/vi/unit/{place}", f"news/vi/unit/{place}/{about}"}


@pytest.mark.parametrize("units", [8, 18], ids=["on one page", "by province"])
def test_no_part_changes_without_another_print(units: int, root: Path, tmp_path: Path) -> None:
    project, saved = tmp_path / "project", tmp_path / "saved"
    make_nation(root, project, units, news=24, seed=units)
    edits = Edits(project, Random() if MORE else Random(units))  # noqa: S311 - no secret
    before, done = made(project), 0
    while done < (MORE or FEW):
        shutil.copytree(project, saved, ignore=shutil.ignore_patterns(".cache"))
        story = edits.any()
        try:
            after = made(project)
        except ContentError:  # the edit was at fault
            shutil.rmtree(project)
            saved.rename(project)
            continue
        shutil.rmtree(saved)
        stale = [name for name in before.keys() & after.keys() if _stale(before[name], after[name])]
        assert stale == [], story
        before, done = after, done + 1


def _stale(before: tuple[str | None, str], after: tuple[str | None, str]) -> bool:
    return before[0] is not None and before[0] == after[0] and before[1] != after[1]
