"""The plugin that makes ``mkdocs build`` and ``mkdocs serve`` give the whole site, in both MkDocs and ProperDocs.

It holds no rule of its own: it hands the project folder to the pipeline, gives the theme its frames, and writes what
the pipeline rendered. Hand-written pages go through MkDocs; data pages are set into the shell that the theme renders.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path, PurePosixPath
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
from generators.adapters.writing import write_artefact
from generators.artefact import Page
from generators.blocks import page_body
from generators.dataset import LANGUAGES
from generators.dataset.content import NARRATIVE_FOLDERS, ContentPage
from generators.frame import Frames, Shell
from generators.pipeline import load_site, render_site
from generators.problems import ContentError, Language, Problem
from generators.render.html import Templates
from generators.render.markdown import EXTENSION_SETTINGS, EXTENSIONS, ReachableTables
from generators.site import Site

_LOG = logging.getLogger("mkdocs.plugins.campaign")
_WATCHED = ("data", "content", "theme_overrides", "generators/render/templates")
SAMPLE_VARIABLE = "CAMPAIGN_SAMPLE"


class CampaignConfig(Config):
    """The settings in ``mkdocs.yml``: none but whether sample units are shown."""

    sample = config_options.Type(bool, default=True)


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Runs the pipeline inside one build."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks everything; gives MkDocs the Markdown extensions that both lanes share."""
        self._root = Path(config.config_file_path or "mkdocs.yml").parent
        self._url = config.site_url or ""
        self._load()
        config.markdown_extensions = [*EXTENSIONS, ReachableTables()]  # type: ignore[list-item]
        config.mdx_configs = dict(EXTENSION_SETTINGS)
        return config

    def _load(self) -> None:
        sample = self.config.sample and os.environ.get(SAMPLE_VARIABLE) != "0"
        try:
            self._site, problems = load_site(self._root, today(), self._url, sample=sample)
        except ContentError as error:
            _report(error.problems.errors)
            raise PluginError(f"{len(error.problems.errors)} lỗi nội dung") from None
        for problem in problems.warnings:
            _LOG.info(problem.as_text())
        self._templates = Templates(self._site.phrase)
        self._frames = Frames(self._site, self._templates)
        self._pages: dict[str, ContentPage] = {page.path: page for page in self._site.dataset.pages}
        self._shells: dict[Language, Shell] = {}

    @property
    def site(self) -> Site:
        """The site of the running build."""
        return self._site

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuilds on any change of data, words or looks."""
        for folder in _WATCHED:
            server.watch(str(self._root / folder), builder)
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leaves out the texts of records, which data pages show, and the stock theme's files, which no page loads."""
        for file in list(files):
            folder = PurePosixPath("content", file.src_uri).parent.as_posix()
            if folder in NARRATIVE_FOLDERS:
                files.remove(file)
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Leaves out the stock theme's own files; only ``theme_overrides`` speaks to the reader."""
        own = str((self._root / "theme_overrides").resolve())
        for file in list(files):
            if file.src_dir and "mkdocs" not in Path(file.src_dir).name and file.src_uri.startswith("assets/"):
                if not str(Path(file.src_dir).resolve()).startswith((own, config.docs_dir)):
                    files.remove(file)
        return env

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Gives static templates their frame: markers for a shell, words for the page of lost addresses."""
        lang = _shell_language(template_name)
        if lang:
            return {**context, "frame": self._frames.markers(lang), "base_url": "@@base@@"}
        if template_name == "404.html":
            base = urlsplit(self._url).path.rstrip("/")
            return {**context, "frame": self._frames.not_found("vi", base), "base_url": base}
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keeps the shells, and drops what the pipeline publishes itself."""
        lang = _shell_language(template_name)
        if lang:
            self._shells[lang] = self._frames.shell(output)
            return ""
        return "" if template_name == "sitemap.xml" else output

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:
        """Gives a hand-written page its frame."""
        content = self._pages[f"content/{page.file.src_uri}"]
        body = page_body(page.content or "", self._site, self._templates, content)
        return {**context, "frame": self._frames.of(_as_page(content, body))}

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes everything that is made from data."""
        for artefact in render_site(self._site, self._templates):
            if isinstance(artefact, Page):
                html = self._frames.set_into(self._shells[artefact.lang], artefact)
                write_artefact(Path(config.site_dir), artefact.path, html)
            else:
                write_artefact(Path(config.site_dir), artefact.path, artefact.content)


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


def _report(problems: list[Problem]) -> None:
    for problem in problems:
        _LOG.error(problem.as_text())
