"""Owns the commands that write files made from the program itself, or with ``--check`` only say which are stale."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from generators.problems import Language

Changes = Iterable[tuple[str, str | None]]
"""The path of each file that differs, with the text that it should have; ``None`` for one that should not be there."""

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã ghi: {path}", "en": "Written: {path}"},
    "removed": {"vi": "Đã bỏ: {path}", "en": "Removed: {path}"},
    "stale": {"vi": "Đã cũ, hãy gõ campaign {command}: {path}", "en": "Out of date, run campaign {command}: {path}"},
    "fresh": {"vi": "Mọi tệp đều mới.", "en": "All files are up to date."},
}


def add_flags(command: argparse.ArgumentParser) -> None:
    """Adds the flags of such a command."""
    command.add_argument("--check", action="store_true", help="chỉ soát, không ghi; mã thoát 1 khi có tệp đã cũ")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def write_or_check(options: argparse.Namespace, changes_in: Callable[[Path], Changes]) -> int:
    """Writes what differs in the project, or says it; gives 1 when that was only asked and something does."""
    lang: Language = options.lang
    changes = list(changes_in(options.project))
    for path, text in changes:
        word = "stale" if options.check else "removed" if text is None else "written"
        print(_WORDS[word][lang].format(path=path, command=options.command))
        if not options.check:
            _put(options.project / path, text)
    if not changes:
        print(_WORDS["fresh"][lang])
    return 1 if options.check and changes else 0


def differs(file: Path, text: str) -> bool:
    """True for a file that is not there or holds another text."""
    return not file.is_file() or file.read_text(encoding="utf-8") != text


def _put(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
