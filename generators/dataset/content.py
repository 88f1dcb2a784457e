"""Owns what stands under ``content/``: hand-written pages, and the Markdown that tells a record in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generators.dataset.files import name_of
from generators.dataset.loading import Loader
from generators.dataset.news import NEWS_FOLDER
from generators.problems import Language
from generators.schema.page import NarrativeMeta, PageMeta
from generators.source import Source

CONTENT_FOLDER = "content"
# Folders whose files are bodies of data pages, with the kind of record and the language they are written in.
NARRATIVE_FOLDERS: dict[str, tuple[str, Language]] = {
    "content/ke-hoach": ("plan", "vi"),
    "content/en/plans": ("plan", "en"),
    "content/mo-hinh": ("model", "vi"),
    "content/en/models": ("model", "en"),
}


@dataclass(frozen=True, slots=True)
class ContentPage:
    """One hand-written page: where its file stands, the address it gets, its front matter and Markdown."""

    path: str
    address: str
    lang: Language
    meta: PageMeta
    source: Source


@dataclass(frozen=True, slots=True)
class Narrative:
    """The plain-language text of one record; ``name`` is the file's name without its ending."""

    path: str
    name: str
    meta: NarrativeMeta
    source: Source

    @property
    def body(self) -> str:
        """The Markdown."""
        return self.source.body


def load_pages(loader: Loader) -> tuple[ContentPage, ...]:
    """Gives every hand-written page below ``content/``, in order of path."""
    return tuple(_pages(loader))


def _pages(loader: Loader) -> Iterator[ContentPage]:
    for path in loader.files_below(CONTENT_FOLDER, ".md"):
        if path.rpartition("/")[0] in NARRATIVE_FOLDERS or path.startswith(f"{NEWS_FOLDER}/"):
            continue
        is_named = all(loader.is_id(path, part) for part in Path(path).with_suffix("").parts)
        source, meta = loader.whole(path, PageMeta) if is_named else (None, None)
        if source is None or meta is None:
            loader.unread.add(CONTENT_FOLDER, path, name_of(path))
            continue
        yield ContentPage(path, page_address(path), page_language(path), meta, source)


def page_address(path: str) -> str:
    """Gives the address of ``content/en/start.md``: ``/en/start/``."""
    name = path.removeprefix("content/").removesuffix(".md")
    name = name.removesuffix("index").rstrip("/")
    return f"/{name}/" if name else "/"


def page_language(path: str) -> Language:
    """Gives the language that a page under ``content/`` is written in, by its folder."""
    return "en" if path.startswith("content/en/") else "vi"


def load_narratives(loader: Loader) -> dict[tuple[str, str, Language], Narrative]:
    """Gives the texts of records by (kind, file name without ``.md``, language)."""
    narratives: dict[tuple[str, str, Language], Narrative] = {}
    paths = {folder: list(loader.files(folder, ".md")) for folder in NARRATIVE_FOLDERS}
    loader.ahead(list(chain.from_iterable(paths.values())), NarrativeMeta)
    for folder, (kind, lang) in NARRATIVE_FOLDERS.items():
        for path in paths[folder]:
            source, meta = loader.whole(path, NarrativeMeta)
            name = name_of(path)
            if source is None or meta is None:
                loader.unread.add(folder, path, name)
                continue
            narratives[kind, name, lang] = Narrative(path, name, meta, source)
    return narratives
