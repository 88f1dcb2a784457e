"""Owns where in a YAML text a value stands: near its beginning told from the parser's events, else from the whole tree.

Whether the text is right is not asked here; only texts that were read come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import yaml

Loc = Sequence[str | int]

_NEAR = 300  # events; building the tree of a long file for one place takes twenty times as long as that


class Far(Exception):
    """Raised where a place is not near the beginning, or stands behind an alias."""


def mark_of(text: str, loc: Loc, *, of_key: bool) -> Any:
    """Gives what :func:`far_mark` gives, as quickly as can be. Raises ``yaml.YAMLError`` for a text that is no YAML."""
    try:
        return near_mark(text, loc, of_key=of_key)
    except Far:
        return far_mark(text, loc, of_key=of_key)


def near_mark(text: str, loc: Loc, *, of_key: bool) -> Any:
    """Gives what :func:`far_mark` gives, without reading on behind the place. Raises :class:`Far`."""
    events = _Events(yaml.CSafeLoader(text).get_event)
    events.take()
    if isinstance(events.take(), yaml.StreamEndEvent):
        return None
    event = events.take()
    mark = event.start_mark
    for step in loc:
        found = events.child(event, step)
        if found is None:
            break
        key, event = found
        mark = key.start_mark if of_key or isinstance(event, yaml.MappingStartEvent) else event.start_mark
    return mark


class _Events:
    """The events of a text in their order, as far as is near."""

    def __init__(self, get: Callable[[], Any]) -> None:
        self._get = get
        self._left = _NEAR

    def take(self) -> Any:
        """Gives the next event."""
        self._left -= 1
        event = self._get()
        if self._left < 0 or isinstance(event, yaml.AliasEvent):
            raise Far
        return event

    def child(self, parent: Any, step: str | int) -> tuple[Any, Any] | None:
        """Gives the events that begin a key and its value, or an item twice; ``None`` where the parent has none."""
        if isinstance(parent, yaml.MappingStartEvent):
            while not isinstance(key := self.take(), yaml.MappingEndEvent):
                if isinstance(key, yaml.ScalarEvent) and key.value == str(step):
                    return key, self.take()
                self._skip(key)
                self._skip(self.take())
        if isinstance(parent, yaml.SequenceStartEvent) and isinstance(step, int):
            place = 0
            while not isinstance(item := self.take(), yaml.SequenceEndEvent):
                if place == step:
                    return item, item
                self._skip(item)
                place += 1
        return None

    def _skip(self, event: Any) -> None:
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = self.take()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def far_mark(text: str, loc: Loc, *, of_key: bool) -> Any:
    """Gives the mark of the value at ``loc``, or of its nearest existing parent; ``None`` in a text without any.

    With ``of_key`` it is the mark of the key itself. What has keys is pointed at by the key that leads to it.
    """
    node = _tree(text)
    mark = node.start_mark if node else None
    for step in loc:
        found = _child(node, step)
        if found is None:
            break
        key, node = found
        mark = key.start_mark if of_key or isinstance(node, yaml.MappingNode) else node.start_mark
    return mark


class _PlaceLoader(yaml.CSafeLoader):
    """Composes a tree for its places alone: nobody asks what kind of value a scalar is."""

    def resolve(self, *_: Any) -> str:
        """Gives no tag to anything."""
        return ""

    def descend_resolver(self, *_: Any) -> None:
        """Follows no path, as no tag rests on one."""

    def ascend_resolver(self) -> None:
        """Follows no path."""


@lru_cache(maxsize=4)
def _tree(yaml_text: str) -> yaml.Node | None:
    """A file with a thousand mistakes asks for a thousand places; its tree is built once."""
    node: yaml.Node | None = yaml.compose(yaml_text, Loader=_PlaceLoader)
    return node


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
