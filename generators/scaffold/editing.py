"""Owns how a file is shown as the values of a form, and how what the form gives back becomes the file again.

A form has one way to hold each thing, while people may write it in several: a plain sentence for a text in two
languages, one thing where a list may stand. Both are shown alike, and only what was changed is written anew: comments,
quotes and the order of keys stay as the person left them. Reads and writes no file.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, ScalarString

from generators.editor_forms import BODY, ITEMS
from generators.json_schema import KINDS, Schema, json_schema, record_of
from generators.scaffold.writing import schema_line
from generators.text import nfc

_FRONT = re.compile(r"\A---\n(?P<head>.*?\n)?---[ \t]*(\n|\Z)(?P<body>.*)\Z", re.DOTALL)
_BARE = re.compile(r"[a-z][a-z0-9_-]*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_NAMES_OF_ITEMS = ("id", "target", "task")  # by which an item of a list is known again


class Unreadable(ValueError):
    """Raised for a file or an answer of the form that is no YAML, or not of the shape that its kind has."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs: its ``kind`` (a key of ``KINDS``), its ``path`` in the project, its name without ending."""

    kind: str
    path: str
    name: str


def form_text(place: Place, text: str) -> str:
    """Gives the file as the form reads it: YAML (in JSON's notation), with the front matter's lines where it has one.

    Raises :class:`Unreadable`.
    """
    head, body = _halves(place, text)
    shown = _shown(place, _load(head))
    layout = KINDS[place.kind].layout
    if layout == "list":
        shown = {ITEMS: shown}
    if layout == "named":
        shown = {"id": place.name, **shown}
    written = json.dumps(shown, ensure_ascii=False, indent=1)
    return f"---\n{written}\n---\n{body}" if layout == "front" else f"{written}\n"


def file_text(place: Place, answer: str, old: str | None) -> str:
    """Gives the file's new text: ``old`` with what ``answer``, the form's YAML, has changed; a whole file without it.

    Raises :class:`Unreadable`.
    """
    head, body = _halves(place, nfc(answer))
    values = _unwrapped(place, _plain(_load(head)))
    old_head, old_body = _halves(place, old) if old is not None else ("", "")
    node = _load(old_head) if old is not None else None
    shown = _shown(place, node) if old is not None else None
    values = _without_file_name(place, values, shown)
    given, known = _pruned(values, shown) or ([] if KINDS[place.kind].layout == "list" else {}), _as_given(shown)
    new_head = old_head if given == known else _dump(_merged(node, known, given))
    if old is None and KINDS[place.kind].layout != "front":
        new_head = f"{schema_line(place.kind, place.path.count('/'))}\n{new_head}"
    if KINDS[place.kind].layout != "front":
        return new_head
    if body.strip() == old_body.strip():
        body = old_body
    else:
        body = f"\n{body.strip()}\n"
    return f"---\n{new_head}---\n{body}"


def _halves(place: Place, text: str) -> tuple[str, str]:
    if KINDS[place.kind].layout != "front":
        return text, ""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    if not match:
        raise Unreadable(place.path)
    return match["head"] or "", match["body"]


class _AsTyped(VersionedResolver):
    """Takes every plain word as text, as our own strict reader does: `12.000` is no fraction and `no` no verdict."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Resolver = _AsTyped
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _load(text: str) -> Any:
    try:
        return _yaml().load(text)
    except YAMLError as error:
        raise Unreadable(str(error)) from None


def _dump(node: Any) -> str:
    stream = io.StringIO()
    yaml = _yaml()
    if isinstance(node, list):
        yaml.indent(mapping=2, sequence=2, offset=0)
    yaml.dump(node, stream)
    return stream.getvalue()


def _plain(node: Any) -> Any:
    """The values of a tree of nodes: mappings, lists, texts, and ``None`` for what is left empty."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, str) and not isinstance(node, ScalarString) and node in _NOTHING:
        return None
    return str(node) if isinstance(node, str) else node


def _shown(place: Place, node: Any) -> Any:
    """The values as the form holds them."""
    record, definitions = _schema_of(place.kind)
    value = _plain(node)
    if KINDS[place.kind].layout == "list":
        if not isinstance(value, list):
            raise Unreadable(place.path)
        return [_widened(item, record, definitions) for item in value]
    if not isinstance(value, dict):
        raise Unreadable(place.path)
    return _widened(value, record, definitions)


@cache
def _schema_of(kind: str) -> tuple[Schema, dict[str, Schema]]:
    schema = json_schema(kind)
    return record_of(schema), schema["$defs"]


