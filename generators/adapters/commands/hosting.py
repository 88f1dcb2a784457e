"""Owns ``campaign hosting``: writes the servers' files of ``deploy/``, or with ``--check`` says which are stale."""

from __future__ import annotations

import argparse
from pathlib import Path

from generators.adapters.commands.made_files import Changes, add_flags, differs, write_or_check
from generators.hosting.recipes import recipe_files


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_flags(command)


def run(options: argparse.Namespace) -> int:
    """Writes or checks the files."""
    return write_or_check(options, _changes)


def _changes(project: Path) -> Changes:
    return [(path, text) for path, text in recipe_files().items() if differs(project / path, text)]
