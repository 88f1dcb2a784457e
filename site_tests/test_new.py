"""Holds `campaign new` to its promise: a file in the right place that passes the check, and nothing overwritten."""

from __future__ import annotations

import builtins
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.adapters.cli import main
from generators.adapters.commands import new
from generators.pipeline import load_site
from generators.problems import Problems
from generators.scaffold.writing import comment, id_of, one_line, scalar, words
from generators.site import Site
from generators.source import load_yaml
from site_tests.conftest import ROOT
from site_tests.test_json_schema import as_an_editor_reads, faults

TODAY = date(2026, 11, 20)

UNIT = (
    "unit", "--name", "UBND xã Thử Nghiệm", "--short", "Xã Thử Nghiệm", "--level", "Cấp xã", "--province", "Nghệ An",
)  # fmt: skip
PLAN = (
    "plan", "--unit", "xã thử nghiệm", "--title", "Kế hoạch: dạy kỹ năng số", "--date", "05/2026",
    "--scope", "Người dân của xã", "--summary", "Xã mở lớp ở từng thôn.",
    "--target", "officials-digital-skills 80% 2026 III.1", "--task", "IV.1: Mở lớp học ở từng thôn",
    "--task", "IV.2: Mở lớp học ở từng trường",
)  # fmt: skip
PROGRESS = ("progress", "--unit", "Xã Thử Nghiệm", "--period", "2026-q3")
NEWS = ("news", "--title", "Lớp tối ở thôn Một", "--summary", "Bà con học gọi hình.", "--unit", "Xã Mẫu")
ACTIVITY = (
    "activity", "--unit", "xa-mau", "--title", "Lớp tối", "--summary", "Học gọi hình.", "--kind", "class",
    "--starts", "25/11/2026 19:00", "--ends", "25/11/2026 20:30",
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A copy of the project, and the command in it."""

    project: Path
    capture: pytest.CaptureFixture[str]

    def new(self, *arguments: str) -> int:
        return main(["new", *arguments, "--project", str(self.project), "--today", f"{TODAY:%d/%m/%Y}"])

    def said(self) -> str:
        captured = self.capture.readouterr()
        return captured.out + captured.err

    def text(self, path: str) -> str:
        return (self.project / path).read_text(encoding="utf-8")

    def change(self, path: str, *pairs: tuple[str, str]) -> None:
        text = self.text(path)
        for old, fresh in pairs:
            assert old in text
            text = text.replace(old, fresh, 1)
        (self.project / path).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    project = tmp_path / "project"
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(ROOT / folder, project / folder)
    return Desk(project, capsys)


@pytest.fixture(scope="module")
def loaded() -> tuple[Site, Problems]:
    return load_site(ROOT, TODAY, "")


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Types the lines given, one for each question; gives the list into which the questions go."""

    def answer(*lines: str) -> list[str]:
        waiting: Iterator[str] = iter(lines)
        asked: list[str] = []

        def ask(question: str) -> str:
            asked.append(question)
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(builtins, "input", ask)
        return asked

    return answer


def test_from_a_unit_to_its_first_report_on_the_page(desk: Desk) -> None:
    assert desk.new(*UNIT) == 0
    said = desk.said()
    assert "data/units/xa-thu-nghiem.yml" in said and "campaign new plan --unit xa-thu-nghiem" in said
    assert desk.new(*PLAN) == 0
    assert "data/plans/xa-thu-nghiem-2026.yml" in desk.said()
    assert desk.new(*PROGRESS) == 0
    assert "xóa dòng draft" in desk.said()

    site, problems = load_site(desk.project, TODAY, "https://example.com/")
    plan = site.dataset.plans["xa-thu-nghiem-2026"]
    assert plan.title.vi == "Kế hoạch: dạy kỹ năng số" and plan.groups == ("officials",)
    assert [task.id for task in plan.tasks] == ["mo-lop-hoc-o-tung", "mo-lop-hoc-o-tung-2"]
    assert site.dataset.units["xa-thu-nghiem"].province == "nghe-an"
    report = "data/progress/2026-q3/xa-thu-nghiem.yml"
    assert [one.code for one in problems if one.path == report] == ["is-draft"]
    assert not [one for one in site.dataset.reports if one.unit == "xa-thu-nghiem"], "a draft is no report yet"
    assert not site.derived.punctuality[plan.id].rows, "and is not counted as handed in"

    figures = (("    state: not_reported\n", ""), ("#reached:", "reached: 41"), ("#of:", "of: 45"))
    desk.change(report, ("draft: true\n", ""), *figures)
    site, problems = load_site(desk.project, TODAY, "https://example.com/")
    assert [one.code for one in problems if one.path == report] == ["reading-no-evidence"]
    latest = site.derived.progress[plan.id][0].latest
    assert latest is not None and (latest.reading.reached, latest.reading.of) == (41, 45)


def test_a_new_file_is_good_for_editors_programs_too(desk: Desk) -> None:
    for arguments in (UNIT, PLAN, PROGRESS, ACTIVITY, NEWS):
        assert desk.new(*arguments) == 0
    for kind, path in (
        ("unit", "data/units/xa-thu-nghiem.yml"),
        ("plan", "data/plans/xa-thu-nghiem-2026.yml"),
        ("report", "data/progress/2026-q3/xa-thu-nghiem.yml"),
        ("activity", "data/activities/lop-toi.yml"),
        ("news", "content/tin-tuc/2026/11/lop-toi-o-thon-mot.md"),
    ):
        text = desk.text(path)
        value = as_an_editor_reads(text.split("---\n")[1] if path.endswith(".md") else text)
        assert faults(kind, value) == []


def test_a_form_shows_what_was_said_last_and_can_be_filled_by_taking_marks_away(desk: Desk) -> None:
    assert desk.new("progress", "--unit", "xa-mau", "--period", "2026-q4") == 0
    path = "data/progress/2026-q4/xa-mau.yml"
    text = desk.text(path)
    assert text.startswith("# yaml-language-server: $schema=../../../generators/schema/json/report.json\n")
    assert "Số liệu minh họa" in text
    plan = load_site(desk.project, TODAY, "")[0].dataset.plans["xa-mau-2025"]
    assert all(f"  - target: {target.id}\n" in text for target in plan.targets)
    assert all(f"#  - task: {task.id}\n" in text for task in plan.tasks)
    assert "# Cán bộ biết làm, năm 2025: 80%. Kỳ 2025-q4: 41/45 (91,11%)." in text
    assert "(Kỳ 2025-q4: đã xong.)" in text
    assert "Kỳ trước: 10/12." in text

    filled = "\n".join(
        line.replace("#", "", 1) if line.startswith(("#tasks", "#models", "#  - ", "#    ")) else line
        for line in text.replace("value: }", "value: 5}").splitlines()
    )
    (desk.project / path).write_text(filled.replace("draft: true", "draft: false"), encoding="utf-8")
    site, _ = load_site(desk.project, TODAY, "")
    report = next(one for one in site.dataset.reports if (one.unit, one.period.id) == ("xa-mau", "2026-q4"))
    assert [task.task for task in report.tasks] == [task.id for task in plan.tasks]
    assert len(report.models) == text.count("#  - {model: ") > 0


@pytest.mark.parametrize(
    ("arguments", "path"),
    [(NEWS, "content/tin-tuc/2026/11/lop-toi-o-thon-mot.md"), (ACTIVITY, "data/activities/lop-toi.yml")],
)
def test_news_and_activities_start_as_drafts(desk: Desk, arguments: tuple[str, ...], path: str) -> None:
    assert desk.new(*arguments) == 0
    assert path in desk.said()
    site, problems = load_site(desk.project, TODAY, "https://example.com/")
    assert ("is-draft", 3) in {(one.code, one.line) for one in problems if one.path == path}
    assert "lop-toi" not in site.dataset.activities
    assert not [item for item in site.dataset.news if item.path == path]
    desk.change(path, ("draft: true\n", ""))
    site, problems = load_site(desk.project, TODAY, "https://example.com/")
    assert "lop-toi" in site.dataset.activities or [item for item in site.dataset.news if item.path == path]
    assert not [one for one in problems if one.path == path and one.code == "is-draft"]


def test_nothing_is_overwritten(desk: Desk) -> None:
    for arguments in (NEWS, ACTIVITY):
        assert desk.new(*arguments) == 0
    desk.said()
    before = {file: file.read_bytes() for file in desk.project.rglob("*") if file.is_file()}
    assert desk.new(*ACTIVITY) == 2
    assert desk.said().startswith("Đã có tệp data/activities/lop-toi.yml, nên không ghi đè.")
    assert desk.new(*NEWS) == 2
    assert {file: file.read_bytes() for file in desk.project.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("unit",), "Thiếu --name: Tên đầy đủ của đơn vị"),
        (("unit", "--name", "Xã A"), "Thiếu --level:"),
        (("unit", "--name", "Xã A", "--level", "xã"), '--level: "xã" không dùng được. Được dùng: province,'),
        (("unit", "--name", " ", "--level", "commune"), "--name: Chỗ này phải có chữ."),
        ((*UNIT, "--id", "Xã A"), '--id: Mã "Xã A" không hợp lệ'),
        (("progress", "--unit", "xa-mau"), "Thiếu --period:"),
        (("progress", "--unit", "xa-mao", "--period", "2026"), 'Có phải "xa-mau"?'),
        (("progress", "--unit", "xa-mau", "--period", "2026-q5"), "--period: "),
        (("progress", "--unit", "tinh-nghe-an", "--period", "2026"), "campaign new plan --unit tinh-nghe-an"),
        (("plan", "--unit", "xa-mau", "--title", "A", "--date", "31/02/2026"), '--date: "31/02/2026" không phải ngày'),
        ((*PLAN[:1], "--unit", "xa-mau", *PLAN[3:], "--target", "x 80% 2026 I"), '--target: "x" không dùng được'),
        ((*PLAN[:1], "--unit", "xa-mau", *PLAN[3:], "--target", "officials-digital-skills 2026 I"), "--target: Viết"),
        ((*PLAN[:1], "--unit", "xa-mau", *PLAN[3:], "--task", "mở lớp"), "--task: Viết mục, dấu hai chấm"),
        ((*ACTIVITY[:-2], "--ends", "25/11/2026 25:00"), '--ends: "25/11/2026 25:00" không phải ngày giờ'),
    ],
)
def test_without_a_terminal_the_flag_is_named(
    desk: Desk, arguments: tuple[str, ...], said: str, loaded: tuple[Site, Problems], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new, "load_site", lambda *_: loaded)  # nothing is written, so once read is enough
    files = sorted(desk.project.rglob("*"))
    assert desk.new(*arguments) == 2
    assert said in desk.said()
    assert sorted(desk.project.rglob("*")) == files


