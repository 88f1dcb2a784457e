"""Owns the rows of a unit's report: nine columns as in Phụ lục II of the plan of Văn phòng UBND tỉnh Đồng Tháp.

Figures are worded as everywhere (``progress_words``); what has no figure says so in words and never 0. The rows are
numbered as in that form: 1; 1,1; 1,2; 2; 2,1. Always in Vietnamese, as the report is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generators.derive.outreach_progress import OutreachCount
from generators.derive.period_standing import ModelStanding, PeriodStanding, TargetStanding
from generators.derive.rollup import RollUp
from generators.derive.taskboard import TaskStanding
from generators.problems import Language
from generators.schema.outreach import OutreachModel
from generators.schema.plan import Target, Task
from generators.schema.progress import Evidence, ReportingPeriod, TaskStatus
from generators.schema.scalars import Words
from generators.site import Site
from generators.telling.agenda import period_words
from generators.telling.figures import target_year
from generators.telling.progress_words import (
    correction_text,
    counts_text,
    level_text,
    rollup_sentence,
    rollup_text,
    shown_state,
    state_word,
    trend_sentence,
    value_text,
)

LANG: Language = "vi"
RowKind = Literal["group", "target", "task", "model", "below"]

# The states that say how a figure stands against its target; the others say that nothing can be said.
_JUDGED = frozenset({"achieved", "on_track", "at_risk", "behind", "going_back", "overdue"})
# What a report says of a task, in the words of the task board.
TASK_WORDS: dict[TaskStatus, str] = {"not_started": "todo", "in_progress": "doing", "done": "done"}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row. ``id`` is the record's own: a target, a task, a model, an indicator; empty for the name of a group.

    ``work`` is what the plan says about who does it, ``done`` what the unit says it did; ``state`` is the state that
    the site computes, which stands for the assessment where the unit gives none.
    """

    number: str
    kind: RowKind
    id: str
    name: str
    time: str = ""
    target: str = ""
    work: str = ""
    done: str = ""
    result: str = ""
    evidence: str = ""
    assessment: str = ""
    state: str = ""
    difficulties: str = ""
    proposals: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The nine cells in the order of the form; several lines in a cell are parted by a line feed."""
        return (
            self.number,
            self.name,
            self.time,
            self.target,
            _lines(self.done, self.work),
            _lines(self.result, self.evidence),
            self.assessment or self.state,
            self.difficulties,
            self.proposals,
        )


def report_columns(site: Site, standing: PeriodStanding) -> tuple[str, ...]:
    """Gives the names of the nine columns; the fourth names the years of the targets, as the form does."""
    years = sorted({one.progress.target.year for one in standing.targets if one.progress.target.year})
    shown = "/".join(map(str, years or [standing.period.year]))
    keys = ("number", "task", "time", "target", "work", "result", "assessment", "difficulties", "proposals")
    return tuple(site.phrase(f"report-col-{key}", LANG, years=shown) for key in keys)


def report_rows(site: Site, standing: PeriodStanding) -> tuple[ReportRow, ...]:
    """Gives all rows: targets, tasks, models, and what the units below say together. Empty groups are left out."""
    groups: tuple[tuple[str, list[ReportRow]], ...] = (
        ("targets", [_target_row(site, standing.period, one) for one in standing.targets]),
        ("tasks", [_task_row(site, standing, one) for one in standing.tasks]),
        ("models", [_model_row(site, standing.period, one) for one in standing.models]),
        ("below", [_below_row(site, one) for one in standing.rollups]),
    )
    filled = ((key, rows) for key, rows in groups if rows)
    return tuple(row for place, (key, rows) in enumerate(filled, 1) for row in _numbered(site, place, key, rows))


def _numbered(site: Site, place: int, key: str, rows: Iterable[ReportRow]) -> Iterator[ReportRow]:
    yield ReportRow(str(place), "group", "", site.phrase(f"report-group-{key}", LANG))
    for number, row in enumerate(rows, 1):
        yield replace(row, number=f"{place},{number}")


def target_label(target: Target) -> str:
    """Gives whom a target counts and what they must reach, in the words of the plan's record."""
    return f"{target.population.vi}: {target.statement.vi}"


def _target_row(site: Site, period: ReportingPeriod, standing: TargetStanding) -> ReportRow:
    progress, reading = standing.progress, standing.point.reading if standing.point else None
    target, state = progress.target, shown_state(progress)
    return ReportRow(
        number="",
        kind="target",
        id=target.id,
        name=target_label(target),
        time=site.phrase("report-by-year", LANG, year=target.year) if target.year else target_year(site, target, LANG),
        target=_lines(
            level_text(site, target, LANG), site.phrase("progress-measure", LANG, name=progress.measure.name.vi)
        ),
        done=_text(reading.done if reading else None),
        result=_target_result(site, period, standing),
        evidence=_evidence(site, reading.evidence if reading else ()),
        assessment=_text(reading.assessment if reading else None),
        state=state_word(site, state, LANG) if standing.has_figure and state in _JUDGED else "",
        difficulties=_text(reading.difficulties if reading else None),
        proposals=_text(reading.proposals if reading else None),
    )


