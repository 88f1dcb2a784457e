"""Holds `campaign take` to naming every cell that it cannot take, and to surviving every file that is no form."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from defusedxml import EntitiesForbidden
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from generators import limits
from generators.adapters.cli import main
from generators.adapters.commands import form as form_command
from generators.adapters.commands import take
from generators.dataset import Dataset
from generators.pipeline import load_project
from generators.problems import Problems
from generators.site import Site
from generators.spreadsheet.opening import open_workbook
from site_tests.broken_forms import BROKEN
from site_tests.conftest import ROOT
from site_tests.filled_form import with_part
from site_tests.test_take import TODAY, begun

EXPECTED = Path(__file__).parent / "fixtures/forms/complaints.txt"
MAIN = "xl/worksheets/sheet3.xml"

Loaded = tuple[Dataset, Site, Problems]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_project(ROOT, TODAY, "")


@pytest.fixture(scope="module")
def blank(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("form") / "form.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_command, "load_project", lambda *_: loaded)
        assert main(["form", "xa-mau", "2026-q4", "--output", str(target), "--today", f"{TODAY:%d/%m/%Y}"]) == 0
    return target.read_bytes()


@pytest.fixture
def taking(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[bytes], tuple[int, list[str]]]:
    """Takes a file in an empty project that was read before; gives the exit code and the complaints."""
    monkeypatch.setattr(take, "load_project", lambda *_: loaded)
    (tmp_path / "bieu.xlsx").touch()

    def run(data: bytes) -> tuple[int, list[str]]:
        (tmp_path / "bieu.xlsx").write_bytes(data)
        capsys.readouterr()
        code = main(["take", str(tmp_path / "bieu.xlsx"), "--project", str(tmp_path), "--today", "10/12/2026"])
        lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")]
        assert code == 0 or [path.name for path in tmp_path.iterdir()] == ["bieu.xlsx"], "nothing is written"
        return code, lines

    return run


def expected() -> dict[str, list[str]]:
    parts = re.split(r"^## (.+)\n", EXPECTED.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: lines.splitlines() for name, lines in zip(parts[::2], parts[1::2], strict=True)}


def test_every_mistake_has_its_complaints_written_down() -> None:
    assert list(expected()) == list(BROKEN) and len(BROKEN) >= 60


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_named_with_its_cell(
    mistake: str, blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    form = begun(blank)
    BROKEN[mistake](form)
    assert taking(form.bytes()) == (1, expected()[mistake])


def archive_of(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods() -> bytes:
    return archive_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def plain_workbook() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """A few kilobytes that unpack to sixty megabytes."""
    return with_part(plain_workbook(), "xl/worksheets/sheet1.xml", lambda _: b" " * 60_000_000)


LAUGHS = (
    '<?xml version="1.0"{encoding}?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>'
)


def laughs(encoding: str = "") -> bytes:
    text = LAUGHS.format(encoding=f' encoding="{encoding}"' if encoding else "").encode(encoding or "utf-8")
    return with_part(plain_workbook(), "xl/worksheets/sheet1.xml", lambda _: text)


FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "sheet-not-xlsx"),
    "words": (lambda _: "đây là chữ".encode(), "sheet-not-xlsx"),
    "a table as text": (lambda _: b"a,b\n1,2\n", "sheet-not-xlsx"),
    "another archive": (lambda _: archive_of({"a.txt": b"a"}), "sheet-not-xlsx"),
    "a form in the old format": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet-old"),
    "a form of LibreOffice": (lambda _: ods(), "sheet-ods"),
    "a form with a program": (lambda data: with_part(data, "xl/vbaProject.bin", lambda _: b"x"), "sheet-macro"),
    "entities": (lambda _: laughs(), "sheet-unsafe"),
    "entities in another alphabet": (lambda _: laughs("utf-16"), "sheet-unsafe"),
    "a bomb": (lambda _: bomb(), "sheet-bomb"),
    "half a file": (lambda data: data[: len(data) // 2], "sheet-broken"),
    "a broken sheet": (lambda data: with_part(data, MAIN, lambda text: text[:500]), "sheet-broken"),
    "no styles": (lambda data: with_part(data, "xl/styles.xml", lambda _: b"<x/>"), "sheet-broken"),
    "a spreadsheet of no form": (lambda _: plain_workbook(), "sheet-foreign"),
    "too many bytes": (lambda data: data + bytes(limits.SHEET_BYTES), "file-too-big"),
    "a row beyond all rows": (
        lambda data: with_part(data, MAIN, lambda text: text.replace(b"</sheetData>", FAR + b"</sheetData>")),
        "sheet-too-large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_form_is_refused_as_what_it_is(
    file: str, blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    make, code = FILES[file]
    exit_code, lines = taking(make(blank))
    assert exit_code == 1 and len(lines) == 1
    assert lines[0].startswith(f"bieu.xlsx:1:1  [{code}]  ")


def test_the_library_itself_expands_no_entity() -> None:
    """Our own look comes first; should it ever miss one, defusedxml stands behind it."""
    assert openpyxl.DEFUSEDXML
    with pytest.raises(ValueError, match="could not read worksheets") as caught:
        openpyxl.load_workbook(io.BytesIO(laughs()), read_only=True)
    assert isinstance(caught.value.__cause__, EntitiesForbidden)


def test_huge_merged_ranges_and_false_sizes_cost_nothing(
    blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    def swell(text: bytes) -> bytes:
        text = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', text)
        return re.sub(rb'<mergeCell ref="[^"]*"', b'<mergeCell ref="A1:XFD1048576"', text)

    assert taking(with_part(begun(blank).bytes(), MAIN, swell))[0] == 0


def test_a_sheet_that_says_to_be_small_is_read_to_its_end(
    blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    form = begun(blank)
    form.say("officials-2026", reached=50)

    def shrink(text: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', text)

    code, lines = taking(with_part(form.bytes(), MAIN, shrink))
    assert code == 1 and "[reading-over]" in lines[0]


def test_a_formula_with_its_value_is_taken(blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]) -> None:
    form = begun(blank)
    form.formula("Phụ lục II", "target:officials-2026", "Số đạt", "=40+3")

    def computed(text: bytes) -> bytes:
        return re.sub(rb"<f>40\+3</f><v\s*/>|<f>40\+3</f><v></v>", b"<f>40+3</f><v>43</v>", text)

    assert taking(with_part(form.bytes(), MAIN, computed))[0] == 0


def test_a_sheet_that_somebody_added_is_not_taken_and_not_hidden(
    blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    form = begun(blank)
    form.book.create_sheet("Nháp").append(["hỏi lại"])
    code, lines = taking(form.bytes())
    assert code == 0
    assert lines[0] == 'bieu.xlsx:Nháp!A1  [sheet-extra]  Trang "Nháp" không thuộc biểu, nên không lấy gì ở đó.'


def test_a_figure_that_falls_is_taken_with_a_word(
    blank: bytes, taking: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    form = begun(blank)
    form.say("officials-2026", reached=41)
    form.type("Mô hình", "cho-so-4t/selling-online", "Con số", 100)
    code, lines = taking(form.bytes())
    assert code == 0
    assert [re.sub(r".*\[(.+?)\].*", r"\1", line) for line in lines[:2]] == ["sheet-falls", "sheet-count-falls"]
    assert lines[0].startswith("bieu.xlsx:Phụ lục II!I14  ")


def wrecks(data: bytes) -> st.SearchStrategy[bytes]:
    """The form with some of its bytes changed, taken out or doubled, and things that only begin like one."""
    spots = st.lists(st.tuples(st.integers(0, len(data) - 1), st.binary(max_size=4), st.integers(0, 40)), max_size=6)

    def wreck(changes: list[tuple[int, bytes, int]]) -> bytes:
        broken = bytearray(data)
        for place, fresh, length in changes:
            broken[place : place + length] = fresh
        return bytes(broken)

    return spots.map(wreck) | st.binary(max_size=200) | st.binary(max_size=200).map(lambda more: b"PK\x03\x04" + more)


def texts_of(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from (name for name in archive.namelist() if name.endswith((".xml", ".rels")))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bytes_end_the_program(blank: bytes, data: st.DataObject) -> None:
    problems = Problems()
    found = open_workbook(data.draw(wrecks(blank)), "bieu.xlsx", problems)
    assert (found is None) == bool(problems.errors)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_xml_ends_the_program(blank: bytes, loaded: Loaded, data: st.DataObject) -> None:
    """The archive is whole here, and what lies in it is wrecked."""
    from generators.spreadsheet.taking import take_form

    part = data.draw(st.sampled_from(sorted(texts_of(blank))))
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        text = archive.read(part)
    broken = with_part(blank, part, lambda _: data.draw(wrecks(text)))
    problems = Problems()
    taken: Any = take_form(loaded[1], broken, "bieu.xlsx", problems)
    assert taken is None and problems.errors, "the form is blank, so its dates are missing at the least"
