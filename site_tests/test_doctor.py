"""``campaign doctor``: each fault of an installation is found and told with what to do; it runs without any package."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from generators.adapters import doctor
from generators.adapters.cli import main
from generators.adapters.lock import alone
from site_tests.small_project import BASE

FONT = "theme_overrides/assets/fonts/be-vietnam-pro-latin-400-normal.woff2"


@pytest.fixture
def project(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that is well, apart from what a test does to it."""
    monkeypatch.delenv("CAMPAIGN_TODAY", raising=False)
    monkeypatch.setenv("SITE_URL", "https://example.com/")
    project = Path(shutil.copytree(BASE, tmp_path / "project"))
    (project / "requirements").mkdir()
    shutil.copy(root / "requirements/site.txt", project / "requirements")
    digest = hashlib.sha256((root / FONT).read_bytes()).hexdigest()
    (project / "requirements/vendored.yml").write_text(f"- files:\n    {FONT}: {digest}\n", encoding="utf-8")
    (project / FONT).parent.mkdir(parents=True)
    shutil.copy(root / FONT, project / FONT)
    (project / ".git").mkdir()
    return project


def codes(project: Path) -> dict[str, str]:
    return {one.code: one.state for one in doctor.examine(project, project / "site")}


def test_a_sound_installation_has_nothing_to_mend(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(project.rglob("*"))
    assert "bad" not in codes(project).values()
    assert main(["doctor", "--project", str(project)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Máy này dựng trang được."
    assert all(line[0] in "✓•" for line in said[:-1])
    assert sorted(project.rglob("*")) == before, "looking changes nothing"


def rewrite_lock(project: Path, old: str, new: str) -> None:
    lock = project / "requirements/site.txt"
    text = lock.read_text(encoding="utf-8")
    assert old in text
    lock.write_text(text.replace(old, new), encoding="utf-8")


def leave(project: Path, *names: str) -> None:
    for name in names:
        (project / ".site.builds" / name).mkdir(parents=True)


def spoil_font(project: Path) -> None:
    (project / FONT).write_bytes(b"x")


def change_after_now(project: Path) -> None:
    os.utime(project / "data/campaign.yml", (4_000_000_000, 4_000_000_000))


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "packages-missing": (lambda at: rewrite_lock(at, "segno==", "no-such-package=="), "bad"),
    "packages-other": (lambda at: rewrite_lock(at, f"segno=={version('segno')}", "segno==0.0.1"), "note"),
    "lock-missing": (lambda at: (at / "requirements/site.txt").unlink(), "bad"),
    "files-changed": (spoil_font, "bad"),
    "clock-slow": (change_after_now, "bad"),
    "history-missing": (lambda at: (at / ".git").rmdir(), "note"),
    "site-aside": (lambda at: leave(at, "aside", "fresh"), "bad"),
    "build-cut-short": (lambda at: leave(at, "making"), "note"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_the_folder_is_found(code: str, project: Path) -> None:
    cause, state = FAULTS[code]
    cause(project)
    assert codes(project).get(code) == state


def patch_environment(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    if code == "python-old":
        monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    elif code in {"disk-full", "disk-low"}:
        free = 1_000 if code == "disk-full" else 500_000_000
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, free))
    elif code == "zone-missing":
        monkeypatch.setattr(doctor, "ZoneInfo", lambda _: (_ for _ in ()).throw(doctor.ZoneInfoNotFoundError()))
    elif code == "today-fixed":
        monkeypatch.setenv("CAMPAIGN_TODAY", "2026-01-01")
    elif code == "address-unset":
        monkeypatch.delenv("SITE_URL")
    elif code == "names-ascii":
        monkeypatch.setattr(doctor.sys, "getfilesystemencoding", lambda: "ascii")
    elif code == "swap-renames":
        monkeypatch.setattr(doctor, "exchange", lambda *_: False)
    elif code == "folder-closed":
        monkeypatch.setattr(doctor.os, "access", lambda folder, _: Path(folder).name != "data")
    elif code in {"git-missing", "tests-missing"}:
        monkeypatch.setattr(doctor.shutil, "which", lambda _: None)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("python-old", "bad"),
        ("disk-full", "bad"),
        ("disk-low", "note"),
        ("zone-missing", "bad"),
        ("today-fixed", "note"),
        ("address-unset", "note"),
        ("names-ascii", "note"),
        ("swap-renames", "note"),
        ("folder-closed", "bad"),
        ("git-missing", "bad"),
        ("tests-missing", "note"),
    ],
)
def test_a_fault_of_the_machine_is_found(
    code: str, state: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patch_environment(monkeypatch, code)
    assert codes(project).get(code) == state


def test_a_build_at_work_is_not_waited_for(project: Path) -> None:
    leave(project, "making")
    with alone(project / ".site.builds/lock", lambda: None):
        assert codes(project).get("build-at-work") == "note"


def test_what_must_be_mended_ends_with_one_and_is_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil_font(project)
    rewrite_lock(project, "segno==", "no-such-package==")
    assert main(["doctor", "--project", str(project), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "✗ Packages are missing: no-such-package. → make site" in said
    assert f"→ git restore {FONT}" in said
    assert said.endswith("2 things to mend.\n")


def test_every_sentence_is_there_in_both_languages_and_is_used() -> None:
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    for code, words in doctor._WORDS.items():
        assert words.keys() == {"vi", "en"}, code
        assert source.count(f'"{code}"') > 1, code


def test_it_runs_where_no_package_is_installed(root: Path) -> None:
    module = "generators.adapters.doctor"
    start = f"import sys, runpy; sys.path.insert(0, '.'); runpy.run_module('{module}', run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", start]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "✗ Thiếu gói: " in done.stdout
    assert done.stderr == ""
