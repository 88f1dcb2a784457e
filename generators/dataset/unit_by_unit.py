"""Owns the judging of each unit by itself, so that what was found of it need not be found again.

What the rules find then rests on the unit's own files, on those that all units share and on the day, for they are shown
nothing else. Whatever else decides (the program, its libraries) is the store's to look after, see ``kept.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

from generators.dataset import Dataset
from generators.dataset.belongings import belongings_by_unit, unit_alone
from generators.dataset.kept import Kept, digest_of
from generators.problems import Problem, Problems
from generators.schema.sleeping import lay_down_again

Judge = Callable[[Dataset, Problems], None]
_KIND = "Judgement"


def judge_unit_by_unit(judge: Judge, dataset: Dataset, problems: Problems, today: date | None, kept: Kept) -> None:
    """Adds what ``judge`` finds in the files of all units; what ``kept`` has of units that are the same is not judged.

    ``judge`` looks at what belongs to units, holds no unit's belongings against another's, and may rest on ``today``.
    Where it finds an error it is shown all units together instead, so that it can say what was meant.
    """
    found = list(chain.from_iterable(_judgements(judge, dataset, today, kept)))
    if Problems(found).errors:
        judge(dataset, problems)
    else:
        problems.add_found(found)


def _judgements(judge: Judge, dataset: Dataset, today: date | None, kept: Kept) -> Iterator[tuple[Problem, ...]]:
    units = belongings_by_unit(dataset)
    paths = {unit: tuple(belongings.paths()) for unit, belongings in units.items()}
    shared = _print(str(today), _shared_paths(paths.values(), dataset), dataset)
    for unit, belongings in units.items():
        now = _print(shared, paths[unit], dataset)
        known: tuple[Problem, ...] | None = kept.get(_KIND, unit, now)
        if known is None:
            alone = Problems()
            judge(unit_alone(unit, belongings, dataset), alone)
            known = tuple(alone)
            if not alone.errors:
                kept.put(_KIND, unit, now, known)
            for record in belongings.records():
                lay_down_again(record)
        yield known


def _shared_paths(owned: Iterable[Iterable[str]], dataset: Dataset) -> Iterator[str]:
    """Gives the data files that are not ``owned``, units' own among them. A unit alone is shown nothing else."""
    own = set(chain.from_iterable(owned))
    return (path for path in dataset.digests if path.startswith("data/") and path not in own)


def _print(rest: str, paths: Iterable[str], dataset: Dataset) -> str:
    """Gives a text that is the same where ``rest`` and what the files hold is the same."""
    digests = dataset.digests
    held = (f"{path}\0{digests[path]}" for path in paths)
    return digest_of("\0".join((rest, *held)).encode("utf-8", "surrogateescape"))
