"""Owns ``campaign schema``: writes what is made from the records, or with ``--check`` says which file is out of date.

That is the JSON Schema of every kind of file, and the tables of keys between the two marks in ``data/README.md``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from generators.adapters.commands.made_files import Changes, add_flags, differs, write_or_check

GUIDE = "data/README.md"
OPENING = "<!-- campaign schema: begin -->"
CLOSING = "<!-- campaign schema: end -->"


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_flags(command)


def run(options: argparse.Namespace) -> int:
    """Writes or checks the files."""
    return write_or_check(options, _changes)


def _changes(project: Path) -> Changes:
    from generators.json_schema import schema_files

    wanted = schema_files()
    guide = project / GUIDE
    if guide.is_file():
        wanted[GUIDE] = with_tables(guide.read_text(encoding="utf-8"))
    for path, text in wanted.items():
        if differs(project / path, text):
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
