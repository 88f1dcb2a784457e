"""Holds the JSON Schemas against the records that they are made from, against every file, and against near mistakes.

Files are parsed here as editors' programs parse them: YAML 1.2, where `2025` is a number and `no` is a word.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from generators.adapters.cli import main
from generators.adapters.commands.schema import CLOSING, OPENING, with_tables
from generators.json_schema import KINDS, UnknownReader, _EditorSchema, json_schema, schema_files
from generators.schema.activity import DayTimeText, Email, Phone
from generators.schema.news import ImageName, NewsMoment, TagAuthorityText
from generators.schema.progress import Period
from generators.schema.scalars import (
    Amount,
    Day,
    DayMonth,
    DocumentDay,
    HttpsUrl,
    Id,
    Percent,
    Ratio,
    Whole,
    Year,
)
from site_tests.conftest import ROOT
from site_tests.small_project import BASE

WRITTEN_BY_TESTS = {"accessibility-results.yml"}  # nobody types these, so no editor's program has to know them
MODELINE = re.compile(r"# yaml-language-server: \$schema=(?P<path>\S+)")


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2 (10.3.2), as far as our files can hold it."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _read_number(_: yaml.SafeLoader, node: yaml.ScalarNode) -> int | float:
    return int(node.value) if re.fullmatch("[-+]?[0-9]+", node.value) else float(node.value)


_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
_Core.add_implicit_resolver("tag:core,number", _NUMBER, list("-+.0123456789"))
_Core.add_constructor("tag:core,number", _read_number)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=_Core)  # noqa: S506 - a safe loader with fewer types still


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(kind))


def faults(kind: str, value: Any) -> list[str]:
    found = validator(kind).iter_errors(value)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:120]}" for error in found]


def data_files(root: Path) -> list[Path]:
    return sorted(file for file in (root / "data").rglob("*.yml") if file.name not in WRITTEN_BY_TESTS)


def front_matter(root: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted((root / "content").rglob("*.md")):
        path = file.relative_to(root).as_posix()
        if path.startswith("content/tin-tuc/"):
            yield ("news-twin" if path.endswith(".en.md") else "news"), file
        elif path.startswith(("content/ke-hoach/", "content/mo-hinh/", "content/en/plans/", "content/en/models/")):
            yield "narrative", file
        else:
            yield "page", file


def named_kind(file: Path) -> str:
    """The kind whose schema the file's first line names; the test fails where it names none, or a file not there."""
    line = MODELINE.match(file.read_text(encoding="utf-8"))
    assert line, f"{file}: the first line names no schema"
    schema = (file.parent / line["path"]).resolve()
    assert schema == ROOT / "generators/schema/json" / schema.name, file
    assert schema.is_file(), file
    return schema.stem


def test_the_yaml_of_editors_is_not_ours() -> None:
    read = as_an_editor_reads("[2025, 12.000, no, 22/05/2025, 2025-05-22, 69.85, null, 80%, 05, 1.000.000]")
    assert read == [2025, 12.0, "no", "22/05/2025", "2025-05-22", 69.85, None, "80%", 5, "1.000.000"]


