"""The open data: one description for CSV, JSON, schema and page; nothing missing reads as 0; samples stay apart."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from openapi_spec_validator import validate as validate_openapi

from generators.addresses import HOME
from generators.artefact import Artefact, Page
from generators.frame import Frames
from generators.open_data import KINDS
from generators.open_data.documents import OpenData
from generators.outputs import open_data
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.render.records import (
    Column,
    Nested,
    Part,
    document,
    document_json,
    document_schema,
    record,
    records_csv,
    records_json,
)
from generators.render.tables import csv_bytes
from generators.site import Site
from generators.telling.structured_data import indicator_page_things, unit_page_things
from generators.text import LooseDate

TODAY = date(2026, 11, 22)
URL = "https://example.gov.vn/"
API = "api/v1/"


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, URL)[0]


@pytest.fixture(scope="module")
def rendered(site: Site) -> dict[str, Artefact | Page]:
    return {one.path: one for one in open_data.render(site, Templates(site.phrase))}


@pytest.fixture(scope="module")
def files(rendered: Mapping[str, Artefact | Page]) -> dict[str, bytes]:
    """Every file below api/v1/ by its name there."""
    return {path.removeprefix(API): _bytes(one) for path, one in rendered.items() if isinstance(one, Artefact)}


@pytest.fixture(scope="module")
def index(files: Mapping[str, bytes]) -> dict[str, Any]:
    return json.loads(files["index.json"])


@pytest.fixture(scope="module")
def api(files: Mapping[str, bytes]) -> dict[str, Any]:
    return json.loads(files["openapi.json"])


def _bytes(artefact: Artefact) -> bytes:
    return artefact.content if isinstance(artefact.content, bytes) else artefact.content.encode("utf-8")


def _name(url: str) -> str:
    """The name below api/v1/ that a full URL stands for."""
    path = urlsplit(url).path.lstrip("/")
    assert path.startswith(API), url
    return path.removeprefix(API)


def _rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def _as_cell(value: object) -> str:
    """What a JSON value must look like in CSV, worked out here anew."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@" and text else text


def _records(document: object) -> Iterator[dict[str, Any]]:
    """Every record at any depth of a JSON document."""
    if isinstance(document, dict):
        yield document
        for value in document.values():
            yield from _records(value)
    elif isinstance(document, list):
        for value in document:
            yield from _records(value)


def _records_with_source(document: object, around: object = None) -> Iterator[tuple[dict[str, Any], object]]:
    """Every record at any depth with its source: its own, or that of the nearest record around it."""
    if isinstance(document, dict):
        source = document.get("source") or document.get("sources") or around
        yield document, source
        for value in document.values():
            yield from _records_with_source(value, source)
    elif isinstance(document, list):
        for value in document:
            yield from _records_with_source(value, around)


# --- how rows are written

COLUMNS = (
    Column("id", "id", {"vi": "Mã.", "en": "Id."}),
    Column("name", "text", {"vi": "Tên.", "en": "Name."}, optional=True),
    Column("share", "number", {"vi": "Tỷ lệ.", "en": "Share."}, optional=True),
    Column("count", "whole", {"vi": "Số.", "en": "Count."}, optional=True),
    Column("sample", "flag", {"vi": "Mẫu.", "en": "Sample."}),
    Column("day", "day", {"vi": "Ngày.", "en": "Day."}),
    Column("starts", "moment", {"vi": "Bắt đầu.", "en": "Start."}),
    Column("issued", "loose-day", {"vi": "Ban hành.", "en": "Issued."}),
    Column("who", "list", {"vi": "Ai.", "en": "Who."}),
    Column("state", "text", {"vi": "Tình trạng.", "en": "State."}, optional=True, choices=("good", "bad")),
)
MOMENT = "2026-10-10T08:00:00+07:00"
DAY = date(2026, 1, 5)
FULL = ("xa-a", "Xã Ả, “đẹp”", Decimal("30.50"), 1234, True, DAY, MOMENT, LooseDate(2025, 7), ("p", "q"), "good")
BARE = ("xa-b", None, None, None, False, DAY, "2026-10-10", LooseDate(2025), (), None)


