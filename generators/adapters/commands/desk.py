"""Owns ``campaign desk``: opens the editor in the browser on this machine."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any

from generators.adapters.clock import today
from generators.adapters.desk.server import desk_server
from generators.adapters.desk.store import Store
from generators.adapters.printing import print_problems
from generators.dataset.news import NEWS_FOLDER
from generators.editor_forms import choices, editor_forms
from generators.pipeline import load_site
from generators.problems import ContentError, Language
from generators.site import Site

_WORDS: dict[str, dict[Language, str]] = {
    "open": {
        "vi": "Bàn soạn thảo mở ở {address}. Bấm Ctrl+C để dừng.",
        "en": "The desk is open at {address}. Press Ctrl+C to stop.",
    },
    "taken": {
        "vi": "Cổng {port} đang có chương trình khác dùng. Hãy thêm --port với một số khác, ví dụ {other}.",
        "en": "Another program uses port {port}. Add --port with another number, such as {other}.",
    },
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    command.add_argument("--port", type=int, default=8001, help="cổng trên máy này")
    command.add_argument("--no-browser", action="store_true", help="không tự mở trình duyệt")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def run(options: argparse.Namespace) -> int:
    """Serves the desk until it is stopped. Raises :class:`ContentError` when the project has errors already."""
    lang: Language = options.lang
    day = today()
    site, problems = load_site(options.project, day, "")
    if len(problems):
        print_problems(problems, options.project, lang)
    try:
        server = desk_server(options.port, Store(options.project, day), _Forms(options.project, site))
    except OSError:
        print(_WORDS["taken"][lang].format(port=options.port, other=options.port + 1), file=sys.stderr)
        return 2
    address = f"http://127.0.0.1:{options.port}/admin/"
    print(_WORDS["open"][lang].format(address=address), flush=True)
    if not options.no_browser:
        webbrowser.open(address)
    with server:
        server.serve_forever()
    return 0


class _Forms:
    """Gives the editor's configuration as the project is now, or as it was while it could last be read."""

    def __init__(self, project: Path, site: Site) -> None:
        self._project = project
        self._site = site

    def __call__(self) -> dict[str, Any]:
        with suppress(ContentError):
            self._site, _ = load_site(self._project, today(), "")
        return configuration(self._site)


def configuration(site: Site) -> dict[str, Any]:
    """Gives the whole configuration of the editor."""
    phrases = {key: words["vi"] for key, words in site.dataset.phrases.entries.items()}
    return {
        "backend": {"name": "proxy", "proxy_url": "/admin/api/v1", "branch": "main"},
        "load_config_file": False,
        "locale": "vi",
        "media_folder": NEWS_FOLDER,
        "public_folder": "/",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": editor_forms(choices(site.dataset), phrases),
    }
