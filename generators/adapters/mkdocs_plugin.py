"""The plugin that makes ``mkdocs build`` and ``mkdocs serve`` give the whole site, in both MkDocs and ProperDocs.

It holds no rule of its own: it hands the project folder to the pipeline, gives the theme its frames, and writes what
the pipeline rendered, set into the shells that the theme rendered. No page goes through MkDocs one by one.
MkDocs keeps one plugin for all rebuilds of a live server; ``on_config`` sets whatever belongs to one build.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generators.adapters.clock import today
from generators.adapters.environment import WrongDay, sample_wanted
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.live import ContentRefused, go_live, tell_fault
from generators.adapters.offline import stamp_worker
from generators.adapters.preview.following import Follower
from generators.adapters.preview.pages import LivePages, ThemeFiles
from generators.adapters.preview.reports import Reports
from generators.adapters.preview.state import PREVIEW, Told
from generators.adapters.rendered_theme import Settings
from generators.adapters.site_making import SiteMaker
from generators.dataset import LANGUAGES
from generators.pipeline import load_site
from generators.problems import ContentError, Language, Problems


class CampaignConfig(Config):
    """The settings in ``mkdocs.yml``: whether sample units are shown, and where the forge edits a file.

    ``edit_url`` is such an address with ``{path}`` in it; without one, a page names its file and links nowhere.
    """

    sample = config_options.Type(bool, default=True)
    edit_url = config_options.Type(str, default="")


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Runs the pipeline inside one build."""

    prepared: SiteMaker | None = None
    """What makes the site where the caller has it already, and will make it himself; otherwise the plugin does both."""

    shells: dict[Language, str]
    """The pages that the theme rendered, with markers in them."""

    _previews = False
    _follower: Follower | None = None

    def settings(self, config: MkDocsConfig) -> Settings:
        """Gives what ``mkdocs.yml`` says of the site."""
        return Settings(config.site_url or "", self.config.sample, self.config.edit_url)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learns whether this is the live preview, which alone shows drafts and what is not due yet."""
        self._previews = command == "serve"
        self._follower = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks everything, before MkDocs empties its folder."""
        root = _root(config)
        if self._follower is None:
            self._follower = Follower(root, tell_fault) if self._previews else None
            self._reports = Reports(root, self._follower.digest) if self._follower else Reports(root)
        self._told: list[Told] = []
        self._maker = self.prepared or self._load(root, self.settings(config))
        self.shells = {}
        return config

    def _load(self, root: Path, said: Settings) -> SiteMaker:
        with self._refusals_told():
            if self._follower:
                maker, problems = self._follower.read(said)
            else:
                with KeptReadings(root) as kept:
                    sample = said.sample and sample_wanted()
                    site, problems = load_site(root, today(), said.url, sample=sample, kept=kept)
                maker = SiteMaker(site, root, said.pencil())
        self._told = self._reports.told(problems)
        return maker

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Lets a bad edit neither kill the server nor take the last good pages away, and most edits need no MkDocs."""
        go_live(server, builder, Path(config.site_dir), self._follow)
        return server

    def _follow(self) -> bool:
        """Shows an edit without MkDocs; false where that cannot be done."""

        def show(pages: LivePages, problems: Problems) -> None:
            PREVIEW.publish(pages, self._reports.told(problems))

        with self._refusals_told():
            return self._follower is not None and self._follower.follow(show)

    @contextmanager
    def _refusals_told(self) -> Iterator[None]:
        """Tells what is wrong with the content, in the terminal and to the preview, before it is passed on."""
        try:
            yield
        except ContentError as error:
            PREVIEW.tell(self._reports.told(error.problems))
            raise ContentRefused(f"{len(error.problems.errors)} lỗi nội dung") from None
        except WrongDay as error:
            raise PluginError(str(error)) from error

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leaves only the theme's own files: what lies below ``content/`` becomes pages and clean pictures by itself,
        and no page loads the stock theme's files.
        """
        for file in list(files):
            if file.src_dir != config.theme.custom_dir:
                files.remove(file)
        return files

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Gives static templates their frame: markers for a shell, words for the page of lost addresses."""
        lang, frames = _shell_language(template_name), self._maker.frames
        if lang:
            return {**context, "frame": frames.markers(lang), "base_url": "@@base@@"}
        anywhere = {"404.html": frames.not_found, "offline.html": frames.offline}.get(template_name)
        if anywhere:
            base = urlsplit(self._maker.site.url).path.rstrip("/")
            return {**context, "frame": anywhere("vi", base), "base_url": base}
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keeps the shells, and drops what the pipeline publishes itself."""
        lang = _shell_language(template_name)
        if lang:
            self.shells[lang] = output
            return ""
        return "" if template_name == "sitemap.xml" else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Makes all pages and files; in the live preview they stay in memory, which takes less time."""
        folder = Path(config.site_dir)
        if self._follower:
            stamp_worker(folder)
            pages = self._follower.pages(self.settings(config), self.shells, ThemeFiles.below(folder))
            PREVIEW.publish(pages, self._told)
        elif self.prepared is None:
            self._maker.make(self.shells, folder)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").parent


def _shell_language(template_name: str) -> Language | None:
    return next((lang for lang in LANGUAGES if template_name == f"shell.{lang}.html"), None)
