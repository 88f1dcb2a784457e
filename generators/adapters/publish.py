"""Owns how a project is built and served: what is refused, what is verified, what is kept for the next build.

MkDocs empties its output folder before it has built anything; so it never gets to see the published one. How a built
folder takes the place of the published one belongs to ``publication.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.compress import compress_site
from generators.adapters.environment import settings
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.making import note_rest
from generators.adapters.publication import Publication
from generators.adapters.refusals import BrokenSite, WrongPlace, refuse_wrong_project
from generators.adapters.rendered_theme import RenderedTheme, Settings
from generators.adapters.site_making import SiteMaker
from generators.adapters.verify import REQUIRED, QuickLook, verify_site
from generators.pipeline import load_site
from generators.problems import Problems


@dataclass(frozen=True, slots=True)
class Built:
    """What a build tells: the warnings found on the way, and the theme's work, which the next build may use."""

    problems: Problems
    theme: RenderedTheme


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
        built = make_site(project, folder, day or today(), sample=sample)
        if compress:
            compress_site(folder)
        return built.problems

    return publication.publish(make, keep)


def serve_site(project: Path, port: int, *, day: date | None = None, sample: bool = True) -> None:
    """Serves the project on this machine and rebuilds it on every change, until interrupted.

    Raises :class:`BrokenSite` when the first build fails, ``OSError`` when the port is taken.
    """
    from generators.adapters.engine import serve_live  # with MkDocs

    refuse_wrong_project(project)
    with settings(today=day, sample=sample):
        serve_live(project, port)


def _refuse_wrong_places(project: Path, output: Path) -> None:
    """Refuses to put the site where the project or somebody's other files are: the old folder will be removed."""
    refuse_wrong_project(project)
    if project.is_relative_to(output):
        raise WrongPlace("foreign-output", output)
    if output.exists() and not output.is_dir():
        raise WrongPlace("foreign-output", output)
    if output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file():
        raise WrongPlace("foreign-output", output)


def make_site(
    project: Path, folder: Path, day: date, *, sample: bool = True, kept: RenderedTheme | None = None
) -> Built:
    """Makes the whole site into the empty ``folder`` and verifies it.

    ``kept`` is the theme's work for an earlier build with the same ``mkdocs.yml`` and ``theme_overrides/``, the same
    variables, program and libraries. It is used where the data that the theme sees is the same too, and MkDocs is then
    not even loaded. Raises :class:`ContentError` and :class:`BrokenSite` as :func:`build_site` does.
    """
    if kept:
        maker, problems = _maker(project, day, kept.settings, sample=sample)
        if maker.frames.seen_by_theme() == kept.seen:
            kept.write(folder)
            return _made(maker, kept, folder, problems)
    from generators.adapters.engine import Engine  # with MkDocs

    engine = Engine(project, folder)
    maker, problems = _maker(project, day, engine.settings, sample=sample)
    return _made(maker, engine.render(maker), folder, problems)


def _maker(project: Path, day: date, said: Settings, *, sample: bool) -> tuple[SiteMaker, Problems]:
    with KeptReadings(project) as kept:
        site, problems = load_site(project, day, said.url, sample=said.sample and sample, kept=kept)
    return SiteMaker(site, project, said.pencil()), problems


def _made(maker: SiteMaker, theme: RenderedTheme, folder: Path, problems: Problems) -> Built:
    look = maker.make(theme.shells, folder)
    _verify(folder, theme.settings.url, look)
    return Built(problems, theme)


def _verify(folder: Path, url: str, look: QuickLook) -> None:
    """Looks at the theme's files besides; only a tree that is not whole is read once more, to say what is wrong."""
    note_rest(look, folder)
    if look.is_whole(REQUIRED):
        return
    if faults := verify_site(folder, url, REQUIRED):
        raise BrokenSite("\n".join(faults))