def test_a_file_that_would_break_the_site_is_taken_away_again(desk: Desk) -> None:
    """The end before the start is seen only when the whole record is read."""
    files = sorted(file for file in desk.project.rglob("*") if file.is_file())
    assert desk.new(*ACTIVITY[:-2], "--ends", "25/11/2026 18:00") == 1
    said = desk.said()
    assert said.startswith("Chưa ghi data/activities/lop-toi.yml") and "[activity-ends-first]" in said
    assert sorted(file for file in desk.project.rglob("*") if file.is_file()) == files


def test_questions_come_in_vietnamese_and_are_asked_again(desk: Desk, typing: Callable[..., list[str]]) -> None:
    asked = typing("", "UBND xã Hỏi", "", "", "làng", "cấp xã", "nghe an", "", "", "")
    assert desk.new("unit") == 0
    assert asked[0] == "Tên đầy đủ của đơn vị: " and asked[1] == asked[0]
    assert "bấm Enter để bỏ qua" in asked[2]
    assert asked[-1] == "Mã, cũng là tên tệp [xa-hoi]: "
    assert "Chỗ này phải có chữ." in desk.said()
    text = desk.text("data/units/xa-hoi.yml")
    assert "level: commune\nprovince: nghe-an\n" in text and "#website:" in text


