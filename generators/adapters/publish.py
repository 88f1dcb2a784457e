"""Owns how a build becomes the published folder: built beside it, checked, then put in its place by a rename.

MkDocs empties its output folder before it has built anything; so it never gets to see the published one. The working
folders have fixed names beside the published one, and only one build at a time works in a place: whatever a build
finds there when it starts was left by one that was killed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from generators.adapters.clock import today
from generators.adapters.environment import settings
from generators.adapters.mkdocs_plugin import CampaignPlugin
from generators.adapters.verify import verify_site
from generators.pipeline import load_site
from generators.problems import Problems

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advertisement says nothing to an editor


class BrokenSite(RuntimeError):
    """Raised when the built tree is not fit to be published; holds one line a fault."""


class WrongPlace(RuntimeError):
    """Raised when a folder cannot be what it was named for; ``code`` says why, ``folder`` which."""

    def __init__(self, code: str, folder: Path) -> None:
        super().__init__(f"{code}: {folder}")
        self.code = code
        self.folder = folder


def build_site(project: Path, output: Path, *, day: date | None = None, sample: bool = True) -> tuple[Path, Problems]:
    """Builds the project into ``output``; gives that folder and the warnings found on the way.

    ``day`` is what counts as today (by default the day in Vietnam). The old folder stays whole until the new one is
    built and verified. Raises :class:`ContentError` for content that is not fit to be published, :class:`BrokenSite`
    when MkDocs complains or a link of the built tree leads nowhere, :class:`WrongPlace` before anything is touched.
    """
    output = output.resolve()
    _refuse_wrong_places(project.resolve(), output)
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh, aside = (output.with_name(f".{output.name}.{name}") for name in ("new", "old"))
    with _alone_in(output.parent):
        _tidy(fresh, aside, output)
        try:
            problems = _run_mkdocs(project, fresh, day or today(), sample=sample)
            _swap(fresh, output, aside)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return output, problems


def serve_site(project: Path, port: int, *, day: date | None = None, sample: bool = True) -> None:
    """Serves the project on this machine and rebuilds it on every change, until interrupted.

    Raises :class:`BrokenSite` when the first build fails, ``OSError`` when the port is taken.
    """
    refuse_wrong_project(project)
    with settings(today=day, sample=sample), _mkdocs_faults():
        serve(config_file=str(project / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")


def refuse_wrong_project(project: Path) -> None:
    """Raises :class:`WrongPlace` when a folder holds no project."""
    if not (project / "mkdocs.yml").is_file():
        raise WrongPlace("no-project", project)


def _refuse_wrong_places(project: Path, output: Path) -> None:
    """Refuses to put the site where the project or somebody's other files are: the old folder will be removed."""
    refuse_wrong_project(project)
    if project.is_relative_to(output):
        raise WrongPlace("foreign-output", output)
    if output.exists() and not output.is_dir():
        raise WrongPlace("foreign-output", output)
    if output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file():
        raise WrongPlace("foreign-output", output)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Waits until no other build works in ``folder``; the lock ends with the process, however that ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _tidy(fresh: Path, aside: Path, output: Path) -> None:
    """Removes what a killed build left, and brings back the site when it was killed between the two renames."""
    if aside.exists() and not output.exists():
        aside.rename(output)
    for leftover in (fresh, aside):
        shutil.rmtree(leftover, ignore_errors=True)


def _run_mkdocs(project: Path, folder: Path, day: date, *, sample: bool) -> Problems:
    with _mkdocs_faults():
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder), strict=True)
        plugin = config.plugins["campaign"]
        if not isinstance(plugin, CampaignPlugin):
            raise WrongPlace("no-project", project)
        wanted = plugin.config.sample and sample
        plugin.prepared, problems = load_site(project, day, config.site_url or "", sample=wanted)
        _build(config)
    faults = verify_site(folder, urlsplit(config.site_url or "").path.rstrip("/"))
    if faults:
        raise BrokenSite("\n".join(faults))
    return problems


def _build(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def _mkdocs_faults() -> Iterator[None]:
    """Turns what MkDocs raises after it has told its reasons into :class:`BrokenSite`."""
    try:
        yield
    except (Abort, ConfigurationError) as error:
        raise BrokenSite(error.format_message()) from error


def _swap(fresh: Path, output: Path, aside: Path) -> None:
    """Puts ``fresh`` at ``output``; the old folder is moved aside first and removed last."""
    try:
        if output.exists():
            output.rename(aside)
        fresh.rename(output)
    except BaseException:
        if aside.exists() and not output.exists():
            aside.rename(output)
        raise
    shutil.rmtree(aside, ignore_errors=True)