def test_the_checked_in_schemas_are_those_of_the_records() -> None:
    folder = ROOT / "generators/schema/json"
    there = {f"generators/schema/json/{file.name}": file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert sorted(there) == sorted(schema_files())
    stale = [path for path, text in schema_files().items() if there[path] != text]
    assert stale == [], "run `campaign schema`"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_a_schema_that_speaks_vietnamese(kind: str) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    for record in (schema, *schema["$defs"].values()):
        for key, value in record.get("properties", {}).items():
            assert value.get("description"), f"{kind}: {key} has no description"
        assert "properties" not in record or record["additionalProperties"] is False
    assert '"title": "' not in json.dumps({**schema, "title": ""}).replace('"title": ""', "")


def test_the_guide_has_the_tables_of_the_schemas(root: Path) -> None:
    guide = (root / "data/README.md").read_text(encoding="utf-8")
    assert with_tables(guide) == guide, "run `campaign schema`"
    for kind in KINDS.values():
        assert f"<summary>{kind.title}: <code>" in guide
    assert "| `targets › at_least` |  | mức: `80%`, `1.000 người` |" in guide


@pytest.mark.parametrize("file", data_files(ROOT), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_data_file_is_good_by_the_schema_that_it_names(file: Path) -> None:
    kind = named_kind(file)
    folder, _, name = file.relative_to(ROOT / "data").as_posix().rpartition("/")
    expected = {"units": "unit", "plans": "plan", "models": "model", "activities": "activity", "praise": "praise"}
    where = folder.split("/")[0]
    assert kind == ("report" if where == "progress" else expected.get(where, name.removesuffix(".yml")))
    assert faults(kind, as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


def test_every_front_matter_is_good_by_its_schema() -> None:
    found = [*front_matter(ROOT), *front_matter(BASE)]
    assert {kind for kind, _ in found} == {"news", "news-twin", "narrative", "page"}
    for kind, file in found:
        front = file.read_text(encoding="utf-8").split("---\n")[1]
        assert faults(kind, as_an_editor_reads(front)) == [], file


def put(value: Any, where: str, new: Any) -> Any:
    """A copy of a value with something else at `a/0/b`; `None` as the new value takes the key away."""
    changed = copy.deepcopy(value)
    *way, last = [int(step) if step.isdigit() else step for step in where.split("/")]
    inner = changed
    for step in way:
        inner = inner[step]
    if new is None:
        del inner[last]
    else:
        inner[last] = new
    return changed


@pytest.mark.parametrize(
    ("path", "where", "new"),
    [
        ("data/plans/xa-mau-2025.yml", "targts", []),
        ("data/plans/xa-mau-2025.yml", "status", "in force"),
        ("data/plans/xa-mau-2025.yml", "unit", None),
        ("data/plans/xa-mau-2025.yml", "unit", "Xã Mẫu"),
        ("data/plans/xa-mau-2025.yml", "targets/0/at_least", "8O%"),
        ("data/plans/xa-mau-2025.yml", "targets/0/at_least", "180%"),
        ("data/plans/xa-mau-2025.yml", "targets/0/year", 25),
        ("data/plans/xa-mau-2025.yml", "targets/0/effort", "yes"),
        ("data/plans/xa-mau-2025.yml", "targets", {"id": "officials"}),
        ("data/plans/xa-mau-2025.yml", "title", {"vn": "Kế hoạch"}),
        ("data/plans/xa-mau-2025.yml", "title", ""),
        ("data/plans/xa-mau-2025.yml", "document/date", "13/2025"),
        ("data/progress/2026-q1/xa-mau.yml", "reported_on", "31/13/2026"),
        ("data/progress/2026-q1/xa-mau.yml", "period", "2026-Q1"),
        ("data/progress/2026-q1/xa-mau.yml", "readings/0/reached", "bốn mươi"),
        ("data/progress/2026-q1/xa-mau.yml", "readings/0/reached", -1),
        ("data/progress/2026-q1/xa-mau.yml", "readings/4/percent", "46,1"),
        ("data/progress/2026-q1/xa-mau.yml", "readings/4/state", "temporary"),
        ("data/progress/2026-q1/xa-mau.yml", "draft", "có"),
        ("data/activities/xa-mau-lop-buoi-toi.yml", "starts", "19:00 09/09/2026"),
        ("data/activities/xa-mau-lop-buoi-toi.yml", "access/features", ["step free"]),
        ("data/activities/xa-mau-lop-buoi-toi.yml", "contact/email", "mot-cua"),
        ("data/units/xa-mau.yml", "website", "http://xa-mau.example"),
        ("data/slogans.yml", "0/id", None),
        ("data/words.yml", "shell-skip/en", None),
    ],
)
def test_a_near_mistake_is_underlined(path: str, where: str, new: Any) -> None:
    file = ROOT / path
    value = as_an_editor_reads(file.read_text(encoding="utf-8"))
    assert faults(named_kind(file), value) == []
    assert faults(named_kind(file), put(value, where, new))


# What is typed, and whether it is good; a number stands for what YAML 1.2 takes for one.
TYPED: list[tuple[Any, str, list[Any], list[Any]]] = [
    (Id, "Id", ["xa-mau", "a1"], ["Xa", "xa_mau", "-a", "a--b", "xã"]),
    (Whole, "Whole", ["412", "12.000", "1.234.567", 412, 12.0, 25.736], ["12,5", "1.23", "-4", "", "x"]),
    (Percent, "Percent", ["80%", "69,85%", "69.85 %", "100%", "0,5%", "100,0%"], ["80", "101%", "1.234%", "%", 80]),
    (Ratio, "Ratio", ["0,95", "0", 0.95, 1], ["1/2", "-1", ""]),
    (Year, "Year", ["2026", 2026], ["26", 1999, 2100, "2026 "[:3]]),
    (Day, "Day", ["22/05/2025", "2025-05-22", "1/2/2025"], ["22-05-2025", "32/01/2025", "05/2025", 2025]),
    (DocumentDay, "DocumentDay", ["22/05/2025", "07/2025", "2025", 2025], ["13/2025", "20255", "5"]),
    (DayMonth, "DayMonth", ["10/10", "1/2"], ["10-10", "32/1", "10/13"]),
    (HttpsUrl, "HttpsUrl", ["https://a.gov.vn/x?y=1"], ["http://a.vn", "https://a b", "a.vn"]),
    (Period, "Period", ["2026-q1", "2026-03", "2026-h2", "2026", 2026], ["2026-q5", "2026-3", "q1", "2026-13"]),
    (DayTimeText, "DayTime", ["10/10/2026 08:00", "10/10/2026", "2026-10-10 8h30"], ["08:00", "10/10/2026 24:00"]),
    (NewsMoment, "NewsMoment", ["10/10/2026", "10/10/2026 08:30", "2026-10-10T08:30:00+07:00"], ["10/2026", "08:30"]),
    (Phone, "Phone", ["0239 385 0000", "1900.1234", "+84 24 1234"], ["12", "hỏi ông Ba"]),
    (Email, "Email", ["mot-cua@xa-mau.example"], ["mot-cua", "a@b"]),
    (ImageName, "ImageName", ["lop.png", "Lop_1.JPEG"], ["lop.gif", "a/b.png", "lớp.png"]),
    (TagAuthorityText, "TagAuthority", ["a.gov.vn,2026"], ["a.gov.vn", "a,2026"]),
    (Amount, "Amount", ["80%", "5 người", "1.000.000 hộ", "1000000", 1000000], ["≥ 5", "8O%", "80% người", "101%"]),
]


def as_our_reader_reads(value: Any) -> Any:
    """Our own reader leaves numbers as they were typed; 12.0 and 25.736 were typed 12.000 and 25.736."""
    return f"{value:.3f}" if isinstance(value, float) and value > 1 else str(value)


@pytest.mark.parametrize(("kind", "name", "good", "bad"), TYPED, ids=[name for _, name, _, _ in TYPED])
def test_schema_and_reader_take_the_same_text(kind: Any, name: str, good: list[Any], bad: list[Any]) -> None:
    definitions = {key: value for one in KINDS for key, value in validator(one).schema["$defs"].items()}
    by_schema = Draft202012Validator({**definitions[name], "$defs": definitions})
    by_reader = TypeAdapter(kind)
    for value in good:
        assert by_schema.is_valid(value), value
        by_reader.validate_python(as_our_reader_reads(value).replace("0.950", "0,95"))
    for value in bad:
        assert not by_schema.is_valid(value), value
        with pytest.raises(ValidationError):
            by_reader.validate_python("" if value == "" else as_our_reader_reads(value))


def test_a_reader_that_nobody_described_is_a_fault_of_the_program() -> None:
    def read_colour(value: Any) -> str:
        raise PydanticCustomError("bad-colour", "{found}")

    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[str, BeforeValidator(read_colour)])
    with pytest.raises(UnknownReader, match="read_colour"):
        adapter.json_schema(schema_generator=_EditorSchema)


def test_the_command_writes_what_is_missing_and_says_what_is_old(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = tmp_path / "data/README.md"
    guide.parent.mkdir()
    guide.write_text(f"# Guide\n\n{OPENING}\nold\n{CLOSING}\n\nThe end.\n", encoding="utf-8")
    old = tmp_path / "generators/schema/json/gone.json"
    old.parent.mkdir(parents=True)
    old.write_text("{}", encoding="utf-8")
    arguments = ["schema", "--project", str(tmp_path)]
    assert main([*arguments, "--check"]) == 1
    said = capsys.readouterr().out
    assert "generators/schema/json/plan.json" in said and "gone.json" in said and "data/README.md" in said
    assert old.exists() and not (old.parent / "plan.json").exists()
    assert main(arguments) == 0
    assert not old.exists()
    assert json.loads((old.parent / "plan.json").read_text(encoding="utf-8")) == json_schema("plan")
    text = guide.read_text(encoding="utf-8")
    assert text.startswith("# Guide\n") and text.endswith("\n\nThe end.\n") and "old" not in text.splitlines()
    capsys.readouterr()
    assert main([*arguments, "--check"]) == 0
    assert capsys.readouterr().out == "Mọi tệp đều mới.\n"
