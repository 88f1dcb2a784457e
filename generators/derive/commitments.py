"""Owns the answer to "which plans commit to this outreach model, and to what"."""

from __future__ import annotations

from dataclasses import dataclass

from generators.dataset import Dataset
from generators.schema.plan import Commitment, Plan


@dataclass(frozen=True, slots=True)
class ModelCommitment:
    """One plan's commitment to one model."""

    plan: Plan
    commitment: Commitment


def derive_commitments(dataset: Dataset) -> dict[str, tuple[ModelCommitment, ...]]:
    """Gives, for every model's id, the commitments of plans in the order of plans; real plans before sample ones."""
    found: dict[str, list[ModelCommitment]] = {model: [] for model in dataset.models}
    for plan in sorted(dataset.plans.values(), key=lambda plan: (dataset.is_sample(plan), plan.id)):
        for commitment in plan.models:
            found[commitment.model].append(ModelCommitment(plan, commitment))
    return {model: tuple(commitments) for model, commitments in found.items()}
