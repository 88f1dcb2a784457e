"""Owns how MkDocs is run by the program: for the theme of one build, and for the live preview.

Only builds that must render the theme anew load this room; it and all of MkDocs take time to load.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from generators.adapters.mkdocs_plugin import CampaignPlugin
from generators.adapters.refusals import BrokenSite, WrongPlace
from generators.adapters.rendered_theme import RenderedTheme, Settings, files_of
from generators.adapters.site_making import SiteMaker

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advertisement says nothing to an editor


class Engine:
    """MkDocs, ready to write into the empty ``folder``.

    Raises :class:`BrokenSite` for settings that MkDocs refuses, :class:`WrongPlace` where they lack the plugin.
    """

    def __init__(self, project: Path, folder: Path) -> None:
        with _faults_told():
            self._config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder), strict=True)
        plugin = self._config.plugins["campaign"]
        if not isinstance(plugin, CampaignPlugin):
            raise WrongPlace("no-project", project)
        self._plugin = plugin

    @property
    def settings(self) -> Settings:
        """What ``mkdocs.yml`` says."""
        return self._plugin.settings(self._config)

    def render(self, maker: SiteMaker) -> RenderedTheme:
        """Has MkDocs write its files into the folder. Raises :class:`BrokenSite` when it complains."""
        self._plugin.prepared = maker
        with _faults_told():
            self._config.plugins.on_startup(command="build", dirty=False)
            try:
                build(self._config)
            finally:
                self._config.plugins.on_shutdown()
                self._plugin.prepared = None  # MkDocs keeps one plugin for all configurations of a process
        files = files_of(Path(self._config.site_dir))
        return RenderedTheme(self.settings, self._plugin.shells, files, maker.frames.seen_by_theme())


def serve_live(project: Path, port: int) -> None:
    """Serves the project and rebuilds it on every change, until interrupted.

    Raises :class:`BrokenSite` when the first build fails, ``OSError`` when the port is taken.
    """
    from mkdocs.commands.serve import serve  # with a server and what watches files, which builds do without

    with _faults_told():
        serve(config_file=str(project / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turns what MkDocs raises after it has told its reasons into :class:`BrokenSite`."""
    try:
        yield
    except (Abort, ConfigurationError) as error:
        raise BrokenSite(error.format_message()) from error
