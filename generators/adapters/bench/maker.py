"""Owns how the national data set is written: a whole project folder that ``campaign`` can check and build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from generators.adapters.bench.official_list import official_communes
from generators.dataset.loading import Loader
from generators.nation.events import activity_files, news_files
from generators.nation.places import Place, chosen_places
from generators.nation.plans import plan_file, story_file, unit_file
from generators.nation.reports import report_files
from generators.nation.shared import about_text, shared_text, without_program
from generators.problems import ContentError, Problems
from generators.scaffold.writing import NewFile
from generators.schema.unit import Province

_SHARED = ("data", "content", "theme_overrides")
_WORDS = frozenset({".yml", ".md"})
_WORKROOMS = (".cache", "build")  # folders of a project that hold what can be made again


class WrongFolder(ValueError):
    """Raised for a folder that holds something, or that lies inside a project."""


def make_nation(project: Path, folder: Path, units: int, news: int, seed: int) -> int:
    """Writes the data set with the shared files of ``project`` into ``folder``; gives how many units it has.

    The folder appears when all is written. Raises :class:`WrongFolder`, ``ListMissing``, ``OSError``, and
    :class:`ContentError` where the project's list of provinces holds a slip.
    """
    refuse_folder(folder)
    places = chosen_places(_provinces(project), official_communes(), units)
    making = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        _copy_shared(project, making)
        (making / "README.md").write_text(about_text(units, news, seed), encoding="utf-8")
        _write(making, _invented(places, news, seed))
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return len(places)


def refuse_folder(folder: Path) -> None:
    """Raises :class:`WrongFolder` where the data set could be taken for a project's own content, or replace it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongFolder(str(folder))
    place = folder.resolve()
    for above in place.parents:
        is_project = (above / "mkdocs.yml").is_file() and (above / "data").is_dir() and (above / "content").is_dir()
        if is_project and place.relative_to(above).parts[0] not in _WORKROOMS:
            raise WrongFolder(str(folder))


def copy_project(project: Path, folder: Path) -> None:
    """Copies what a build reads of a project, and nothing that a build makes. Raises ``OSError``."""
    for top in _SHARED:
        shutil.copytree(project / top, folder / top)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(without_program(settings), encoding="utf-8")


def _provinces(project: Path) -> list[Province]:
    problems = Problems()
    provinces = Loader(project, problems).listed("data/provinces.yml", Province)
    if problems.errors:
        raise ContentError(problems)
    return list(provinces.values())


def _copy_shared(project: Path, folder: Path) -> None:
    files = [project / "mkdocs.yml", *(path for top in _SHARED for path in sorted((project / top).rglob("*")))]
    for file in files:
        if file.is_dir():
            continue
        path = file.relative_to(project).as_posix()
        if file.suffix not in _WORDS:
            content: bytes | None = None if path.startswith("content/tin-tuc/") else file.read_bytes()
        else:
            text = shared_text(path, file.read_text(encoding="utf-8"))
            content = None if text is None else text.encode("utf-8")
        if content is not None:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _invented(places: list[Place], news: int, seed: int) -> Iterator[NewFile]:
    for place in places:
        yield unit_file(place)
        yield plan_file(place, seed)
        yield story_file(place, seed)
        yield from report_files(place, seed)
        yield from activity_files(place, seed)
    yield from news_files(places, news, seed)


def _write(root: Path, files: Iterator[NewFile]) -> None:
    there: set[Path] = set()
    for file in files:
        target = root / file.path
        if target.parent not in there:
            target.parent.mkdir(parents=True, exist_ok=True)
            there.add(target.parent)
        target.write_text(file.text, encoding="utf-8", newline="\n")
