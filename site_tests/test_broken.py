"""Holds every wicked input of `fixtures/broken` against the exact complaints that an editor gets for it.

A mistake is a folder: the files that differ from `fixtures/base`, `removed.txt` (what is taken away), `expected.txt`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generators.adapters.cli import main
from generators.pipeline import load_site
from generators.problems import ContentError, Problems, catalogue
from site_tests.small_project import BASE, add_report_words, expected_lines, lay_out, mistakes
from site_tests.telling_problems import told

TODAY = date(2026, 3, 5)
LINE = re.compile(r"[^\n:]+:[1-9][0-9]*:[1-9][0-9]*  \[(?P<code>[a-z0-9-]+)\]  .+")

# Codes that no fixture can hold, each with its reason.
UNSEEN = {
    "file-too-big": "a file of two megabytes does not belong in the repository; test_source.py makes one",
    "news-image-big": "nor does a picture of that size; it is made below",
    "value-wrong": "the net under all readers: each kind of wrong value that is known has a code of its own",
}


# The mistakes that are warnings; their folders hold one plain error more.
CARE = ("figure-without-evidence", "page-stale", "record-without-english", "summary-long")


def complaints(project: Path) -> tuple[Problems, bool]:
    """Every problem of a project, and whether it stops the build."""
    try:
        _, problems = load_site(project, TODAY, "https://example.com/")
    except ContentError as error:
        return error.problems, True
    return problems, False


def test_the_valid_project_has_no_complaint() -> None:
    problems, stopped = complaints(BASE)
    assert told(problems) == []
    assert not stopped


@pytest.mark.parametrize("mistake", mistakes())
def test_a_mistake_gets_its_exact_complaint(
    mistake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(lay_out(mistake, tmp_path))
    code = main(["check", "--project", project, "--today", TODAY.isoformat(), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["problems"]
    lines = ["{path}:{line}:{column}  [{code}]  {message}".format_map(one) for one in found]
    assert lines == expected_lines(mistake)
    assert code == 1


@pytest.mark.parametrize("mistake", CARE)
def test_a_warning_never_stops(mistake: str, tmp_path: Path) -> None:
    project = lay_out(mistake, tmp_path)
    shutil.copyfile(BASE / "data/units/xa-thu.yml", project / "data/units/xa-thu.yml")
    add_report_words(project)
    problems, stopped = complaints(project)
    assert problems.warnings and not problems.errors and not stopped
    assert main(["check", "--project", str(project), "--today", TODAY.isoformat()]) == 0


def test_a_picture_too_big_for_a_phone_is_refused(tmp_path: Path) -> None:
    project = lay_out("news-pictures", tmp_path)
    (project / "content/tin-tuc/2026/hong.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000_000))
    problems, stopped = complaints(project)
    found = [(problem.path, problem.line, problem.code) for problem in problems.errors if "lop-ba" in problem.path]
    assert stopped and found == [("content/tin-tuc/2026/lop-ba.md", 6, "news-image-big")]


def test_there_are_at_least_sixty_five_mistakes_and_each_is_an_error() -> None:
    stopping = {code for code, entry in catalogue().items() if entry.get("severity") != "warning"}
    for mistake in mistakes():
        matches = [LINE.fullmatch(line) for line in expected_lines(mistake)]
        assert all(matches), mistake
        assert any(match["code"] in stopping for match in matches if match), mistake
    assert len(mistakes()) >= 65


def test_every_code_of_the_catalogue_is_seen() -> None:
    """In a fixture, or by its name in the test of the room that complains; or there is a reason why it cannot be."""
    text = "\n".join(line for mistake in mistakes() for line in expected_lines(mistake))
    text += (BASE.parent / "forms/complaints.txt").read_text(encoding="utf-8")
    seen = set(re.findall(r"  \[([a-z0-9-]+)\]  ", text))
    others = [file for file in Path(__file__).parent.glob("test_*.py") if file != Path(__file__)]
    named = set(re.findall(r"[a-z0-9-]+", "\n".join(file.read_text(encoding="utf-8") for file in others)))
    assert set(catalogue()) - seen - named - set(UNSEEN) == set()
    assert not seen & set(UNSEEN), "a code that a fixture shows needs no excuse"


def test_the_program_uses_every_code_of_the_catalogue(root: Path) -> None:
    program = "\n".join(file.read_text(encoding="utf-8") for file in (root / "generators").rglob("*.py"))
    put_together = re.findall(r'f"([a-z]+-)\{[a-z_.]+\}(-[a-z]+)?"', program)
    unused = [code for code in catalogue() if f'"{code}"' not in program]
    assert [code for code in unused if not any(code.startswith(a) and code.endswith(b) for a, b in put_together)] == []


def test_the_command_prints_all_problems_and_ends_with_one(tmp_path: Path) -> None:
    """The one test that starts the real program; the others call what it calls."""
    project = lay_out("many-files-at-once", tmp_path)
    command = shutil.which("campaign", path=Path(sys.executable).parent)
    assert command, "the command `campaign` is not installed beside this Python: run `make site` first"
    done = subprocess.run(
        [command, "check", "--project", str(project), "--today", TODAY.isoformat()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    complaints = [line for line in done.stdout.splitlines() if not line.startswith("  ")]  # without the lines quoted
    assert complaints == [*expected_lines("many-files-at-once"), "8 lỗi, 0 lưu ý."]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """The command `campaign check` as a function: its exit code and the lines that it printed."""
    monkeypatch.setenv("CAMPAIGN_TODAY", TODAY.isoformat())

    def run(project: Path, *options: str) -> tuple[int, list[str]]:
        code = main(["check", "--project", str(project), *options])
        return code, capsys.readouterr().out.splitlines()

    return run


def test_the_command_speaks_english_too(check: Callable[..., tuple[int, list[str]]], tmp_path: Path) -> None:
    code, lines = check(lay_out("many-files-at-once", tmp_path), "--lang", "en")
    assert code == 1
    assert lines[0] == 'content/bat-dau.md:6:11  [bad-date]  "30/02/2025" is not a real date. Right: 22/05/2025.'
    assert lines[-1] == "8 errors, 0 warnings."


def test_the_command_ends_with_zero_where_nothing_is_wrong(
    check: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    shutil.copytree(BASE, tmp_path / "project")  # the command keeps what it has read
    assert check(tmp_path / "project") == (0, ["Không có lỗi."])


def test_a_warning_alone_does_not_stop(check: Callable[..., tuple[int, list[str]]], tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    model = project / "data/models/dai-su-so.yml"
    model.write_text(model.read_text(encoding="utf-8").replace("order: 1\n", "order: 12.000\n"), encoding="utf-8")
    code, lines = check(project)
    assert code == 0
    assert lines[-1] == "0 lỗi, 1 lưu ý."
