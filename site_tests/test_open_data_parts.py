"""Long lists of open data: parted by province, every row once, all described where machines look first."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate as validate_openapi

from generators.adapters.bench.maker import make_nation
from generators.addresses import DATA_ROOT
from generators.artefact import Artefact
from generators.open_data import KINDS, parting
from generators.open_data.commitments import TASKS
from generators.open_data.documents import OpenData
from generators.open_data.parting import RowsPart
from generators.open_data.rows import Miscounted, RowKind
from generators.origins import FACT, UNIT, file_origin, unit_origin
from generators.outputs import open_data
from generators.parts import Part
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.render.records import records_json
from generators.schema.scalars import Words
from generators.site import Site
from site_tests import hostile
from site_tests.many_places import crowded, site_of

ROWS = 70
TODAY = date(2026, 11, 22)


def _files(site: Site) -> dict[str, bytes]:
    parts = open_data.render.parts(site, Templates(site.phrase))
    lists = (part for part in parts if part.name == "data" or part.name.startswith("data/parts/"))
    made = (one for part in lists for one in part.make() if isinstance(one, Artefact))
    root = DATA_ROOT.lstrip("/")
    return {
        one.path.removeprefix(root): one.content if isinstance(one.content, bytes) else one.content.encode()
        for one in made
    }


@pytest.fixture(scope="module")
def site() -> Site:
    return crowded(60, 4)


@pytest.fixture(scope="module")
def whole(site: Site) -> dict[str, bytes]:
    """The files as they are while every list fits."""
    return _files(site)


@pytest.fixture(scope="module")
def parts(site: Site) -> dict[str, bytes]:
    """The same data where a file takes few rows only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parting, "DATA_ROWS", ROWS)
        return _files(site)


def _local(site: Site, url: str) -> str:
    return url.removeprefix(site.absolute(DATA_ROOT))


def _cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_as_long_as_all_fit_there_are_no_parts(whole: dict[str, bytes]) -> None:
    assert not [name for name in whole if name.startswith("parts/")]
    assert "PartList" not in json.loads(whole["openapi.json"])["components"]["schemas"]


def test_every_row_stands_in_one_part_and_the_list_names_all_parts(
    site: Site, whole: dict[str, bytes], parts: dict[str, bytes]
) -> None:
    long = [one["name"] for one in json.loads(whole["index.json"])["datasets"] if one["rows"] > ROWS]
    assert {"targets", "tasks", "progress"} & set(long) and "indicators" not in long
    told: set[str] = set()
    for name in long:
        listed = json.loads(parts[f"{name}.json"])
        assert listed["name"] == name
        files = [_local(site, one["json"]) for one in listed["parts"]]
        rows = [row for file in files for row in json.loads(parts[file])]
        key = json.dumps
        assert sorted(map(key, rows)) == sorted(map(key, json.loads(whole[f"{name}.json"])))
        counts = [one["rows"] for one in listed["parts"]]
        assert counts == [len(json.loads(parts[file])) for file in files]
        assert max(counts) <= ROWS
        index = _cells(parts[f"{name}.csv"])
        assert [one["part"] for one in index] == [one["part"] for one in listed["parts"]]
        cells = [row for one in index for row in _cells(parts[_local(site, one["csv"])])]
        assert sorted(map(key, cells)) == sorted(map(key, _cells(whole[f"{name}.csv"])))
        told |= {*files, *(_local(site, one["csv"]) for one in index)}
    assert told == {name for name in parts if name.startswith("parts/")}


def test_a_part_holds_one_province(site: Site, parts: dict[str, bytes]) -> None:
    for name in (one for one in parts if one.startswith("parts/targets/") and one.endswith(".json")):
        provinces = {site.dataset.units[row["unit"]].province for row in json.loads(parts[name])}
        assert len(provinces) == 1
        assert name.startswith(f"parts/targets/{provinces.pop()}")


def test_short_lists_stay_as_they_are(whole: dict[str, bytes], parts: dict[str, bytes]) -> None:
    for one in json.loads(whole["index.json"])["datasets"]:
        if one["rows"] <= ROWS:
            assert parts[f"{one['name']}.json"] == whole[f"{one['name']}.json"]
            assert parts[f"{one['name']}.csv"] == whole[f"{one['name']}.csv"]


