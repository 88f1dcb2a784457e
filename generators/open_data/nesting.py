"""Owns how records stand inside records in a unit's and a plan's file, so that what they share is said once.

A unit's file holds its reports, each with its document and what it says of targets, tasks and models, and its
activities, each with its times. A plan's file says its document at the head. The lists, for programs that read row by
row, repeat all of it in every row; those belong to the kinds themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from generators.derive.activities import Occurrence
from generators.open_data.commitments import TARGETS, TASKS
from generators.open_data.events import ACTIVITIES
from generators.open_data.reports import (
    OUTREACH,
    PROGRESS,
    TASK_REPORTS,
    Reading,
    ReportedModel,
    ReportedTask,
    Sent,
    period_fields,
    report_fields,
)
from generators.open_data.rows import Field, RowKind, field
from generators.open_data.summaries import DUE
from generators.render.records import Nested, Part, document_schema, record_schema
from generators.site import Site

Outer = TypeVar("Outer")
Schema = Mapping[str, object]
_UNIT = frozenset({"unit", "unit_name_vi", "sample"})


@dataclass(frozen=True)
class Nest(Generic[Outer]):
    """Records that hold rows of several kinds: ``head`` says what the rows share, ``inner`` are their kinds by key."""

    key: str
    schema: str
    about: str
    head: tuple[Field[Outer], ...]
    inner: Mapping[str, RowKind[Any, Any]]

    @property
    def part(self) -> Part:
        """The part of a document that holds these records."""
        parts = tuple(Part(key, kind.schema, kind.columns) for key, kind in self.inner.items())
        return Part(self.key, self.schema, tuple(one.column for one in self.head), parts=parts)

    def schemas(self) -> Iterator[tuple[str, Schema]]:
        """Gives the JSON Schemas of the record and of the rows inside it, each with its name."""
        part = self.part
        yield self.schema, document_schema(part.columns, part.parts, self.schema, self.about)
        for kind in self.inner.values():
            yield kind.schema, kind_schema(kind)

    def record(self, site: Site, outer: Outer, inner: Mapping[str, Iterable[Any]]) -> Nested:
        """Gives the record of ``outer`` with the rows of what ``inner`` holds under each key."""
        row = tuple(one.value(site, outer) for one in self.head)
        rows = {key: [kind.row(site, one) for one in inner.get(key, ())] for key, kind in self.inner.items()}
        return Nested(row, rows)


def kind_schema(kind: RowKind[Any, Any]) -> Schema:
    """Gives the JSON Schema of a kind's rows."""
    return record_schema(kind.columns, kind.schema, f"{kind.about.vi} / {kind.about.en}")


_REPORT_HEAD: tuple[Field[Sent], ...] = (
    field("plan", "id", "Mã kế hoạch.", "The plan's id.", lambda _, sent: sent.plan.id),
    *period_fields(lambda sent: sent.report.period),
    *report_fields(lambda sent: sent.report),
)
_SAID_BY_REPORT = _UNIT | {one.column.name for one in _REPORT_HEAD} | {"page"}

REPORTS: Nest[Sent] = Nest(
    key="reports",
    schema="Report",
    about="Một báo cáo: văn bản nào, và mọi con số trong đó. / One report: which document, and every figure in it.",
    head=_REPORT_HEAD,
    inner={
        PROGRESS.key: PROGRESS.within(_SAID_BY_REPORT, "ReportedReading"),
        TASK_REPORTS.key: TASK_REPORTS.within(_SAID_BY_REPORT, "ReportedTask"),
        OUTREACH.key: OUTREACH.within(_SAID_BY_REPORT, "ReportedCount"),
    },
)


def report_records(site: Site, reports: Sequence[Sent], said: Mapping[str, Sequence[Any]]) -> list[Nested]:
    """Gives a unit's reports in their order; ``said`` holds all that they say, by the key of its kind."""
    by_report: dict[tuple[str, str], dict[str, list[Any]]] = {_name_of(one): {} for one in reports}
    for key in REPORTS.inner:
        for one in said.get(key, ()):
            by_report[_name_of(one)].setdefault(key, []).append(one)
    return [REPORTS.record(site, one, by_report[_name_of(one)]) for one in reports]


def _name_of(one: Sent | Reading | ReportedTask | ReportedModel) -> tuple[str, str]:
    """What tells a unit's reports apart: the plan and the period."""
    plan, report = (one.progress.plan, one.point.report) if isinstance(one, Reading) else (one.plan, one.report)
    return plan.id, report.period.id


_OF_ONE_TIME = frozenset({"starts", "ends", "state", "note_vi", "note_en"})
_OF_A_PLACE = frozenset({"place_vi", "place_en", "address_vi", "address_en"})  # which one time may have of its own
_ACTIVITY_HEAD = ACTIVITIES.within(_UNIT | _OF_ONE_TIME | _OF_A_PLACE, "ActivityWithTimes").fields

ACTIVITIES_WITH_TIMES: Nest[Occurrence] = Nest(
    key=ACTIVITIES.key,
    schema="ActivityWithTimes",
    about="Một hoạt động và mọi buổi của nó. / One activity and all its times.",
    head=_ACTIVITY_HEAD,
    inner={"times": ACTIVITIES.within(_UNIT | {one.column.name for one in _ACTIVITY_HEAD}, "ActivityTime")},
)


def activity_records(site: Site, occurrences: Iterable[Occurrence]) -> list[Nested]:
    """Gives activities with their times; ``occurrences`` has those of one activity one after the other."""
    series = (list(own) for _, own in groupby(occurrences, key=lambda one: one.activity.id))
    return [ACTIVITIES_WITH_TIMES.record(site, own[0], {"times": own}) for own in series]


_SAID_BY_PLAN = _UNIT | {"plan", "source", "page"}
PLAN_KINDS: tuple[RowKind[Any, Any], ...] = (
    TARGETS.within(_SAID_BY_PLAN, "PlanTarget"),
    TASKS.within(_SAID_BY_PLAN, "PlanTask"),
    DUE.within(_SAID_BY_PLAN, "PlanDueReport"),
)
"""What a plan's file holds below its head, which says whose it is and which document it stands in."""