def test_a_row_is_the_same_in_json_and_csv() -> None:
    assert json.loads(records_json(COLUMNS, [FULL, BARE])) == [
        {
            "id": "xa-a",
            "name": "Xã Ả, “đẹp”",
            "share": 30.5,
            "count": 1234,
            "sample": True,
            "day": "2026-01-05",
            "starts": "2026-10-10T08:00:00+07:00",
            "issued": "2025-07",
            "who": ["p", "q"],
            "state": "good",
        },
        {
            "id": "xa-b",
            "name": None,
            "share": None,
            "count": None,
            "sample": False,
            "day": "2026-01-05",
            "starts": "2026-10-10",
            "issued": "2025",
            "who": [],
            "state": None,
        },
    ]
    assert records_csv(COLUMNS, [FULL, BARE]).decode("utf-8-sig") == (
        "id,name,share,count,sample,day,starts,issued,who,state\r\n"
        'xa-a,"Xã Ả, “đẹp”",30.50,1234,true,2026-01-05,2026-10-10T08:00:00+07:00,2025-07,p; q,good\r\n'
        "xa-b,,,,false,2026-01-05,2026-10-10,2025,,\r\n"
    )


@pytest.mark.parametrize(
    "text", ["Đặng “Ưu”", 'a"b\\c/d', "\0\b\t\n\f\r\x1b\x1f", "\x7f\x85\u2028\u2029\ufeff", "😀", "<a href='x'>&amp;"]
)
@pytest.mark.parametrize("share", ["0", "-5", "30.50", "0.01", "99.99", "1234567.89", "1E+20", "1E+30"])
def test_a_record_is_written_in_one_line_as_the_standard_library_writes_it(text: str, share: str) -> None:
    row = (text, None, Decimal(share), 10**18, True, DAY, MOMENT, LooseDate(2025), (text, "q"), None)
    written = json.dumps(record(COLUMNS, row), ensure_ascii=False, separators=(",", ":"))
    assert records_json(COLUMNS, [row, row]) == f"[\n{written},\n{written}\n]\n"


def test_no_rows_are_an_empty_list_and_a_line_of_names() -> None:
    assert json.loads(records_json(COLUMNS, [])) == []
    assert records_csv(COLUMNS, []).count(b"\r\n") == 1


def test_the_schema_of_a_column_takes_its_values_and_no_others() -> None:
    whole = {"components": {"schemas": {"Row": {"type": "object"}}}}
    parts = (Part("rows", "Row", COLUMNS), Part("one", "Row", COLUMNS, many=False))
    schema = document_schema(COLUMNS, parts, "T", "D")
    good = document(COLUMNS, FULL, parts, {"rows": [FULL, BARE], "one": [BARE]})
    jsonschema.validate(good, {**schema, **whole})
    assert good["one"] == record(COLUMNS, BARE)
    for wrong in (
        {"share": "30,5"},
        {"count": -1},
        {"count": 1.5},
        {"state": "ugly"},
        {"id": "Xã A"},
        {"id": None},
        {"day": "05/01/2026"},
        {"issued": "07/2025"},
        {"starts": "2026-10-10T08:00:00"},
        {"name": ""},
        {"who": None},
        {"extra": 1},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**good, **wrong}, {**schema, **whole})
    lacking = {key: value for key, value in good.items() if key != "count"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(lacking, {**schema, **whole})


def test_a_record_may_hold_records_and_says_what_they_share_once() -> None:
    inner = Part("rows", "Row", COLUMNS)
    outer = Part("reports", "Report", COLUMNS[:1], parts=(inner,))
    found = document((), (), (outer,), {"reports": [Nested(("xa-a",), {"rows": [FULL, BARE]})]})
    rows = [record(COLUMNS, FULL), record(COLUMNS, BARE)]
    assert found == {"reports": [{"id": "xa-a", "rows": rows}]}
    assert json.loads(document_json(found)) == found


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+84 123", "'+84 123"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("+30.5", "+30.5"),
        ("Tổ số 4 = tốt", "Tổ số 4 = tốt"),
        (None, ""),
    ],
)
def test_no_cell_runs_as_a_formula(cell: object, written: str) -> None:
    found = next(iter(csv.reader([csv_bytes(["a", "b"], [[cell, "x"]]).decode("utf-8-sig").splitlines()[1]])))
    assert found == [written, "x"]


# --- what is published