def _target_result(site: Site, period: ReportingPeriod, standing: TargetStanding) -> str:
    """The figure with its counts, its state and its own period, or why there is none."""
    point = standing.point
    if point is None or point.reading.state == "not_reported":
        return site.phrase("ui-no-data", LANG)
    state = _of(site, period, point.period, site.phrase(f"reading-{point.reading.state}", LANG))
    if point.value is None:
        return state
    figure = value_text(site, standing.progress.target, point.shown, LANG)
    counts = counts_text(site, point.reading.reached, point.reading.of, LANG) if point.reading.of else ""
    shown = f"{figure} ({counts})" if counts else figure
    trend = trend_sentence(site, standing.progress, LANG)
    return _lines(shown, state, trend, correction_text(site, point, LANG))


def _of(site: Site, period: ReportingPeriod, own: ReportingPeriod, text: str) -> str:
    """The text, with the period that it is from where that is not the report's own."""
    return text if own.id == period.id else f"{text} ({period_words(site, own, LANG)})"


def _task_row(site: Site, standing: PeriodStanding, one: TaskStanding) -> ReportRow:
    task, said = one.task, standing.said(one)
    return ReportRow(
        number="",
        kind="task",
        id=task.id,
        name=task.text.vi,
        time=task.when.text.vi if task.when.text else site.phrase("task-no-time", LANG),
        work=_responsible(site, task),
        done=_text(said.done if said else None),
        result=_task_result(site, standing, one),
        evidence=_evidence(site, said.evidence if said else ()),
        assessment=_text(said.assessment if said else None),
        difficulties=_text(said.difficulties if said else None),
        proposals=_text(said.proposals if said else None),
    )


def _task_result(site: Site, standing: PeriodStanding, one: TaskStanding) -> str:
    """What the period says; else that an earlier report called the task done; else that none says anything."""
    said = standing.said(one)
    if one.report is None or not (said or standing.done_before(one)):
        return site.phrase("task-state-unknown", LANG)
    word = TASK_WORDS[said.status] if said else "done"
    return _of(site, standing.period, one.report.period, site.phrase(f"task-state-{word}", LANG))


def _responsible(site: Site, task: Task) -> str:
    """Who leads and who helps, as the plan says."""
    lead = _labelled(site, "col-lead", task.lead.vi) if task.lead else site.phrase("task-no-lead", LANG)
    helpers = ", ".join(one.vi for one in task.with_)
    return _lines(lead, _labelled(site, "col-help", helpers) if helpers else "")


def _model_row(site: Site, period: ReportingPeriod, standing: ModelStanding) -> ReportRow:
    commitment = standing.commitment
    results = [_model_result(site, period, standing.model, count) for count in standing.counts]
    return ReportRow(
        number="",
        kind="model",
        id=standing.model.id,
        name=standing.model.name.vi,
        target=_lines(*(number.text.vi for number in commitment.numbers)) if commitment else "",
        work=_labelled(site, "col-lead", commitment.lead.vi) if commitment and commitment.lead else "",
        result=_lines(*results) or site.phrase("ui-no-data", LANG),
    )


def _model_result(site: Site, period: ReportingPeriod, model: OutreachModel, count: OutreachCount) -> str:
    reading = count.reading
    measure = next(one for one in model.measures if one.id == reading.measure)
    if reading.value is None:
        missing = reading.state == "not_reported"
        shown = site.phrase("ui-no-data" if missing else f"reading-{reading.state}", LANG).lower()
    else:
        shown = f"{counts_text(site, reading.value, reading.of, LANG)} {measure.unit.vi}"
        if reading.state != "final":
            shown = f"{shown} ({site.phrase(f'reading-{reading.state}', LANG).lower()})"
    note = f" {reading.note.vi}" if reading.note else ""
    return f"{measure.name.vi}: {_of(site, period, count.report.period, shown)}.{note}"


def _below_row(site: Site, rollup: RollUp) -> ReportRow:
    """What the units below say together under one indicator, with who is missing."""
    return ReportRow(
        number="",
        kind="below",
        id=rollup.indicator.id,
        name=rollup.indicator.name.vi,
        target=site.phrase("progress-measure", LANG, name=rollup.measure.name.vi),
        result=_lines(rollup_text(rollup, LANG), rollup_sentence(site, rollup, LANG)),
    )


def _evidence(site: Site, evidence: Iterable[Evidence]) -> str:
    shown = [f"{one.text.vi} ({one.url})" if one.url else one.text.vi for one in evidence]
    return _labelled(site, "told-evidence", "; ".join(shown)) if shown else ""


def _labelled(site: Site, key: str, text: str) -> str:
    return f"{site.phrase(key, LANG)}: {text}"


def _text(words: Words | None) -> str:
    return words.vi if words else ""


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
