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
import pickle, sys
from datetime import date
from pathlib import Path
from generators.adapters.publish import make_site
project, folder, theme = map(Path, sys.argv[1:])
kept = pickle.loads(theme.read_bytes()) if theme.is_file() else None
built = make_site(project, folder, date(2026, 11, 22), kept=kept)
theme.write_bytes(pickle.dumps(built.theme))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"mkdocs", "material", "properdocs"}))
"""


def build(project: Path, folder: Path, theme: Path) -> str:
    """Builds in a process of its own with the theme's work, if there is any; gives which engines it loaded."""
    folder.mkdir()
    command = [sys.executable, "-c", BUILD, str(project), str(folder), str(theme)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_kept_theme_gives_the_same_site_without_mkdocs(root: Path, tmp_path: Path) -> None:
    kept = tmp_path / "theme"
    assert "mkdocs" in build(root, tmp_path / "by-mkdocs", kept)
    assert build(root, tmp_path / "kept", kept) == ""
    assert tree(tmp_path / "kept") == tree(tmp_path / "by-mkdocs")


def test_an_edited_page_needs_no_mkdocs_but_an_edited_phrase_does(root: Path, tmp_path: Path) -> None:
    project, kept = lay_out_every_kind(root, tmp_path), tmp_path / "theme"
    build(project, tmp_path / "first", kept)
    page = project / "content/index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nMột dòng mới.\n", encoding="utf-8")
    assert build(project, tmp_path / "second", kept) == ""
    assert "Một dòng mới." in (tmp_path / "second/index.html").read_text(encoding="utf-8")
    words = project / "data/words.yml"
    lines = words.read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("shell-motto:"))
    lines[at] = "shell-motto: {vi: Lời khác, en: Other words}"
    words.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "mkdocs" in build(project, tmp_path / "third", kept)
    assert "Lời khác" in (tmp_path / "third/index.html").read_text(encoding="utf-8")


def test_a_kept_theme_brings_the_settings_with_it() -> None:
    said = Settings("https://example.org/", sample=True, edit_url="https://forge.example/edit/{path}")
    kept = RenderedTheme(said, {"vi": "a", "en": "b"}, {"sw.js": b"x"}, "seen")
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301 - our own value
    assert again == kept
    assert again.settings.pencil()("data/tên.yml") == "https://forge.example/edit/data/t%C3%AAn.yml"
    assert Settings("", sample=True, edit_url="").pencil()("data/x.yml") == ""