def test_several_answers_are_typed_one_a_line(desk: Desk, typing: Callable[..., list[str]]) -> None:
    typing("Lớp tối", "Học gọi hình.", "", "", "Xã Mẫu", "nơi lạ", "", "", "hoc-o-dau", "", "")
    assert desk.new("news") == 0
    text = desk.text("content/tin-tuc/2026/11/lop-toi.md")
    assert "topics: [hoc-o-dau]\nunits: [xa-mau]\n" in text and "#models:" in text


def test_who_stops_in_the_middle_leaves_nothing(desk: Desk, typing: Callable[..., list[str]]) -> None:
    typing("UBND xã Hỏi")
    assert desk.new("unit") == 2
    assert desk.said().strip() == "Đã dừng, chưa ghi gì."
    assert not (desk.project / "data/units/xa-hoi.yml").exists()


def test_a_broken_project_is_told_before_anything_is_asked(desk: Desk) -> None:
    desk.change("data/units/xa-mau.yml", ("level: sample", "level: samplee"))
    assert desk.new(*UNIT) == 1
    assert "data/units/xa-mau.yml:" in desk.said()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND xã Hưng Nguyên Nam", "xa-hung-nguyen-nam"),
        ("Ủy ban nhân dân Xã Mẫu", "xa-mau"),
        ("Đồng Tháp – 2025!", "dong-thap-2025"),
        ("…", ""),
        ("tám chữ " * 9, "tam-chu-tam-chu-tam-chu-tam-chu-tam-chu-tam-chu-tam-chu-tam"),
    ],
)
def test_a_name_with_tones_becomes_an_id(name: str, expected: str) -> None:
    assert id_of(name) == expected


def test_a_long_comment_stays_a_comment() -> None:
    lines = list(comment("  · " + "mười chữ " * 40, "  "))
    assert len(lines) > 2 and all(line.startswith("  # ") and len(line) <= 110 for line in lines)
    assert lines[1].startswith("  #     mười") or lines[1].startswith("  #     chữ")


TYPED = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" \"'\\:#{}[],&*!|>%@`-?"), min_size=1)


@given(TYPED.map(one_line).filter(bool))
def test_our_reader_gives_back_what_was_typed(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yml").write_text(f"a: {scalar(text)}\nb: {words(text, text)}\n", encoding="utf-8")
        problems = Problems()
        source = load_yaml(Path(folder), "a.yml", problems)
    assert source is not None and not len(problems)
    assert source.value == {"a": text, "b": {"vi": text, "en": text}}
