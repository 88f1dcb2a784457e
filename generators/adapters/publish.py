"""Owns how a project is built and served by MkDocs: what is refused, what is verified, what counts as a broken site.

MkDocs empties its output folder before it has built anything; so it never gets to see the published one. How a built
folder takes the place of the published one belongs to ``publication.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from generators.adapters.clock import today
from generators.adapters.compress import compress_site
from generators.adapters.environment import settings
from generators.adapters.making import note_rest
from generators.adapters.mkdocs_plugin import CampaignPlugin
from generators.adapters.publication import Publication
from generators.adapters.verify import REQUIRED, QuickLook, verify_site
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


def build_site(
    project: Path,
    publication: Publication,
    *,
    day: date | None = None,
    sample: bool = True,
    keep: int = 1,
    compress: bool = False,
) -> Problems:
    """Builds the project into the folder of ``publication``; gives the warnings found on the way.

    ``day`` is what counts as today (by default the day in Vietnam), ``keep`` how many earlier builds stay for
    ``campaign rollback``; ``compress`` lays compressed copies beside the files. The old folder stays whole until the
    new one is built and verified. Raises :class:`ContentError` for content that is not fit to be published,
    :class:`BrokenSite` when MkDocs complains or the built tree is not whole, :class:`WrongPlace` before anything is
    touched, ``OSError`` when the machine refuses.
    """
    _refuse_wrong_places(project.resolve(), publication.place)

    def make(folder: Path) -> Problems:
        problems = _run_mkdocs(project, folder, day or today(), sample=sample)
        if compress:
            compress_site(folder)
        return problems

    return publication.publish(make, keep)


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


def _run_mkdocs(project: Path, folder: Path, day: date, *, sample: bool) -> Problems:
    with _mkdocs_faults():
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder), strict=True)
        plugin = config.plugins["campaign"]
        if not isinstance(plugin, CampaignPlugin):
            raise WrongPlace("no-project", project)
        wanted = plugin.config.sample and sample
        plugin.prepared, problems = load_site(project, day, config.site_url or "", sample=wanted)
        _build(config)
    _verify(folder, config.site_url or "", plugin.look)
    return problems


def _verify(folder: Path, url: str, look: QuickLook | None) -> None:
    """Looks at what MkDocs wrote besides; only a tree that is not whole is read once more, to say what is wrong."""
    if look is not None:
        note_rest(look, folder)
        if look.is_whole(REQUIRED):
            return
    if faults := verify_site(folder, url, REQUIRED):
        raise BrokenSite("\n".join(faults))


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
