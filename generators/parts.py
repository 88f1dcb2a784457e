"""Owns how an output is cut into parts that can be made one without the other: in any order, in several processes.

An output that is small or cannot be cut is one part. Knows neither what is published nor who makes the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps
from typing import Generic, NamedTuple, TypeVar

from generators.artefact import Artefact, Page

S = TypeVar("S")
T = TypeVar("T")
Made = Iterable[Artefact | Page]


class Part(NamedTuple):
    """Some files that belong together: ``make`` gives them, the same ones whenever it is called.

    ``name`` is the same in every build and stands once in a build, such as ``progress/vi/xa-mau``. ``origins`` is
    what the part is made from beside what every part is made from, in the words of :mod:`generators.origins`: while
    none of that changes, its files stay as they are. Without it, any change may change them.
    """

    name: str
    make: Callable[[], Made]
    origins: tuple[str, ...] | None = None


class Bundle(NamedTuple):
    """Parts that are listed together: while none of ``origins`` changes, they are the same ones, with the same files.

    So ``parts``, which gives them, need not be called. Their names begin with the bundle's, which is the same in every
    build, and a slash.
    """

    name: str
    parts: Callable[[], Iterable[Part]]
    origins: tuple[str, ...]

    def unfolded(self) -> Iterator[Part]:
        """Gives its parts, and before them one without files by which a later build knows what the bundle rested on."""
        yield Part(self.name, tuple, self.origins)
        yield from self.parts()


class Output(Generic[S, T]):
    """An output in parts. Called, it gives all its files in order, as an output that is not cut does."""

    def __init__(self, cut: Callable[[S, T], Iterator[Part | Bundle]]) -> None:
        self._cut = cut
        self.__doc__ = cut.__doc__
        self.__module__ = cut.__module__

    def listed(self, site: S, templates: T) -> Iterator[Part | Bundle]:
        """Gives the parts and the bundles of parts; none of them is made by that."""
        return self._cut(site, templates)

    def parts(self, site: S, templates: T) -> Iterator[Part]:
        """Gives the parts, those of bundles too."""
        for one in self.listed(site, templates):
            yield from one.unfolded() if isinstance(one, Bundle) else (one,)

    def __call__(self, site: S, templates: T) -> Iterator[Artefact | Page]:
        """Gives all files of all parts."""
        for part in self.parts(site, templates):
            yield from part.make()


def made_from(
    origins: Callable[[S], tuple[str, ...]],
) -> Callable[[Callable[[S, T], Iterator[Artefact | Page]]], Output[S, T]]:
    """Makes an output that is not cut say what its one part is made from; the part is named after the module."""

    def whole(render: Callable[[S, T], Iterator[Artefact | Page]]) -> Output[S, T]:
        name = render.__module__.rpartition(".")[2]

        @wraps(render)
        def cut(site: S, templates: T) -> Iterator[Part]:
            yield Part(name, partial(render, site, templates), origins(site))

        return Output(cut)

    return whole
