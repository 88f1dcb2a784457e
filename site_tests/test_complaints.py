"""Holds what `campaign check` shows to its exact form: the line with a caret, JSON, notes of a forge, watching."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generators.adapters.cli import main
from generators.adapters.commands import check
from generators.adapters.printing import print_problems
from generators.complaints import _PLACES, complaint_note, complaint_text, complaints_json, guide_place
from generators.dataset import care_rules
from generators.problems import Problem, Problems, catalogue
from site_tests.small_project import BASE, lay_out

YEAR = Problem("data/a.yml", 16, 11, "bad-year", (("found", "nay"),))
WARNING = Problem("data/b.yml", 2, 8, "number-dotted", (("found", "1.000"), ("whole", "1000")))
TODAY = ("--today", "2026-03-05")


def saying(text: str) -> Callable[[str, int], str]:
    return lambda *_: text


def test_the_line_stands_under_the_complaint_with_a_caret_under_the_value() -> None:
    assert complaint_text(YEAR, saying("    year: nay  # chưa rõ"), "vi").splitlines() == [
        'data/a.yml:16:11  [bad-year]  "nay" không phải một năm, ví dụ: 2026.',
        "  16 |     year: nay  # chưa rõ",
        "     |           ^^^",
        "  Xem hướng dẫn: data/README.md#ngay",
    ]


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ('a: "hai chữ", b', 4, "   ^^^^^^^^^"),
        ("a: 'it''s', b", 4, "   ^^^^^^^"),
        ("{a: b, scop: c}", 8, "       ^^^^"),
        ("\ta: b", 1, "^"),
        ("a: ]", 4, "   ^"),
        ("a:", 3, "  ^"),
    ],
)
def test_the_caret_is_as_long_as_what_is_meant(text: str, column: int, caret: str) -> None:
    shown = complaint_text(replace(YEAR, line=3, column=column), saying(text), "vi").splitlines()
    assert shown[1:-1] == [f"  3 | {text}".replace("\t", " "), f"    | {caret}"]


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (YEAR, ""),
        (YEAR, "ngắn"),
        (replace(YEAR, line=1, column=1), "# ghi chú"),
        (replace(YEAR, line=1, column=1), "---"),
        (Problem("data/a.yml", 1, 1, "field-missing", (("field", "unit"),)), "title: Kế hoạch"),
    ],
)
def test_no_line_is_shown_where_it_says_nothing(problem: Problem, text: str) -> None:
    assert complaint_text(problem, saying(text), "en").splitlines() == [
        problem.as_text("en"),
        f"  See the guide (in Vietnamese): {guide_place(problem)}",
    ]


@given(st.text(st.characters(exclude_characters="\n\r"), min_size=1, max_size=300), st.data())
def test_the_caret_stands_under_its_sign_in_any_line(text: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(text)))
    shown = complaint_text(replace(YEAR, line=7, column=column), saying(text), "vi").splitlines()
    if len(shown) == 2:
        assert not text.strip()
        return
    assert len(shown) == 4, "no sign of the line may start a new one"
    assert len(shown[1]) <= 110 and "\x1b" not in "".join(shown[1:])
    meant = shown[1][shown[2].index("^")]
    assert meant == text[column - 1] or meant in " \N{REPLACEMENT CHARACTER}"


def test_colours_are_for_terminals_and_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = complaint_text(YEAR, saying("    year: nay"), "vi", colour=True)
    plain = complaint_text(YEAR, saying("    year: nay"), "vi")
    assert "\x1b[31m^^^\x1b[0m" in coloured and "\x1b[31m[bad-year]\x1b[0m" in coloured
    bare = coloured
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"):
        bare = bare.replace(code, "")
    assert bare == plain
    assert "\x1b[33m[number-dotted]" in complaint_text(WARNING, saying("order: 1.000"), "vi", colour=True)


def test_each_code_has_its_place_in_the_guide(root: Path) -> None:
    assert guide_place(YEAR) == "data/README.md#ngay"
    assert guide_place(WARNING) == "data/README.md#so"
    places = {guide_place(replace(YEAR, code=code)) for code in catalogue()}
    guide = (root / "data/README.md").read_text(encoding="utf-8")
    explained = re.findall(r'^<a id="([a-z-]+)"></a>\n\n#+ .+\n\n\S', guide, re.MULTILINE)
    assert len(explained) == len(set(explained))
    named = {place.partition("#")[2] for place in places}
    assert named <= set(explained), "a place without words"
    assert named == {anchor for _, anchor in _PLACES}, "a place that no code leads to"


def test_the_guide_states_the_limits_of_the_warnings(root: Path) -> None:
    guide = (root / "data/README.md").read_text(encoding="utf-8")
    told = guide.partition('<a id="luu-y"></a>')[2].partition("\n### Xem trước")[0]
    limits = (care_rules.STALE_MONTHS, care_rules.LONGEST_SUMMARY, care_rules.LONGEST_PLAN_SUMMARY)
    assert tuple(map(int, re.findall(r"[0-9]+", told))) == limits


def test_examples_are_right_yaml_and_are_shown() -> None:
    examples = {code: entry["example"] for code, entry in catalogue().items() if "example" in entry}
    assert len(examples) > 10
    for code, example in examples.items():
        assert yaml.safe_load(example) and "\n" not in example, code
    lines = complaint_text(replace(YEAR, code="target-no-year"), saying("  - id: a"), "vi").splitlines()
    assert lines[-2:] == ["  Ví dụ: year: 2026", "  Xem hướng dẫn: data/README.md#ngay"]


def test_json_has_the_counts_and_every_problem() -> None:
    found = json.loads(complaints_json([YEAR, WARNING], saying("    year: nay"), "en"))
    assert (found["errors"], found["warnings"]) == (1, 1)
    assert found["problems"][0] == {
        "path": "data/a.yml",
        "line": 16,
        "column": 11,
        "severity": "error",
        "code": "bad-year",
        "message": '"nay" is not a year, for example 2026.',
        "near": None,
        "example": None,
        "guide": "data/README.md#ngay",
        "text": "    year: nay",
    }
    assert found["problems"][1]["severity"] == "warning"


def test_a_note_of_a_forge_escapes_what_would_end_it() -> None:
    problem = Problem("data/a,b:c.yml", 1, 2, "bad-percent", (("found", "120%\r\n::warning::x"),))
    assert complaint_note(problem, "en") == (
        "::error file=data/a%2Cb%3Ac.yml,line=1,col=2,title=bad-percent::"
        '"120%25%0D%0A::warning::x" is not a percentage from 0%25 to 100%25. (data/README.md#so)'
    )


def test_the_command_shows_lines_but_no_colours_in_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay_out("field-unknown", tmp_path)
    assert main(["check", "--project", str(project), *TODAY]) == 1
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if "at_lest" in line)
    assert lines[at + 1 : at + 3] == ["  20 |     at_lest: 80%", "     |     ^^^^^^^"]
    assert lines[at + 3] == "  Xem hướng dẫn: data/README.md#tra-khoa"
    assert lines[-1] == "5 lỗi, 0 lưu ý." and "\x1b" not in "".join(lines)


@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("NO_COLOR", False), ("TERM", False)])
def test_a_terminal_gets_colours_unless_it_wants_none(
    variable: str, coloured: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out("field-unknown", tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    if variable:
        monkeypatch.setenv(variable, "dumb")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["check", "--project", str(project), *TODAY]) == 1
    assert ("\x1b[31m" in capsys.readouterr().out) == coloured


@pytest.mark.parametrize(("mistake", "code"), [("", 0), ("field-unknown", 1)])
def test_json_alone_stands_on_the_output(
    mistake: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out(mistake, tmp_path) if mistake else shutil.copytree(BASE, tmp_path / "project")
    assert main(["check", "--project", str(project), *TODAY, "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == len(found["problems"]) == (5 if mistake else 0)


def test_notes_of_a_forge_end_with_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay_out("field-unknown", tmp_path)
    assert main(["check", "--project", str(project), *TODAY, "--format", "github", "--lang", "en"]) == 1
    *notes, summary = capsys.readouterr().out.splitlines()
    assert len(notes) == 5 and all(note.startswith("::error file=") for note in notes)
    assert summary == "5 errors, 0 warnings."


@pytest.mark.parametrize("command", ["check", "build"])
def test_warnings_stand_apart_after_the_errors(
    command: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out("page-stale", tmp_path)
    shutil.copyfile(root / "mkdocs.yml", project / "mkdocs.yml")
    shutil.copytree(root / "theme_overrides", project / "theme_overrides")
    (project / "generators").symlink_to(root / "generators")
    assert main([command, "--project", str(project), *TODAY]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if not re.match(r" +[0-9]* \|", line)]
    assert [line.partition("  ")[0] or line for line in lines] == [
        "data/units/xa-thu.yml:4:11",
        "  Xem hướng dẫn: data/README.md#ma",
        "",
        "  Lưu ý (vẫn đăng được):",
        "content/bat-dau.md:6:11",
        "  Xem hướng dẫn: data/README.md#luu-y",
        "content/ke-hoach/xa-thu-2025.md:3:11",
        "  Xem hướng dẫn: data/README.md#luu-y",
        "1 lỗi, 2 lưu ý.",
    ]


def test_of_many_warnings_a_build_shows_some_and_says_how_many_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = Problems([YEAR, *(replace(WARNING, line=line) for line in range(1, 4))])
    print_problems(problems, tmp_path, "vi", more=4)
    shown = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  Xem")]
    assert [line.partition("  ")[0] or line for line in shown] == [
        "data/a.yml:16:11",
        "",
        "  Lưu ý (vẫn đăng được):",
        *(f"data/b.yml:{line}:8" for line in (1, 2, 3)),
        "  Còn 4 lưu ý nữa. Muốn xem hết, gõ: campaign check",
        "1 lỗi, 7 lưu ý.",
    ]


def test_lines_outside_the_project_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("a: b\n", encoding="utf-8")
    (tmp_path / "project").mkdir()
    (tmp_path / "project/own.yml").write_text("c: d\n", encoding="utf-8")
    line_of = check.lines_below(tmp_path / "project")
    assert line_of("own.yml", 1) == "c: d"
    assert line_of("own.yml", 9) == line_of("own.yml", 0) == line_of("none.yml", 1) == ""
    assert line_of("../secret.yml", 1) == ""


def test_watching_checks_once_for_each_change() -> None:
    stamps: Iterator[int] = iter([1, 1, 2, 2, 2, 3])
    checks: list[str] = []
    waits: list[str] = []

    def wait() -> None:
        waits.append("")
        if len(waits) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.watch(lambda: len(checks.append("") or checks), lambda: next(stamps), wait)  # type: ignore[func-returns-value]
    assert len(checks) == 3


def test_watch_sees_an_edit_and_ends_with_an_interrupt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out("field-unknown", tmp_path)
    steps = iter(["edit", "stop"])

    def sleep(_: float) -> None:
        if next(steps) == "stop":
            raise KeyboardInterrupt
        (project / "data/units/xa-thu.yml").write_text("name: [\n", encoding="utf-8")

    monkeypatch.setattr(check, "time", SimpleNamespace(sleep=sleep))
    assert main(["check", "--project", str(project), *TODAY, "--watch"]) == 130
    printed = capsys.readouterr()
    assert printed.out.count(" lỗi, ") == 2 and "data/units/xa-thu.yml" in printed.out
    assert "Đã dừng." in printed.err


def test_the_preview_waits_until_the_content_is_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out("field-unknown", tmp_path)
    steps = iter(["still broken", "mended"])

    def sleep(_: float) -> None:
        if next(steps) == "mended":
            shutil.copytree(BASE, project, dirs_exist_ok=True)

    monkeypatch.setattr(check, "time", SimpleNamespace(sleep=sleep))
    check.wait_until_sound(project, date(2026, 3, 5), "vi")
    assert capsys.readouterr().out.count("5 lỗi,") == 1, "told once, not at every look"
    assert next(steps, None) is None