def test_the_description_knows_the_parts_and_they_fit_it(parts: dict[str, bytes]) -> None:
    api: dict[str, Any] = json.loads(parts["openapi.json"])
    validate_openapi(api)
    known = set()
    for path, operations in api["paths"].items():
        (parameter,) = operations["get"].get("parameters") or [{"schema": {"enum": [""]}}]
        schema = operations["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema")
        if path.startswith(("/units/", "/plans/")):
            continue
        for name in parameter["schema"]["enum"]:
            file = path.replace("{id}", name).lstrip("/")
            known.add(file)
            if schema:
                validator = jsonschema.Draft202012Validator({**schema, "components": api["components"]})
                validator.validate(json.loads(parts[file]))
    assert known == set(parts) - {"openapi.json", "catalog.jsonld"}


def test_the_catalogue_says_that_a_list_is_parted(site: Site, parts: dict[str, bytes]) -> None:
    sets = {one["@id"].rpartition("#")[2]: one for one in json.loads(parts["catalog.jsonld"])["dcat:dataset"]}
    words = {lang: site.phrase("data-parted", lang) for lang in ("vi", "en")}
    for name, described in (("targets", True), ("indicators", False)):
        told = {one["@language"]: one["@value"] for one in sets[name]["dct:description"]}
        assert all((words[lang] in told[lang]) == described for lang in ("vi", "en"))
        sizes = {
            _local(site, one["dcat:downloadURL"]["@id"]): int(one["dcat:byteSize"]["@value"])
            for one in sets[name]["dcat:distribution"]
        }
        assert sizes == {file: len(parts[file]) for file in (f"{name}.csv", f"{name}.json")}


# --- counted before they are made


@pytest.fixture(params=["project", "hostile", "nation", "crowded"])
def any_site(request: pytest.FixtureRequest, root: Path, tmp_path: Path) -> Site:
    """A site of content that people wrote, that means ill, or that a program made."""
    if request.param == "crowded":
        return crowded(60, 4, activities_each=2)
    folder = root
    if request.param == "hostile":
        folder = hostile.laid_out(root, tmp_path / "project")
    elif request.param == "nation":
        make_nation(root, folder := tmp_path / "nation", 18, 24, 3)
    return load_site(folder, TODAY, "https://vi-du.example/")[0]


def test_every_record_holds_as_many_rows_as_were_counted(any_site: Site) -> None:
    for kind in KINDS:
        holders = list(kind.holders.all(any_site))
        names = [kind.holders.name_of(one) for one in holders]
        assert len(set(names)) == len(names), kind.name
        counts = [kind.count(any_site, one) for one in holders]
        assert counts == [len(list(kind.subjects(any_site, one))) for one in holders], kind.name


def test_rows_that_were_not_counted_are_never_published(site: Site) -> None:
    for wrong in (-1, 1):
        kind = replace(TASKS, count=lambda _, plan, wrong=wrong: len(plan.tasks) + wrong)
        with pytest.raises(Miscounted, match=r"tasks .*-2025: \d+ counted, \d+ found"):
            kind.rows(site, site.dataset.plans.values())


def test_to_know_all_parts_no_target_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parting, "DATA_ROWS", 10)
    site = crowded.__wrapped__(30)
    asked: list[str] = []
    monkeypatch.setattr(site.derived.progress, "_compute", asked.append)
    assert {"targets", "progress"} <= {part.kind.name for part in OpenData(site).parts()}
    assert asked == []


