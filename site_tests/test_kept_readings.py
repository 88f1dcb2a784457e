"""Holds what is kept of files that were read to being what a fresh reading gives, whatever happened in between."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generators import pipeline
from generators.adapters import kept_files, kept_readings
from generators.adapters.bench import maker
from generators.adapters.hands import Work, share_out
from generators.adapters.kept_readings import FOLDER, KeptReadings
from generators.dataset import Dataset, load_dataset, loading
from generators.dataset.kept import digest_of
from generators.pipeline import load_project
from generators.problems import ContentError, Problem, Problems
from generators.source import Source
from site_tests.conftest import ROOT
from site_tests.small_project import BASE, expected_lines, lay_out, mistakes
from site_tests.telling_problems import told
from site_tests.test_bench import some_communes

TODAY = date(2026, 3, 5)
needs_copies_of_processes = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does everything")
NAMED = """title: {vi: Mở lớp đều, en: Regular classes}
unit: xa-thu
group: {vi: Tổ thử, en: Test team}
done: {vi: Tổ mở lớp mỗi tuần., en: The team held a class every week.}
date: 01/02/2026
source: {name: {vi: Quyết định khen thử, en: Test commendation}, date: 01/02/2026}
person:
  name: Nguyễn Thị Thử
  consent: {date: 10/01/2026, scope: [name], document: Hồ sơ thử}
"""


def copied(project: Path, folder: Path) -> Path:
    """Copies what is read of a project."""
    for part in ("data", "content", "theme_overrides"):
        if (project / part).is_dir():
            shutil.copytree(project / part, folder / part)
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The smallest valid project, read once."""
    project = copied(BASE, tmp_path / "base")
    warm(project)
    return project


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really read, and those whose Markdown was really rendered to find its outline."""
    found: list[str] = []
    for name in ("yaml_source", "markdown_source"):
        real = getattr(loading, name)

        def read_one(path: str, raw: bytes, problems: Problems, real: Any = real) -> Any:
            found.append(path)
            return real(path, raw, problems)

        monkeypatch.setattr(loading, name, read_one)
    outline = pipeline.outline
    monkeypatch.setattr(pipeline, "outline", lambda body: (found.append(f"outline {body[:20]!r}"), outline(body))[1])
    return found


def warm(project: Path) -> Problems:
    """Gives the problems of a project as its store has it read."""
    try:
        with KeptReadings(project) as kept:
            return load_project(project, TODAY, "", kept=kept)[2]
    except ContentError as error:
        return error.problems


def plain(value: Any) -> Any:
    """Gives a value with every source in it told in full, and so fit to be compared."""
    if isinstance(value, Source):
        place = value.position(["title"])
        return (value.path, value.first_line, value.body, value.body_line, value.yaml_text, value.value, place)
    if isinstance(value, Mapping):
        return [(plain(key), plain(one)) for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return type(value), [plain(getattr(value, field.name)) for field in fields(value)]
    return value


def all_of(project: Path, kept: KeptReadings | None = None) -> tuple[Any, list[Problem]]:
    """Gives all that is read of a project, and the problems."""
    problems = Problems()
    dataset = load_dataset(project, problems, kept)
    parts = {field.name: getattr(dataset, field.name) for field in fields(Dataset)}
    phrases, unread = parts.pop("phrases"), parts.pop("unread")
    return (plain(parts), phrases.entries, list(unread)), list(problems)


def assert_same(project: Path) -> None:
    """Whether it is read through its store or anew, a project gives the same, and the store is good for it after."""
    fresh = all_of(project)
    for _ in range(2):
        with KeptReadings(project) as kept:
            assert all_of(project, kept) == fresh


def edited(project: Path, chance: random.Random) -> None:
    """Changes one file as people do, or as a disk does."""
    files = sorted(file for top in ("data", "content") for file in (project / top).rglob("*.*") if file.is_file())
    file, other = chance.sample(files, 2)
    raw = file.read_bytes()
    lines = raw.split(b"\n")
    line = chance.randrange(len(lines))
    changes = {
        "less": raw[: len(raw) // 2],
        "twice": b"\n".join([*lines[: line + 1], *lines[line:]]),
        "without": b"\n".join([*lines[:line], *lines[line + 1 :]]),
        "other": other.read_bytes(),
        "number": raw.replace(b"1", b"12.000", 1),
        "word": raw.replace(b" ", b" Nguy\xe1\xbb\x85n ", 1),
        "none": None,
        "moved": None,
    }
    kind = chance.choice(sorted(changes))
    content = changes[kind]
    if content is not None:
        file.write_bytes(content)
    elif kind == "moved":
        file.rename(file.with_name(f"khac-{file.name}"))
    else:
        file.unlink()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_store_gives_what_a_fresh_reading_gives(tmp_path: Path, seed: int) -> None:
    project = copied(ROOT, tmp_path)
    warm(project)
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    for _ in range(5):
        edited(project, chance)
        assert_same(project)


def test_so_it_does_for_thirty_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "official_communes", some_communes)
    project = tmp_path / "nation"
    maker.make_nation(ROOT, project, 30, 30, 7)
    warm(project)
    chance = random.Random(30)  # noqa: S311 - to be repeated, not to be secret
    for _ in range(20):
        edited(project, chance)
    assert_same(project)


@pytest.fixture
def nation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty units that nobody has read yet, and as many are enough to be shared between three processes."""
    monkeypatch.setattr(maker, "official_communes", some_communes)
    monkeypatch.setattr(kept_readings, "hands", lambda: 3)
    monkeypatch.setattr(kept_readings, "_MANY", 20)
    maker.make_nation(ROOT, tmp_path / "nation", 30, 30, 7)
    return tmp_path / "nation"


