"""The only reader of input files: bytes on disk to plain values with known places.

YAML is read in a strict, small form: every plain scalar is text (the schema decides what it means), except ``null``,
``true`` and ``false``. What YAML 1.1 would turn into something else (``no``, ``10:30``), repeated keys, aliases, tags
and several documents in one file are refused where they stand. Text is brought to NFC. Knows no record of the schema.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from generators import limits
from generators.plain_yaml import (
    BOOLEANS,
    DOTTED_THOUSANDS,
    INVISIBLE,
    NULLS,
    SEXAGESIMAL,
    YES_NO,
    NotPlain,
    plain_value,
)
from generators.problems import Problems

Loc = Sequence[str | int]
Position = tuple[int, int]

_FENCE = re.compile(r"---[ \t]*")
# Whatever can open one more level of nesting inside a line, in brackets or as an indicator that stands alone.
_OPENER = re.compile(r"[\[{]|(?<![^ \t\n])[-?:](?=[ \t])")
# What begins a level of quotation or list in Markdown, and the indent before it.
_STEPS = re.compile(r"(?:[ \t]*(?:>|[-*+:](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))+|(?:[ ]{4}|\t)+(?=[-*+>0-9])")
_STEP = re.compile(r"[ ]{4}|\t|>|[-*+:](?=[ \t])|[0-9]{1,9}[.)]")
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "null", "bool", "int", "float", "timestamp", "value", "map", "seq")
)


class Unreadable(Exception):
    """Raised for a file that is not there or must not be read; ``code`` is the complaint, ``values`` fill it."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Any] = values


class _Refused(Exception):
    """Raised inside this module when a file cannot be read further; the problem is already noted."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input file as read: its ``value``, and enough of its text to tell where a value stands.

    ``path`` is relative to the project with ``/``; ``yaml_text`` is the YAML part, starting ``first_line - 1`` lines
    below the file's top; ``body`` is the Markdown under a front matter (empty for YAML files), starting at
    ``body_line``.
    """

    path: str
    value: Any
    yaml_text: str
    first_line: int = 1
    body: str = ""
    body_line: int = 1

    def position(self, loc: Loc, *, of_key: bool = False) -> Position:
        """Gives (line, column) from 1 of the value at ``loc``, or of its nearest existing parent.

        With ``of_key`` the place of the key itself is given, which is where an unknown key must be pointed at.
        """
        node = _tree(self.yaml_text)
        mark = node.start_mark if node else None
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            mark = key.start_mark if of_key or isinstance(node, yaml.MappingNode) else node.start_mark
        if mark is None:
            return self.first_line, 1
        return mark.line + self.first_line, mark.column + 1

    def index_of(self, name: str) -> int:
        """Gives which item of a file that is a list carries this ``id``. Raises ``ValueError`` where none does."""
        return [item.get("id") if isinstance(item, dict) else None for item in self.value].index(name)


@lru_cache(maxsize=4)
def _tree(yaml_text: str) -> yaml.Node | None:
    """A file with a thousand mistakes asks for a thousand places; its tree is built once."""
    node: yaml.Node | None = yaml.compose(yaml_text, Loader=yaml.CSafeLoader)
    return node


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def read_bytes(root: Path, path: str, limit: int) -> bytes:
    """Gives the bytes of a plain file that lies inside ``root``, symbolic links followed, of at most ``limit`` bytes.

    Raises :class:`Unreadable` for anything else, before a byte of it is read: a pipe would never end.
    """
    file = root / path
    try:
        status = file.stat()
        if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root)):
            raise Unreadable("file-outside")
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise Unreadable("file-special")
        if stat.S_ISREG(status.st_mode) and status.st_size > limit:
            raise Unreadable("file-too-big", size=status.st_size, limit=limit)
        return file.read_bytes()
    except FileNotFoundError:
        raise Unreadable("file-missing") from None
    except OSError as error:
        raise Unreadable("file-unreadable", reason=error.strerror or type(error).__name__) from None


def read_text(root: Path, path: str, problems: Problems) -> str | None:
    """Gives the file's text in NFC with plain line ends, or ``None`` with a problem when it is not readable text."""
    try:
        raw = read_bytes(root, path, limits.FILE_BYTES)
    except Unreadable as refused:
        problems.add(path, (1, 1), refused.code, **refused.values)
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(path, (line, 1), "file-not-utf8")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := INVISIBLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        problems.add(path, (line, column), "control-character", character=f"U+{ord(found.group()):04X}")
        return None
    return None if _has_long_line(text, path, problems) else _normalised(text, path, problems)


def _has_long_line(text: str, path: str, problems: Problems) -> bool:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > limits.LINE_LENGTH:
            problems.add(path, (number, 1), "line-long", length=len(line), limit=limits.LINE_LENGTH)
            return True
    return False


def _normalised(text: str, path: str, problems: Problems) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if not unicodedata.is_normalized("NFC", line):
            problems.add(path, (number, 1), "text-not-nfc")
            break
    return unicodedata.normalize("NFC", text)


def load_yaml(root: Path, path: str, problems: Problems) -> Source | None:
    """Reads one YAML file. Gives ``None``, with at least one problem added, when it cannot be understood."""
    text = read_text(root, path, problems)
    return None if text is None else _clean_source(path, text, problems)


def read_yaml(path: str, text: str, problems: Problems) -> Source | None:
    """Reads the text of a YAML file that is not on the disk, or not yet, as :func:`load_yaml` would read the file."""
    return _source(path, text, problems)


