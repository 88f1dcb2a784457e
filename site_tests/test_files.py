"""Holds what lies in the project's folders: links, pipes, strange names, depths, and text that would take forever."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generators import limits
from generators.adapters.cli import main
from generators.pipeline import load_site
from generators.problems import ContentError, Problems
from site_tests.small_project import BASE
from site_tests.telling_problems import told as as_lines

TODAY = date(2026, 3, 5)
PAGE = "---\ntitle: Thử\ndescription: Một trang để thử.\ntwin: /en/start/\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "project")


def complaints(project: Path) -> Problems:
    try:
        return load_site(project, TODAY, "https://example.com/")[1]
    except ContentError as error:
        return error.problems


def told(project: Path) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in complaints(project)]


def link(path: str, target: str) -> Callable[[Path], None]:
    def plant(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).symlink_to(target)

    return plant


def pipe(path: str) -> Callable[[Path], None]:
    return lambda project: os.mkfifo(project / path)


def file(path: str, content: bytes = b"x") -> Callable[[Path], None]:
    def plant(project: Path) -> None:
        target = os.fsencode(project) + b"/" + os.fsencode(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - a name that pathlib cannot hold
        Path(os.fsdecode(target)).write_bytes(content)

    return plant


PLANTED: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a link to a file outside": (link("data/units/la.yml", "/etc/passwd"), "data/units/la.yml", "file-outside"),
    "a link upwards": (link("content/la.md", "../../../etc/hostname"), "content/la.md", "file-outside"),
    "a link to the machine's memory": (link("data/units/la.yml", "/dev/zero"), "data/units/la.yml", "file-outside"),
    "a link to a folder outside": (link("content/la", "/etc"), "content/la", "file-outside"),
    "a link to the folder itself": (link("content/la", "."), "content/la", "folder-link"),
    "a link of the theme": (link("theme_overrides/assets/la.css", "/etc/passwd"), "theme_overrides/assets/la.css",
                            "file-outside"),
    "a link to itself": (link("data/units/la.yml", "la.yml"), "data/units/la.yml", "file-unreadable"),
    "a link to nothing": (link("data/units/la.yml", "khong-co.yml"), "data/units/la.yml", "file-missing"),
    "a pipe among data": (pipe("data/units/ong.yml"), "data/units/ong.yml", "file-special"),
    "a pipe among pages": (pipe("content/ong.md"), "content/ong.md", "file-special"),
    "a page of HTML": (file("content/x.html", b"<script>alert(1)</script>"), "content/x.html", "file-kind"),
    "a script": (file("content/x.js"), "content/x.js", "file-kind"),
    "a drawing that can run": (file("content/x.svg", b"<svg onload='alert(1)'/>"), "content/x.svg", "file-kind"),
    "a server's settings": (file("content/web.config"), "content/web.config", "file-kind"),
    "a file without an ending": (file("content/CNAME"), "content/CNAME", "file-kind"),
    "a line end in a name": (file("data/units/a\n::error::b.yml"), "data/units/a�::error::b.yml", "file-name-hidden"),
    "a colour in a name": (file("content/a\x1b[31m.md"), "content/a�[31m.md", "file-name-hidden"),
    "a turned name": (file("content/a\u202edm.exe"), "content/a�dm.exe", "file-name-hidden"),
    "a name that is no text": (file("data/units/a\udcff.yml"), "data/units/a�.yml", "file-name-hidden"),
    "folders in folders": (file("content/" + "a/" * 14 + "b.md"), "content/" + "/".join("a" * 13), "folder-deep"),
    "a name of Windows": (file("content/con.md"), "content/con.md", "id-reserved"),
    "a very long name": (file(f"data/units/{'a' * 200}.yml"), f"data/units/{'a' * 200}.yml", "id-long"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_must_not_lie_there_is_refused_by_name(name: str, project: Path) -> None:
    plant, path, code = PLANTED[name]
    plant(project)
    problems = complaints(project)
    assert (path, code) in [(one.path, one.code) for one in problems]
    assert problems.errors
    "\n".join(as_lines(problems)).encode("utf-8")  # a name that is no text must not keep the others from being told


@pytest.mark.parametrize("name", PLANTED)
def test_the_command_tells_it_and_lives_on(
    name: str, project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_TODAY", TODAY.isoformat())
    plant, _, code = PLANTED[name]
    plant(project)
    for form in ("text", "json", "github"):
        assert main(["check", "--project", str(project), "--format", form]) == 1
        out = capfd.readouterr().out
        assert code in out
        assert not [line for line in out.splitlines() if line.startswith("::error::")]


def test_a_link_inside_the_project_is_only_a_file(project: Path) -> None:
    before = told(project)
    group = project / "data/facts.yml"
    group.rename(project / "data/facts-that.yml.txt")
    group.symlink_to("facts-that.yml.txt")
    assert told(project) == before


LONG: dict[str, tuple[str, str]] = {
    "a line of 100 KB": ("a" * 100_000, "line-long"),
    "a text of 100 KB in words": ("một hai ba " * 10_000, "line-long"),
    "a whole book": ("Một câu nữa.\n\n" * 8_000, "body-letters"),
    "thousands of lines": ("a\nb\n" * 2_000, "body-lines"),
    "meanings without a pause": ("a\n: b\n" * 1_000, "body-deep"),
    "brackets that never close": ("[" * 2_000, "body-brackets"),
    "footnotes without end": ("[^1]" * 2_000 + "\n\n[^1]: x", "body-brackets"),
    "tags that never close": ("<a " * 2_000, "body-brackets"),
    "stars": ("**a*" * 3_000, "body-stars"),
    "quotations in quotations": (">" * 300 + " a", "body-deep"),
    "lists in lists": ("\n".join("    " * depth + "- a" for depth in range(60)), "body-deep"),
    "lists in one line": ("- " * 300 + "a", "body-deep"),
    "numbers in numbers": ("1. " * 300 + "a", "body-deep"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_that_would_take_forever_is_refused_at_once(name: str, project: Path) -> None:
    body, code = LONG[name]
    (project / "content/bat-dau.md").write_text(PAGE + body, encoding="utf-8")
    assert ("content/bat-dau.md", code) in told(project)


def test_one_value_of_many_lines_and_a_file_of_many_values_have_their_limits(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = project / "data/facts.yml"
    facts.write_text("- id: x\n  text: >-\n" + "    một hai ba bốn năm\n" * 1_200, encoding="utf-8")
    assert ("data/facts.yml", "text-long") in told(project)
    monkeypatch.setattr(limits, "YAML_ENTRIES", 500)
    facts.write_text("".join(f"- {{id: x{number}}}\n" for number in range(300)), encoding="utf-8")
    assert ("data/facts.yml", "yaml-many") in told(project)


def test_a_thousand_mistakes_in_one_file_are_told_in_seconds(project: Path) -> None:
    mistakes = "".join(f"- {{id: x-{number}, text: y, source: z, sai: 1}}\n" for number in range(3_000))
    (project / "data/facts.yml").write_text(mistakes, encoding="utf-8")
    start = time.process_time()
    assert len(complaints(project)) >= 3_000
    assert time.process_time() - start < 20


def test_a_place_in_a_phrase_is_a_plain_name(project: Path) -> None:
    words = project / "data/words.yml"
    for place in ("{count.__class__}", "{count[0]}", "{count!r}", "{count:>99999999}", "{0}", "{}", "{"):
        words.write_text(f'thu: {{vi: "Có {place}", en: "Has {place}"}}\n', encoding="utf-8")
        assert ("data/words.yml", "phrase-places") in told(project), place


# As heavy as the limits let a text be; the time is that of this machine with much air.
HEAVY = ("[a](", "[" * 3 + " ", "<!--\n", "<![CDATA[\n", "`\n", "`` ` ", "**a* ", "# a\n", "---\n", "0", "1.", "1-",
         "0.0 ", "a@", "a\n: b\n\n", "> \n", "|-|-|\n", "\\", "&#", "- a\n", "a ", "09 ", "huyện ")  # fmt: skip


@pytest.mark.parametrize("piece", HEAVY)
def test_the_heaviest_text_that_is_taken_is_read_in_seconds(piece: str, project: Path) -> None:
    room = min(
        limits.BODY_LENGTH // len(piece),
        limits.BODY_BRACKETS // max(1, piece.count("[") + piece.count("<")),
        limits.BODY_STARS // max(1, piece.count("*")),
        (limits.BODY_LINES - 10) // max(1, piece.count("\n")),
    )
    text = piece * room
    lines = [line[at : at + 15_000] for line in text.split("\n") for at in range(0, max(1, len(line)), 15_000)]
    (project / "content/bat-dau.md").write_text(PAGE + "\n".join(lines), encoding="utf-8")
    start = time.process_time()
    problems = complaints(project)
    assert time.process_time() - start < 12
    assert not [one for one in problems if one.code.startswith("body-")]
