"""Owns how a new file is written: quoting that our strict reader takes back unchanged, ids from names, comments."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generators.schema.scalars import Record
from generators.text import fold, nfc

LINE = 110
_PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_PREFIXES = ("uy ban nhan dan ", "ubnd ")
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is not there yet: its ``path`` in the project, and its whole ``text``."""

    path: str
    text: str


def id_of(name: str) -> str:
    """Gives the id that a name typed with tones stands for: ``UBND xã Hưng Nguyên Nam`` → ``xa-hung-nguyen-nam``.

    At most 60 letters, cut between words; empty when the name has neither letter nor digit.
    """
    plain = re.sub(r"[^a-z0-9]+", " ", fold(nfc(name))).strip()
    for prefix in _PREFIXES:
        plain = plain.removeprefix(prefix)
    words = plain.split()
    while len("-".join(words)) > _LONGEST_ID and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST_ID]


def one_line(text: str) -> str:
    """Gives typed text in NFC on one line."""
    return " ".join(nfc(text).split())


def scalar(text: str) -> str:
    """Gives the text as a YAML value that is read back as it is; an id stays bare, all else stands in quotes."""
    if _PLAIN.fullmatch(text) and text not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)  # YAML's double quotes take all of JSON's escapes


def words(vi: str, en: str = "") -> str:
    """Gives a text in both languages, or in Vietnamese alone, as a YAML value."""
    return f"{{vi: {scalar(vi)}, en: {scalar(en)}}}" if en else f"{{vi: {scalar(vi)}}}"


def ids(names: Iterable[str]) -> str:
    """Gives a list of ids as a YAML value."""
    return f"[{', '.join(scalar(name) for name in names)}]"


def comment(text: str, indent: str = "") -> Iterator[str]:
    """Gives the lines of a comment."""
    deeper = " " * (len(text) - len(text.lstrip()) + 2 if text.startswith(" ") else 0)
    yield from textwrap.wrap(text, LINE, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# {deeper}")


def schema_line(name: str, depth: int) -> str:
    """Gives the first line of a data file, by which editors' programs find its schema, ``depth`` folders down."""
    return f"# yaml-language-server: $schema={'../' * depth}generators/schema/json/{name}.json"


def optional_keys(record: type[Record], written: Collection[str]) -> Iterator[str]:
    """Gives a comment line for each key of the record that the file does not have yet: the key and what it means."""
    fields = {field.alias or name: field for name, field in record.model_fields.items()}
    rest = {key: field for key, field in fields.items() if key not in written and key != "id"}
    if rest:
        yield ""
        yield "# Có thể thêm các khóa sau: bỏ dấu # rồi viết tiếp. Cách viết từng khóa: bảng tra trong data/README.md."
    for key, field in rest.items():
        yield f"#{key}:  # {field.description}"


def whole(lines: Iterable[str]) -> str:
    """Gives the text of a file."""
    return "\n".join(lines) + "\n"