def _widened(value: Any, schema: Schema, definitions: dict[str, Schema]) -> Any:
    """The value in the one way in which the form holds it."""
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if "anyOf" in schema and not name:
        return _widened(value, schema["anyOf"][0], definitions)
    if name == "Words":
        return {"vi": value} if isinstance(value, str) else value
    if name == "Flag":
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
    schema = definitions.get(name, schema)
    if schema.get("type") == "array" and value is not None:
        items = value if isinstance(value, list) else [value]
        return [_widened(item, schema["items"], definitions) for item in items]
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {key: _widened(one, inner.get(key, {}), definitions) for key, one in value.items()}
    return value


def _as_given(value: Any) -> Any:
    """What is shown, as a form gives it back that nobody has touched."""
    return _pruned(value, value)


def _unwrapped(place: Place, values: Any) -> Any:
    if not isinstance(values, dict):
        raise Unreadable(place.path)
    layout = KINDS[place.kind].layout
    if layout == "list":
        return values.get(ITEMS) or []
    return {key: value for key, value in values.items() if key != BODY}


def _without_file_name(place: Place, values: Any, shown: Any) -> Any:
    """A record need not repeat the name of its file; where it did, it goes on doing so."""
    named = KINDS[place.kind].layout == "named" and values.get("id") == place.name
    if named and "id" not in (shown or {}):
        return {key: value for key, value in values.items() if key != "id"}
    return values


def _pruned(value: Any, shown: Any) -> Any:
    """The value without boxes that were left empty and ticks that were never set; ``None`` when nothing is left."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _pruned_mapping(value, shown if isinstance(shown, dict) else {}) or None
    if isinstance(value, list):
        before = shown if isinstance(shown, list) else []
        items = [_pruned(one, before[place] if place < len(before) else None) for place, one in enumerate(value)]
        return [one for one in items if one is not None] or None
    return value if value is None or value.strip() else None


def _pruned_mapping(value: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    inner = {key: _pruned(one, before.get(key)) for key, one in value.items()}
    never_set = {key for key, one in inner.items() if one == "false" and key not in before}
    return {key: one for key, one in inner.items() if one is not None and key not in never_set}


def _merged(node: Any, shown: Any, given: Any) -> Any:
    """The node with what was changed; what is shown as it is given stays the very node that it was."""
    if node is not None and shown == given:
        return node
    if isinstance(node, CommentedMap) and isinstance(given, dict):
        return _merged_mapping(node, shown if isinstance(shown, dict) else {}, given)
    if isinstance(node, CommentedSeq) and isinstance(given, list):
        return _merged_list(node, shown if isinstance(shown, list) else [], given)
    return _fresh(given)


def _merged_mapping(node: CommentedMap, shown: dict[str, Any], given: dict[str, Any]) -> CommentedMap:
    for key in list(node):
        if key not in given and _plain(node[key]) not in (None, [], {}):  # what is empty was left so on purpose
            del node[key]
    for key, value in given.items():
        merged = _merged(node.get(key), shown.get(key), value)
        if key not in node or merged is not node[key]:
            node[key] = merged
    return node


def _merged_list(node: CommentedSeq, shown: list[Any], given: list[Any]) -> CommentedSeq:
    known = {_name(one, place): place for place, one in enumerate(shown) if place < len(node)}
    merged = []
    for place, value in enumerate(given):
        old = known.get(_name(value, place))
        merged.append(_fresh(value) if old is None else _merged(node[old], shown[old], value))
    if len(merged) == len(node) and all(known.get(_name(one, place)) == place for place, one in enumerate(given)):
        for place, one in enumerate(merged):
            if one is not node[place]:
                node[place] = one
        return node
    result = CommentedSeq(merged)
    if node.fa.flow_style() and all(isinstance(one, str) for one in merged):
        result.fa.set_flow_style()
    return result


def _name(item: Any, place: int) -> object:
    """By what an item is known again in its list: its id, itself when it is a word, else its place."""
    if isinstance(item, str):
        return item
    named = next((item[key] for key in _NAMES_OF_ITEMS if key in item), None) if isinstance(item, dict) else None
    return named or place


def _fresh(value: Any) -> Any:
    """New values as we write them: an id bare, several lines as a block, all else in quotes."""
    if isinstance(value, dict):
        return CommentedMap({key: _fresh(one) for key, one in value.items()})
    if isinstance(value, list):
        made = CommentedSeq(_fresh(one) for one in value)
        if all(isinstance(one, str) and _BARE.fullmatch(one) for one in value):
            made.fa.set_flow_style()
        return made
    if value in ("true", "false"):
        return value
    if _BARE.fullmatch(value) and value not in _RESERVED:
        return value
    return LiteralScalarString(value) if "\n" in value else DoubleQuotedScalarString(value)
