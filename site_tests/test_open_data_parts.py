"""Long lists of open data: parted by province, every row once, all described where machines look first."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate as validate_openapi

from generators.artefact import Artefact
from generators.open_data import parting
from generators.outputs import open_data
from generators.render.html import Templates
from generators.site import DATA_ROOT, Site
from site_tests.many_places import crowded

ROWS = 70


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
