"""Owns the progress reports of the data set: eight periods, eight targets, counts that rise, and what real ones lack.

Some reports are late, some were never sent; some figures are provisional or estimated, and some are not there yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generators.nation.places import Place
from generators.nation.plans import committed_models, planned_tasks, report_day
from generators.nation.voice import MARK, Voice, word_lists
from generators.scaffold.writing import NewFile, schema_line, whole, words
from generators.text import format_date

_LAST_DAY = date(2026, 11, 20)
_MISSING, _LATE = 0.04, 0.12
_PROVINCE_SIZE = 25  # times as many people as in a commune
_GROUP_SIZES = {
    "officials": (45, 160),
    "students": (800, 4200),
    "residents": (4000, 26_000),
    "workers": (200, 3000),
    "citizens-16": (4500, 28_000),
    "traders": (150, 900),
}


@dataclass(frozen=True, slots=True)
class _Period:
    """A period of the data set; ``month`` and ``day`` tell by when its report is due, day 0 as the plan says."""

    id: str
    name: str
    month: tuple[int, int]
    day: int = 0


# In the order in which they are due, so that figures rise from one to the next.
_PERIODS = (
    _Period("2025-q3", "quý III năm 2025", (2025, 9)),
    _Period("2025", "năm 2025", (2025, 12), 4),
    _Period("2025-q4", "quý IV năm 2025", (2025, 12)),
    _Period("2026-q1", "quý I năm 2026", (2026, 3)),
    _Period("2026-q2", "quý II năm 2026", (2026, 6)),
    _Period("2026-q3", "quý III năm 2026", (2026, 9)),
    _Period("2026-10", "tháng 10 năm 2026", (2026, 10), 20),
    _Period("2026-11", "tháng 11 năm 2026", (2026, 11), 20),
)


@dataclass(frozen=True, slots=True)
class _Course:
    """How one target goes at one place: how many are counted, and how many have reached it, period by period."""

    target: Mapping[str, Any]
    of: int
    reached: tuple[int, ...]


def report_files(place: Place, seed: int) -> Iterator[NewFile]:
    """Gives the reports that the place has sent."""
    voice = Voice(seed, "reports", place)
    courses = [_course(target, place, voice) for target in word_lists("plan")["targets"]]
    tasks, models = planned_tasks(place, seed), committed_models(place, seed)
    scales = [[voice.share(0.2, 1.0) for _ in model["measures"]] for model in models]
    earliest = date(2025, 8, 28)
    for step, period in enumerate(_PERIODS):
        day = max(earliest, _sent_on(period, report_day(place, seed), voice))
        earliest = day + timedelta(days=1)
        lines = [
            *_head(place, period, day, voice),
            "readings:",
            *(line for course in courses for line in _reading(course, step, voice)),
            "tasks:",
            *(line for task in tasks for line in _task(task, step, voice)),
            "models:",
            *_measures(models, scales, step),
        ]
        if not voice.chance(_MISSING):
            yield NewFile(f"data/progress/{period.id}/{place.id}.yml", whole(lines))


def _course(target: Mapping[str, Any], place: Place, voice: Voice) -> _Course:
    of = voice.number(*_GROUP_SIZES[target["group"]]) * (_PROVINCE_SIZE if place.is_province else 1)
    first, last, bend = voice.share(0.08, 0.4), voice.share(0.5, 1.04), voice.share(0.6, 1.6)
    steps = len(_PERIODS) - 1
    shares = (first + (last - first) * (step / steps) ** bend for step in range(steps + 1))
    return _Course(target, of, tuple(int(of * min(share, 1.0)) for share in shares))


def _sent_on(period: _Period, duty_day: int, voice: Voice) -> date:
    """A day or more before the due day as a rule, up to two weeks after it where a report is late."""
    due = date(*period.month, period.day or duty_day)
    shift = voice.number(1, 13) if voice.chance(_LATE) else -voice.number(1, 6)
    return min(due + timedelta(days=shift), _LAST_DAY)


def _head(place: Place, period: _Period, day: date, voice: Voice) -> Iterator[str]:
    yield schema_line("report", 3)
    yield f"unit: {place.id}"
    yield f"period: {period.id}"
    yield f"reported_on: {format_date(day, 'vi')}"
    yield "source:"
    yield f'  document: "Báo cáo {period.name} của {place.name} (dữ liệu đo tốc độ)"'
    yield f"  date: {format_date(day - timedelta(days=voice.number(0, 1)), 'vi')}"
    yield f"summary: {words(f'{MARK} ' + voice.one(word_lists('report')['summary']))}"


def _reading(course: _Course, step: int, voice: Voice) -> Iterator[str]:
    lists = word_lists("report")
    yield f"  - target: {course.target['id']}"
    luck = voice.share()
    if luck < (0.15 if step == 0 else 0.04):
        yield "    state: not_reported"
        yield f"    difficulties: {words(voice.one(lists['not_reported']))}"
        return
    yield f"    reached: {course.reached[step]}"
    if "people" not in course.target:
        yield f"    of: {course.of}"
    if luck > 0.97:
        yield "    state: estimated"
    elif luck > 0.9:
        yield "    state: provisional"
    if voice.chance(0.6):
        yield f"    done: {words(voice.one(lists['done']))}"
    yield "    evidence:"
    for text in voice.some(lists["evidence"], voice.number(1, 2)):
        yield f"      - {{text: {words(text)}}}"
    for key, share in (("assessment", 0.4), ("difficulties", 0.2), ("proposals", 0.1)):
        if voice.chance(share):
            yield f"    {key}: {words(voice.one(lists[key]))}"


def _task(task: Mapping[str, Any], step: int, voice: Voice) -> Iterator[str]:
    """What is due once is done from some period on; what comes again and again stays under way."""
    due = task["when"].get("due", "")
    year, month = _PERIODS[step].month
    is_past = bool(due) and f"{due[6:]}{due[3:5]}" <= f"{year}{month:02}"
    status = "done" if is_past and voice.chance(0.85) else "in_progress"
    if status == "in_progress" and step == 0 and voice.chance(0.4):
        status = "not_started"
    if voice.chance(0.5):
        done = voice.one(word_lists("report")["task_done"])
        yield f"  - {{task: {task['id']}, status: {status}, done: {words(done)}}}"
    else:
        yield f"  - {{task: {task['id']}, status: {status}}}"


def _measures(models: list[Mapping[str, Any]], scales: list[list[float]], step: int) -> Iterator[str]:
    for model, scale in zip(models, scales, strict=True):
        for (measure, (least, most)), share in zip(model["measures"].items(), scale, strict=True):
            value = least + int((most - least) * share * (step + 1) / len(_PERIODS))
            yield f"  - {{model: {model['model']}, measure: {measure}, value: {value}}}"
