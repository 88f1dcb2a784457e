"""Holds builds that make only what has changed to the bytes of whole builds, through many random edits."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from random import Random

import pytest

from generators.adapters import publish
from generators.adapters.bench.maker import make_nation
from generators.adapters.cli import main
from generators.open_data import parting
from site_tests.edits import Edits

EDITS = 40
COMPARED_EVERY = 10
UNITS, NEWS = 18, 24  # enough units that lists go by province
ROWS = 25  # of one file of open data, so that its lists are cut in several places
DAY = "2026-11-22"


def build(project: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a build, and what it said of the content."""
    code = main(["build", "--project", str(project), "--output", str(output), "--today", DAY])
    told = capsys.readouterr().out
    return code, "\n".join(line for line in told.splitlines() if str(output) not in line)


def tree(folder: Path) -> dict[str, str]:
    """What each file of a folder holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_changed_site_is_the_site_made_anew(
    seed: int, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, changed, anew = (tmp_path / name for name in ("project", "changed", "anew"))
    make_nation(root, project, UNITS, NEWS, seed)
    monkeypatch.setattr(parting, "DATA_ROWS", ROWS)
    edits = Edits(project, Random(seed))  # noqa: S311 - no secret
    whole: list[str] = []
    make_files = publish.SiteMaker.make

    def noted(*given: object) -> object:
        whole.append("whole")
        return make_files(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(publish.SiteMaker, "make", noted)
    assert build(project, changed, capsys)[0] == 0
    done, story = 0, []
    while done < EDITS // 2:
        saved = tmp_path / "saved"
        shutil.copytree(project, saved, ignore=shutil.ignore_patterns(".cache"))
        story.append(edits.any())
        if build(project, changed, capsys)[0]:  # the edit was at fault, and nothing was published
            shutil.rmtree(project)
            saved.rename(project)
            continue
        shutil.rmtree(saved)
        done += 1
        if done % COMPARED_EVERY == 0:
            made = len(whole)
            told = build(project, changed, capsys)
            assert len(whole) == made
            shutil.rmtree(anew, ignore_errors=True)
            shutil.rmtree(anew.with_name(".anew.builds"), ignore_errors=True)
            assert build(project, anew, capsys) == told
            del whole[made:]
            assert tree(changed) == tree(anew), story[-COMPARED_EVERY:]
    assert len(whole) < done // 2, "most edits should make a few parts only"
