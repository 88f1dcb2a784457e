"""Owns how a project is built and served: what is refused, what is verified, what is kept for the next build.

MkDocs empties its output folder before it has built anything; so it never gets to see the published one. How a built
folder takes the place of the published one belongs to ``publication.py``.
"""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from generators.adapters.changes import Changed, Changes, NeedsWhole
from generators.adapters.clock import today
from generators.adapters.compress import compress_site
from generators.adapters.environment import settings
from generators.adapters.kept_parts import KeptParts, KnownParts
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.kept_search import KeptSearch
from generators.adapters.making import THEME_PART, MadePart, note_rest
from generators.adapters.prints import Prints, style_print
from generators.adapters.publication import OtherBuild, Publication
from generators.adapters.refusals import BrokenSite, WrongPlace, refuse_wrong_project
from generators.adapters.rendered_theme import RenderedTheme, Settings
from generators.adapters.site_making import SiteMaker
from generators.adapters.verify import REQUIRED, verify_site
from generators.dataset import LANGUAGES, Dataset
from generators.outputs.search import index_folder
from generators.pipeline import common_facts, load_project, uncollected
from generators.problems import Language, Problems


@dataclass(frozen=True, slots=True)
class Sources:
    """What a build is made from: what each file of the project holds, and what stands for all else."""

    digests: Mapping[str, str]
    program: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project that was read and checked, and what makes its site."""

    dataset: Dataset
    maker: SiteMaker
    problems: Problems


@dataclass(frozen=True, slots=True)
class Built:
    """What a build tells: the warnings found on the way, and how to keep what the next build may use.

    ``keep`` gives the token that the kept things belong to; it raises ``OSError`` or ``sqlite3.Error``.
    """

    problems: Problems
    keep: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole build gives: the theme's work, what became of each part, and what to keep of the search indexes."""

    loaded: Loaded
    theme: RenderedTheme
    parts: Mapping[str, MadePart]
    search: Mapping[Language, bytes]


def build_site(
    project: Path,
    publication: Publication,
    *,
    day: date | None = None,
    sample: bool = True,
    keep: int = 1,
    compress: bool = False,
    sources: Sources | None = None,
    token: str = "",
) -> Built:
    """Builds the project into the folder of ``publication``; gives the warnings found on the way.

    ``day`` is what counts as today (by default the day in Vietnam), ``keep`` how many earlier builds stay for
    ``campaign rollback``; ``compress`` lays compressed copies beside the files. Where ``token`` names what was kept
    with the published site, and ``sources`` are what the project holds now, only what has changed since is made. The
    old folder stays whole until the new one is built and verified. Raises :class:`ContentError` for content that is not
    fit to be published, :class:`BrokenSite` when MkDocs complains or the built tree is not whole, :class:`WrongPlace`
    before anything is touched, ``OSError`` when the machine refuses.
    """
    _refuse_wrong_places(project.resolve(), publication.place)
    given = sources or Sources({}, "")
    return _Builder(project, publication, day or today(), given, sample, keep, compress).build(token)


