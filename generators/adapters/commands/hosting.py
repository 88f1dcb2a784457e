"""Owns ``campaign hosting``: writes the servers' files of ``deploy/``, or with ``--check`` says which are stale."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from generators.hosting.recipes import recipe_files
from generators.problems import Language

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã ghi: {path}", "en": "Written: {path}"},
    "stale": {"vi": "Đã cũ, hãy gõ campaign hosting: {path}", "en": "Out of date, run campaign hosting: {path}"},
    "fresh": {"vi": "Mọi tệp cho máy chủ đều mới.", "en": "All files for servers are up to date."},
}


def add(commands: Any) -> None:
    """Adds the command to the parser."""
    text = "viết lại cấu hình máy chủ trong deploy/"
    command = commands.add_parser("hosting", help=text, description=text)
    command.add_argument("--check", action="store_true", help="chỉ soát, không ghi; mã thoát 1 khi có tệp đã cũ")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def run(options: argparse.Namespace) -> int:
    """Writes or checks the files."""
    lang: Language = options.lang
    stale = [path for path, text in recipe_files().items() if _text(options.project / path) != text]
    for path in stale:
        print(_WORDS["stale" if options.check else "written"][lang].format(path=path))
        if not options.check:
            _put(options.project / path, recipe_files()[path])
    if not stale:
        print(_WORDS["fresh"][lang])
    return 1 if options.check and stale else 0


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