@needs_copies_of_processes
@pytest.mark.parametrize("refused", [False, True])
def test_several_processes_read_what_one_reads(nation: Path, refused: bool) -> None:
    chance = random.Random(3)  # noqa: S311 - to be repeated, not to be secret
    for _ in range(20):
        edited(nation, chance)
    if refused:
        (nation / ".cache").write_text("", encoding="utf-8")
    fresh = all_of(nation)
    assert fresh[1], "what is wrong is told in the same order, too"
    for _ in range(2):
        with KeptReadings(nation) as kept:
            assert all_of(nation, kept) == fresh
        assert kept._of("ProgressReport") or refused


@needs_copies_of_processes
def test_what_others_have_read_is_neither_read_nor_written_here(
    nation: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, written = os.getpid(), []

    def others_do_all(count: int, work: Work[Any], told: Callable[[int], object], number: int) -> list[Any]:
        return share_out(count, lambda turns: work(turns if os.getpid() != here else iter(())), told, number)

    put = kept_files.KeptFiles.put
    monkeypatch.setattr(kept_readings, "share_out", others_do_all)
    monkeypatch.setattr(kept_files.KeptFiles, "put", lambda self, name, _: (written.append(name), put(self, name, _)))
    warm(nation)
    shared = ("data/units/", "data/plans/", "data/progress/", "data/activities/", "content/tin-tuc/", "outline")
    assert [name for name in read if name.startswith(shared)] == []
    assert {name.partition("-")[0] for name in written}.isdisjoint({"Unit", "Plan", "ProgressReport", "NewsMeta"})
    read.clear()
    warm(nation)
    assert [path for path in read if path.count("/") != 1] == [], "what is left are lists"


@needs_copies_of_processes
def test_few_files_are_read_by_one_process(nation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_readings, "_MANY", 1000)
    monkeypatch.setattr(kept_readings, "share_out", lambda *_: pytest.fail("another process was begun"))
    warm(nation)


def test_no_file_of_one_record_is_read_twice(tmp_path: Path, read: list[str]) -> None:
    project = copied(ROOT, tmp_path)
    warm(project)
    assert any(name.startswith("outline") for name in read) and "data/units/xa-mau.yml" in read
    read.clear()
    warm(project)
    assert [path for path in read if path.count("/") != 1] == [], "what is left are lists"


def test_after_an_edit_one_file_alone_is_read(base: Path, read: list[str]) -> None:
    warm(base)
    lists = list(read)
    read.clear()
    page = base / "content/bat-dau.md"
    page.write_text(f"{page.read_text('utf-8')}\nThêm một dòng.\n", encoding="utf-8")
    warm(base)
    assert [path for path in read if path not in lists] == ["content/bat-dau.md", read[-1]]
    assert read[-1].startswith("outline") and len(read) == len(lists) + 2


@pytest.mark.parametrize("mistake", mistakes())
def test_a_mistake_gets_its_complaints_from_a_warm_store(mistake: str, tmp_path: Path) -> None:
    project = lay_out(mistake, tmp_path)
    sound = copied(BASE, tmp_path / "sound")
    warm(sound)
    shutil.copytree(sound / FOLDER, project / FOLDER)
    for _ in range(2):
        assert told(warm(project)) == expected_lines(mistake)


def test_a_name_that_is_watched_for_is_found_in_what_was_read_before(base: Path) -> None:
    page = base / "content/bat-dau.md"
    page.write_text(f"{page.read_text('utf-8')}\nCảm ơn Nguyễn Thị Thử.\n", encoding="utf-8")
    assert not warm(base).errors
    (base / "data/praise").mkdir()
    (base / "data/praise/lop-hoc.yml").write_text(NAMED, encoding="utf-8")
    found = warm(base)
    assert told(found) == told(warm(base))
    assert [(one.path, one.code) for one in found.errors] == [("content/bat-dau.md", "praise-name-elsewhere")]


@pytest.mark.parametrize("harm", ["cut", "empty", "changed", "another", "folder"])
def test_a_store_that_is_harmed_is_as_good_as_none(base: Path, harm: str, read: list[str]) -> None:
    store = base / FOLDER
    files = sorted(store.iterdir())
    contents = [file.read_bytes() for file in files]
    for file, content, other in zip(files, contents, [*contents[1:], contents[0]], strict=True):
        if harm == "folder":
            file.unlink()
            file.mkdir()
        else:
            harmed = {"cut": content[:-1], "empty": b"", "changed": content[:-1] + b"?", "another": other}
            file.write_bytes(harmed[harm])
    assert_same(base)
    assert "content/bat-dau.md" in read


def test_a_store_of_another_program_is_as_good_as_none(
    base: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_readings, "_PROGRAM", b"other" * 6)
    warm(base)
    assert "content/bat-dau.md" in read
    read.clear()
    warm(base)
    assert "content/bat-dau.md" not in read


@pytest.mark.parametrize("file", ["dataset/signs.py", "problems.yml", "schema/plan.py", "render/markdown.py"])
def test_every_file_of_the_program_decides_what_is_kept(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "generators"
    shutil.copytree(ROOT / "generators", room, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("generators.__file__", str(room / "__init__.py"))
    assert kept_readings._hash_of_program() == kept_readings._PROGRAM
    with (room / file).open("ab") as opened:
        opened.write(b"\n")
    assert kept_readings._hash_of_program() != kept_readings._PROGRAM


@pytest.mark.parametrize(("part", "other"), [("sys.version", "3.99"), ("libraries", ["pydantic-99.dist-info"])])
def test_python_andlibraries_decide_what_is_kept(part: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if part == "libraries":
        assert any(name.startswith("pydantic_core-") for name in kept_readings.libraries())
        monkeypatch.setattr(kept_readings, "libraries", lambda: other)
    else:
        monkeypatch.setattr(part, other)
    assert kept_readings._hash_of_program() != kept_readings._PROGRAM


def test_two_at_once_leave_a_store_that_is_good(base: Path) -> None:
    page, plan = base / "content/bat-dau.md", next((base / "data/plans").iterdir())
    with KeptReadings(base) as first:
        load_project(base, TODAY, "", kept=first)
        page.write_text(f"{page.read_text('utf-8')}\nMột.\n", encoding="utf-8")
        with KeptReadings(base) as second:
            load_project(base, TODAY, "", kept=second)
            plan.write_bytes(plan.read_bytes() + b"\n# a note\n")
        load_project(base, TODAY, "", kept=first)
    assert_same(base)


def test_two_processes_leave_a_store_that_is_good(base: Path) -> None:
    shutil.rmtree(base / FOLDER)
    code = "import sys; from generators.adapters.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "check", "--project", str(base), "--today", TODAY.isoformat()]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert not [file.name for file in (base / FOLDER).iterdir() if file.name.startswith(".")]
    assert_same(base)


def test_a_file_that_is_gone_is_forgotten_with_the_next_change(base: Path) -> None:
    folder = base / "data/units"
    (folder / "xa-hai.yml").write_bytes((folder / "xa-thu.yml").read_bytes())
    warm(base)
    (folder / "xa-hai.yml").unlink()
    with KeptReadings(base) as kept:
        load_dataset(base, Problems(), kept)
        for path in [f"data/units/{name}.yml" for name in ("xa-hai", "xa-thu")]:
            kept._changed.add(("Unit", kept_readings._place(path)))
    assert set(KeptReadings(base)._of("Unit")) == {f"data/units/{file.name}" for file in folder.iterdir()}


def test_a_store_that_is_entered_again_needs_no_disk(base: Path) -> None:
    page = base / "content/bat-dau.md"
    kept = KeptReadings(base)
    for _ in range(3):
        page.write_text(f"{page.read_text('utf-8')}\nMột.\n", encoding="utf-8")
        with kept:
            found = all_of(base, kept)
        shutil.rmtree(base / FOLDER, ignore_errors=True)
        assert found == all_of(base)
    kept._changed.clear()
    with kept:
        all_of(base, kept)
        assert not kept._changed, "nothing was read again"


def test_a_digest_that_is_known_saves_the_reading(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = all_of(base)
    known = {
        file.relative_to(base).as_posix(): digest_of(file.read_bytes()) for file in base.rglob("*") if file.is_file()
    }
    monkeypatch.setattr("generators.dataset.kept.read_bytes", lambda *_: pytest.fail("a file was opened"))
    assert all_of(base, KeptReadings(base, known.get)) == fresh


@pytest.mark.parametrize("is_known", [True, False])
def test_a_link_out_of_the_project_is_refused_though_its_bytes_are_known(base: Path, is_known: bool) -> None:
    page = base / "content/bat-dau.md"
    outside = base.parent / "outside.md"
    shutil.move(page, outside)
    page.symlink_to(outside)
    known = digest_of(outside.read_bytes()) if is_known else None
    found = Problems()
    with KeptReadings(base, lambda path: known if path == "content/bat-dau.md" else None) as kept:
        dataset = load_dataset(base, found, kept)
    assert "content/bat-dau.md" not in dataset.sources
    assert [(one.path, one.code) for one in found] == [("content/bat-dau.md", "file-outside")]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system knows no owners")
@pytest.mark.parametrize("strange", ["group", "others", "owner"])
def test_what_another_user_may_have_written_is_not_taken(
    base: Path, strange: str, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (base / FOLDER).iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        if strange != "owner":
            file.chmod(0o660 if strange == "group" else 0o606)
    if strange == "owner":
        user = os.geteuid() + 1
        monkeypatch.setattr(kept_files.os, "geteuid", lambda: user)
    warm(base)
    assert "content/bat-dau.md" in read


def test_a_folder_that_refuses_stops_nothing(base: Path) -> None:
    shutil.rmtree(base / FOLDER)
    (base / FOLDER).write_text("", encoding="utf-8")
    assert_same(base)


def test_who_is_interrupted_writes_nothing(base: Path) -> None:
    shutil.rmtree(base / FOLDER)
    kept = KeptReadings(base)
    load_dataset(base, Problems(), kept)
    kept.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not (base / FOLDER).exists()