@dataclass(frozen=True)
class _Builder:
    """One build; see :func:`build_site`."""

    project: Path
    publication: Publication
    day: date
    sources: Sources
    sample: bool
    keep: int
    compress: bool

    def build(self, token: str) -> Built:
        known = self._parts.known(token) if token else None
        if known and known.style == self._style:
            loaded = self._load(known.theme.settings)
            if loaded.maker.frames.seen_by_theme() == known.theme.seen:
                return self._with_theme(loaded, known)
        return self._whole(partial(make_site, self.project, self._load))

    def _with_theme(self, loaded: Loaded, known: KnownParts) -> Built:
        prints = self._prints(loaded)
        if prints.common == known.common:
            with suppress(NeedsWhole, OtherBuild):
                return self._change(loaded, prints, known)
        return self._whole(partial(make_with_theme, loaded, known.theme))

    def _load(self, said: Settings) -> Loaded:
        return load(self.project, self.day, said, self.sources.digests, sample=self.sample)

    def _change(self, loaded: Loaded, prints: Prints, known: KnownParts) -> Built:
        changes = Changes(loaded.maker, prints, known, self._parts, self._search, self.publication.place)

        def make(folder: Path) -> tuple[Collection[str], Changed]:
            removed, changed = changes.make(folder)
            self._compress(folder)
            return removed, changed

        changed = self.publication.amend(make, self.keep)

        def keep() -> str:
            token = _token()
            self._parts.amend(token, changed.prints, changed.made, changed.gone)
            self._forget_search()
            return token

        return Built(loaded.problems, keep)

    def _whole(self, make_files: Callable[[Path], Whole]) -> Built:
        def make(folder: Path) -> Whole:
            made = make_files(folder)
            self._compress(folder)
            return made

        made = self.publication.publish(make, self.keep)

        def keep() -> str:
            token, prints = _token(), self._prints(made.loaded)
            marks = {part.name: prints.of(part) for part in made.loaded.maker.parts}
            parts = {**made.parts, THEME_PART: MadePart(tuple(made.theme.files))}
            self._parts.keep(token, prints.common, self._style, made.theme, marks, parts)
            for lang, kept in made.search.items():
                self._search.keep(lang, self._index(lang), kept)
            self._forget_search()
            return token

        return Built(made.loaded.problems, keep)

    @property
    def _parts(self) -> KeptParts:
        return KeptParts(self.publication.builds / "parts.sqlite")

    @property
    def _search(self) -> KeptSearch:
        return KeptSearch(self.publication.builds / "search")

    @property
    def _style(self) -> str:
        return style_print(self.sources.digests, self.sources.program)

    def _prints(self, loaded: Loaded) -> Prints:
        common = repr((self.sources.program, common_facts(loaded.maker.site)))
        return Prints(self.sources.digests, loaded.dataset, common)

    def _compress(self, folder: Path) -> None:
        if self.compress:
            compress_site(folder)

    def _index(self, lang: Language) -> bytes:
        return (self.publication.place / index_folder(lang) / "index.json").read_bytes()

    def _forget_search(self) -> None:
        self._search.forget_others((lang, self._index(lang)) for lang in LANGUAGES)


def _token() -> str:
    return secrets.token_hex(16)


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


def make_site(project: Path, read: Callable[[Settings], Loaded], folder: Path) -> Whole:
    """Makes the whole site into the empty ``folder`` and verifies it; MkDocs renders the theme.

    ``read`` gives the project as it is to be shown. Raises what that raises, and :class:`BrokenSite`.
    """
    from generators.adapters.engine import Engine  # with MkDocs

    engine = Engine(project, folder)
    loaded = read(engine.settings)
    return _made(loaded, engine.render(loaded.maker), folder)


def make_with_theme(loaded: Loaded, theme: RenderedTheme, folder: Path) -> Whole:
    """Makes the whole site into the empty ``folder`` and verifies it; MkDocs is not even loaded.

    ``theme`` is the theme's work for an earlier build with the same ``mkdocs.yml`` and ``theme_overrides/``, the same
    variables, program and libraries, which was shown the same data. Raises :class:`BrokenSite`.
    """
    theme.write(folder)
    return _made(loaded, theme, folder)


@uncollected()
def load(project: Path, day: date, said: Settings, digests: Mapping[str, str], *, sample: bool) -> Loaded:
    """Reads and checks a project. Raises :class:`ContentError` when it is not fit to be published.

    A file of which ``digests`` has what it holds is not read where it is known what that gave.
    """
    with KeptReadings(project, digests.get) as kept:
        wanted = said.sample and sample
        dataset, site, problems = load_project(project, day, said.url, sample=wanted, kept=kept)
    gc.freeze()  # it is there until the build ends: the collector need not go through it before that either
    return Loaded(dataset, SiteMaker(site, project, said.pencil()), problems)


def _made(loaded: Loaded, theme: RenderedTheme, folder: Path) -> Whole:
    harvest = loaded.maker.make(theme.shells, folder)
    note_rest(harvest.look, folder)
    # Only a tree that is not whole is read once more, to say what is wrong.
    if not harvest.look.is_whole(REQUIRED) and (faults := verify_site(folder, theme.settings.url, REQUIRED)):
        raise BrokenSite("\n".join(faults))
    return Whole(loaded, theme, harvest.parts, harvest.kept)