@pytest.mark.parametrize("rows", [1, 7, 30])
def test_lots_are_cut_at_the_same_rows_whoever_holds_them(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one activity has more days than a file takes."""
    monkeypatch.setattr(parting, "DATA_ROWS", rows)
    site = crowded(12, 2, activities_each=1)
    parts = OpenData(site).parts()
    assert {"activities", "targets"} <= {part.kind.name for part in parts}
    for kind in {part.kind.name: part.kind for part in parts}.values():
        counted = kind.counted(site, kind.holders.real(site))
        whole = [(_place(site, kind, one), kind.rows(site, [one])) for one, _ in counted]
        own = [part for part in parts if part.kind is kind]
        for place in {part.place for part in own}:
            lots = [_rows(site, part) for part in own if part.place == place]
            assert [row for lot in lots for row in lot] == _records(kind, whole, place)
            assert {len(lot) for lot in lots[:-1]} <= {rows} and 0 < len(lots[-1]) <= rows


def _place(site: Site, kind: RowKind[Any, Any], holder: object) -> str:
    units = kind.holders.units_of(holder)
    return site.dataset.units[units[0]].province or "khac" if units else "chung"


def _records(kind: RowKind[Any, Any], whole: list[tuple[str, list[Any]]], place: str) -> list[object]:
    return json.loads(records_json(kind.columns, (row for own, held in whole if own == place for row in held)))


def _rows(site: Site, part: RowsPart) -> list[object]:
    return json.loads(dict(part.files(site))[part.address("json")])


# --- what a part is made from


@pytest.fixture
def lots(site: Site, monkeypatch: pytest.MonkeyPatch) -> dict[str, Part]:
    monkeypatch.setattr(parting, "DATA_ROWS", ROWS)
    return {part.name: part for part in open_data.render.parts(site, Templates(site.phrase))}


def test_a_lot_is_made_from_those_units_whose_rows_it_holds(site: Site, lots: dict[str, Part]) -> None:
    several = {name.removesuffix("-2") for name in lots if name.startswith("data/parts/") and name.endswith("-2")}
    assert any("/tasks/" in name for name in several)
    for name, part in lots.items():
        if not name.startswith(("data/parts/targets/", "data/parts/reports-due/")):
            continue
        told = {row["unit"] for row in _first_rows(part)}
        below = {one for unit in told for one in site.derived.counted_below[unit]}
        assert {one for one in part.origins or () if one.startswith(UNIT)} == set(map(unit_origin, told | below))


def test_a_lot_of_tasks_is_made_from_the_plans_that_set_them(lots: dict[str, Part]) -> None:
    tasks = {name: part for name, part in lots.items() if name.startswith("data/parts/tasks/")}
    assert len(tasks) > 1
    for part in tasks.values():
        told = {file_origin(f"data/plans/{row['plan']}.yml") for row in _first_rows(part)}
        assert {one for one in part.origins or () if not one.startswith(FACT)} == told


def test_lists_of_lots_are_made_from_the_names_and_lengths_of_these(site: Site, lots: dict[str, Part]) -> None:
    first = site.dataset.plans["xa-dong-0000-2025"]
    task = first.tasks[0].model_copy(update={"text": Words(vi="Việc khác.")})
    other = first.model_copy(update={"tasks": (task, *first.tasks[1:])})
    again = site_of(replace(site.dataset, plans={**site.dataset.plans, first.id: other}))
    (data,) = (part for part in open_data.render.parts(again, Templates(again.phrase)) if part.name == "data")
    assert data.origins == lots["data"].origins
    assert {one.path: one.content for one in data.make() if isinstance(one, Artefact)} == {
        one.path: one.content for one in lots["data"].make() if isinstance(one, Artefact)
    }


@pytest.mark.parametrize("kept", [0, 3, -1])
def test_a_lot_whose_rows_are_others_is_made_from_something_else(
    site: Site, lots: dict[str, Part], kept: int
) -> None:
    """Also where they are others because a unit before them in the province has fewer or more."""
    first = site.dataset.plans["xa-dong-0000-2025"]
    shorter = first.model_copy(update={"tasks": first.tasks[:kept]})
    fewer = site_of(replace(site.dataset, plans={**site.dataset.plans, first.id: shorter}))
    after = {part.name: part for part in open_data.render.parts(fewer, Templates(fewer.phrase))}
    assert after["data"].origins != lots["data"].origins
    moved = 0
    for name in sorted(name for name in lots.keys() & after.keys() if name.startswith("data/parts/")):
        now = after[name]
        own = {unit_origin(first.unit), file_origin(f"data/plans/{first.id}.yml")}
        if now.origins is None or own & set(now.origins):
            continue
        if _first_rows(now) != _first_rows(lots[name]):
            assert now.origins != lots[name].origins
            moved += 1
        else:
            assert now.origins == lots[name].origins
    assert moved


def _first_rows(part: Part) -> list[dict[str, Any]]:
    first = next(iter(part.make()))
    assert isinstance(first, Artefact) and isinstance(first.content, bytes)
    return json.loads(first.content)
