"""The only reader of input files: clean text to plain values with known places, and the Markdown below them.

YAML is read in a strict, small form, quickly where nothing in it is odd (``plain_yaml.py``) and else with every refusal
at its place (``strict_yaml.py``). Knows no record of the schema.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from generators import limits
from generators.clean_text import read_raw, read_text, text_of
from generators.marks import Loc, mark_of
from generators.plain_yaml import NotPlain, plain_value
from generators.problems import Problems
from generators.strict_yaml import Refused, strict_value

Position = tuple[int, int]

_FENCE = re.compile(r"---[ \t]*")
# What begins a level of quotation or list in Markdown, and the indent before it.
_STEPS = re.compile(r"(?:[ \t]*(?:>|[-*+:](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))+|(?:[ ]{4}|\t)+(?=[-*+>0-9])")
_STEP = re.compile(r"[ ]{4}|\t|>|[-*+:](?=[ \t])|[0-9]{1,9}[.)]")


class Source:
    """One input file as read: its ``value``, and enough of its text to tell where a value stands.

    ``path`` is relative to the project with ``/``; ``yaml_text`` is the YAML part, starting ``first_line - 1`` lines
    below the file's top; ``body`` is the Markdown under a front matter (empty for YAML files), starting at
    ``body_line``. Two are the same only where they are one.
    """

    __slots__ = ("_root", "_value", "_yaml_text", "body", "body_line", "first_line", "path")

    def __init__(
        self, path: str, value: Any, yaml_text: str, first_line: int = 1, body: str = "", body_line: int = 1
    ) -> None:
        self.path = path
        self.first_line = first_line
        self.body = body
        self.body_line = body_line
        self._value = value
        self._yaml_text = yaml_text
        self._root: Path | None = None

    def light(self, root: Path) -> Source:
        """Gives the same without value and text, for the many files whose record says it all.

        Who asks for one of them all the same, to point at a mistake, has the file below ``root`` read once more.
        """
        return Source.of_file(root, self.path, self.first_line, self.body, self.body_line)

    @classmethod
    def of_file(cls, root: Path, path: str, first_line: int, body: str, body_line: int) -> Source:
        """Gives the light source of a file that was read before."""
        source = cls(path, None, "", first_line, body, body_line)
        source._root = root
        return source

    @property
    def value(self) -> Any:
        """What the YAML says."""
        if self._root is None:
            return self._value
        again = _clean_source(self.path, self.yaml_text, Problems(), self.first_line)
        return again.value if again else {}

    @property
    def yaml_text(self) -> str:
        """The YAML part of the file."""
        return self._yaml_text if self._root is None else _text_again(self, self._root)

    def position(self, loc: Loc, *, of_key: bool = False) -> Position:
        """Gives (line, column) from 1 of the value at ``loc``, or of its nearest existing parent.

        With ``of_key`` the place of the key itself is given, which is where an unknown key must be pointed at.
        """
        text = self.yaml_text
        try:
            mark = mark_of(text, loc, of_key=of_key)
        except yaml.YAMLError:  # the file was changed since, and somebody else will say so
            mark = None
        if mark is None:
            return self.first_line, 1
        return mark.line + self.first_line, mark.column + 1

    def index_of(self, name: str) -> int:
        """Gives which item of a file that is a list carries this ``id``. Raises ``ValueError`` where none does."""
        return [item.get("id") if isinstance(item, dict) else None for item in self.value].index(name)


@lru_cache(maxsize=4)
def _text_again(source: Source, root: Path) -> str:
    """Gives the YAML part of a light source's file as it is now; nothing where the file is gone."""
    text = read_text(root, source.path, Problems()) or ""
    if source.first_line == 1:
        return text
    return "\n".join(text.split("\n")[source.first_line - 1 : source.body_line - 2]) + "\n"


def load_yaml(root: Path, path: str, problems: Problems) -> Source | None:
    """Reads one YAML file. Gives ``None``, with at least one problem added, when it cannot be understood."""
    raw = read_raw(root, path, problems)
    return None if raw is None else yaml_source(path, raw, problems)


def yaml_source(path: str, raw: bytes, problems: Problems) -> Source | None:
    """Gives what :func:`load_yaml` gives for a file with these bytes."""
    text = text_of(raw, path, problems)
    return None if text is None else _clean_source(path, text, problems)


def read_yaml(path: str, text: str, problems: Problems) -> Source | None:
    """Reads the text of a YAML file that is not on the disk, or not yet, as :func:`load_yaml` would read the file."""
    return _source(path, text, problems)


def load_markdown(root: Path, path: str, problems: Problems) -> Source | None:
    """Reads one Markdown file with front matter. Gives ``None``, with a problem added, when it cannot be understood."""
    raw = read_raw(root, path, problems)
    return None if raw is None else markdown_source(path, raw, problems)


def markdown_source(path: str, raw: bytes, problems: Problems) -> Source | None:
    """Gives what :func:`load_markdown` gives for a file with these bytes."""
    text = text_of(raw, path, problems)
    if text is None:
        return None
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        problems.add(path, (1, 1), "front-matter-missing")
        return None
    closing = next((number for number, line in enumerate(lines[1:], start=1) if _FENCE.fullmatch(line)), None)
    if closing is None:
        problems.add(path, (1, 1), "front-matter-open")
        return None
    front = "\n".join(lines[1:closing]) + "\n"
    source = _clean_source(path, front, problems, first_line=2) if front.strip() else Source(path, {}, front, 2)
    if source is None:
        return None
    if _is_tangled(lines[closing + 1 :], closing + 2, path, problems):
        return None
    body = "\n".join(lines[closing + 1 :])
    return Source(path, source.value, source.yaml_text, 2, body, closing + 2)


def _is_tangled(lines: list[str], first: int, path: str, problems: Problems) -> bool:
    """Refuses what the reader of Markdown would need minutes for, or never come back from.

    It calls itself for each level of nesting, and pairs brackets and stars in time that grows with their square.
    """
    body = "\n".join(lines)
    for what, size, limit in (
        ("letters", len(body), limits.BODY_LENGTH),
        ("lines", len(lines), limits.BODY_LINES),
        ("brackets", body.count("[") + body.count("<"), limits.BODY_BRACKETS),
        ("stars", body.count("*") + body.count("_"), limits.BODY_STARS),
    ):
        if size > limit:
            problems.add(path, (first, 1), f"body-{what}", size=size, limit=limit)
            return True
    definitions = 0
    for number, line in enumerate(lines, start=first):
        definitions = definitions + line.startswith(":") if line.strip() else 0
        steps = _STEPS.match(line)
        if definitions > limits.BODY_DEFINITIONS or (steps and len(_STEP.findall(steps.group())) > limits.BODY_NESTING):
            problems.add(path, (number, 1), "body-deep", limit=limits.BODY_NESTING)
            return True
    return False


def _clean_source(path: str, text: str, problems: Problems, first_line: int = 1) -> Source | None:
    """Reads a text that :func:`read_text` has passed: quickly, or where anything in it is odd, with its places."""
    try:
        return Source(path, plain_value(text), text, first_line)
    except NotPlain:
        return _source(path, text, problems, first_line)


def _source(path: str, text: str, problems: Problems, first_line: int = 1) -> Source | None:
    try:
        return Source(path, strict_value(path, text, problems, first_line), text, first_line)
    except Refused:
        return None
