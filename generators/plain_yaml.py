"""Owns the quick way through YAML: from the parser's events straight to values, for files in which nothing is odd.

It knows no places and makes no complaint. Whatever ``strict_yaml.py`` might complain of, or reads in a way of its own,
ends here with :class:`NotPlain`, and the file is read once more there, slowly and with places. So this room may refuse
too much and must never take too much: what it gives is what the slow way gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import yaml

from generators import limits
from generators.clean_text import INVISIBLE

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
YES_NO = frozenset({"yes", "no", "on", "off"})
SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")
DOTTED_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")

_WORDS: dict[str, bool | None] = {**dict.fromkeys(NULLS), **BOOLEANS}
_ODD = re.compile(rf"<<|(?i:{'|'.join(sorted(YES_NO))})|{SEXAGESIMAL.pattern}|{DOTTED_THOUSANDS.pattern}")
# What an odd plain scalar begins with, which most scalars do not.
_ODD_STARTS = frozenset("<ynoYNO0123456789+-")

_Take = Callable[[], Any]


class NotPlain(Exception):
    """Raised for a text that only the slow way can judge."""


def plain_value(text: str) -> Any:
    """Gives what the one document of ``text`` says: dicts, lists, text, booleans and ``None``.

    ``text`` is free of invisible characters and in NFC, as ``clean_text.read_text`` gives it. Raises
    :class:`NotPlain` for everything that is not plain: errors, warnings, tags, anchors, keys that are no text.
    """
    try:
        take: _Take = yaml.CSafeLoader(text).get_event
        take()
        start = take()
        if not isinstance(start, yaml.DocumentStartEvent) or start.version or start.tags:
            raise NotPlain
        value = _Reader(take, text).node(take(), 0)
        if not isinstance(take(), yaml.DocumentEndEvent) or not isinstance(take(), yaml.StreamEndEvent):
            raise NotPlain
    except yaml.YAMLError:
        raise NotPlain from None
    return value


class _Reader:
    """Builds the value of one document."""

    def __init__(self, take: _Take, text: str) -> None:
        self._take = take
        self._entries = 0
        # Looked for once in the whole text, so that the scalars of most texts need not be asked.
        self._may_be_marked = "!" in text or "&" in text
        self._may_be_escaped = "\\" in text

    def node(self, event: Any, depth: int) -> Any:
        """Gives the value that begins with ``event``."""
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if depth > limits.YAML_DEPTH:
            raise NotPlain
        if kind is yaml.MappingStartEvent:
            return self._mapping(event, depth)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(event, depth)
        raise NotPlain

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        self._refuse_marked(start)
        take, scalar = self._take, self._scalar
        found: dict[str, Any] = {}
        while (key := take()).__class__ is yaml.ScalarEvent:
            name = key.value
            if name in found or (self._may_be_marked and (key.tag is not None or key.anchor is not None)):
                raise NotPlain
            event = take()
            found[name] = scalar(event) if event.__class__ is yaml.ScalarEvent else self.node(event, depth + 1)
        if key.__class__ is not yaml.MappingEndEvent:
            raise NotPlain
        self._count(2 * len(found) + 1)
        return found

    def _sequence(self, start: Any, depth: int) -> list[Any]:
        self._refuse_marked(start)
        found: list[Any] = []
        while (event := self._take()).__class__ is not yaml.SequenceEndEvent:
            found.append(self.node(event, depth + 1))
        self._count(len(found) + 1)
        return found

    def _refuse_marked(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            raise NotPlain

    def _count(self, entries: int) -> None:
        self._entries += entries
        if self._entries > limits.YAML_ENTRIES:
            raise NotPlain

    def _scalar(self, event: Any) -> str | bool | None:
        text: str = event.value
        if len(text) > limits.TEXT_LENGTH or (
            self._may_be_marked and (event.tag is not None or event.anchor is not None)
        ):
            raise NotPlain
        if event.style:
            if self._may_be_escaped and (INVISIBLE.search(text) or not unicodedata.is_normalized("NFC", text)):
                raise NotPlain
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in _ODD_STARTS and _ODD.fullmatch(text):
            raise NotPlain
        return text
