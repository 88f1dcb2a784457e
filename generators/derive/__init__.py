"""Owns every fact that is computed rather than written: each is computed once, here, from a Dataset and a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generators.dataset import Dataset
from generators.derive.commitments import ModelCommitment, derive_commitments
from generators.derive.comparison import ComparedGroup, derive_comparison
from generators.derive.festival import FestivalDay, derive_festival
from generators.derive.progress import TargetProgress, derive_progress


@dataclass(frozen=True)
class Derived:
    """All computed facts of one build."""

    comparison: tuple[ComparedGroup, ...]
    commitments: dict[str, tuple[ModelCommitment, ...]]
    festival: FestivalDay
    progress: dict[str, tuple[TargetProgress, ...]]


def derive(dataset: Dataset, today: date) -> Derived:
    """Computes everything from the dataset as of ``today`` (a day in Asia/Ho_Chi_Minh)."""
    return Derived(
        comparison=derive_comparison(dataset),
        commitments=derive_commitments(dataset),
        festival=derive_festival(dataset, today),
        progress=derive_progress(dataset, today),
    )
