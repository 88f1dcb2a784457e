"""Owns what happens while ``serve`` runs and an edit cannot be built: the last good pages stay, the server lives on.

MkDocs empties its folder before a build and lets every reader wait after a failed one; both are undone here.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click import ClickException
from mkdocs.exceptions import PluginError

from generators.adapters.preview.app import preview_app
from generators.adapters.preview.state import PREVIEW
from generators.adapters.preview.watching import watch_closely

_LOG = logging.getLogger("mkdocs.plugins.campaign")
_STAYS = "Trình duyệt vẫn thấy bản tốt gần nhất. Sửa xong, trang sẽ tự dựng lại."


class ContentRefused(PluginError):
    """Raised by a build for bad content; its problems were told already, in the terminal and to the preview."""


def go_live(server: Any, build: Callable[[], None], folder: Path, follow: Callable[[], bool]) -> None:
    """Makes the server of MkDocs the live preview: pages from memory, problems on them, rebuilds that harm nothing.

    ``follow`` shows an edit without MkDocs, and is false where only ``build`` can do it.
    """
    server.builder = keeping_last_good(build, folder, follow)
    server.set_app(preview_app(server.get_app(), PREVIEW, server.mount_path))
    watch_closely(server)


def keeping_last_good(build: Callable[[], None], folder: Path, follow: Callable[[], bool]) -> Callable[[], None]:
    """Gives a rebuild of ``folder`` that never raises for a build that failed, but puts back what stood there before.

    Faults of content were told by the build itself; any other is told here, with its traceback, as it is a fault of
    the program or of a template. An interrupt is passed on.
    """
    kept = folder.with_name(f"{folder.name}-last-good")

    def rebuild() -> None:
        shutil.rmtree(kept, ignore_errors=True)
        folder.rename(kept)
        try:
            build()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            kept.rename(folder)
            raise
        shutil.rmtree(kept)

    def show() -> None:
        try:
            if not follow():
                rebuild()
        except BaseException as error:  # noqa: BLE001 - whatever an edit raises, the server lives on
            _tell(error)

    return show


def tell_fault(error: BaseException) -> None:
    """Tells of a fault of the program, in the terminal and in the panel; the pages stay."""
    _LOG.error("Lỗi của chương trình", exc_info=error)
    PREVIEW.tell((), f"{type(error).__name__}: {error}")
    _LOG.error(_STAYS)


def _tell(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, ClickException):  # what MkDocs raises for bad content and bad settings
        _LOG.error(error.format_message())
        # MkDocs says of a fault in a build only that there was one
        if not isinstance(error, ContentRefused) and not isinstance(error.__context__, ContentRefused):
            PREVIEW.tell((), str(error.__context__ or error))
        _LOG.error(_STAYS)
    else:
        tell_fault(error)
