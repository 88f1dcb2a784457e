"""A build of what is published already makes nothing; whatever changes, if only by a letter, makes it build again."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generators.adapters import hands, looks, publish
from generators.adapters.cli import main
from generators.adapters.publication import Publication
from generators.problems import Problems

LONG_AGO = 1_700_000_000


class Project:
    """A small folder, and builds that note how often they ran and write what the data says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built = 0
        self.warnings = 1
        self.during: Callable[[], object] = lambda: None
        self.afterwards: Callable[[], object] = lambda: None
        for name, text in (
            ("mkdocs.yml", "site_url: !ENV [SITE_URL, x]\n"),
            ("data/a.yml", "một"),
            ("content/a.md", "một"),
            ("theme_overrides/a.css", "p {}"),
            (".git/HEAD", "x"),
        ):
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (LONG_AGO, LONG_AGO))

    def build(self, *flags: str) -> int:
        before = self.built
        assert main(["build", "--project", str(self.root), "--today", "2026-11-22", *flags]) == 0
        return self.built - before

    def fake(self, project: Path, publication: Publication, *, keep: int, **_: Any) -> publish.Built:
        def make(folder: Path) -> None:
            (folder / "sitemap.xml").write_text((project / "data/a.yml").read_text(encoding="utf-8"), encoding="utf-8")
            (folder / "tin").mkdir()
            (folder / "tin/a.txt").write_text("x", encoding="utf-8")
            self.during()

        self.built += 1
        publication.publish(make, keep)
        self.afterwards()
        problems = Problems()
        for line in range(self.warnings):
            problems.add("data/a.yml", (line + 1, 2), "reading-no-evidence", found="c")
        return publish.Built(problems, lambda: "")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path / "dự án")
    monkeypatch.setattr(publish, "build_site", made.fake)
    monkeypatch.delenv("SITE_URL", raising=False)
    return made


@pytest.mark.parametrize(("warnings", "more"), [(1, ""), (40, ""), (45, "Còn 5 lưu ý nữa")])
def test_nothing_is_made_twice_and_the_same_is_told(
    warnings: int, more: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.warnings = warnings
    assert project.build() == 1
    told = capsys.readouterr().out
    assert told.count("reading-no-evidence") == min(warnings, 40)
    assert ("Còn" in told, more in told) == (bool(more), True)
    assert f"{warnings} lưu ý" in told
    assert project.build() == 0
    assert capsys.readouterr().out == told
    project.write(".cache/x", "x")
    project.write("data/__pycache__/x.pyc", "x")
    assert project.build() == 0, "neither is an input"


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.write("data/a.yml", "hai"),  # as many bytes, at the same time as before
        lambda project: project.write("content/a.md", "hai"),
        lambda project: project.write("content/b.md", ""),
        lambda project: project.write("theme_overrides/a.css", "b {}"),
        lambda project: project.write("mkdocs.yml", "site_url: !ENV [SITE_URL, y]\n"),
        lambda project: (project.root / "content/a.md").unlink(),
        lambda project: (project.root / "content/a.md").rename(project.root / "content/b.md"),
        lambda project: project.write("site/tin/a.txt", "y"),
        lambda project: project.write("site/tin/b.txt", "y"),
        lambda project: (project.root / "site/tin/a.txt").unlink(),
        lambda project: shutil.rmtree(project.root / "site"),
        lambda project: (project.root / "site/tin/a.txt").chmod(0o600),
        lambda project: os.utime(project.root / "site/tin/a.txt", (1, 1)),
        lambda _: os.environ.update(SITE_URL="https://example.org/"),
    ],
)
def test_whatever_changes_is_built(
    change: Callable[[Project], object], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "")
    assert project.build() == 1
    assert project.build() == 0
    change(project)
    assert project.build() == 1
    assert project.build() == 0


@pytest.mark.parametrize("flags", [("--today", "2026-11-23"), ("--no-sample",), ("--compress",)])
def test_whatever_else_is_asked_for_is_built(flags: tuple[str, ...], project: Project) -> None:
    assert [project.build(), project.build(*flags), project.build(*flags), project.build()] == [1, 1, 0, 1]


def test_a_file_that_was_only_touched_changes_nothing(project: Project) -> None:
    project.build()
    os.utime(project.root / "data/a.yml")
    assert project.build() == 0


def test_an_edit_while_the_build_runs_is_not_taken_for_what_was_built(project: Project) -> None:
    project.during = lambda: project.write("data/a.yml", "ba")
    assert project.build() == 1
    project.during = lambda: None
    project.write("data/a.yml", "một")
    assert project.build() == 1, "nobody knows which of the two was read"


def test_an_edit_after_all_was_made_is_not_in_what_was_built(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "hands", lambda: 2)

    def late() -> None:
        time.sleep(0.5)  # until the look at the files is over, which began when all was made
        project.write("data/a.yml", "ba")

    project.afterwards = late
    assert project.build() == 1
    project.afterwards = lambda: None
    project.write("data/a.yml", "một")
    assert project.build() == 0, "that is what was built"
    project.write("data/a.yml", "ba")
    assert project.build() == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_one_process_or_two_see_the_same(processes: int, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "hands", lambda: processes)
    assert [project.build(), project.build()] == [1, 0]
    project.write("site/tin/a.txt", "y")
    assert [project.build(), project.build()] == [1, 0]
    project.during = lambda: project.write("data/a.yml", "ba")
    project.write("data/a.yml", "hai")
    assert project.build() == 1
    project.during = lambda: None
    assert [project.build(), project.build()] == [1, 0]


def test_where_a_look_comes_to_an_early_end_all_is_built(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.build() == 1
    monkeypatch.setattr(hands, "hands", lambda: 2)
    monkeypatch.setattr(looks, "_stands", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    assert project.build() == 1


def test_after_a_return_to_an_earlier_build_the_next_one_builds(project: Project) -> None:
    project.build()
    project.write("data/a.yml", "hai")
    project.build()
    Publication(project.root / "site").roll_back()
    assert (project.root / "site/sitemap.xml").read_text(encoding="utf-8") == "một"
    assert project.build() == 1
    assert (project.root / "site/sitemap.xml").read_text(encoding="utf-8") == "hai"


def test_fewer_earlier_builds_stay_when_fewer_are_asked_for(project: Project) -> None:
    for text in ("một", "hai", "ba"):
        project.write("data/a.yml", text)
        project.build("--keep", "5")
    assert len(Publication(project.root / "site").kept()) == 2
    assert project.build("--keep", "1") == 0
    assert len(Publication(project.root / "site").kept()) == 1


def test_a_link_that_leads_back_is_followed_once(project: Project) -> None:
    (project.root / "data/loop").symlink_to(project.root / "data", target_is_directory=True)
    assert [project.build(), project.build()] == [1, 0]


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"state": 1}', "{"])
def test_a_damaged_record_is_no_record(record: str, project: Project) -> None:
    project.build()
    for name in ("made-from.json", "inputs.txt"):
        (project.root / ".site.builds" / name).write_text(record, encoding="utf-8")
    assert [project.build(), project.build()] == [1, 0]
