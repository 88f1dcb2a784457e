"""Owns how a checked site becomes the files of a folder: in the same way whether the theme was rendered just now by
MkDocs or is kept from an earlier build. Knows no MkDocs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from generators.adapters.compiled_templates import compiled_templates
from generators.adapters.kept_files import FOLDER, KeptFiles
from generators.adapters.making import Harvest, Maker
from generators.adapters.offline import stamp_worker
from generators.adapters.progress_bar import progress_bar
from generators.frame import Frames, Pencil
from generators.outputs.search import SearchFiles
from generators.parts import Part
from generators.pipeline import site_parts
from generators.problems import Language
from generators.render.html import Templates
from generators.render.kept import keep_compiled_in, keep_in
from generators.site import Site


class SiteMaker:
    """Makes one site; ``pencil`` gives the link that opens a source file for editing, or the empty string.

    Results of rendering are kept below ``project``.
    """

    def __init__(self, site: Site, project: Path, pencil: Pencil) -> None:
        kept = KeptFiles(project / FOLDER)
        kept.tidy()
        keep_in(kept)
        keep_compiled_in(compiled_templates(kept))
        self.site = site
        self.templates = Templates(site.phrase)
        self.frames = Frames(site, self.templates, pencil)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All parts, none of them made."""
        return tuple(site_parts(self.site, self.templates))

    def make(self, shells: Mapping[Language, str], folder: Path) -> Harvest:
        """Writes every page and file but the theme's, which stand in ``folder`` already; gives what became of them.

        ``shells`` are the theme's pages with markers. Raises whatever making a part raises.
        """
        parts = self.parts
        maker = Maker(folder, self.site.url, self.frames.whole(shells), SearchFiles(self.site))
        with progress_bar("Dựng trang", len(parts)) as step:
            harvest = maker.make(parts, step)
        stamp_worker(folder)
        return harvest
