"""Owns which kinds of open data there are.

A new kind is one :class:`RowKind` and one name in :data:`KINDS`; its files, schema, catalogue entry
and field list follow.
"""

from __future__ import annotations

from typing import Any

from generators.open_data.commitments import PLANS, TARGETS, TASKS
from generators.open_data.events import ACTIVITIES, NEWS
from generators.open_data.press import PRESS
from generators.open_data.reports import OUTREACH, PROGRESS, TASK_REPORTS
from generators.open_data.rows import RowKind
from generators.open_data.summaries import DUE, INDICATORS, ROLLUPS
from generators.open_data.units import UNITS

# The version of the shape of all files: once the site is published, the first number changes when a field is taken away
# or changes its meaning. It never was so far, which is why changes still happen under 1.0.
SCHEMA_VERSION = "1.0"

KINDS: tuple[RowKind[Any, Any], ...] = (
    UNITS,
    PLANS,
    TARGETS,
    TASKS,
    PROGRESS,
    INDICATORS,
    ROLLUPS,
    DUE,
    TASK_REPORTS,
    OUTREACH,
    ACTIVITIES,
    NEWS,
    PRESS,
)
