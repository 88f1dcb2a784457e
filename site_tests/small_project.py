"""Small projects for tests: the smallest valid one, and that one with a mistake laid over it.

Owns: where the fixtures stand and how a mistake's files replace those of ``fixtures/base``. Holds no assertion.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from generators.pipeline import load_site
from generators.problems import Problems
from generators.site import Site
from generators.source import load_yaml
from generators.text import Phrases

FIXTURES = Path(__file__).parent / "fixtures"
BASE = FIXTURES / "base"
BROKEN = FIXTURES / "broken"
EVERY_KIND = FIXTURES / "every-kind"
EXPECTED = "expected.txt"
REMOVED = "removed.txt"


def mistakes() -> list[str]:
    """The names of all mistakes, in order."""
    return sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())


def expected_lines(mistake: str) -> list[str]:
    """The exact complaints about a mistake."""
    return (BROKEN / mistake / EXPECTED).read_text(encoding="utf-8").splitlines()


def lay_out(mistake: str, folder: Path) -> Path:
    """Copies the valid project into `folder`, takes away what removed.txt names, lays the mistake's files over it."""
    project, overlay = folder / "project", BROKEN / mistake
    shutil.copytree(BASE, project)
    removed = overlay / REMOVED
    if removed.is_file():
        for path in removed.read_text(encoding="utf-8").splitlines():
            target = project / path
            shutil.rmtree(target) if target.is_dir() else target.unlink()
    for file in sorted(overlay.rglob("*")):
        path = file.relative_to(overlay)
        if file.is_file() and path.as_posix() not in {EXPECTED, REMOVED}:
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, project / path)
    return project


def add_report_words(project: Path) -> None:
    """Adds the few real words without which no news is made of a progress report."""
    real = yaml.safe_load((FIXTURES.parent.parent / "data/words.yml").read_text(encoding="utf-8"))
    needed = {key: words for key, words in real.items() if key.startswith(("cal-period-", "news-report-"))}
    with (project / "data/words.yml").open("a", encoding="utf-8") as file:
        yaml.safe_dump(needed, file, allow_unicode=True)


def lay_out_every_kind(root: Path, folder: Path) -> Path:
    """Copies the valid project with one thing of every kind into `folder`, with the looks and words of `root`.

    What `campaign build` needs is there; the site has a page of every kind and changes with no real content.
    """
    project = folder / "project"
    for part in (BASE, EVERY_KIND):
        shutil.copytree(part, project, dirs_exist_ok=True)
    shutil.copy(root / "data/words.yml", project / "data/words.yml")
    shutil.copy(root / "mkdocs.yml", project)
    shutil.copytree(root / "theme_overrides", project / "theme_overrides")
    (project / "generators/render").mkdir(parents=True)
    (project / "generators/render/templates").symlink_to(root / "generators/render/templates")
    return project


class _Words(dict[str, dict[str, str]]):
    """The words of the interface; one that is missing is its own key, for test_words.py tells of those."""

    def __missing__(self, key: str) -> dict[str, str]:
        return {"vi": f"[{key}]", "en": f"[{key}]"}


def small_site(root: Path, today: date = date(2026, 3, 5), *, sample: bool = True) -> Site:
    """The valid small project as a site, speaking with the words of the project at `root`."""
    site, _ = load_site(BASE, today, "https://example.com/so/", sample=sample)
    words = load_yaml(root, "data/words.yml", Problems())
    assert words is not None
    return replace(site, dataset=replace(site.dataset, phrases=Phrases(_Words(words.value))))
