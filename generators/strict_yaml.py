"""Owns the exact way through YAML: every refusal with its place, and what YAML 1.1 would silently turn around.

Every plain scalar is text (the schema decides what it means), except ``null``, ``true`` and ``false``. Repeated keys,
aliases, tags and several documents in one file are refused where they stand. It is slow; see ``plain_yaml.py``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from generators import limits
from generators.clean_text import INVISIBLE
from generators.plain_yaml import BOOLEANS, DOTTED_THOUSANDS, NULLS, SEXAGESIMAL, YES_NO
from generators.problems import Problems

# Whatever can open one more level of nesting inside a line, in brackets or as an indicator that stands alone.
_OPENER = re.compile(r"[\[{]|(?<![^ \t\n])[-?:](?=[ \t])")
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "null", "bool", "int", "float", "timestamp", "value", "map", "seq")
)


class Refused(Exception):
    """Raised when a file cannot be read further; the problem is already noted."""


def strict_value(path: str, text: str, problems: Problems, first_line: int = 1) -> Any:
    """Gives what the one document of ``text`` says, and adds the warnings about it.

    Raises :class:`Refused`, with at least one problem added, when it cannot be understood.
    """
    return _Reader(path, first_line, problems).read(text)


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
            raise Refused from None
        except yaml.YAMLError:
            self._problems.add(self._path, (self._first_line, 1), "yaml-syntax", found="")
            raise Refused from None
        if node is None:
            self._problems.add(self._path, (self._first_line, 1), "file-empty")
            raise Refused
        value = self._value(node, 0)
        if self._refused:
            raise Refused
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
                raise Refused

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
            raise Refused
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
