"""Owns what is kept of a published site's parts, so that the next build makes again only those that have changed.

One SQLite file beside the builds. It belongs to one published tree, by a token that the publication notes with the
tree: kept anew after each build, so that whatever a build did not live to keep is not taken for what is published. Like
the published folder it is this project's own; whoever may write there is trusted. Knows not how parts are made.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generators.adapters.making import MadePart
from generators.adapters.rendered_theme import RenderedTheme

_TABLES = """
CREATE TABLE about (token TEXT, common TEXT, style TEXT, theme BLOB);
CREATE TABLE part (name TEXT PRIMARY KEY, print TEXT, files TEXT, pages TEXT) WITHOUT ROWID;
"""
_AT_ONCE = 500  # names in one question
Prints = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class KnownParts:
    """What is known of a published site: its parts' prints and files by their names, and what all rest on.

    ``common`` is what :class:`~generators.adapters.prints.Prints` said of all parts, ``style`` what the ``theme`` was
    rendered from.
    """

    common: str
    style: str
    theme: RenderedTheme
    prints: dict[str, str | None]
    files: dict[str, tuple[str, ...]]


class KeptParts:
    """The parts kept in a file, which need not be there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self, token: str) -> KnownParts | None:
        """Gives what is known of the site with this token, or ``None`` where that was not kept or is damaged."""
        with suppress(sqlite3.Error, pickle.UnpicklingError, TypeError, ValueError), self._open() as base:
            found, common, style, theme = base.execute("SELECT token, common, style, theme FROM about").fetchone()
            if found != token:
                return None
            rows = base.execute("SELECT name, print, files FROM part").fetchall()
            return KnownParts(
                common,
                style,
                pickle.loads(theme),  # noqa: S301 - see above
                {name: mark for name, mark, _ in rows},
                {name: tuple(files.split("\n")) if files else () for name, _, files in rows},
            )
        return None

    def pages(self, names: Iterable[str]) -> Iterator[str]:
        """Gives the addresses of some parts' pages that search finds. Raises ``sqlite3.Error``."""
        asked = list(names)
        with self._open() as base:
            for start in range(0, len(asked), _AT_ONCE):
                some = asked[start : start + _AT_ONCE]
                question = f"SELECT pages FROM part WHERE name IN ({','.join('?' * len(some))})"  # noqa: S608 - marks
                for (pages,) in base.execute(question, some):
                    yield from pages.split("\n") if pages else ()

    def keep(
        self, token: str, common: str, style: str, theme: RenderedTheme, prints: Prints, made: Mapping[str, MadePart]
    ) -> None:
        """Keeps what is known of a site and of all of its parts. Raises ``OSError`` or ``sqlite3.Error``."""
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as base, base:
            base.execute("PRAGMA synchronous = OFF")  # a file that is cut off is not taken for one; see known
            base.executescript(_TABLES)
            packed = pickle.dumps(theme, pickle.HIGHEST_PROTOCOL)
            base.execute("INSERT INTO about VALUES (?, ?, ?, ?)", (token, common, style, packed))
            base.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", _rows(made, prints))
        fresh.replace(self._file)

    def amend(self, token: str, prints: Prints, made: Mapping[str, MadePart], gone: Iterable[str]) -> None:
        """Keeps what has become of some parts: those made again, and those no more. Raises ``sqlite3.Error``."""
        with self._open() as base, base:
            base.execute("UPDATE about SET token = ?", (token,))
            base.executemany("DELETE FROM part WHERE name = ?", ((name,) for name in gone))
            base.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?)", _rows(made, prints))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._file.is_file():
            raise sqlite3.OperationalError(str(self._file))
        with closing(sqlite3.connect(self._file)) as base:
            base.execute("PRAGMA synchronous = OFF")
            yield base


def _rows(made: Mapping[str, MadePart], prints: Prints) -> Iterator[tuple[str, str | None, str, str]]:
    for name, part in made.items():
        yield name, prints.get(name), "\n".join(part.files), "\n".join(part.pages)