def test_each_list_is_the_same_in_csv_and_json(files: Mapping[str, bytes], index: dict[str, Any]) -> None:
    assert index["datasets"]
    for entry in index["datasets"]:
        records = json.loads(files[f"{entry['name']}.json"])
        text = files[f"{entry['name']}.csv"]
        assert text.startswith(b"\xef\xbb\xbf")
        assert text.decode("utf-8-sig").replace("\r\n", "").count("\r") == 0
        assert len(records) == entry["rows"]
        assert _rows(text) == [{key: _as_cell(value) for key, value in one.items()} for one in records]


def test_the_promised_lists_are_there_and_empty_ones_are_not(index: dict[str, Any]) -> None:
    rows = {entry["name"]: entry["rows"] for entry in index["datasets"]}
    assert {"units", "plans", "targets", "tasks", "progress"} <= set(rows)
    assert all(rows[kind.name] for kind in KINDS if kind.name in rows and not kind.always)


def test_what_the_index_says_of_each_file_is_true(files: Mapping[str, bytes], index: dict[str, Any]) -> None:
    for entry in index["datasets"]:
        for ending in ("csv", "json"):
            assert len(files[_name(entry[ending])]) == entry[f"{ending}_bytes"]
    named = {_name(entry["json"]) for kind in ("units", "plans") for entry in index[kind]}
    assert named == {name for name in files if name.startswith(("units/", "plans/"))}
    assert index["as_of"] == "2026-11-22"
    assert index["licence"] == "CC BY 4.0"


def test_a_linter_of_openapi_passes_the_description(api: dict[str, Any]) -> None:
    validate_openapi(api)


def test_the_description_names_every_file_and_no_other(api: dict[str, Any], files: Mapping[str, bytes]) -> None:
    described = set()
    for path, item in api["paths"].items():
        ids = [one["schema"]["enum"] for one in item["get"].get("parameters", ())]
        described |= {path.lstrip("/").replace("{id}", name) for name in (ids[0] if ids else [""])}
    assert described | {"openapi.json", "catalog.jsonld"} == set(files)


def test_every_answer_fits_its_schema(api: dict[str, Any], files: Mapping[str, bytes]) -> None:
    checked = 0
    for path, item in api["paths"].items():
        for media_type, content in item["get"]["responses"]["200"]["content"].items():
            if media_type != "application/json":
                continue
            validator = jsonschema.Draft202012Validator({**content["schema"], "components": api["components"]})
            ids = [one["schema"]["enum"] for one in item["get"].get("parameters", ())]
            for name in ids[0] if ids else [""]:
                found = json.loads(files[path.lstrip("/").replace("{id}", name)])
                assert [error.message for error in validator.iter_errors(found)] == [], f"{path} {name}"
                checked += 1
    assert checked > len(api["paths"]) / 2


