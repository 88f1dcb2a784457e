"""Owns how a build becomes the published folder: built beside it, checked, then put in its place by a rename.

MkDocs empties its output folder before it has built anything; so it never gets to see the published one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from generators.adapters.mkdocs_plugin import SAMPLE_VARIABLE
from generators.adapters.verify import verify_site

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advertisement says nothing to an editor


class BrokenSite(RuntimeError):
    """Raised when the built tree is not fit to be published; holds one line a fault."""


def build_site(project: Path, output: Path, *, sample: bool = True) -> Path:
    """Builds the project into ``output`` and gives that folder.

    The old folder stays whole until the new one is built and verified. Raises :class:`BrokenSite` when a link or
    anchor of the built tree leads nowhere, and whatever MkDocs raises.
    """
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        _run_mkdocs(project, fresh, sample=sample)
        faults = verify_site(fresh)
        if faults:
            raise BrokenSite("\n".join(faults))
        fresh.chmod(0o755)
        _swap(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return output


def _run_mkdocs(project: Path, folder: Path, *, sample: bool) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ[SAMPLE_VARIABLE] = "1" if sample else "0"
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def _swap(fresh: Path, output: Path) -> None:
    """Puts ``fresh`` at ``output``; the old folder is moved aside first and removed last."""
    if not output.exists():
        fresh.rename(output)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{output.name}-old-", dir=output.parent))
    output.rename(old / "site")
    fresh.rename(output)
    shutil.rmtree(old)


def serve_site(project: Path, port: int, *, sample: bool = True) -> None:
    """Serves the project on this machine and rebuilds it on every change, until interrupted."""
    from mkdocs.commands.serve import serve

    os.environ[SAMPLE_VARIABLE] = "1" if sample else "0"
    serve(config_file=str(project / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")