def load_markdown(root: Path, path: str, problems: Problems) -> Source | None:
    """Reads one Markdown file with front matter. Gives ``None``, with a problem added, when it cannot be understood."""
    text = read_text(root, path, problems)
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
        return Source(path, _Reader(path, first_line, problems).read(text), text, first_line)
    except _Refused:
        return None


# What libyaml says, in the order asked, and the code that says it to an editor.
_SYNTAX_CODES = (
    ("mapping values are not allowed", "yaml-colon"),
    ("undefined alias", "yaml-alias"),
    ("expected alphabetic or numeric character", "yaml-alias"),
    ("another document", "yaml-documents"),
    ("escape", "yaml-escape"),
    ("quoted scalar", "yaml-quote"),
    ("tab character", "yaml-tab"),
    ("cannot start any token", "yaml-sign"),
)


def _syntax_code(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    line = lines[error.problem_mark.line] if error.problem_mark and error.problem_mark.line < len(lines) else ""
    code = next((code for words, code in _SYNTAX_CODES if words in said), "yaml-syntax")
    if code in {"yaml-sign", "yaml-tab"}:
        return "yaml-tab" if "\t" in line else "yaml-sign"
    return code


class _Reader:
    """Turns one YAML document into dicts, lists, text, booleans and ``None``; notes what it refuses."""

    def __init__(self, path: str, first_line: int, problems: Problems) -> None:
        self._path = path
        self._first_line = first_line
        self._problems = problems
        self._seen: set[int] = set()
        self._refused = False

    def read(self, text: str) -> Any:
        try:
            self._refuse_abyss(text)
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            self._note_syntax(error, text)
            raise _Refused from None
        except yaml.YAMLError:
            self._problems.add(self._path, (self._first_line, 1), "yaml-syntax", found="")
            raise _Refused from None
        if node is None:
            self._problems.add(self._path, (self._first_line, 1), "file-empty")
            raise _Refused
        value = self._value(node, 0)
        if self._refused:
            raise _Refused
        return value

    def _refuse_abyss(self, text: str) -> None:
        """Stops before the composer does, which calls itself for each level and would end the whole program."""
        if len(_OPENER.findall(text)) < limits.YAML_OPENERS:
            return
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > limits.YAML_OPENERS:
                line = event.start_mark.line if event.start_mark else 0
                self._problems.add(self._path, (line + self._first_line, 1), "yaml-deep", limit=limits.YAML_DEPTH)
                raise _Refused

    def _note_syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark, lines = error.problem_mark, text.split("\n")
        code = _syntax_code(error, lines)
        if code == "yaml-quote" and error.context_mark:
            mark = error.context_mark  # where the quotation opens; the end of the file helps nobody
        line, column = (mark.line, mark.column) if mark else (0, 0)
        while line and not "".join(lines[line:]).strip():
            line, column = line - 1, len(lines[line - 1])
        shown = lines[line]
        if code == "yaml-tab":
            column = shown.index("\t")
        self._problems.add(self._path, (line + self._first_line, column + 1), code, found=shown.strip()[:60])

    def _refuse(self, node: yaml.Node, code: str, **values: str | int) -> None:
        position = (node.start_mark.line + self._first_line, node.start_mark.column + 1)
        self._problems.add(self._path, position, code, near="", **values)
        self._refused = True

    def _value(self, node: yaml.Node, depth: int) -> Any:
        if id(node) in self._seen:
            self._refuse(node, "yaml-alias", found="&")
            return None
        self._seen.add(id(node))
        if len(self._seen) > limits.YAML_ENTRIES:
            self._refuse(node, "yaml-many", limit=limits.YAML_ENTRIES)
            raise _Refused
        if node.tag not in _PLAIN_TAGS:
            self._refuse(node, "yaml-tag", found=node.tag.replace("tag:yaml.org,2002:", "!!"))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if depth > limits.YAML_DEPTH:
            self._refuse(node, "yaml-deep", limit=limits.YAML_DEPTH)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        value: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or id(key_node) in self._seen:
                self._refuse(key_node, "yaml-key")
                continue
            self._seen.add(id(key_node))
            key = key_node.value
            if key in value:
                self._refuse(key_node, "yaml-duplicate-key", key=key, first=first_lines[key])
                continue
            first_lines[key] = key_node.start_mark.line + self._first_line
            value[key] = self._value(value_node, depth + 1)
        return value

    def _scalar(self, node: yaml.ScalarNode) -> str | bool | None:
        text: str = unicodedata.normalize("NFC", node.value)
        if hidden := INVISIBLE.search(text):  # written as an escape such as "\\0"
            self._refuse(node, "control-character", character=f"U+{ord(hidden.group()):04X}")
        if len(text) > limits.TEXT_LENGTH:
            self._refuse(node, "text-long", length=len(text), limit=limits.TEXT_LENGTH)
        if node.style:
            return text
        if text in NULLS:
            return None
        if text in BOOLEANS:
            return BOOLEANS[text]
        if text.lower() in YES_NO:
            self._refuse(node, "yaml-yes-no", found=text)
        elif SEXAGESIMAL.fullmatch(text):
            self._refuse(node, "yaml-sexagesimal", found=text)
        elif DOTTED_THOUSANDS.fullmatch(text):
            position = (node.start_mark.line + self._first_line, node.start_mark.column + 1)
            self._problems.add(self._path, position, "number-dotted", found=text, whole=text.replace(".", ""))
        return text
