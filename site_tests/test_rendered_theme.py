"""The theme's work is kept as a value: a later build with it gives the same site, and does not even load MkDocs."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from generators.adapters.rendered_theme import RenderedTheme, Settings
from site_tests.small_project import lay_out_every_kind

pytestmark = pytest.mark.build

BUILD = """
import sys
from generators.adapters.cli import main
code = main(["build", "--project", sys.argv[1], "--output", sys.argv[2], "--today", "2026-11-22"])
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"mkdocs", "material", "properdocs"}))
sys.exit(code)
"""


def build(project: Path, output: Path) -> str:
    """Builds in a process of its own; gives which engines it loaded."""
    command = [sys.executable, "-c", BUILD, str(project), str(output)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_kept_theme_gives_the_same_site_without_mkdocs(root: Path, tmp_path: Path) -> None:
    project, output = lay_out_every_kind(root, tmp_path), tmp_path / "site"
    assert "mkdocs" in build(project, output)
    unit = next((project / "data/units").glob("*.yml"))
    rewrite(unit, 'vi: "', 'vi: "Mới ') if 'vi: "' in unit.read_text("utf-8") else rewrite(unit, "vi: ", "vi: Mới ")
    assert "mkdocs" not in build(project, output), "the whole site, in the kept theme"
    assert "mkdocs" in build(project, tmp_path / "anew")
    assert tree(output) == tree(tmp_path / "anew")


def test_an_edited_page_needs_no_mkdocs_but_an_edited_phrase_does(root: Path, tmp_path: Path) -> None:
    project, output = lay_out_every_kind(root, tmp_path), tmp_path / "site"
    build(project, output)
    page = project / "content/index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nMột dòng mới.\n", encoding="utf-8")
    assert "mkdocs" not in build(project, output)
    assert "Một dòng mới." in (output / "index.html").read_text(encoding="utf-8")
    words = project / "data/words.yml"
    lines = words.read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("shell-motto:"))
    lines[at] = "shell-motto: {vi: Lời khác, en: Other words}"
    words.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "mkdocs" in build(project, output)
    assert "Lời khác" in (output / "index.html").read_text(encoding="utf-8")


def test_a_kept_theme_brings_the_settings_with_it() -> None:
    said = Settings("https://example.org/", sample=True, edit_url="https://forge.example/edit/{path}")
    kept = RenderedTheme(said, {"vi": "a", "en": "b"}, {"sw.js": b"x"}, "seen")
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301 - our own value
    assert again == kept
    assert again.settings.pencil()("data/tên.yml") == "https://forge.example/edit/data/t%C3%AAn.yml"
    assert Settings("", sample=True, edit_url="").pencil()("data/x.yml") == ""
