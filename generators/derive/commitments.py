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
    plans = sorted(dataset.plans.values(), key=lambda plan: (dataset.is_sample(plan), plan.id))
    return {
        model: tuple(
            ModelCommitment(plan, commitment)
            for plan in plans
            for commitment in plan.models
            if commitment.model == model
        )
        for model in dataset.models
    }
