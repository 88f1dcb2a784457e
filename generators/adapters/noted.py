"""Owns what is noted of a published build: one small file, which belongs to one tree. Knows not what a note says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from generators.adapters.standing import identity


@dataclass(frozen=True, slots=True)
class Noted:
    """What the published build was made from, and what was noted of it."""

    state: str
    note: str

    def write(self, file: Path, tree: tuple[int, int]) -> None:
        """Keeps it of the tree with this identity. Raises ``OSError``."""
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({"state": self.state, "tree": tree, "note": self.note}), encoding="utf-8")
        fresh.replace(file)

    @classmethod
    def read(cls, file: Path, tree: Path) -> Noted | None:
        """Gives what was noted of this tree, touched or not; ``None`` where that is another, or the file is damaged.

        Raises ``OSError`` when the disk refuses.
        """
        try:
            record = json.loads(file.read_bytes())
            return cls(str(record["state"]), str(record["note"])) if tuple(record["tree"]) == identity(tree) else None
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            return None
