"""Owns ``campaign schema``: writes what is made from the records, or with ``--check`` says which file is out of date.

That is the JSON Schema of every kind of file, and the tables of keys between the two marks in ``data/README.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generators.problems import Language

GUIDE = "data/README.md"
OPENING = "<!-- campaign schema: begin -->"
CLOSING = "<!-- campaign schema: end -->"

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã ghi: {path}", "en": "Written: {path}"},
    "removed": {"vi": "Đã bỏ: {path}", "en": "Removed: {path}"},
    "stale": {"vi": "Đã cũ, hãy gõ campaign schema: {path}", "en": "Out of date, run campaign schema: {path}"},
    "fresh": {"vi": "Mọi tệp schema đều mới.", "en": "All schema files are up to date."},
}


def add(commands: Any) -> None:
    """Adds the command to the parser."""
    text = "viết lại JSON Schema và bảng tra các khóa theo bản ghi"
    command = commands.add_parser("schema", help=text, description=text)
    command.add_argument("--check", action="store_true", help="chỉ soát, không ghi; mã thoát 1 khi có tệp đã cũ")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def run(options: argparse.Namespace) -> int:
    """Writes or checks the files."""
    lang: Language = options.lang
    changes = list(_changes(options.project))
    for path, text in changes:
        word = "stale" if options.check else "removed" if text is None else "written"
        print(_WORDS[word][lang].format(path=path))
        if not options.check:
            _put(options.project / path, text)
    if not changes:
        print(_WORDS["fresh"][lang])
    return 1 if options.check and changes else 0


def _changes(project: Path) -> Iterator[tuple[str, str | None]]:
    """Gives each file that differs, with the text that it should have; ``None`` for one that should not be there."""
    from generators.json_schema import schema_files

    wanted = schema_files()
    guide = project / GUIDE
    if guide.is_file():
        wanted[GUIDE] = with_tables(guide.read_text(encoding="utf-8"))
    for path, text in wanted.items():
        file = project / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            yield path, text
    for file in sorted((project / "generators/schema/json").glob("*.json")):
        path = file.relative_to(project).as_posix()
        if path not in wanted:
            yield path, None


def with_tables(guide: str) -> str:
    """Gives the guide with fresh tables between the marks; one without the marks stays as it is."""
    from generators.json_schema import field_tables

    before, opening, rest = guide.partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    if not (opening and closing):
        return guide
    return f"{before}{opening}\n\n{field_tables()}\n{closing}{after}"


def _put(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
