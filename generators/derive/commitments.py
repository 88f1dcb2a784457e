"""Owns the answer to "which plans commit to this outreach model, and to what"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generators.dataset import Dataset
from generators.derive.tally import Tally
from generators.schema.plan import Commitment, Plan


@dataclass(frozen=True, slots=True)
class ModelCommitment:
    """One plan's commitment to one model, the ``number``-th of all that it makes."""

    plan: Plan
    number: int

    @property
    def commitment(self) -> Commitment:
        """What the plan commits to."""
        return self.plan.models[self.number]


def derive_commitments(
    dataset: Dataset, tallies: Mapping[str, Tally]
) -> dict[str, tuple[ModelCommitment, ...]]:
    """Gives, for every model's id, the commitments of plans in the order of plans; real plans before sample ones."""
    found: dict[str, list[ModelCommitment]] = {model: [] for model in dataset.models}
    for plan in sorted(dataset.plans.values(), key=lambda plan: (dataset.is_sample(plan), plan.id)):
        for number, model in enumerate(tallies[plan.id].models):
            found[model].append(ModelCommitment(plan, number))
    return {model: tuple(commitments) for model, commitments in found.items()}
