"""Owns the bar that long work shows on a terminal, and the silence anywhere else.

click draws it: MkDocs brings that library anyway, and it hides the bar where nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(label: str, length: int, *, hidden: bool = False) -> Iterator[Callable[[], object]]:
    """Shows a bar on standard error for ``length`` steps; gives what is to be called after each."""
    if hidden or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr, width=30, show_eta=False) as bar:
        yield lambda: bar.update(1)
