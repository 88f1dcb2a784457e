"""The whole program in one readable place: read, check, derive, freeze, render. Touches neither clock nor disk output.

load_dataset -> check_dataset -> derive -> Site -> check_links -> outputs -> artefacts and pages
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from generators import hand_written
from generators.addresses import record_addresses
from generators.blocks import block_names
from generators.dataset import Dataset, load_dataset
from generators.dataset.kept import Kept, digest_of
from generators.dataset.news import news_sources
from generators.dataset.rules import check_dataset
from generators.derive import derive
from generators.links import check_links
from generators.outputs import (
    accessibility,
    banners,
    calendar,
    calendar_files,
    feeds,
    festival,
    glossary,
    hosting,
    indicators,
    manifest,
    materials,
    models,
    moves,
    news,
    open_data,
    places,
    plans,
    posters,
    praise,
    progress,
    search,
    share_images,
    sitemap,
)
from generators.parts import Bundle, Output, Part
from generators.problems import ContentError, Problems
from generators.render.html import Templates
from generators.render.markdown import Outline, outline
from generators.site import Site
from generators.source import Source
from generators.telling.posters import communes_have_posters
from generators.telling.sharing import SharePictures

OUTPUTS: tuple[Output[Site, Templates], ...] = (
    hand_written.render,
    plans.render,
    models.render,
    progress.render,
    places.render,
    indicators.render,
    share_images.render,
    open_data.render,
    news.render,
    moves.render,
    feeds.render,
    calendar.render,
    calendar_files.render,
    festival.render,
    materials.render,
    praise.render,
    banners.render,
    posters.render,
    search.render,
    glossary.render,
    accessibility.render,
    manifest.render,
    sitemap.render,
    hosting.render,
)


class DuplicateArtefact(RuntimeError):
    """Raised when two outputs want the same path: a fault of the program, never of the content."""


class MadeOnce:
    """Where each file of a build came from; no file is made twice."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}

    def note(self, path: str, source: str) -> None:
        """Takes in a file. Raises :class:`DuplicateArtefact` when it was made before."""
        if path in self._sources:
            raise DuplicateArtefact(f"{path}: {self._sources[path]} and {source}")
        self._sources[path] = source

    def add(self, other: MadeOnce) -> None:
        """Takes in what was noted elsewhere. Raises :class:`DuplicateArtefact` for a file that both made."""
        for path in self._sources.keys() & other._sources.keys():
            self.note(path, other._sources[path])
        self._sources |= other._sources

    def refuse(self, others: Collection[str]) -> None:
        """Raises :class:`DuplicateArtefact` when a file that other parts made before was made here too."""
        for path in self._sources.keys() & others:
            raise DuplicateArtefact(f"{path}: {self._sources[path]} and a part that was left as it is")


def load_site(
    root: Path, today: date, url: str, *, sample: bool = True, preview: bool = False, kept: Kept | None = None
) -> tuple[Site, Problems]:
    """Gives the checked site of a project folder as of ``today``, and the warnings found on the way.

    ``url`` is where the site will stand; ``sample=False`` leaves sample units out; ``preview=True`` keeps drafts and
    news that is not due yet, marked, for whoever writes them; ``kept`` has what unchanged files gave. Raises
    :class:`ContentError`, which carries the problems of every stage, when the content is not fit to be published: rules
    between files and links are judged over whatever could be read, and what only follows from an unreadable record is
    not told.
    """
    _, site, problems = load_project(root, today, url, sample=sample, preview=preview, kept=kept)
    return site, problems


@contextmanager
def uncollected() -> Iterator[None]:
    """Leaves the collector of cycles aside: records have none, and each search would go through all that were read."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uncollected()
def load_project(
    root: Path, today: date, url: str, *, sample: bool = True, preview: bool = False, kept: Kept | None = None
) -> tuple[Dataset, Site, Problems]:
    """Gives what :func:`load_site` gives, and before it all that was read, drafts and what is yet to come too."""
    problems, between = Problems(), Problems()
    dataset = load_dataset(root, problems, kept)
    check_dataset(dataset, between, today, None if problems.errors else kept)
    chosen = (dataset if sample else dataset.without_sample()).as_of(today, drafts=preview)
    pictures, outlined = _theme_pictures(root), partial(_outline, kept)
    if problems.errors or between.errors:
        check_links(chosen, record_addresses(chosen), pictures, block_names(chosen), outlined, between, complete=False)
        problems.add_unsaid(between)
        raise ContentError(problems)
    site = Site(chosen, derive(chosen, today, preview=preview, kept=kept), today, url)
    _outline_ahead(kept, chosen)
    check_links(chosen, site.data_addresses, pictures, block_names(chosen), outlined, between)
    problems.add_unsaid(between)
    if problems.errors:
        raise ContentError(problems)
    return dataset, site, problems


def _outline(kept: Kept | None, source: Source) -> Outline:
    """Gives the outline of a file's Markdown, which is not rendered again where its outline is kept."""
    if kept is None:
        return outline(source.body)
    digest = digest_of(source.body.encode())
    found: Outline | None = kept.get(Outline.__name__, source.path, digest)
    if found is None:
        found = outline(source.body)
        kept.put(Outline.__name__, source.path, digest, found)
    return found


def _outline_ahead(kept: Kept | None, dataset: Dataset) -> None:
    """Has the outlines that will be asked for found by several processes, where that pays."""
    if kept:
        pages = (page.source for page in dataset.pages)
        narratives = (narrative.source for narrative in dataset.narratives.values())
        texts = {source.path: source for source in (*pages, *narratives, *news_sources(dataset.news))}
        kept.ahead(Outline.__name__, list(texts), lambda path: _outline(kept, texts[path]))


def _theme_pictures(root: Path) -> frozenset[str]:
    """The addresses of the theme's own pictures, which hand-written pages may show."""
    theme = root / "theme_overrides"
    return frozenset(f"/{file.relative_to(theme).as_posix()}" for file in (theme / "assets/img").rglob("*.*"))


def common_facts(site: Site) -> tuple[object, ...]:
    """Gives what records of many units decide together and any part may rest on; each value's ``repr`` says all of it.

    That is: whether lists go by province, whether communes have pictures and posters of their own.
    """
    return (
        site.today,
        site.url,
        site.derived.by_province,
        bool(site.derived.activities_by_place),
        communes_have_posters(site),
        SharePictures(site).every_unit_has_own,
    )


def listed_parts(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives what :func:`site_parts` gives, in bundles where parts are listed together."""
    for output in OUTPUTS:
        yield from output.listed(site, templates)


def site_parts(site: Site, templates: Templates) -> Iterator[Part]:
    """Gives every page and file but the theme's in parts, none of them made yet; see :mod:`generators.parts`."""
    for output in OUTPUTS:
        yield from output.parts(site, templates)
