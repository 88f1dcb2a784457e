"""The same content and day give the same bytes, whoever builds it, where and in which order its files are found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_tests.strange_machine import as_another_user, strange_environment, with_a_narrow_mask
from site_tests.test_cli import CAMPAIGN, DAY, lay_out_small

pytestmark = pytest.mark.build


def build(project: Path, *before: str, environment: dict[str, str] | None = None, narrow: bool = False) -> Path:
    done = subprocess.run(
        [*before, str(CAMPAIGN), "build", "--compress", "--project", str(project)],
        env={**(environment or os.environ), "CAMPAIGN_TODAY": DAY},
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        preexec_fn=with_a_narrow_mask if narrow else None,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def differences(one: Path, other: Path) -> str:
    return subprocess.run(["diff", "-r", str(one), str(other)], capture_output=True, text=True, check=False).stdout


def modes(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mode & 0o777 for path in sorted(site.rglob("*"))}


def test_another_machine_gives_the_same_bytes_and_the_same_rights(root: Path, tmp_path: Path) -> None:
    """Built twice there: with nothing kept from an earlier build, and with all of it."""
    here = build(lay_out_small(root, tmp_path / "a" / "project"))
    away = lay_out_small(root, tmp_path / "b" / "dự án khác")
    (tmp_path / "machine").mkdir()
    environment = strange_environment(tmp_path / "machine")
    for _ in ("cold", "warm"):
        shutil.rmtree(away / "site", ignore_errors=True)
        there = build(away, *as_another_user(), environment=environment, narrow=True)
        assert differences(here, there) == ""
        assert modes(here) == modes(there)


def test_the_strange_machine_is_strange(tmp_path: Path) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "x").mkdir()
    for name in "abc":
        (tmp_path / "x" / name).touch()
    script = (
        "import os, pathlib, sys; p = pathlib.Path(sys.argv[1]); "
        "print([e.name for e in os.scandir(p)], [f.name for f in p.iterdir()], hash('a'), os.getuid(), "
        "os.umask(0), os.path.expanduser('~'))"
    )
    said = [
        subprocess.run(
            [*before, sys.executable, "-c", script, str(tmp_path / "x")],
            env=environment,
            preexec_fn=mask,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for before, environment, mask in (
            ([], {**os.environ, "PYTHONHASHSEED": "0"}, None),
            (as_another_user(), strange_environment(tmp_path / "machine"), with_a_narrow_mask),
        )
    ]
    assert said[1].startswith("['c', 'b', 'a'] ['c', 'b', 'a'] ")
    same = [one == other for one, other in zip(*(line.split("] ")[-1].split() for line in said), strict=True)]
    assert same == [False, not as_another_user(), False, False]
