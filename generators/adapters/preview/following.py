"""Owns how the live preview follows edits in the process that serves it.

Only what has changed is read, and MkDocs is asked again only where the theme's work may be another: when its files, the
settings, the program or what the theme is shown of the data have changed. Knows neither servers nor browsers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.environment import sample_wanted
from generators.adapters.inputs import Inputs
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.preview.pages import LivePages, Making, ThemeFiles
from generators.adapters.prints import Prints, style_print
from generators.adapters.rendered_theme import Settings
from generators.adapters.site_making import SiteMaker
from generators.adapters.source_links import editor_link
from generators.dataset import Dataset
from generators.pipeline import common_facts, listed_parts, load_project, uncollected
from generators.problems import Language, Problems


@dataclass(frozen=True, slots=True)
class _Read:
    """The project as it was read last."""

    dataset: Dataset
    maker: SiteMaker
    style: str
    seen: str


@dataclass(frozen=True, slots=True)
class _Theme:
    """The theme's work, and what it rests on."""

    settings: Settings
    shells: Mapping[Language, str]
    files: ThemeFiles
    style: str
    seen: str


class Follower:
    """Follows the edits of one project; ``failed`` is told of whatever making a page raises once it is asked for."""

    def __init__(self, project: Path, failed: Callable[[Exception], None]) -> None:
        self._project = project
        self._failed = failed
        self._inputs = Inputs(project, project / "site")
        self._digests: dict[str, str] = {}
        self._kept = KeptReadings(project, self.digest)
        self._read: _Read | None = None
        self._theme: _Theme | None = None
        self._program = ""
        self._state = ""
        self._pages: LivePages | None = None

    def read(self, settings: Settings) -> tuple[SiteMaker, Problems]:
        """Reads and checks the project as it is now; gives what makes its site, and the warnings.

        Raises :class:`~generators.problems.ContentError` when it is not fit to be shown.
        """
        self._read, problems = self._read_as_seen(self._look(), settings)
        return self._read.maker, problems

    def digest(self, path: str) -> str | None:
        """Gives what a file held when the project was looked at last; ``None`` where there was none."""
        return self._digests.get(path)

    @uncollected()
    def follow(self, show: Callable[[LivePages, Problems], None]) -> bool:
        """Has the pages shown as they are after an edit; false where MkDocs must be asked. Raises as :meth:`read`.

        Where files are as they were when they were last read, good or bad, there is nothing to show.
        """
        before, style, theme = self._state, self._look(), self._theme
        if self._state == before:
            return True
        if theme is None or style != theme.style:
            return False
        read, problems = self._read_as_seen(style, theme.settings)
        if read.seen != theme.seen:
            return False
        self._pages = self._made(read, theme)
        show(self._pages, problems)
        return True

    def pages(self, settings: Settings, shells: Mapping[Language, str], files: ThemeFiles) -> LivePages:
        """Gives the pages of what was read last, with the theme's work for it.

        With another program than before all are made at once, so that its faults are told. Raises what they raise.
        """
        if self._read is None:
            raise ValueError("nothing was read")
        theme = _Theme(settings, shells, files, self._read.style, self._read.seen)
        pages, program = self._made(self._read, theme), self._inputs.program()
        if program != self._program:
            pages.make_all()
        self._theme, self._program, self._pages = theme, program, pages
        return pages

    def _look(self) -> str:
        """Notes what each file holds now; gives what stands for all that the theme is rendered from beside data."""
        self._state = f"{self._inputs.state('')} {today()}"
        self._digests = self._inputs.digests()
        return style_print(self._digests, self._inputs.program())

    def _read_as_seen(self, style: str, settings: Settings) -> tuple[_Read, Problems]:
        wanted = settings.sample and sample_wanted()
        with self._kept as kept:
            dataset, site, problems = load_project(
                self._project, today(), settings.url, sample=wanted, preview=True, kept=kept
            )
        maker = SiteMaker(site, self._project, partial(editor_link, self._project))
        return _Read(dataset, maker, style, maker.frames.seen_by_theme()), problems

    def _made(self, read: _Read, theme: _Theme) -> LivePages:
        site = read.maker.site
        prints = Prints(self._digests, read.dataset, repr((theme.style, theme.seen, common_facts(site))))
        listed = listed_parts(site, read.maker.templates)
        making = Making(site, listed, prints.of, read.maker.frames.whole(theme.shells))
        return LivePages(making, theme.files, self._failed, self._pages)
