"""The plugin that makes ``mkdocs build`` and ``mkdocs serve`` give the whole site, in both MkDocs and ProperDocs.

It holds no rule of its own: it hands the project folder to the pipeline, gives the theme its frames, and writes what
the pipeline rendered. Hand-written pages go through MkDocs; data pages are set into the shell that the theme renders.
MkDocs makes a new plugin for every build, so nothing of an earlier build is left in a later one.
"""

from __future__ import annotations

import logging
import sys
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
from generators.adapters.live import keeping_last_good
from generators.adapters.offline import stamp_worker
from generators.adapters.printing import lines_below, wants_colour
from generators.adapters.writing import write_artefact
from generators.artefact import Page
from generators.blocks import page_body
from generators.complaints import LineOf, complaint_text
from generators.dataset import LANGUAGES
from generators.dataset.content import ContentPage
from generators.frame import Frames, Shell
from generators.outputs.search import SearchFiles
from generators.pipeline import load_site, render_site
from generators.problems import ContentError, Language, Problems
from generators.render.html import Templates
from generators.render.kept import keep_in
from generators.render.markdown import EXTENSION_SETTINGS, EXTENSIONS, ReachableTables
from generators.render.safe_html import safe_html
from generators.site import Site

_LOG = logging.getLogger("mkdocs.plugins.campaign")


class CampaignConfig(Config):
    """The settings in ``mkdocs.yml``: none but whether sample units are shown."""

    sample = config_options.Type(bool, default=True)


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Runs the pipeline inside one build."""

    prepared: Site | None = None
    """The checked site of this build where the caller has it already; otherwise the plugin loads it."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks everything, before MkDocs empties its folder; gives it the extensions of both lanes."""
        self._url = config.site_url or ""
        root = Path(config.config_file_path or "mkdocs.yml").parent
        self._site = self.prepared or self._load(root)
        kept = KeptFiles(root / FOLDER)
        kept.tidy()
        keep_in(kept)
        self._templates = Templates(self._site.phrase)
        self._frames = Frames(self._site, self._templates)
        self._pages: dict[str, ContentPage] = {page.path: page for page in self._site.dataset.pages}
        self._shells: dict[Language, Shell] = {}
        self._search = SearchFiles(self._site)
        config.markdown_extensions = [*EXTENSIONS, ReachableTables()]  # type: ignore[list-item]
        config.mdx_configs = dict(EXTENSION_SETTINGS)
        return config

    def _load(self, root: Path) -> Site:
        tell = partial(_report, line_of=lines_below(root))
        try:
            site, problems = load_site(root, today(), self._url, sample=self.config.sample and sample_wanted())
        except ContentError as error:
            tell(error.problems)
            raise PluginError(f"{len(error.problems.errors)} lỗi nội dung") from None
        except WrongDay as error:
            raise PluginError(str(error)) from error
        tell(problems)
        return site

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Lets a bad edit neither kill the server nor take the last good pages away."""
        server.builder = keeping_last_good(builder, Path(config.site_dir))
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
        self._search.add(made)
        return {**context, "frame": self._frames.of(made)}

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes everything that is made from data."""
        for artefact in render_site(self._site, self._templates):
            if isinstance(artefact, Page):
                self._search.add(artefact)
                content: str | bytes = self._frames.set_into(self._shells[artefact.lang], artefact)
            else:
                content = artefact.content
            write_artefact(Path(config.site_dir), artefact.path, content)
        stamp_worker(Path(config.site_dir))
        for file in self._search.files():
            write_artefact(Path(config.site_dir), file.path, file.content)


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


def _report(problems: Problems, line_of: LineOf) -> None:
    """Says every problem once; a mere warning is no warning of MkDocs, which ``--strict`` would make an error."""
    colour = wants_colour(sys.stderr)
    for problem in (*problems.errors, *problems.warnings):
        level = logging.ERROR if problem.severity == "error" else logging.INFO
        _LOG.log(level, "%s", complaint_text(problem, line_of, "vi", colour=colour))
