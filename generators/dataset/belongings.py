"""Owns whose a record is: what units hand in and what is written about it, unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generators.dataset import Dataset
from generators.dataset.activities import activity_path
from generators.dataset.content import Narrative
from generators.dataset.praise import PraiseItem
from generators.dataset.reports import report_path
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.scalars import Record


@dataclass(frozen=True, slots=True)
class Belongings:
    """The records that belong to one unit, in the order and by the keys that they have in a dataset."""

    plans: dict[str, Plan] = field(default_factory=dict)
    narratives: dict[tuple[str, str, Language], Narrative] = field(default_factory=dict)
    reports: list[ProgressReport] = field(default_factory=list)
    activities: dict[str, Activity] = field(default_factory=dict)
    praise: dict[str, PraiseItem] = field(default_factory=dict)

    def records(self) -> Iterator[Record]:
        """Gives each record."""
        yield from self.plans.values()
        yield from (text.meta for text in self.narratives.values())
        yield from self.reports
        yield from self.activities.values()
        yield from (item.record for item in self.praise.values())

    def paths(self) -> Iterator[str]:
        """Gives the file of each record."""
        yield from (f"data/plans/{name}.yml" for name in self.plans)
        yield from (text.path for text in self.narratives.values())
        yield from map(report_path, self.reports)
        yield from map(activity_path, self.activities.values())
        yield from (item.path for item in self.praise.values())


def belongings_by_unit(dataset: Dataset) -> Mapping[str, Belongings]:
    """Gives what belongs to each unit by the unit's id, and what belongs to ids that no unit has.

    The texts of a plan that is not there belong to nobody, nor do units' own records.
    """
    found: defaultdict[str, Belongings] = defaultdict(Belongings, ((name, Belongings()) for name in dataset.units))
    for name, plan in dataset.plans.items():
        found[plan.unit].plans[name] = plan
    for key, text in dataset.narratives.items():
        if key[0] == "plan" and key[1] in dataset.plans:
            found[dataset.plans[key[1]].unit].narratives[key] = text
    for report in dataset.reports:
        found[report.unit].reports.append(report)
    for name, activity in dataset.activities.items():
        found[activity.unit].activities[name] = activity
    for name, item in dataset.praise.items():
        found[item.record.unit].praise[name] = item
    return found


def unit_alone(unit: str, belongings: Belongings, dataset: Dataset) -> Dataset:
    """Gives the dataset as if one unit's belongings were all that has been written beside what all units share.

    Its ``sources`` are those of the unit and of its belongings.
    """
    paths = (f"data/units/{unit}.yml", *belongings.paths())
    own = {
        "plans": belongings.plans,
        "narratives": belongings.narratives,
        "reports": tuple(belongings.reports),
        "activities": belongings.activities,
        "praise": belongings.praise,
        "news": (),
        "pages": (),
        "sources": {path: dataset.sources[path] for path in paths if path in dataset.sources},
    }
    return Dataset(**{**dataset.__dict__, **own})
