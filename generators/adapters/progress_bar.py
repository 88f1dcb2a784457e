"""Owns the bar that long work shows on a terminal, and the silence anywhere else.

click draws it: MkDocs brings that library anyway, and it hides the bar where nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(label: str, length: int) -> Iterator[Callable[[int], object]]:
    """Shows a bar on standard error for ``length`` steps; gives what is to be called with how many were done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    import click

    with click.progressbar(length=length, label=label, file=sys.stderr, width=30, show_eta=False) as bar:
        yield bar.update
