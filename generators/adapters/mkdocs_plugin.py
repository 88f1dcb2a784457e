"""The plugin that makes ``mkdocs build`` and ``mkdocs serve`` give the whole site, in both MkDocs and ProperDocs.

It holds no rule of its own: it hands the project folder to the pipeline, gives the theme its frames, and writes what
the pipeline rendered. Hand-written pages go through MkDocs; data pages are set into the shell that the theme renders.
MkDocs keeps one plugin for all rebuilds of a live server; ``on_config`` sets whatever belongs to one build.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from generators.adapters.clock import today
from generators.adapters.environment import WrongDay, sample_wanted
from generators.adapters.kept_files import FOLDER, KeptFiles
from generators.adapters.live import ContentRefused, go_live
from generators.adapters.making import Maker, encoded
from generators.adapters.offline import stamp_worker
from generators.adapters.preview.state import PREVIEW, Told
from generators.adapters.printing import lines_below, wants_colour
from generators.adapters.progress_bar import progress_bar
from generators.adapters.source_links import editor_link, forge_link
from generators.adapters.verify import QuickLook
from generators.artefact import Page
from generators.blocks import page_body
from generators.complaints import LineOf, complaint_text
from generators.dataset import LANGUAGES
from generators.dataset.content import ContentPage
from generators.frame import Frames, Shell
from generators.outputs.search import SearchFiles
from generators.pipeline import load_site, render_site, site_parts
from generators.problems import ContentError, Language, Problem, Problems
from generators.render.html import Templates
from generators.render.kept import keep_in
from generators.render.markdown import EXTENSION_SETTINGS, EXTENSIONS, ReachableTables
from generators.render.safe_html import safe_html
from generators.site import Site

_LOG = logging.getLogger("mkdocs.plugins.campaign")


class CampaignConfig(Config):
    """The settings in ``mkdocs.yml``: whether sample units are shown, and where the forge edits a file.

    ``edit_url`` is such an address with ``{path}`` in it; without one, a page names its file and links nowhere.
    """

    sample = config_options.Type(bool, default=True)
    edit_url = config_options.Type(str, default="")


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Runs the pipeline inside one build."""

    prepared: Site | None = None
    """The checked site of this build where the caller has it already; otherwise the plugin loads it."""

    look: QuickLook | None = None
    """What was seen of the files made from data while they were made."""

    _previews = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learns whether this is the live preview, which alone shows drafts and what is not due yet."""
        self._previews = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks everything, before MkDocs empties its folder; gives it the extensions of both lanes."""
        self._url = config.site_url or ""
        root = Path(config.config_file_path or "mkdocs.yml").parent
        self._told: list[Told] = []
        self._site, self.prepared = self.prepared or self._load(root), None
        kept = KeptFiles(root / FOLDER)
        kept.tidy()
        keep_in(kept)
        self._templates = Templates(self._site.phrase)
        self._frames = Frames(self._site, self._templates, self._pencil(root))
        self._pages: dict[str, ContentPage] = {page.path: page for page in self._site.dataset.pages}
        self._shells: dict[Language, Shell] = {}
        self._by_hand: list[Page] = []
        config.markdown_extensions = [*EXTENSIONS, ReachableTables()]  # type: ignore[list-item]
        config.mdx_configs = dict(EXTENSION_SETTINGS)
        return config

    def _load(self, root: Path) -> Site:
        sample = self.config.sample and sample_wanted()
        try:
            site, problems = load_site(root, today(), self._url, sample=sample, preview=self._previews)
        except ContentError as error:
            PREVIEW.tell(_report(error.problems, root))
            raise ContentRefused(f"{len(error.problems.errors)} lỗi nội dung") from None
        except WrongDay as error:
            raise PluginError(str(error)) from error
        self._told = _report(problems, root)
        return site

    def _pencil(self, root: Path) -> Callable[[str], str]:
        """Gives what makes a source file's path the link that opens it, or the empty string."""
        if self._previews:
            return partial(editor_link, root)
        return partial(forge_link, self.config.edit_url) if self.config.edit_url else lambda _: ""

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Lets a bad edit neither kill the server nor take the last good pages away."""
        go_live(server, builder, Path(config.site_dir))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leaves out the texts of records, which data pages show, the stock theme's files, which no page loads, and all
        that lies beside the texts: a picture is published in clean copies only, and anything else not at all.
        """
        stock = {folder for folder in config.theme.dirs if folder != config.theme.custom_dir}
        for file in list(files):
            is_record_text = file.is_documentation_page() and f"content/{file.src_uri}" not in self._pages
            own = file.src_dir == config.theme.custom_dir
            if file.src_dir in stock or is_record_text or not (own or file.is_documentation_page()):
                files.remove(file)
        return files

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Gives static templates their frame: markers for a shell, words for the page of lost addresses."""
        lang = _shell_language(template_name)
        if lang:
            return {**context, "frame": self._frames.markers(lang), "base_url": "@@base@@"}
        anywhere = {"404.html": self._frames.not_found, "offline.html": self._frames.offline}.get(template_name)
        if anywhere:
            base = urlsplit(self._url).path.rstrip("/")
            return {**context, "frame": anywhere("vi", base), "base_url": base}
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keeps the shells, and drops what the pipeline publishes itself."""
        lang = _shell_language(template_name)
        if lang:
            self._shells[lang] = self._frames.shell(output)
            return ""
        return "" if template_name == "sitemap.xml" else output

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Lets nothing through but safe HTML, as the other lane does."""
        return safe_html(html)

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:
        """Gives a hand-written page its frame."""
        content = self._pages[f"content/{page.file.src_uri}"]
        body = page_body(page.content or "", self._site, self._templates, content)
        made = _as_page(content, body)
        self._by_hand.append(made)
        return {**context, "frame": self._frames.of(made)}

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Makes everything that is made from data; in the live preview it stays in memory, which takes less time."""
        folder = Path(config.site_dir)
        self._search = SearchFiles(self._site)
        if self._previews:
            self._make_preview(folder)
        else:
            self._make_files(folder)
        stamp_worker(folder)

    def _make_files(self, folder: Path) -> None:
        for page in self._by_hand:
            self._search.add(self._search.entry(page))
        parts = list(site_parts(self._site, self._templates))
        with progress_bar("Dựng trang", len(parts)) as step:
            self.look = Maker(folder, self._url, self._whole, self._search).make(parts, step)

    def _whole(self, page: Page) -> bytes:
        return self._frames.set_into(self._shells[page.lang], page).encode()

    def _make_preview(self, folder: Path) -> None:
        pages = list(self._by_hand)
        files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.html")}
        for made in render_site(self._site, self._templates):
            if isinstance(made, Page):
                pages.append(made)
                files[made.path] = self._whole(made)
            else:
                files[made.path] = encoded(made)
        PREVIEW.publish(files, ("search/", partial(_search_files, self._search, pages)), self._told)


