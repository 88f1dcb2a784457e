"""Owns the looks at trees that were left to themselves: whether each stands as a file says that it stood.

A look may be begun long before its answer is needed: another process looks meanwhile. Knows not what trees are for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from generators.adapters.hands import HandFailed, Meanwhile
from generators.adapters.standing import Standing, identity

Kind = Callable[[Standing, Path], bool]
"""What is looked at: :meth:`Standing.folders_hold` or :meth:`Standing.files_hold`."""


class Looks:
    """The looks of one process. Those that were begun are over at the end of the ``with`` block."""

    def __init__(self) -> None:
        self._begun: dict[tuple[int, int], list[Meanwhile[bool]]] = {}
        self._processes = ExitStack()

    def __enter__(self) -> Looks:
        return self

    def __exit__(self, *_: object) -> None:
        self._begun.clear()
        self._processes.close()

    def begin(self, tree: Path, file: Path, *kinds: Kind) -> None:
        """Begins to look whether ``tree`` stands as ``file`` says, with a process for each of the ``kinds``.

        Raises ``OSError`` where there is no such tree, or no process can be had.
        """
        looks = [self._processes.enter_context(Meanwhile(partial(_stands, tree, file, kind))) for kind in kinds]
        self._begun[identity(tree)] = [look.begin() for look in looks]

    def has_begun(self, tree: Path) -> bool:
        """True when nobody has asked yet what came of a look at this tree."""
        return tree.is_dir() and identity(tree) in self._begun

    def untouched(self, tree: Path, file: Path, *kinds: Kind) -> bool:
        """Whether ``tree`` stood as ``file`` says when the look was begun, or stands so now if it was not.

        What could not be looked at may have been touched. Raises ``OSError`` where there is no such tree.
        """
        begun = self._begun.pop(identity(tree), None)
        if begun is None:
            return all(_stands(tree, file, kind) for kind in kinds)
        try:
            return all(look.result() for look in begun)
        except HandFailed:
            return False


def _stands(tree: Path, file: Path, kind: Kind) -> bool:
    standing = Standing.load(file)
    return standing is not None and kind(standing, tree)
