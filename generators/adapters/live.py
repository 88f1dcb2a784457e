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

_LOG = logging.getLogger("mkdocs.plugins.campaign")


class ContentRefused(PluginError):
    """Raised by a build for bad content; its problems were told already, in the terminal and to the preview."""


def go_live(server: Any, build: Callable[[], None], folder: Path) -> None:
    """Makes the server of MkDocs the live preview: pages from memory, problems on them, rebuilds that harm nothing."""
    server.builder = keeping_last_good(build, folder)
    server.set_app(preview_app(server.get_app(), PREVIEW, server.mount_path))


def keeping_last_good(build: Callable[[], None], folder: Path) -> Callable[[], None]:
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
        except BaseException as error:  # noqa: BLE001 - whatever a rebuild raises, the pages are put back
            shutil.rmtree(folder, ignore_errors=True)
            kept.rename(folder)
            _tell(error)
        else:
            shutil.rmtree(kept)

    return rebuild


def _tell(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, ClickException):  # what MkDocs raises for bad content and bad settings
        _LOG.error(error.format_message())
        reason = error.__context__ or error  # MkDocs says of a fault in a build only that there was one
        if not isinstance(reason, ContentRefused):
            PREVIEW.tell((), str(reason))
    else:
        _LOG.error("Lỗi của chương trình", exc_info=error)
        PREVIEW.tell((), f"{type(error).__name__}: {error}")
    _LOG.error("Trình duyệt vẫn thấy bản tốt gần nhất. Sửa xong, trang sẽ tự dựng lại.")