def _search_files(search: SearchFiles, pages: Sequence[Page]) -> dict[str, bytes]:
    for page in pages:
        search.add(search.entry(page))
    return {file.path: encoded(file) for file in search.files()}


def _as_page(content: ContentPage, body: str) -> Page:
    return Page(
        address=content.address,
        lang=content.lang,
        title=content.meta.title,
        description=content.meta.description,
        body=body,
        source=content.path,
        section=content.meta.section,
        twin=content.meta.twin or "",
        page_class=content.meta.page_class or "page-content",
    )


def _shell_language(template_name: str) -> Language | None:
    return next((lang for lang in LANGUAGES if template_name == f"shell.{lang}.html"), None)


def _report(problems: Problems, root: Path) -> list[Told]:
    """Says every problem once; a mere warning is no warning of MkDocs, which ``--strict`` would make an error.

    Gives the same for the panel of the live preview.
    """
    colour, line_of = wants_colour(sys.stderr), lines_below(root)
    found = (*problems.errors, *problems.warnings)
    for problem in found:
        level = logging.ERROR if problem.severity == "error" else logging.INFO
        _LOG.log(level, "%s", complaint_text(problem, line_of, "vi", colour=colour))
    return [_told(problem, root, line_of) for problem in found]


def _told(problem: Problem, root: Path, line_of: LineOf) -> Told:
    _, *below, guide = complaint_text(problem, line_of, "vi").split("\n")
    return Told(
        place=f"{problem.path}:{problem.line}:{problem.column}",
        severity=problem.severity,
        message=problem.message("vi"),
        below="\n".join(below),
        guide=guide.strip(),
        open=editor_link(root, problem.path, problem.line, problem.column),
    )