def test_the_catalogue_names_every_list_with_its_size(files: Mapping[str, bytes], index: dict[str, Any]) -> None:
    catalogue = json.loads(files["catalog.jsonld"])
    sets = catalogue["dcat:dataset"]
    assert len(sets) == len(index["datasets"])
    found = {}
    for one in sets:
        assert one["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
        assert one["dct:temporal"]["dcat:startDate"]["@value"] <= one["dct:temporal"]["dcat:endDate"]["@value"]
        for file in one["dcat:distribution"]:
            found[_name(file["dcat:downloadURL"]["@id"])] = int(file["dcat:byteSize"]["@value"])
    assert found == {name: len(files[name]) for name in found}
    assert len(found) == 2 * len(sets)
    used = set(re.findall(r'"@?(dcat|dct|foaf|xsd|[a-z]+):[A-Za-z]+"', files["catalog.jsonld"].decode()))
    assert used <= set(catalogue["@context"])  # every prefix is explained in the file itself


# --- truth


def test_a_figure_keeps_its_counts_its_state_and_its_source(files: Mapping[str, bytes]) -> None:
    """41 of 45 officials: 41 × 100 ÷ 45 = 91.111…, so 91.11."""
    reports = json.loads(files["units/xa-mau.json"])["reports"]
    report = next(report for report in reports if report["period"] == "2025-q4")
    (one,) = (row for row in report["progress"] if row["target"] == "officials-2025")
    assert (one["reached"], one["of"], one["percent"], one["percent_from"]) == (41, 45, 91.11, "counts")
    assert one["state"] == "final"
    assert report["source"] and report["source_date"]
    assert (report["period_start"], report["period_end"]) == ("2025-10-01", "2025-12-31")


def test_every_number_has_a_source(files: Mapping[str, bytes]) -> None:
    checked = 0
    for name, text in files.items():
        if not name.endswith(".json") or name == "openapi.json":
            continue
        for one, source in _records_with_source(json.loads(text)):
            if any(isinstance(one.get(key), int | float) for key in ("reached", "percent", "level", "value")):
                assert source, one
                checked += 1
            if "reading_source" in one and (one["reached"] is not None or one["percent"] is not None):
                assert one["reading_source"] and one["reading_source_date"] and one["reading_state"], one
    assert checked > 50


def test_missing_is_never_nought(files: Mapping[str, bytes]) -> None:
    silent = 0
    for one in json.loads(files["targets.json"]):
        if one["state"] == "no_data":
            assert (one["reached"], one["of"], one["percent"], one["reading_state"]) == (None, None, None, None)
            silent += 1
    assert silent
    states = {"not_reported", "not_applicable", "withheld"}
    reports = json.loads(files["units/xa-mau.json"])["reports"]
    gaps = [one for report in reports for one in report["progress"] if one["state"] in states]
    assert gaps
    assert all((one["reached"], one["of"], one["percent"]) == (None, None, None) for one in gaps)


OF_A_REPORT = {"progress": "progress", "task-reports": "task_reports", "outreach": "outreach"}
OF_A_PLAN = {"targets": "targets", "tasks": "tasks", "reports-due": "reports_due"}


@pytest.mark.parametrize("name", [*OF_A_REPORT, *OF_A_PLAN, "activities"])
def test_what_the_lists_say_stands_in_one_file_more_with_what_rows_share_said_once(site: Site, name: str) -> None:
    """Each row of a list, those of samples too, is found in the unit's or the plan's file, and no other row is."""
    data = OpenData(site)
    kind = next(one for one in KINDS if one.name == name)
    listed = [record(kind.columns, row) for row in kind.rows(site, kind.holders.all(site))]
    units = [data.unit(unit) for unit in site.dataset.units.values()]
    plans = [data.plan(plan) for plan in site.dataset.plans.values()]
    if name == "activities":
        found = [{**_flat(one, unit), **time} for unit in units for one in unit["activities"] for time in one["times"]]
    elif name in OF_A_REPORT:
        reports = [(unit, report) for unit in units for report in unit["reports"]]
        found = [{**_flat(report, unit), **one} for unit, report in reports for one in report[OF_A_REPORT[name]]]
    else:
        found = [{**_flat(plan, plan), **one} for plan in plans for one in plan[OF_A_PLAN[name]]]
    assert found
    shared = set(found[0]) & set(listed[0])
    assert set(listed[0]) - shared <= {"unit_name_vi", "page", "unit", "plan"}

    def values(rows: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps({key: row[key] for key in shared}, sort_keys=True) for row in rows)

    assert values(found) == values(listed)


def _flat(record: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a row around it, without the records there."""
    said = {key: value for key, value in record.items() if next(_records(value), None) is None}
    return {"sample": document["sample"], **said}


def test_a_unit_names_its_plans_and_a_plan_its_unit(files: Mapping[str, bytes]) -> None:
    unit = json.loads(files["units/xa-mau.json"])
    (entry,) = unit["plans"]
    plan = json.loads(files[_name(entry["json"])])
    assert (entry["id"], plan["plan"]["id"]) == ("xa-mau-2025", "xa-mau-2025")
    assert json.loads(files[_name(plan["unit"]["json"])]) == unit
    assert unit["unit"]["plans"] == ["xa-mau-2025"]


def test_a_row_is_a_line_in_lists_and_documents(files: Mapping[str, bytes]) -> None:
    assert files["units.json"].count(b"\n") == len(json.loads(files["units.json"])) + 2
    plan = files["plans/xa-mau-2025.json"].decode().split("\n")
    assert sum(line.startswith('{"target":') for line in plan) == len(json.loads("\n".join(plan))["targets"])


def test_a_roll_up_adds_up_and_names_the_missing(files: Mapping[str, bytes]) -> None:
    rows = json.loads(files["rollups.json"])
    assert rows
    for one in rows:
        assert one["expected"] == len(one["reporters"]) + len(one["missing"]) + len(one["withheld"])
        assert one["reported"] == len(one["reporters"])
        if one["counted"] == 0:
            assert (one["reached"], one["of"], one["percent"]) == (None, None, None)


def test_samples_stand_in_their_own_files_only(files: Mapping[str, bytes], index: dict[str, Any]) -> None:
    for entry in index["datasets"]:
        assert b"xa-mau" not in files[f"{entry['name']}.json"], entry["name"]
        assert b"xa-mau" not in files[f"{entry['name']}.csv"], entry["name"]
    sample = json.loads(files["units/xa-mau.json"])
    plan = json.loads(files["plans/xa-mau-2025.json"])
    flags = [one["sample"] for document in (sample, plan) for one in _records(document) if "sample" in one]
    assert len(flags) > 5
    assert all(flags)
    assert sample["notice"] == plan["notice"] == "Số liệu minh họa / Sample data"
    assert json.loads(files["units/hung-nguyen-nam.json"])["notice"] is None
    assert [entry["id"] for entry in index["units"] if entry["sample"]] == ["xa-mau"]
    assert "minh họa" in index["samples_vi"]


def test_without_samples_no_file_knows_them(root: Path) -> None:
    bare = load_site(root, TODAY, URL, sample=False)[0]
    made = [one for one in open_data.render(bare, Templates(bare.phrase)) if isinstance(one, Artefact)]
    assert made
    assert not [one.path for one in made if "xa-mau" in one.path or b"xa-mau" in _bytes(one)]


def test_two_runs_give_the_same_bytes(site: Site, rendered: Mapping[str, Artefact | Page]) -> None:
    assert {one.path: one for one in open_data.render(site, Templates(site.phrase))} == dict(rendered)


def test_every_page_that_a_row_names_is_a_page_of_the_site(site: Site, files: Mapping[str, bytes]) -> None:
    addresses = site.page_addresses()
    named = {one["page"] for name in files if name.endswith(".json") for one in _records(json.loads(files[name]))
             if isinstance(one.get("page"), str)}  # fmt: skip
    assert named
    assert [url for url in sorted(named) if urlsplit(url).path not in addresses] == []


def test_times_of_day_carry_their_offset(files: Mapping[str, bytes]) -> None:
    activities = json.loads(files["units/xa-mau.json"])["activities"]
    starts = [time["starts"] for activity in activities for time in activity["times"]]
    timed = [one for one in starts if "T" in one]
    assert timed
    assert all(one.endswith("+07:00") for one in timed)


# --- the page about the data


@pytest.mark.parametrize(("path", "lang"), [("du-lieu/index.html", "vi"), ("en/data/index.html", "en")])
def test_the_page_lists_every_file_and_every_field(
    path: str, lang: str, rendered: Mapping[str, Artefact | Page], files: Mapping[str, bytes], index: dict[str, Any]
) -> None:
    page = rendered[path]
    assert isinstance(page, Page)
    assert page.lang == lang
    linked = {re.sub(r"^(\.\./)+", "", href) for href in re.findall(r'href="(\.\./[^"]+)"', page.body)}
    assert {f"{API}{name}" for name in files} <= linked
    shown = unescape(page.body)
    for entry in index["datasets"]:
        names = _rows_header(files[f"{entry['name']}.csv"])
        table = shown[shown.index(f'id="fields-{entry["name"]}"') :].split("</table>")[0]
        assert re.findall(r'<th scope="row"><code>([a-z_]+)</code>', table) == names
    ids = re.findall(r'\sid="([^"]+)"', page.body)
    assert len(ids) == len(set(ids))


def _rows_header(text: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


# --- what pages tell machines


def _graph(site: Site, page: Page) -> list[dict[str, Any]]:
    head = Frames(site, Templates(site.phrase)).slots(page)["head"]
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head)
    assert len(scripts) == 1
    found = json.loads(scripts[0])
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def test_a_page_tells_the_way_to_it(site: Site, rendered: Mapping[str, Artefact | Page]) -> None:
    page = rendered["du-lieu/index.html"]
    assert isinstance(page, Page)
    way, data = _graph(site, page)
    assert way == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Trang chủ", "item": "https://example.gov.vn/"},
            {"@type": "ListItem", "position": 2, "name": "Dữ liệu mở", "item": "https://example.gov.vn/du-lieu/"},
        ],
    }
    assert data["@type"] == "Dataset"
    assert all(_name(file["contentUrl"]) for file in data["distribution"])


def test_the_home_page_names_the_site(site: Site) -> None:
    page = Page(HOME["vi"], "vi", "T", "D", "<h1>T</h1>", "")
    (thing,) = _graph(site, page)
    assert (thing["@type"], thing["url"]) == ("WebSite", URL)


def test_what_a_page_tells_cannot_break_out_of_its_script(site: Site) -> None:
    page = Page("/x/", "vi", "</script><b>&", "D", "", "", json_ld=({"@type": "Thing", "name": "<!--"},))
    head = Frames(site, Templates(site.phrase)).slots(page)["head"]
    assert head.count("</script>") == 1
    assert "<!--" not in head
    assert _graph(site, page)[0]["itemListElement"][-1]["name"] == "</script><b>&"


def test_a_unit_is_a_public_body_and_a_sample_is_none(site: Site) -> None:
    body, data = unit_page_things(site, site.dataset.units["hung-nguyen-nam"], "vi")
    assert (body["@type"], body["identifier"]) == ("GovernmentOrganization", "18028")
    assert data["about"] == {"@id": body["@id"]}
    assert unit_page_things(site, site.dataset.units["xa-mau"], "vi") == ()
    (ended, _) = unit_page_things(site, site.dataset.units["vinh-linh"], "en")
    assert ended["dissolutionDate"] == "2025-07-01"


def test_an_indicator_is_a_data_set_of_one_measure(site: Site) -> None:
    indicator = site.dataset.indicators["officials-digital-skills"]
    (data,) = indicator_page_things(site, indicator, "vi", ["/bieu-do/x.csv"])
    assert data["measurementTechnique"] == site.dataset.measures[indicator.measure].name.vi
    assert data["distribution"][0] == {
        "@type": "DataDownload",
        "contentUrl": "https://example.gov.vn/bieu-do/x.csv",
        "encodingFormat": "text/csv",
    }


# --- other people's programs


def test_pandas_reads_each_list_in_one_line(
    tmp_path: Path, files: Mapping[str, bytes], index: dict[str, Any]
) -> None:
    pandas = pytest.importorskip("pandas")
    for entry in index["datasets"]:
        for ending, read in (("json", pandas.read_json), ("csv", pandas.read_csv)):
            file = tmp_path / f"{entry['name']}.{ending}"
            file.write_bytes(files[file.name])
            assert len(read(file)) == entry["rows"]
    units = pandas.read_csv(tmp_path / "units.csv", dtype={"code": str, "province_code": str}).set_index("id")
    assert units.loc["cao-bang-so-noi-vu", "province_code"] == "04"
    assert units.loc["hung-nguyen-nam", "name_vi"] == "Ủy ban nhân dân xã Hưng Nguyên Nam, tỉnh Nghệ An"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_the_csv_with_tones_and_numbers_and_runs_nothing(
    tmp_path: Path, files: Mapping[str, bytes]
) -> None:
    (tmp_path / "units.csv").write_bytes(files["units.csv"])
    (tmp_path / "made.csv").write_bytes(csv_bytes(["name", "share"], [["=1+1", Decimal("30.5")], ["Đặng Ưu", "-5"]]))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--infilter=CSV:44,34,76,1,,1033",  # comma, double quotes, UTF-8, from line 1, English (USA)
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "units.csv"),
            str(tmp_path / "made.csv"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    units = (tmp_path / "units.fods").read_text("utf-8")
    made = (tmp_path / "made.fods").read_text("utf-8")
    assert "<text:p>Ủy ban nhân dân xã Hưng Nguyên Nam, tỉnh Nghệ An</text:p>" in units
    assert "table:formula" not in units + made
    assert "<text:p>&apos;=1+1</text:p>" in made
    assert "<text:p>Đặng Ưu</text:p>" in made
    assert re.findall(r'office:value="([^"]+)"', made) == ["30.5", "-5"]
