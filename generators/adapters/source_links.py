"""Owns where the pencil of a page leads: to its source file in an editor on this machine, or on the forge."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

PLACE = "{path}"


def editor_link(project: Path, path: str, line: int = 0, column: int = 0) -> str:
    """Gives the link that opens a file of the project in VS Code, at a line where one is given.

    The scheme is VS Code's own (code.visualstudio.com, “Opening VS Code with URLs”). Where that editor is not
    installed nothing happens; the path beside the link says which file it is.
    """
    place = f":{line}:{column}" if line else ""
    return f"vscode://file/{quote((project / path).resolve().as_posix().lstrip('/'))}{place}"


def forge_link(pattern: str, path: str) -> str:
    """Gives ``pattern`` with ``{path}`` filled in: the address at which the forge edits or shows the file."""
    return pattern.replace(PLACE, quote(path))
